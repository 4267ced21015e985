package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.patch.LintFinding.Kind;
import org.patchproof.patch.LintFinding.Severity;

/**
 * Finds what is wrong with a patch file, all of it at once and each with its line. {@link PatchReader}
 * stops at the first mistake; whatever it would stop at is found here too.
 */
public final class PatchLint {
    private static final Pattern SIGNED_OFF =
            Pattern.compile("Signed-off-by: [^<>]*[^<>\\s][^<>]*<[^<>@\\s]+@[^<>\\s]+>\\s*");
    private static final Pattern REVERTS = Pattern.compile("(?i)This reverts commit ([0-9a-f]{7,64})\\b.*");
    /** Code of the kernel that is this long has a tab somewhere. */
    private static final int TABLESS_LIMIT = 20;

    private final String name;
    private final String content;
    private final List<String> lines;
    private final List<LintFinding> findings = new ArrayList<>();

    private PatchLint(String name, byte[] bytes) {
        this.name = name;
        this.content = new String(bytes, StandardCharsets.ISO_8859_1);
        this.lines = List.of(content.split("\n", -1));
    }

    /** What the patch is for. */
    public enum Purpose {
        /** To be tried. */
        TRIAL,
        /** To be shipped: somebody must have signed it off. */
        RELEASE
    }

    /**
     * The findings, by line.
     *
     * @param name the file's name, without a directory
     */
    public static List<LintFinding> lint(String name, byte[] bytes, Purpose purpose) {
        PatchLint lint = new PatchLint(name, bytes);
        lint.lineEnds();
        lint.fileNames();
        for (LooseHunk hunk : LooseHunk.all(lint.lines)) {
            lint.hunk(hunk);
        }
        lint.reverts();
        if (purpose == Purpose.RELEASE) {
            lint.signedOff();
        }
        lint.strict(bytes);
        lint.findings.sort(Comparator.comparingInt(LintFinding::line).thenComparingInt(LintFinding::column));
        return List.copyOf(lint.findings);
    }

    private void add(int line, int column, Severity severity, Kind kind, String problem, String remedy) {
        findings.add(new LintFinding(name, line, column, severity, kind, problem, remedy));
    }

    private void lineEnds() {
        long many = lines.stream().filter(l -> l.endsWith("\r")).count();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("\r")) {
                String how = many == 1 ? "the line ends" : "this and " + (many - 1) + " more lines end";
                add(
                        i + 1,
                        lines.get(i).length(),
                        Severity.ERROR,
                        Kind.LINE_ENDS,
                        how + " in CR LF",
                        "kernel sources have LF line ends: save the patch with them, as dos2unix does");
                return;
            }
        }
    }

    private void fileNames() {
        FileNames names = new FileNames(new PatchText(name, ""));
        for (int i = 0; i < lines.size(); i++) {
            if (!LooseHunk.startsFile(lines, i)) {
                continue;
            }
            for (int line = i; line <= i + 1; line++) {
                String file = LooseHunk.name(lines.get(line).replaceAll("\r$", ""));
                try {
                    if (!file.equals("/dev/null")) {
                        names.strip(line + 1, 5, file);
                    }
                } catch (PatchFormatException e) {
                    findings.add(LintFinding.of(e, Kind.OUTSIDE_TREE));
                    break;
                }
            }
        }
    }

    private void hunk(LooseHunk hunk) {
        List<Integer> unmarked = hunk.unmarked();
        if (!unmarked.isEmpty()) {
            int first = hunk.line() + 1 + unmarked.get(0);
            String more = unmarked.size() == 1 ? "" : ", as have " + (unmarked.size() - 1) + " more in this hunk";
            add(
                    first,
                    1,
                    Severity.ERROR,
                    Kind.WHITE_SPACE,
                    "white space was damaged: this line has lost its leading blank" + more + tabless(hunk),
                    "a web page or a mail did this: get the patch as a file, or let patchproof check --kernel K"
                            + " --repair DIR restore it from the kernel's own file");
        } else if (!hunk.counts()) {
            add(
                    hunk.line(),
                    1,
                    Severity.ERROR,
                    Kind.COUNTS,
                    "the header counts " + hunk.oldCount() + " old and " + hunk.newCount() + " new lines, the hunk has "
                            + hunk.marked(' ', '-') + " and " + hunk.marked(' ', '+'),
                    "if nothing is missing, write '" + hunk.countedHeader() + "'; else make the patch again");
        } else if (!tabless(hunk).isEmpty() && hunk.body().size() >= TABLESS_LIMIT) {
            add(
                    hunk.line() + 1,
                    1,
                    Severity.WARNING,
                    Kind.WHITE_SPACE,
                    "white space may be damaged" + tabless(hunk),
                    "kernel code is indented by tabs: get the patch as a file if an editor turned them into blanks");
        }
    }

    private static String tabless(LooseHunk hunk) {
        String path = hunk.path().toLowerCase(Locale.ROOT);
        boolean code = path.endsWith(".c") || path.endsWith(".h") || path.endsWith(".s") || path.endsWith("makefile");
        boolean none = hunk.body().stream().noneMatch(l -> l.indexOf('\t') >= 0);
        return code && none ? "; not one tab is left in " + hunk.body().size() + " lines" : "";
    }

    private void reverts() {
        for (int i = 0; i < head(); i++) {
            java.util.regex.Matcher m = REVERTS.matcher(lines.get(i).strip());
            if (m.matches()) {
                add(
                        i + 1,
                        1,
                        Severity.WARNING,
                        Kind.REMOVES_FIX,
                        "it says that it reverts commit " + m.group(1),
                        "if that commit was a fix, the bug is back: leave the patch out, or say why it is in");
            }
        }
    }

    private void signedOff() {
        boolean signed = lines.subList(0, head()).stream()
                .anyMatch(l -> SIGNED_OFF.matcher(l).matches());
        if (!signed) {
            add(
                    1,
                    1,
                    Severity.ERROR,
                    Kind.SIGNED_OFF,
                    "no 'Signed-off-by: Name <mail>' above the diff",
                    "who ships it signs it off: git commit --amend -s, then git format-patch"
                            + " (Documentation/process/submitting-patches.rst)");
        }
    }

    /** How many lines stand above the first diff. */
    private int head() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("diff --git ") || LooseHunk.startsFile(lines, i)) {
                return i;
            }
        }
        return lines.size();
    }

    /** The strict reader's first mistake, unless it is one of those that were found already. */
    private void strict(byte[] bytes) {
        try {
            PatchReader.parse(name, bytes);
        } catch (PatchFormatException e) {
            Optional<LintFinding> same = findings.stream()
                    .filter(f -> f.severity() == Severity.ERROR && f.kind() != Kind.SIGNED_OFF)
                    .findFirst();
            if (same.isEmpty()) {
                findings.add(LintFinding.of(e, Kind.FORMAT));
            }
        }
    }
}
