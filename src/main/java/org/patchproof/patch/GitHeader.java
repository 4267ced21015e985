package org.patchproof.patch;

/** The lines from {@code diff --git} to the {@code ---} line. */
final class GitHeader {
    private final PatchText text;
    private final int line;
    private final String names;
    private boolean created;
    private boolean deleted;
    private TouchedFile.Mode mode = TouchedFile.Mode.REGULAR;

    GitHeader(PatchText text) {
        this.text = text;
        this.line = text.number();
        this.names = text.take().substring("diff --git ".length());
        while (!text.atEnd() && readLine(text.peek(0))) {
            text.take();
        }
    }

    int line() {
        return line;
    }

    TouchedFile.Mode mode() {
        return mode;
    }

    private boolean readLine(String next) {
        if (next.startsWith("new file mode ")) {
            created = true;
            mode = mode(next.substring("new file mode ".length()));
        } else if (next.startsWith("deleted file mode ")) {
            deleted = true;
            mode(next.substring("deleted file mode ".length()));
        } else if (next.startsWith("old mode ") || next.startsWith("new mode ")) {
            throw text.wrong(1, "a change of a file's mode", "leave it out: GNU patch and plain diffs do not carry it");
        } else if (next.matches("(rename|copy) (from|to) .*|(dis)?similarity index .*")) {
            throw text.wrong(1, "a rename or copy", "make the diff with --no-renames: old tools do not know them");
        } else if (next.startsWith("GIT binary patch") || next.startsWith("Binary files ")) {
            throw text.wrong(1, "a binary patch", PatchParser.BINARY_REMEDY);
        } else {
            return next.startsWith("index ");
        }
        return true;
    }

    private TouchedFile.Mode mode(String octal) {
        switch (octal.strip()) {
            case "100644":
                return TouchedFile.Mode.REGULAR;
            case "100755":
                return TouchedFile.Mode.EXECUTABLE;
            default:
                throw text.wrong(
                        15, "the mode " + octal.strip(), "only regular files (100644, 100755) can be patched safely");
        }
    }

    /** GNU patch 2.7 and git may take the file from this line; diff.mnemonicPrefix writes i/ and w/ for a/ and b/. */
    void requireSame(String path) {
        if (!names.matches("[a-z12]/\\Q" + path + "\\E [a-z12]/\\Q" + path + "\\E")) {
            throw text.wrongAt(
                    line,
                    12,
                    "'diff --git " + names + "' and the lines below, which name " + path + ", disagree",
                    "make them agree: 'diff --git a/" + path + " b/" + path + "'");
        }
    }

    void requireChange(TouchedFile.Change change) {
        boolean agrees =
                created == (change == TouchedFile.Change.CREATED) && deleted == (change == TouchedFile.Change.DELETED);
        if (!agrees) {
            throw text.wrongAt(
                    line,
                    1,
                    "the file is " + change.name().toLowerCase(java.util.Locale.ROOT)
                            + " by its --- and +++ lines, but the mode lines say otherwise",
                    "make the diff again with git diff or git format-patch");
        }
    }
}
