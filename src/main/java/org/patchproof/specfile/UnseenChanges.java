package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of {@code %prep} that are no way of applying patches that we know, and yet may change files that
 * matter: {@code sed -i s/a/b/ net/ipv4/route.c}, {@code quilt push -a}. Plain words are looked for: it is
 * looked at each spec.
 */
final class UnseenChanges {
    private static final List<String> TOOLS =
            List.of("quilt push", "quilt import", "| patch", "patch <", "git cherry-pick", "git revert", "git merge");
    private static final List<String> PATCHING = List.of("patch -", "git apply", "git am", "ApplyPatch");

    /** Functions that call one another more deeply than this are all taken to patch. */
    private static final int DEEPEST = 10;

    private final SpecFile spec;
    private final List<SpecLine> prep;
    private final FileWords words;
    private final Set<String> functions;
    private final Set<String> macros;

    private UnseenChanges(SpecFile spec, Set<String> paths) {
        this.spec = spec;
        this.prep = spec.lines().stream().filter(l -> l.plainIn(Section.PREP)).toList();
        this.words = new FileWords(
                paths,
                prep.stream().map(SpecLine::text).filter(FileWords::moves).toList());
        this.macros = patchingMacros(spec);
        this.functions = patchingFunctions();
    }

    /** In order, each as {@link UnfollowedPatches} says it. */
    static List<String> of(SpecFile spec, Set<String> paths) {
        UnseenChanges changes = new UnseenChanges(spec, paths);
        List<String> lines = new ArrayList<>();
        boolean within = false;
        for (SpecLine line : changes.prep) {
            within = changes.isWithin(line.text(), within);
            if (within && changes.isPatching(line) || changes.matters(line)) {
                lines.add("line " + line.number() + ": " + line.text().strip());
            }
        }
        return lines;
    }

    /** Whether the script is in a folder of our files behind a line: patches name them otherwise there. */
    private boolean isWithin(String text, boolean before) {
        if (FileWords.moves(text)) {
            return words.namesFolder(text) || before && text.contains("..");
        }
        return before && !text.contains("popd");
    }

    private boolean isPatching(SpecLine line) {
        return spec.calls().stream().anyMatch(c -> c.line().number() == line.number() && c.applies());
    }

    private boolean matters(SpecLine line) {
        String text = line.text();
        for (ShellFunction function : spec.functions()) {
            if (function.holds(line.number())) {
                return words.mayBeChangedBy(text) && isCalled(function);
            }
        }
        boolean changes = TOOLS.stream().anyMatch(text::contains)
                || functions.stream().anyMatch(name -> FileWords.names(text, name))
                || usesRpm(text)
                || words.mayBeChangedBy(text);
        return changes && spec.calls().stream().noneMatch(c -> c.line().number() == line.number());
    }

    /** Whether a line has rpm's macros in it, or the spec's own, that patch. */
    private boolean usesRpm(String text) {
        return text.indexOf('%') >= 0
                && (text.contains("patch") && RpmWords.patches(text)
                        || !macros.isEmpty() && macros.stream().anyMatch(name -> FileWords.names(text, name)));
    }

    private boolean isCalled(ShellFunction function) {
        return prep.stream().anyMatch(l -> !function.holds(l.number()) && FileWords.names(l.text(), function.name()));
    }

    /** Calls of functions named as the Red Hat lineage does are known ones. */
    private Set<String> patchingFunctions() {
        Set<String> names = new TreeSet<>();
        Predicate<String> patches = text -> PATCHING.stream().anyMatch(text::contains) || usesRpm(text);
        int before = -1;
        for (int depth = 0; before < names.size(); depth++) {
            if (depth == DEEPEST) {
                spec.functions().forEach(f -> names.add(f.name()));
                return names;
            }
            before = names.size();
            for (ShellFunction function : spec.functions()) {
                boolean known =
                        function.name().startsWith("Apply") && function.name().contains("Patch");
                boolean patching = !known
                        && function.body().stream()
                                .anyMatch(l ->
                                        patches.test(l) || names.stream().anyMatch(name -> FileWords.names(l, name)));
                if (patching) {
                    names.add(function.name());
                }
            }
        }
        return names;
    }

    /** The names of the spec's own macros that say how patches are applied. */
    private static Set<String> patchingMacros(SpecFile spec) {
        Set<String> names = new TreeSet<>();
        String head = "";
        for (SpecLine line : spec.lines()) {
            if (line.kind() != SpecLine.Kind.MACRO) {
                continue;
            }
            String text = line.text();
            String bare = text.stripLeading();
            head = bare.startsWith("%define") || bare.startsWith("%global") ? bare : head;
            boolean speaks = text.contains("atch") || text.contains("git a");
            if (speaks && (PATCHING.stream().anyMatch(text::contains) || RpmWords.patches(text))) {
                names.add(RpmWords.defined(head));
            }
        }
        names.remove("");
        return names;
    }

    /** Apart, as few lines need it. */
    private static final class RpmWords {
        private static final Pattern PATCH = Pattern.compile("%\\{?(?:auto)?patch(?:\\d|[\\s}%]|$)");
        private static final Pattern DEFINED = Pattern.compile("%(?:define|global)\\s+(\\w+).*", Pattern.DOTALL);

        static boolean patches(String text) {
            return PATCH.matcher(text).find();
        }

        static String defined(String text) {
            Matcher m = DEFINED.matcher(text);
            return m.matches() ? m.group(1) : "";
        }
    }
}
