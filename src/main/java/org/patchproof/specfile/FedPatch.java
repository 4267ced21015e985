package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;

/**
 * A line of {@code %prep} that gives files of the package to {@code patch} or {@code git apply} by itself:
 * {@code xzcat %{SOURCE5000} | patch -p1 -F1 -s}. What does anything more, or takes another option than
 * these, is none: nobody could say then what comes of it.
 *
 * @param files those that are applied, in order
 * @param unpacks whether a decompressor stands before
 * @param rule with which the files are applied
 * @param strip how many folders are taken off the names in them
 */
record FedPatch(List<Named> files, boolean unpacks, ApplyRule rule, int strip) {
    private static final String TAG = "%\\{?(?:SOURCE|S:|PATCH|P:)\\d{1,9}\\}?";
    private static final String PATH =
            "(?:%\\{?_sourcedir\\}?|\\$RPM_SOURCE_DIR|\\$\\{RPM_SOURCE_DIR\\})/[\\w.+~%{}?-]{1,200}";
    private static final String FILE = "['\"]?(?:" + TAG + "|" + PATH + ")['\"]?";
    private static final String FILES = "(" + FILE + "(?:\\s+" + FILE + "){0,50})";
    private static final String UNPACK = "(?:xz|lz|bz|z|gz|zstd)cat|unxz\\s+-c|(?:gunzip|bunzip2|unzstd)\\s+-c"
            + "|(?:%\\{?__)?(?:xz|gzip|bzip2|zstd)\\}?\\s+(?:-dc|-cd|-d\\s+-c|-c\\s+-d|--decompress\\s+--stdout)";
    private static final String OPTIONS = "((?:\\s+(?:-[sEbf]|-F\\s*\\d|--fuzz=\\d|-z\\s*[.\\w]+|--silent|--quiet"
            + "|--no-backup-if-mismatch|--remove-empty-files)){0,20}\\s+-p\\s*\\d(?:\\s+(?:-[sEbf]|-F\\s*\\d|--fuzz=\\d"
            + "|-z\\s*[.\\w]+|--silent|--quiet|--no-backup-if-mismatch|--remove-empty-files)){0,20})";

    private static final Pattern PIPED = Pattern.compile(
            "\\s*(" + UNPACK + "|cat)\\s+(?:<\\s*)?" + FILES + "\\s*\\|\\s*patch" + OPTIONS + "\\s*;?\\s*");
    private static final Pattern READ =
            Pattern.compile("\\s*patch" + OPTIONS + "\\s+(?:<|-i|--input=)\\s*(" + FILE + ")\\s*;?\\s*");
    private static final Pattern GIT = Pattern.compile("\\s*git\\s+apply(?:\\s+(?:--index|-v|-q|--verbose|-p1"
            + "|--whitespace=(?:nowarn|warn))){0,20}\\s+(?:<\\s*)?" + FILES + "\\s*;?\\s*");

    private static final Pattern STRIP = Pattern.compile("\\s-p\\s*(\\d)");
    private static final Pattern NUMBERED = Pattern.compile("%\\{?(SOURCE|S:|PATCH|P:)(\\d{1,9})\\}?");

    FedPatch {
        files = List.copyOf(files);
    }

    /**
     * A file that a line names.
     *
     * @param name its name, macros as they stand
     * @param depth how many conditions its tag and the line stand in
     */
    record Named(String name, int depth) {}

    /** What a line applies; empty when that is not sure. */
    static Optional<FedPatch> of(SpecFile spec, PrepCall call) {
        Optional<String> hindrance = ShellBlocks.hindrance(spec, call.line().number());
        if (hindrance.isEmpty()) {
            return of(spec, call.text(), call.line().depth());
        }
        // A shell's if is a condition as a %if is one; of here-documents, quotes and what stands behind an exit
        // nobody knows whether they run.
        return hindrance.get().contains("shell block")
                ? of(spec, call.text(), call.line().depth() + 1)
                : Optional.empty();
    }

    private static Optional<FedPatch> of(SpecFile spec, String text, int depth) {
        Matcher piped = PIPED.matcher(text);
        if (piped.matches()) {
            return gnu(spec, depth, piped.group(2), !piped.group(1).equals("cat"), piped.group(3));
        }
        Matcher read = READ.matcher(text);
        if (read.matches()) {
            return gnu(spec, depth, read.group(2), false, read.group(1));
        }
        Matcher git = GIT.matcher(text);
        if (!git.matches()) {
            return Optional.empty();
        }
        return named(spec, depth, git.group(1)).map(files -> new FedPatch(files, false, ApplyRule.gitApply(), 1));
    }

    private static Optional<FedPatch> gnu(SpecFile spec, int depth, String words, boolean unpacks, String options) {
        Optional<ApplyRule> rule = FuzzOption.rule(options);
        Matcher strip = STRIP.matcher(options);
        if (rule.isEmpty() || !strip.find()) {
            return Optional.empty();
        }
        int folders = Integer.parseInt(strip.group(1));
        return named(spec, depth, words).map(files -> new FedPatch(files, unpacks, rule.get(), folders));
    }

    /** As what the spec applies. */
    VendorPatches.How how() {
        return new VendorPatches.How(Optional.of(rule), unpacks, strip, true);
    }

    private static Optional<List<Named>> named(SpecFile spec, int depth, String words) {
        List<Named> files = new ArrayList<>();
        for (String word : words.replaceAll("['\"]", "").strip().split("\\s+")) {
            Optional<Named> file = file(spec, depth, word);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            files.add(file.get());
        }
        return Optional.of(files);
    }

    private static Optional<Named> file(SpecFile spec, int depth, String word) {
        Matcher m = NUMBERED.matcher(word);
        if (!m.matches()) {
            return Optional.of(new Named(word.substring(word.lastIndexOf('/') + 1), depth));
        }
        int number = Integer.parseInt(m.group(2));
        List<PatchTag> tags = m.group(1).startsWith("S") ? PatchTag.sources(spec) : spec.declared();
        return tags.stream()
                .filter(t -> t.number().isPresent() && t.number().getAsInt() == number)
                .findFirst()
                .map(t -> new Named(t.fileName(), depth + t.line().depth()));
    }
}
