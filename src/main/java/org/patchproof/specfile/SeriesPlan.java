package org.patchproof.specfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchproof.patch.ApplyRule;

/**
 * How a spec applies a series of patches out of tarballs: {@code %_sourcedir/apply-patches
 * %_sourcedir/series.conf .. $SYMBOLS}.
 *
 * @param series the file that lists them
 * @param tarballs those that {@code %prep} unpacks, in order; a later one's files take the place of an earlier's
 * @param rule with which each is applied
 * @param guarded whether the list may have guards
 * @param symbols that guards are about, as far as the spec alone says; empty when it does not
 */
public record SeriesPlan(
        String series, List<String> tarballs, ApplyRule rule, boolean guarded, Optional<Set<String>> symbols) {
    private static final String HOME = "(?:%_sourcedir|%\\{_sourcedir\\}|\\$RPM_SOURCE_DIR|\\$\\{RPM_SOURCE_DIR\\})/";
    private static final Pattern TAG = Pattern.compile("%\\{?(?:SOURCE|S:)(\\d{1,9})\\}?");
    private static final String GUARDS = "guards";
    /** How SUSE's guards decides where none of them matches; of another program nobody knows. */
    private static final String KNOWN_GUARDS = "$selected = ($guards[0] =~ /^-/)";

    private static final Pattern CALL =
            Pattern.compile("\\s*(?:(?:ba)?sh\\s+)?([^\\s;|&<>()`]+)\\s+([^\\s;|&<>()`]+)\\s+([^\\s;|&<>()`]+)"
                    + "((?:\\s+[^\\s;|&<>()`]+){0,50})\\s*");
    private static final Pattern WITH_TREE = Pattern.compile("\\s-[ab]\\s*(\\d{1,9})\\b");
    private static final Pattern UNTAR = Pattern.compile(
            "\\s*tar\\s+-?-?\\w*x\\w*(?:\\s+-\\w+){0,20}\\s+['\"]?%\\{?(?:SOURCE|S:)(\\d{1,9})\\}?['\"]?\\s*;?\\s*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)\\}?");

    public SeriesPlan {
        Objects.requireNonNull(series);
        Objects.requireNonNull(rule);
        tarballs = List.copyOf(tarballs);
        symbols = symbols.map(Set::copyOf);
    }

    /** Those of a spec that are understood, in order. */
    public static List<SeriesPlan> of(SpecFile spec) {
        return spec.calls().stream()
                .filter(c -> c.kind() == PrepCall.Kind.SERIES)
                .flatMap(c -> of(spec, c).stream())
                .toList();
    }

    /** All of it, as what is applied in one place, {@code line}. */
    public VendorPatches.VendorPatch asPatch(VendorPatches.When when, int line) {
        return new VendorPatches.VendorPatch(
                series, when, new VendorPatches.How(Optional.of(rule), true, 1, true), line);
    }

    /** The files of the package that are run to apply a series. */
    public static List<String> scripts(SpecFile spec) {
        Set<String> scripts = new LinkedHashSet<>();
        Stream<String> calls = spec.calls().stream()
                .filter(c -> c.kind() == PrepCall.Kind.SERIES)
                .map(PrepCall::text);
        Stream<String> elsewhere = SeriesElsewhere.lines(spec).stream().map(SpecLine::text);
        for (String text : Stream.concat(calls, elsewhere).toList()) {
            Matcher m = CALL.matcher(text);
            if (m.matches()) {
                file(spec, m.group(1)).ifPresent(scripts::add);
                scripts.add(GUARDS);
            }
        }
        return List.copyOf(scripts);
    }

    /** Whether a line only takes a copy of what it names into the tree. */
    static boolean copies(PrepCall call) {
        return call.text().matches("\\s*cp\\s+(?:-\\w+\\s+)?[^\\s;|&<>()`-][^\\s;|&<>()`]*\\s+\\.\\s*");
    }

    /** What a line does; empty when that is not sure. */
    static Optional<SeriesPlan> of(SpecFile spec, PrepCall call) {
        return ShellBlocks.hindrance(spec, call.line().number()).isPresent()
                ? Optional.empty()
                : of(spec, call.text(), call.line().number());
    }

    /** As a line says that stands there, where it is sure to be reached. */
    static Optional<SeriesPlan> of(SpecFile spec, String text, int number) {
        Matcher m = CALL.matcher(text);
        if (!m.matches() || m.group(3).matches("-.*|" + HOME + ".*|%\\{?_sourcedir\\}?|\\$\\{?RPM_SOURCE_DIR\\}?")) {
            return Optional.empty();
        }
        Optional<String> series = file(spec, m.group(2));
        Optional<SeriesScript> script = lines(spec, m.group(1)).flatMap(SeriesScript::of);
        return series.isEmpty()
                ? Optional.empty()
                : script.map(s -> new SeriesPlan(
                        series.get(), tarballs(spec, number), s.rule(), s.guarded(), symbols(spec, m.group(4))));
    }

    private static Optional<List<String>> lines(SpecFile spec, String word) {
        List<ShellFunction> functions =
                spec.functions().stream().filter(f -> f.name().equals(word)).toList();
        if (!functions.isEmpty()) {
            return functions.size() > 1
                    ? Optional.empty()
                    : Optional.of(functions.get(0).body());
        }
        return file(spec, word)
                .flatMap(spec.includes()::find)
                .map(bytes -> Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("\n")));
    }

    /** The file of the package that a word names, or that was copied from there under the same name. */
    private static Optional<String> file(SpecFile spec, String word) {
        String plain = word.replaceAll("['\"]", "");
        Matcher tag = TAG.matcher(plain);
        String name = tag.matches()
                ? source(spec, Integer.parseInt(tag.group(1))).orElse("")
                : plain.replaceFirst("^(?:" + HOME + "|\\./)", "");
        String filled = VendorPatches.filled(spec, name);
        return filled.matches("[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}") ? Optional.of(filled) : Optional.empty();
    }

    private static Optional<String> source(SpecFile spec, int number) {
        return PatchTag.sources(spec).stream()
                .filter(t -> t.number().isPresent() && t.number().getAsInt() == number)
                .findFirst()
                .map(PatchTag::fileName);
    }

    private static List<String> tarballs(SpecFile spec, int before) {
        List<Integer> numbers = new ArrayList<>();
        Map<Integer, PrepCall> setups = spec.calls().stream()
                .filter(c -> c.kind() == PrepCall.Kind.SETUP)
                .collect(Collectors.toMap(c -> c.line().number(), c -> c));
        for (SpecLine line :
                spec.in(Section.PREP).filter(l -> l.number() < before).toList()) {
            PrepCall setup = setups.get(line.number());
            Matcher untar = UNTAR.matcher(line.text());
            if (setup != null) {
                WITH_TREE.matcher(setup.text()).results().forEach(m -> numbers.add(Integer.parseInt(m.group(1))));
            } else if (line.kind() == SpecLine.Kind.TEXT
                    && line.text().length() <= PrepCall.LONGEST
                    && untar.matches()) {
                numbers.add(Integer.parseInt(untar.group(1)));
            }
        }
        return numbers.stream()
                .distinct()
                .map(n -> source(spec, n))
                .flatMap(Optional::stream)
                .map(name -> VendorPatches.filled(spec, name))
                .toList();
    }

    private static Optional<Set<String>> symbols(SpecFile spec, String words) {
        boolean known = spec.includes()
                .find(GUARDS)
                .filter(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(KNOWN_GUARDS))
                .isPresent();
        if (!known) {
            return Optional.empty();
        }
        Set<String> symbols = new HashSet<>();
        for (String word : words.strip().split("\\s+")) {
            Matcher variable = VARIABLE.matcher(word);
            Optional<String> text = variable.matches()
                    ? assigned(spec, variable.group(1))
                    : Optional.of(word).filter(w -> w.matches("\\w*"));
            if (text.isEmpty()) {
                return Optional.empty();
            }
            symbols.addAll(Arrays.asList(text.get().strip().split("\\s+")));
        }
        symbols.remove("");
        return Optional.of(symbols);
    }

    /** What a variable of {@code %prep} holds, where one line sets it, to words. */
    private static Optional<String> assigned(SpecFile spec, String name) {
        List<SpecLine> lines = spec.in(Section.PREP)
                .filter(l -> l.kind() == SpecLine.Kind.TEXT && l.text().matches(".*\\b" + name + "\\+?=.*"))
                .toList();
        if (lines.size() != 1 || lines.get(0).depth() > 0) {
            return Optional.empty();
        }
        Matcher words = Pattern.compile(name + "=(?:\"([\\w ]*)\"|(\\w*))")
                .matcher(lines.get(0).text().strip());
        return words.matches()
                ? Optional.of(words.group(1) == null ? words.group(2) : words.group(1))
                : Optional.empty();
    }
}
