package org.patchproof.specfile;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A line with a {@code find}, and what it does with what it finds. */
final class FindCommand {
    private static final Pattern REMOVES = Pattern.compile(".*(?:\\s-delete\\b|\\b(?:rm|mv|cp)\\s|\\brm$).*");
    private static final Set<String> NAMING = Set.of("-name", "-iname", "-path", "-wholename");

    private FindCommand() {}

    /** Whether it may remove or replace one of some files: by their names, as it looks in many folders. */
    static boolean removes(String text, Set<String> paths) {
        if (!REMOVES.matcher(text).matches()) {
            return false;
        }
        List<String> words =
                ShellWords.commands(text).stream().flatMap(List::stream).toList();
        boolean named = text.matches(".*\\s-(?:empty|type\\s+[^f]|xtype).*");
        for (int i = 0; i + 1 < words.size(); i++) {
            if (NAMING.contains(words.get(i))) {
                named = true;
                String pattern = words.get(i + 1).replaceAll("\\[[^\\]]*\\]|%\\{[^}]*\\}|\\$\\w+", "*");
                if (paths.stream()
                        .anyMatch(p -> PathPattern.matches(pattern, p.substring(p.lastIndexOf('/') + 1))
                                || PathPattern.covers(pattern.replaceFirst("^\\./", ""), p))) {
                    return true;
                }
            }
        }
        return !named;
    }
}
