package org.patchproof.specfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a spec's preamble takes in by {@code %include}, as far as they are at hand. They may
 * declare patches: under numbers that must not be used twice, and in an order that counts.
 */
final class IncludedFiles {
    private static final Pattern INCLUDE = Pattern.compile("\\s*%include\\b(.*)");
    private static final Pattern SOURCE = Pattern.compile("%\\{?(?:SOURCE|S:)(\\d{1,9})}?");
    private static final Pattern IN_SOURCES = Pattern.compile("%(?:_sourcedir|\\{_sourcedir})/+(.*)");
    private static final Pattern FLAT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}");

    /**
     * One such line.
     *
     * @param line the {@code %include}
     * @param name the file it takes, without directory; empty where a macro hides it
     * @param text what that file holds; empty where it is not at hand
     */
    record Included(SpecLine line, Optional<String> name, Optional<String> text) {}

    private IncludedFiles() {}

    static List<Included> of(SpecFile spec) {
        List<Included> found = new ArrayList<>();
        for (SpecLine line : spec.lines()) {
            if (line.plainIn(Section.PREAMBLE) || line.plainIn(Section.PACKAGE)) {
                include(spec, line).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Included> include(SpecFile spec, SpecLine line) {
        if (!line.text().contains("%include")) {
            return Optional.empty();
        }
        Matcher m = INCLUDE.matcher(line.text());
        return m.matches()
                ? Optional.of(name(spec, m.group(1).strip())).map(name -> new Included(line, name, text(spec, name)))
                : Optional.empty();
    }

    private static Optional<String> text(SpecFile spec, Optional<String> name) {
        return name.flatMap(spec.includes()::find).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> name(SpecFile spec, String value) {
        Matcher source = SOURCE.matcher(value);
        Matcher inSources = IN_SOURCES.matcher(value);
        String name = value;
        if (source.matches()) {
            int number = Integer.parseInt(source.group(1));
            name = PatchTag.sources(spec).stream()
                    .filter(t -> t.number().isPresent() && t.number().getAsInt() == number)
                    .findFirst()
                    .map(PatchTag::fileName)
                    .orElse("");
        } else if (inSources.matches()) {
            name = inSources.group(1);
        }
        return Optional.of(name).filter(n -> FLAT.matcher(n).matches());
    }

    /** The tags of the included files, each with the line of its {@code %include}. */
    static List<PatchTag> tags(SpecFile spec) {
        List<PatchTag> tags = new ArrayList<>();
        for (Included included : of(spec)) {
            included.text()
                    .ifPresent(text -> PatchTag.patches(nested(spec, text))
                            .forEach(t -> tags.add(new PatchTag(included.line(), t.number(), t.value()))));
        }
        return tags;
    }

    /** All that a spec declares, in order; those of included files stand where these are included. */
    static List<PatchTag> declared(SpecFile spec) {
        List<PatchTag> own = PatchTag.patches(spec);
        if (spec.texts().stream().noneMatch(text -> text.contains("%include"))) {
            return own;
        }
        List<PatchTag> all = new ArrayList<>(own);
        for (Included included : of(spec)) {
            included.text()
                    .ifPresent(text -> PatchTag.patches(nested(spec, text))
                            .forEach(t -> all.add(new PatchTag(
                                    deeper(included.line(), t.line().depth()), t.number(), t.value()))));
        }
        if (all.size() == own.size()) {
            return own;
        }
        all.sort(Comparator.comparingInt(t -> t.line().number()));
        return all;
    }

    private static SpecLine deeper(SpecLine line, int more) {
        return new SpecLine(line.number(), line.text(), line.kind(), line.depth() + more, line.section());
    }

    /**
     * The includes of which it is not known what they do to the tree, each as a person reads it.
     *
     * @param files all of the package: what stands inside an {@code %if} and takes in a file that is not there does
     *     not run
     */
    static List<String> unfollowed(SpecFile spec, Set<String> files) {
        List<String> lines = new ArrayList<>();
        for (SpecLine line : spec.lines()) {
            if (line.kind() != SpecLine.Kind.TEXT || !line.text().contains("%include")) {
                continue;
            }
            Optional<Included> included = include(spec, line);
            boolean tags = line.section() == Section.PREAMBLE || line.section() == Section.PACKAGE;
            boolean known = included.isEmpty()
                    || line.section() != Section.PREP && !tags
                    || line.depth() > 0
                            && included.get()
                                    .name()
                                    .filter(n -> !files.contains(n))
                                    .isPresent()
                    || tags
                            && included.get()
                                    .text()
                                    .filter(text -> onlyTags(nested(spec, text)))
                                    .isPresent();
            if (!known) {
                lines.add("line " + line.number() + ": " + line.text().strip());
            }
        }
        return lines;
    }

    private static boolean onlyTags(SpecFile nested) {
        return nested.lines().stream().noneMatch(l -> l.kind() == SpecLine.Kind.SECTION)
                && nested.strayEndifs().isEmpty()
                && nested.unclosedIfs() == 0
                && of(nested).isEmpty();
    }

    private static SpecFile nested(SpecFile spec, String text) {
        return SpecFile.parse(spec.fileName(), text.getBytes(StandardCharsets.ISO_8859_1), spec.includes());
    }

    /** Refuses what could declare patches behind ours, unseen. */
    static void requireAllKnown(SpecFile spec) {
        for (Included included : of(spec)) {
            String seen =
                    "line " + included.line().number() + " includes a file, which may declare patches behind ours: "
                            + included.line().text().strip();
            if (included.text().isEmpty()) {
                throw new Refusal(
                        seen,
                        included.name()
                                .map(n -> "put " + n + " beside the spec or into SOURCES, and inject again")
                                .orElse("put the included file's lines into the spec, and inject again"));
            }
            if (!onlyTags(nested(spec, included.text().get()))) {
                throw new Refusal(
                        seen + " (which has sections, open %ifs or includes of its own)",
                        "put the included file's lines into the spec, and inject again");
            }
        }
    }

    /** Lines for a person: what is not known. */
    static List<String> notes(SpecFile spec) {
        return of(spec).stream()
                .filter(i -> i.text().isEmpty())
                .map(i -> "line " + i.line().number() + " includes a file that is not at hand ("
                        + i.line().text().strip()
                        + "): should it declare one of our numbers, rpmbuild stops and says so")
                .toList();
    }
}
