package org.patchproof.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchproof.pipeline.RunRecord.Build;
import org.patchproof.pipeline.RunRecord.Made;
import org.patchproof.pipeline.RunRecord.Root;
import org.patchproof.pipeline.RunRecord.VariantRecord;

/**
 * Control and candidate are built by one compiler: with two, the compiler could be why one shows the bug and the
 * other does not. Of builds that do not say with what they were made nothing is presumed.
 */
final class OneCompiler {
    private OneCompiler() {}

    /** What built {@code variant}, where that is known. */
    static Optional<String> of(VariantRecord variant) {
        return variant.build()
                .flatMap(Build::made)
                .flatMap(Made::root)
                .map(Root::compiler)
                .filter(version -> !version.isEmpty());
    }

    /**
     * Refuses {@code compiler} for {@code variant} where another variant of the cell was built by another.
     *
     * @param cell what is built of it by now
     * @throws WrongRequestException that names both
     */
    static void require(String variant, String compiler, List<VariantRecord> cell) {
        if (compiler.isEmpty()) {
            return;
        }
        String others = cell.stream()
                .filter(one -> !one.name().equals(variant))
                .filter(one ->
                        of(one).filter(version -> !version.equals(compiler)).isPresent())
                .map(one -> one.name() + " was built by gcc " + of(one).orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new WrongRequestException(
                    others + "; " + variant + " would be by gcc " + compiler
                            + ": what differs between them would not be the patches alone",
                    "Go on where that compiler is, or begin anew: verify without --resume, build after its folder was"
                            + " removed.");
        }
    }
}
