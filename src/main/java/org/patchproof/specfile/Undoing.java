package org.patchproof.specfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchproof.patch.TouchedFile;

/**
 * What in {@code %prep}, behind the place of our patches, may undo them: unpacks, copies, moves or removes the files
 * that they touch. Commands that are not known are taken for harmless, and so are files that are none of these.
 */
final class Undoing {
    private static final int DEEPEST = 5;

    private final SpecFile spec;
    private final Set<String> paths;
    private final ScriptNames names;
    private final SpecMacros macros;
    private final Optional<String> tree;
    private List<String> folder = new ArrayList<>(List.of("."));
    private final Deque<List<String>> pushed = new ArrayDeque<>();
    private final Deque<List<String>> subshells = new ArrayDeque<>();

    private Undoing(SpecFile spec, Set<String> paths, int from) {
        this.spec = spec;
        this.paths = paths;
        this.macros = spec.macros();
        this.names = new ScriptNames(spec, macros);
        this.tree = TreeName.before(spec, from).map(name -> names.each(name).get(0));
    }

    /** The files that patches touch. */
    static Set<String> paths(List<NumberedPatch> patches) {
        return patches.stream()
                .flatMap(p -> p.patch().files().stream())
                .map(TouchedFile::path)
                .collect(Collectors.toSet());
    }

    /** The first line at or behind {@code from} that may undo patches to some files that stand right before it. */
    static Optional<SpecLine> first(SpecFile spec, int from, Set<String> paths) {
        Undoing undoing = new Undoing(spec, paths, from);
        Set<Integer> data = ShellBlocks.hereDocuments(spec);
        for (int i = from; i <= spec.lines().size(); i++) {
            SpecLine line = spec.line(i);
            boolean code = line.plainIn(Section.PREP) && !data.contains(i);
            if (code && spec.functions().stream().noneMatch(f -> f.holds(line.number()))) {
                StringBuilder whole = new StringBuilder(line.text());
                while (whole.toString().endsWith("\\") && i < spec.lines().size()) {
                    whole.setLength(whole.length() - 1);
                    whole.append(' ').append(spec.line(++i).text().strip());
                }
                if (undoing.undoes(whole.toString(), 0)) {
                    return Optional.of(line);
                }
            }
        }
        return Optional.empty();
    }

    /** {@code before}, or the first sound line behind what may undo patches there; refuses where there is none. */
    static int behind(SpecFacts facts, int before, List<NumberedPatch> patches) {
        SpecFile spec = facts.spec();
        int place = before;
        for (Optional<SpecLine> line = first(spec, place, paths(patches));
                line.isPresent();
                line = first(spec, place, paths(patches))) {
            int next = facts.behindBlock(line.get());
            boolean sound = line.get().depth() == 0
                    && ShellBlocks.hindrance(spec, next).isEmpty()
                    && DirectoryMoves.between(spec, before, next - 1).isEmpty()
                    && next <= spec.lines().size();
            if (!sound) {
                throw refusal(line.get());
            }
            place = next;
        }
        return place;
    }

    /** Refuses a spec in which something may undo patches that its last calls apply. */
    static void requireNone(SpecFile spec, List<NumberedPatch> patches) {
        int last = spec.calls().stream()
                .mapToInt(c -> c.line().number())
                .max()
                .orElse(spec.lines().size());
        first(spec, last + 1, paths(patches)).ifPresent(line -> {
            throw refusal(line);
        });
    }

    private static Refusal refusal(SpecLine line) {
        return new Refusal(
                "line " + line.number() + " of %prep may undo the patches, which stand before it: "
                        + line.text().strip(),
                "move that line before the place where patches are applied (unpack and copy first, then patch)");
    }

    private boolean undoes(String text, int depth) {
        boolean found = text.contains("find ") && FindCommand.removes(text, paths);
        for (List<String> words : ShellWords.commands(text)) {
            found |= undoes(words, depth);
        }
        for (String line : depth == 0 ? macros.linesOf(text) : List.<String>of()) {
            found |= undoes(line, depth + 1);
        }
        return found;
    }

    private boolean undoes(List<String> words, int depth) {
        names.note(words);
        String name = FileCommand.name(words);
        List<String> operands = FileCommand.operands(words);
        switch (words.get(0).matches("[()]") ? words.get(0) : name) {
            case "(" -> subshells.push(folder);
            case ")" -> folder = subshells.isEmpty() ? folder : subshells.pop();
            case "cd" -> go(operands);
            case "pushd" -> {
                pushed.push(folder);
                go(operands);
            }
            case "popd" -> folder = pushed.isEmpty() ? folder : pushed.pop();
            default -> {}
        }
        Optional<ShellFunction> function =
                spec.functions().stream().filter(f -> f.name().equals(name)).findFirst();
        if (function.isPresent() && depth < DEEPEST) {
            return function.get().body().stream()
                            .filter(line -> undoes(line, depth + 1))
                            .count()
                    > 0;
        }
        boolean unpacks = name.matches("(?:bsd)?tar|unzip|cpio");
        return !(unpacks && outside() && names.unpacksAnother(words))
                && FileCommand.targets(words).stream().anyMatch(this::hits);
    }

    private boolean outside() {
        return folder.isEmpty();
    }

    private void go(List<String> operands) {
        String to = operands.isEmpty() ? "." : operands.get(0);
        if (!to.equals("-")) {
            folder = PathPattern.steps(folder, names.each(to).get(0));
        }
    }

    private boolean hits(FileCommand.Target target) {
        return names.each(target.path()).stream()
                .anyMatch(path -> named(path, target.source()).anyMatch(each -> hits(each, target)));
    }

    private Stream<String> named(String path, String source) {
        return source.isEmpty()
                ? Stream.of(path)
                : names.each(source).stream().map(file -> path + "/" + PathPattern.baseName(file));
    }

    private boolean hits(String path, FileCommand.Target target) {
        if (path.startsWith("/") && !path.startsWith(ScriptNames.BUILD)) {
            return false;
        }
        List<String> steps = PathPattern.steps(folder, path);
        if (path.startsWith("/") || path.startsWith("*/")) {
            // How many folders there are above the tree depends on the %setup, or on what is not known.
            for (int i = 1; i < steps.size(); i++) {
                if (below(steps.subList(i, steps.size()), target)) {
                    return true;
                }
            }
            return false;
        }
        if (steps.isEmpty()) {
            return target.below() && target.whole();
        }
        return isTree(steps.get(0)) && below(steps.subList(1, steps.size()), target);
    }

    private boolean below(List<String> steps, FileCommand.Target target) {
        if (steps.isEmpty()) {
            return target.below() && target.whole();
        }
        String path = String.join("/", steps);
        return paths.stream()
                .anyMatch(p -> target.below() ? PathPattern.covers(path, p) : PathPattern.matches(path, p));
    }

    private boolean isTree(String step) {
        return step.equals(".")
                || tree.map(name -> PathPattern.matches(step, name) || PathPattern.matches(name, step))
                        .orElse(true);
    }
}
