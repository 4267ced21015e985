package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lines of {@code %prep} that are no way of applying patches that we know, and yet may change files that
 * matter: {@code sed -i s/a/b/ net/ipv4/route.c}, {@code quilt push -a}. Plain words are looked for: it is
 * looked at each spec.
 */
final class UnseenChanges {
    private static final List<String> TOOLS = List.of("quilt push", "quilt import", "| patch", "patch <");
    private static final List<String> READERS = List.of("chmod ", "touch ", "grep ", "test ", "ls ");

    private UnseenChanges() {}

    /** In order, each as {@link UnfollowedPatches} says it. */
    static List<String> of(SpecFile spec, Set<String> paths) {
        List<String> patching = spec.functions().stream()
                .filter(UnseenChanges::patches)
                .map(ShellFunction::name)
                .toList();
        List<String> lines = new ArrayList<>();
        for (SpecLine line : spec.lines()) {
            if (line.plainIn(Section.PREP) && mayChange(line.text(), patching, paths) && isUnseen(spec, line)) {
                lines.add("line " + line.number() + ": " + line.text().strip());
            }
        }
        return lines;
    }

    private static boolean isUnseen(SpecFile spec, SpecLine line) {
        return spec.calls().stream().noneMatch(c -> c.line().number() == line.number())
                && spec.functions().stream().noneMatch(f -> f.holds(line.number()));
    }

    /** Calls of functions of that other name are known ones. */
    private static boolean patches(ShellFunction function) {
        return !(function.name().startsWith("Apply") && function.name().contains("Patch"))
                && function.body().stream()
                        .anyMatch(l -> l.contains("patch -") || l.contains("git apply") || l.contains("git am"));
    }

    private static boolean mayChange(String text, List<String> patching, Set<String> paths) {
        String command = text.strip();
        return TOOLS.stream().anyMatch(command::contains)
                || patching.stream().anyMatch(name -> names(command, name))
                || paths.stream().anyMatch(path -> names(command, path))
                        && READERS.stream().noneMatch(command::startsWith);
    }

    /** Whether a word of the line is that one; a path may stand behind a folder's, a file of the top not. */
    private static boolean names(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            boolean begins = at == 0
                    || text.startsWith("./", at - 2) && (at == 2 || !inWord(text.charAt(at - 3)))
                    || !inWord(text.charAt(at - 1)) && (text.charAt(at - 1) != '/' || word.indexOf('/') >= 0);
            int end = at + word.length();
            if (begins && (end == text.length() || !inWord(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
    }
}
