package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchproof.pipeline.BundleMaker.Made.candidate;
import static org.patchproof.pipeline.BundleMaker.Made.control;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.RunRecord.VariantRecord;

/** What was built by two compilers is not compared. */
class OneCompilerTest {
    @TempDir
    Path dir;

    @Test
    void anotherCompilerThanThatOfTheOthersIsRefused() throws Exception {
        List<VariantRecord> cell = Bundle.read(BundleMaker.in(dir, "one")
                        .compiler("12.2.0")
                        .cell("k", control().reproduced(2), candidate("fixed").clean(4))
                        .write())
                .cells()
                .get(0)
                .variants();
        OneCompiler.require("fixed", "12.2.0", cell);
        OneCompiler.require("fixed", "", cell);
        assertThatThrownBy(() -> OneCompiler.require("fixed", "13.1.0", cell))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageStartingWith("control was built by gcc 12.2.0; fixed would be by gcc 13.1.0");
        OneCompiler.require("fixed", "13.1.0", cell.subList(1, 2));
    }

    @Test
    void ofBuildsThatDoNotSayNothingIsPresumed() throws Exception {
        VariantRecord silent = Bundle.read(BundleMaker.in(dir, "one")
                        .cell("k", control().reproduced(2))
                        .write())
                .cells()
                .get(0)
                .variants()
                .get(0);
        assertThat(OneCompiler.of(silent)).isEmpty();
        OneCompiler.require("fixed", "13.1.0", List.of(silent));
    }
}
