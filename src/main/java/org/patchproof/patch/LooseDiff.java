package org.patchproof.patch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a patch file of somebody else's apart by files, without asking that all of it be sound: vendors
 * ship patches with renames, binary parts and many commits in one file. What is taken out of it may be
 * read by {@link PatchReader} then, which does ask.
 */
public final class LooseDiff {
    private static final Pattern HUNK =
            Pattern.compile("@@ -\\d{1,8}(?:,(\\d{1,8}))? \\+\\d{1,8}(?:,(\\d{1,8}))? @@.*", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("(?:---|\\+\\+\\+)\\s+(\\S+).*", Pattern.DOTALL);
    private static final Pattern MOVED = Pattern.compile("(?:rename (?:from|to)|copy to) (\\S+)\\s*");
    private static final int LONGEST_LINE = 16 << 20;
    private static final long WANTED_LIMIT = 64L << 20;

    private final DiffLines lines;
    private final Predicate<String> wanted;
    private final int strip;
    private final long limit;
    private final List<Section> sections = new ArrayList<>();
    private final UnreadDiffs unread = new UnreadDiffs(name -> stripped(name).orElse(null));
    private long length;

    private LooseDiff(DiffLines lines, int strip, Predicate<String> wanted, long limit) {
        this.strip = strip;
        this.lines = lines;
        this.wanted = wanted;
        this.limit = limit;
    }

    /**
     * The change of one file, once; a file that several commits touch has several.
     *
     * @param path what is left of its name
     * @param text from its {@code ---} line to the end of its last hunk, each character a byte, with names as for
     *     {@code -p1}; empty for a file that gets its name, or loses it, by a rename or a copy of git's, or that is
     *     changed in a way that is not read here
     */
    public record Section(String path, String text) {
        /** As {@link LooseDiff#sections} reads it again. */
        public String print() {
            return text.isEmpty() ? "rename to " + path + "\n" : text;
        }
    }

    /** The sections of a patch file for {@code -p1}, in order. */
    public static List<Section> sections(byte[] patch) {
        return sections(patch, 1);
    }

    /**
     * The sections of a patch file, in order.
     *
     * @param strip how many folders are taken off the names in it
     */
    public static List<Section> sections(byte[] patch, int strip) {
        try {
            DiffLines lines = new DiffLines(new ByteArrayInputStream(patch), Integer.MAX_VALUE);
            return new LooseDiff(lines, strip, path -> true, Long.MAX_VALUE).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The sections of those files that are wanted, in order; the others are read over and not kept.
     *
     * @param strip how many folders are taken off the names in it
     * @throws IOException when the patch cannot be read, or no patch has such lines or so much to say of a file
     */
    public static List<Section> sections(InputStream patch, int strip, Predicate<String> wanted) throws IOException {
        return new LooseDiff(new DiffLines(patch, LONGEST_LINE), strip, wanted, WANTED_LIMIT).read();
    }

    private List<Section> read() throws IOException {
        while (lines.next() != null) {
            String line = lines.line();
            if (line.startsWith("--- ") && lines.next().startsWith("+++ ")) {
                section();
            } else {
                if (line.startsWith("rename ") || line.startsWith("copy ")) {
                    moved(line);
                }
                for (String path : unread.changedBy(line)) {
                    notRead(path);
                }
                lines.advance();
            }
        }
        return List.copyOf(sections);
    }

    private void moved(String line) throws IOException {
        Matcher m = MOVED.matcher(line);
        if (m.matches() && wanted.test(m.group(1))) {
            add(new Section(m.group(1), ""));
        }
    }

    private void notRead(String path) throws IOException {
        if (wanted.test(path)) {
            add(new Section(path, ""));
        }
    }

    private void section() throws IOException {
        Optional<String> before = name(lines.line());
        Optional<String> path = name(lines.next()).or(() -> before);
        if (before.isPresent() && !before.equals(path)) {
            // The tool takes the one of the two that is there.
            notRead(before.get());
        }
        unread.begin(lines.line(), lines.next());
        StringBuilder text = path.filter(wanted).isPresent() ? new StringBuilder() : null;
        keep(text, head(lines.advance()));
        keep(text, head(lines.advance()));
        while (lines.line() != null) {
            Matcher hunk = HUNK.matcher(lines.line());
            if (!hunk.matches()) {
                break;
            }
            hunk(hunk, text);
        }
        if (text != null) {
            add(new Section(path.orElseThrow(), text.toString()));
        }
    }

    private void add(Section section) throws IOException {
        length += section.path().length() + section.text().length();
        if (length > limit) {
            throw new IOException("it changes these files by more than " + limit + " bytes");
        }
        sections.add(section);
    }

    private void hunk(Matcher header, StringBuilder text) throws IOException {
        int oldLeft = count(header.group(1));
        int newLeft = count(header.group(2));
        keep(text, lines.advance());
        while (lines.line() != null
                && (oldLeft > 0 || newLeft > 0 || lines.line().startsWith("\\ "))) {
            String line = lines.advance();
            // An editor that strips blanks at line ends makes an empty context line empty.
            char mark = line.isEmpty() ? ' ' : line.charAt(0);
            oldLeft -= mark == '+' || mark == '\\' ? 0 : 1;
            newLeft -= mark == '-' || mark == '\\' ? 0 : 1;
            keep(text, line.isEmpty() ? " " : line);
        }
    }

    private void keep(StringBuilder text, String line) throws IOException {
        if (text != null) {
            text.append(line).append('\n');
            if (text.length() > limit) {
                throw new IOException("it changes a file by more than " + limit + " bytes");
            }
        }
    }

    private static int count(String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private String head(String line) {
        Optional<String> name = name(line);
        boolean plain = strip == 1 && (name.isEmpty() || line.startsWith("/" + name.get(), line.indexOf('/')));
        return plain
                ? line
                : line.substring(0, 4) + name.map(left -> "a/" + left).orElse("/dev/null");
    }

    private Optional<String> name(String line) {
        Matcher m = NAME.matcher(line);
        return m.matches() ? stripped(m.group(1)) : Optional.empty();
    }

    /** What is left of a name, as GNU patch takes folders off it: several slashes are one. */
    private Optional<String> stripped(String word) {
        if (word.equals("/dev/null")) {
            return Optional.empty();
        }
        String name = word.startsWith("\"") ? word.replace("\"", "") : word;
        int from = 0;
        for (int folder = 0; folder < strip; folder++) {
            int slash = name.indexOf('/', from);
            if (slash < 0) {
                return Optional.empty();
            }
            from = slash + 1;
            while (from < name.length() && name.charAt(from) == '/') {
                from++;
            }
        }
        String left = name.substring(from);
        return Optional.of(
                left.contains("//") || left.contains("./")
                        ? left.replaceAll("/+", "/").replaceAll("(?<=^|/)(?:\\./)+", "")
                        : left);
    }
}
