package org.patchproof.patch;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the names of {@code ---} and {@code +++} lines as {@code -p1} does, and nothing outside the tree. */
final class FileNames {
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final int LENGTH_LIMIT = 1024;

    private final PatchText text;

    FileNames(PatchText text) {
        this.text = text;
    }

    /** Takes the {@code --- } line; empty for {@code /dev/null}. */
    Optional<String> oldName() {
        return take();
    }

    /** Takes the {@code +++ } line; empty for {@code /dev/null}. */
    Optional<String> newName() {
        return take();
    }

    private Optional<String> take() {
        int line = text.number();
        String name = text.take().substring(4);
        int tab = name.indexOf('\t');
        if (tab >= 0) {
            name = name.substring(0, tab);
        } else if (name.matches("\\S+ +\\d{4}-\\d\\d-\\d\\d .*")) {
            name = name.substring(0, name.indexOf(' '));
        }
        return name.equals("/dev/null") ? Optional.empty() : Optional.of(strip(line, 5, name));
    }

    /** The path inside the tree: {@code name} without its first directory. */
    String strip(int line, int column, String name) {
        if (name.startsWith("\"") || !PRINTABLE.matcher(name).matches() || name.contains("\\")) {
            throw text.wrongAt(
                    line,
                    column,
                    "the file name is quoted, or holds blanks or other than printable ASCII characters",
                    "packagings disagree about such names: rename the file, or leave it out");
        }
        int slash = name.indexOf('/');
        if (name.startsWith("/") || slash < 0) {
            throw text.wrongAt(
                    line,
                    column,
                    (slash < 0 ? "no directory to strip from " : "an absolute path: ") + name,
                    "kernel patches are applied with -p1: write a/" + name.replaceAll("^/+", "") + " and b/"
                            + name.replaceAll("^/+", ""));
        }
        String path = name.substring(slash + 1);
        requireInside(line, column, path);
        return path;
    }

    private void requireInside(int line, int column, String path) {
        if (path.length() > LENGTH_LIMIT) {
            throw text.wrongAt(line, column, "a path of " + path.length() + " bytes", "at most " + LENGTH_LIMIT);
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.equals(".git")) {
                throw text.wrongAt(
                        line,
                        column,
                        "the path '" + path + "' has the part '" + part + "'",
                        "write the path inside the tree, with neither '.', '..', '//' nor .git");
            }
        }
    }

    void requireSame(int line, String index, String path) {
        boolean same = index.equals(path)
                || index.endsWith("/" + path) && index.indexOf('/') == index.length() - path.length() - 1;
        if (!same) {
            throw text.wrongAt(
                    line,
                    1,
                    "the 'Index:' line above names " + index + ", the diff " + path,
                    "GNU patch may take either: delete the 'Index:' line");
        }
    }
}
