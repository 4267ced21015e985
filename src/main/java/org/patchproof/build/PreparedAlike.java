package org.patchproof.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.SeriesSwitch;
import org.patchproof.patch.TouchedFile;

/**
 * Whether %prep would make the same tree of two variants but for what their patches do to the files they
 * touch. Only what is sure counts: everything else is an objection, and the variant is built clean. Pure.
 */
final class PreparedAlike {
    /** What make alone decides over, and no %prep, no configuration and no program of the build reads. */
    private static final Pattern PLAIN_SOURCE = Pattern.compile(".+\\.[chS]");

    /** Files of these are compiled to programs that the build runs, or read by scripts. */
    private static final Set<String> BUILD_PROGRAMS = Set.of("scripts", "tools", "usr", "certs", "Documentation");

    /** Commands to which a release in the name of a directory is a name only. */
    private static final Pattern NAMES_ONLY = Pattern.compile(
            "\\s*(?:/bin/|/usr/bin/)?(?:cd|pushd|mv|mkdir|rm|rmdir|cp|ln)(?:\\s+(?:[A-Za-z0-9._+~/-]+|'[A-Za-z0-9._+~/-]+'))+\\s*");

    /** A name with a star that stands for sources. */
    private static final Pattern EVERY_SOURCE = Pattern.compile("\\*\\.\\[?[chS]\\b");

    private PreparedAlike() {}

    /**
     * Why the trees may differ.
     *
     * @param prep of the variant, its macros expanded
     * @param defines macros of the variant's injection
     */
    static Optional<String> objection(
            BaseTree.Facts base, PatchSeries series, String suffix, String prep, List<String> defines) {
        int common = SeriesSwitch.commonStart(base.series(), series);
        for (PatchSeries one : List.of(base.series(), series)) {
            for (Patch patch : one.patches().subList(common, one.patches().size())) {
                Optional<String> why = objection(patch);
                if (why.isPresent()) {
                    return why;
                }
            }
        }
        if (base.prep().isBlank() || prep.isBlank()) {
            return Optional.of("the spec has no %prep that can be read");
        }
        Optional<String> named = release(base.prep(), base.suffix()).or(() -> release(prep, suffix));
        if (named.isPresent()) {
            return named;
        }
        if (!replaced(base.defines(), base.suffix()).equals(replaced(defines, suffix))) {
            return Optional.of("the spec is given other macros");
        }
        List<String> steps = steps(prep, series, suffix);
        if (!steps(base.prep(), base.series(), base.suffix()).equals(steps)) {
            return Optional.of("%prep differs in more than the patches");
        }
        Set<String> touched = new TreeSet<>(base.series().paths());
        touched.addAll(series.paths());
        return steps.stream()
                .filter(step -> EVERY_SOURCE.matcher(step).find()
                        || touched.stream()
                                .anyMatch(path -> step.contains(
                                        Path.of(path).getFileName().toString())))
                .findFirst()
                .map(step -> "%prep may change a file that the patches touch: " + step.strip());
    }

    private static Optional<String> objection(Patch patch) {
        for (TouchedFile file : patch.files()) {
            Path path = Path.of(file.path());
            if (file.change() != TouchedFile.Change.MODIFIED) {
                return Optional.of(patch.name() + " creates or deletes " + file.path());
            }
            if (!PLAIN_SOURCE.matcher(file.path()).matches()
                    || BUILD_PROGRAMS.contains(path.getName(0).toString())) {
                return Optional.of(patch.name() + " touches " + file.path()
                        + ", on which preparing or configuring the tree may depend");
            }
        }
        return Optional.empty();
    }

    /** A release in %prep must be part of a name of a directory, not of what is written into the tree. */
    private static Optional<String> release(String prep, String suffix) {
        return prep.lines()
                .filter(line -> line.contains(suffix))
                .filter(line -> !NAMES_ONLY.matcher(line).matches())
                .findFirst()
                .map(line -> "%prep uses the release otherwise than in a directory's name: " + line.strip());
    }

    private static List<String> replaced(List<String> lines, String suffix) {
        return lines.stream().map(line -> line.replace(suffix, "@SUFFIX@")).toList();
    }

    /** What %prep does beside applying the series. */
    private static List<String> steps(String prep, PatchSeries series, String suffix) {
        Set<String> names = new TreeSet<>();
        series.patches().forEach(patch -> names.add(patch.name()));
        List<String> steps = new ArrayList<>();
        for (String line : prep.lines().toList()) {
            boolean applies = names.stream().anyMatch(line::contains);
            boolean comment = line.strip().startsWith("#");
            if (!applies && !comment && !line.isBlank()) {
                steps.add(line.replace(suffix, "@SUFFIX@"));
            }
        }
        return steps;
    }
}
