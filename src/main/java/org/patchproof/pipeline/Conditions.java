package org.patchproof.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.Guest;
import org.patchproof.pipeline.RunRecord.PatchRecord;
import org.patchproof.pipeline.RunRecord.Source;
import org.patchproof.verdict.Lane;

/**
 * What two arms must have in common to be compared: a difference in any of it could be why one shows
 * the bug and the other does not.
 *
 * <p>The class of a host is its acceleration, and how many of the guest's processors can run at once
 * on it: a race that needs two processors at the same moment is another race where they take turns.
 *
 * @param key see {@link CellKey}: kernel, guest, every variant's patches, the bug's scripts
 * @param source sha256 of the source package
 * @param acceleration {@code kvm} or {@code tcg}
 * @param parallel processors of the guest that can run at the same moment
 * @param lane an image that was packed and installed is another thing than one that was not
 * @param compiler gcc's version; of several builds all that differ; empty where nothing was built, and in bundles
 *     of earlier versions, which do not say
 */
record Conditions(
        String bug,
        String kernel,
        String key,
        Optional<String> source,
        Optional<Guest> guest,
        String acceleration,
        int parallel,
        Lane lane,
        String compiler) {

    static Conditions of(RunRecord run, CellRecord cell) {
        int cpus = cell.guest().map(Guest::cpus).orElse(Integer.MAX_VALUE);
        return new Conditions(
                run.bug(),
                cell.kernel(),
                cell.key(),
                cell.source().map(Source::sha256),
                cell.guest(),
                run.host().acceleration(),
                Math.min(cpus, run.host().processors()),
                run.asked().lane(),
                compiler(cell));
    }

    private static String compiler(CellRecord cell) {
        return cell.variants().stream()
                .flatMap(variant -> OneCompiler.of(variant).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** The same, with another compiler. */
    Conditions with(String other) {
        return new Conditions(bug, kernel, key, source, guest, acceleration, parallel, lane, other);
    }

    static List<String> digests(List<PatchRecord> patches) {
        return patches.stream().map(PatchRecord::sha256).toList();
    }

    /** What is not equal, in words; {@code own} and {@code others} name the two sides. */
    List<String> differences(Conditions that, String own, String others) {
        List<String> words = new ArrayList<>();
        differ(words, "source package", source.orElse("none"), that.source.orElse("none"), own, others);
        differ(words, "guest", guestName(), that.guestName(), own, others);
        differ(words, "guest disk", disk(), that.disk(), own, others);
        differ(words, "guest settings", settings(), that.settings(), own, others);
        differ(words, "acceleration", acceleration, that.acceleration, own, others);
        differ(words, "processors at once", "" + parallel, "" + that.parallel, own, others);
        differ(words, "lane", lane.word(), that.lane.word(), own, others);
        differ(words, "kernel spec, patches or the bug's files", key, that.key, own, others);
        if (words.isEmpty() || !(compiler.isEmpty() || that.compiler.isEmpty())) {
            differ(words, "compiler", compilerName(), that.compilerName(), own, others);
        }
        return words;
    }

    private static void differ(List<String> words, String what, String mine, String theirs, String own, String others) {
        if (!Objects.equals(mine, theirs)) {
            words.add(what + ": " + brief(mine) + " in " + own + ", " + brief(theirs) + " in " + others);
        }
    }

    /** In a few words, for a person; also tells apart what {@link #differences} finds different. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add("source " + brief(source.orElse("unknown")));
        words.add("guest " + guestName() + ", disk " + brief(disk()));
        words.add(settings());
        words.add(acceleration + ", " + parallel + (parallel == 1 ? " processor" : " processors") + " at once");
        if (!compiler.isEmpty()) {
            words.add(compilerName());
        }
        words.add("cell " + brief(key));
        if (lane != Lane.RPM) {
            words.add(lane.word() + " lane: not packed, not installed");
        }
        return words;
    }

    private String compilerName() {
        return compiler.isEmpty() ? "unknown" : "gcc " + compiler;
    }

    private String guestName() {
        return guest.map(g -> g.name() + " " + brief(g.digest())).orElse("none");
    }

    private String disk() {
        return guest.map(Guest::diskSha256).orElse("none");
    }

    private String settings() {
        return guest.map(g -> g.cpus() + " CPUs, " + (g.memoryBytes() >> 20) + " MiB"
                        + (g.kernelArguments().isEmpty() ? "" : ", " + String.join(" ", g.kernelArguments())))
                .orElse("none");
    }

    private static String brief(String digest) {
        return digest.matches("[0-9a-f]{40,}") ? digest.substring(0, 12) : digest;
    }
}
