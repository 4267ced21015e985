package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;

/** Which patches a spec applies by itself, before any of ours, and in which order. */
public final class VendorPatches {
    private static final Pattern FUNCTION_CALL = Pattern.compile("(?:^|.*[;&|\\s])Apply\\w*Patch\\w*\\s+(\\S+).*");
    private static final Pattern PATCH_MACRO = Pattern.compile("['\"]?%\\{(?:PATCH|P:)(\\d{1,9})\\}.*");
    private static final Pattern NUMBER = Pattern.compile("\\s*%\\{?patch\\s*(?:-P\\s*)?(\\d{1,9})\\b.*");
    private static final Pattern DEFINED = Pattern.compile("\\s*%(?:define|global)\\s+(\\w+)\\s+(\\S+)\\s*");
    private static final Pattern TAG = Pattern.compile("(?i)(Name|Version|Release)\\s*:\\s*(\\S+)\\s*");
    private static final Pattern MACRO = Pattern.compile("%\\{\\??(\\w+)\\}|%(\\w+)");
    private static final int NESTING = 10;

    private VendorPatches() {}

    /** Whether a patch is applied in every build. */
    public enum When {
        ALWAYS,
        /** It stands inside an {@code %if} of which only rpmbuild knows whether it holds. */
        CONDITIONALLY
    }

    /**
     * A patch that the spec applies.
     *
     * @param file its name, macros filled in as far as the spec itself defines them
     * @param line where it is applied
     */
    public record VendorPatch(String file, When when, How how, int line) {
        private VendorPatch inEveryBuild() {
            return new VendorPatch(file, When.ALWAYS, how, line);
        }

        private VendorPatch named(String name, boolean unpacks) {
            return new VendorPatch(name, when, unpacks ? how.unpacking() : how, line);
        }
    }

    /**
     * How a patch is applied.
     *
     * @param rule with which, where the line says one of its own
     * @param unpacks whether it is decompressed on the way, if it needs to be
     * @param strip how many folders are taken off the names in it
     * @param named whether a line names the file to the tool: without it, nothing works
     */
    public record How(Optional<ApplyRule> rule, boolean unpacks, int strip, boolean named) {
        private static final How USUAL = new How(Optional.empty(), false, 1, false);

        private How unpacking() {
            return new How(rule, true, strip, named);
        }
    }

    /**
     * In the order in which they are applied; a file once, at its first place. A patch that is declared
     * and not applied is not among them.
     */
    public static List<VendorPatch> of(SpecFile spec) {
        List<PatchTag> tags = spec.declared();
        Map<String, String> macros = macros(spec);
        Map<String, VendorPatch> patches = new LinkedHashMap<>();
        Optional<PatchLoop> loop = PatchLoop.find(spec, spec.calls());
        boolean functions = spec.calls().stream().anyMatch(c -> c.kind() == PrepCall.Kind.FUNCTION);
        SpecConditions conditions = spec.conditions();
        for (PrepCall call : spec.calls()) {
            if (conditions.never(call.line())) {
                continue;
            }
            boolean looped = loop.filter(l -> l.call().equals(call)).isPresent();
            for (VendorPatch patch : looped ? all(call, tags) : applied(spec, call, tags)) {
                String file = filled(patch.file(), macros);
                VendorPatch named = patch.named(file, unpacks(spec, call, file));
                if (conditions.always(call.line())
                        && tags.stream()
                                .filter(t -> filled(t.fileName(), macros).equals(file))
                                .allMatch(t -> conditions.always(t.line()))) {
                    named = named.inEveryBuild();
                }
                patches.putIfAbsent(file, functions ? byMacro(spec, call, named) : named);
            }
        }
        return new ArrayList<>(patches.values());
    }

    /** With what the spec itself defines filled in. */
    static String filled(SpecFile spec, String text) {
        return filled(text, macros(spec));
    }

    private static List<VendorPatch> applied(SpecFile spec, PrepCall call, List<PatchTag> tags) {
        return switch (call.kind()) {
            case FUNCTION -> named(call, tags);
            case NUMBERED -> macro(call, tags);
            case AUTOPATCH ->
                all(
                        call,
                        tags.stream()
                                .filter(t -> RangesDialect.takes(call, t.number()))
                                .toList());
            case AUTOSETUP -> call.text().contains(" -N") ? List.of() : all(call, tags);
            case GIT_AM -> call.takesAllDeclared() ? all(call, tags) : List.of();
            case RAW, GIT_APPLY ->
                FedPatch.of(spec, call).map(f -> fed(call, f)).orElse(List.of());
            case SERIES ->
                SeriesPlan.of(spec, call).map(plan -> series(call, plan)).orElse(List.of());
            default -> List.of();
        };
    }

    private static List<VendorPatch> series(PrepCall call, SeriesPlan plan) {
        return List.of(plan.asPatch(when(call.line().depth()), call.line().number()));
    }

    private static List<VendorPatch> fed(PrepCall call, FedPatch fed) {
        return fed.files().stream()
                .map(f -> new VendorPatch(
                        f.name(), when(f.depth()), fed.how(), call.line().number()))
                .toList();
    }

    /** Where functions apply the other patches, rpm's own macros still have their own fuzz. */
    private static VendorPatch byMacro(SpecFile spec, PrepCall call, VendorPatch patch) {
        boolean macro = call.kind() == PrepCall.Kind.NUMBERED || call.kind() == PrepCall.Kind.AUTOPATCH;
        if (!macro || patch.how().rule().isPresent()) {
            return patch;
        }
        Optional<ApplyRule> rule = MacroFuzz.known(spec);
        return new VendorPatch(
                patch.file(), patch.when(), new How(rule, true, patch.how().strip(), false), patch.line());
    }

    /** rpm's own macros look at a file's first bytes, functions at its name, and git takes it as it is. */
    private static boolean unpacks(SpecFile spec, PrepCall call, String file) {
        return switch (call.kind()) {
            case NUMBERED, AUTOPATCH, AUTOSETUP -> true;
            case FUNCTION -> Packed.isNamedSo(file) && Packed.isUnpacked(spec, call, file);
            default -> false;
        };
    }

    /** Whether it is known which patches a {@code %patch} applies, and how. */
    static boolean isKnown(SpecFile spec, PrepCall call) {
        boolean understood = isUsual(call) || PatchMacro.of(call.text()).isPresent();
        // Inside an %if, a number that nothing declares says that this is not built.
        return understood
                && (call.line().depth() > 0 || !macro(call, spec.declared()).isEmpty());
    }

    private static boolean isUsual(PrepCall call) {
        return PatchMacro.isUsual(call.text()) && NUMBER.matcher(call.text()).matches();
    }

    private static List<VendorPatch> macro(PrepCall call, List<PatchTag> tags) {
        if (isUsual(call)) {
            return numbered(call, tags, NUMBER.matcher(call.text()));
        }
        List<VendorPatch> patches = new ArrayList<>();
        PatchMacro.of(call.text()).ifPresent(macro -> {
            How how = new How(macro.rule(), true, macro.strip(), false);
            macro.numbers()
                    .forEach(n -> numbered(call, tags, n)
                            .forEach(p -> patches.add(new VendorPatch(p.file(), p.when(), how, p.line()))));
        });
        return patches;
    }

    private static List<VendorPatch> all(PrepCall call, List<PatchTag> tags) {
        return tags.stream()
                .map(t -> patch(t.fileName(), call.line(), t.line()))
                .toList();
    }

    private static List<VendorPatch> named(PrepCall call, List<PatchTag> tags) {
        Matcher function = FUNCTION_CALL.matcher(call.text());
        if (!function.matches()) {
            return List.of();
        }
        Matcher macro = PATCH_MACRO.matcher(function.group(1));
        return macro.lookingAt()
                ? numbered(call, tags, macro)
                : List.of(patch(function.group(1), call.line(), call.line()));
    }

    private static List<VendorPatch> numbered(PrepCall call, List<PatchTag> tags, Matcher number) {
        if (!number.matches()) {
            return List.of();
        }
        return numbered(call, tags, Integer.parseInt(number.group(1)));
    }

    private static List<VendorPatch> numbered(PrepCall call, List<PatchTag> tags, int wanted) {
        return tags.stream()
                .filter(t -> t.number().isPresent() && t.number().getAsInt() == wanted)
                .limit(1)
                .flatMap(t -> all(call, List.of(t)).stream())
                .toList();
    }

    private static VendorPatch patch(String file, SpecLine call, SpecLine tag) {
        return new VendorPatch(file, when(call.depth() + tag.depth()), How.USUAL, call.number());
    }

    private static When when(int depth) {
        return depth == 0 ? When.ALWAYS : When.CONDITIONALLY;
    }

    private static Map<String, String> macros(SpecFile spec) {
        Map<String, String> macros = new HashMap<>();
        for (SpecLine line : spec.lines()) {
            Matcher defined = DEFINED.matcher(line.text());
            Matcher tag = TAG.matcher(line.text());
            if (line.kind() == SpecLine.Kind.MACRO && defined.matches()) {
                macros.putIfAbsent(defined.group(1), defined.group(2));
            } else if (line.plainIn(Section.PREAMBLE) && tag.matches()) {
                macros.putIfAbsent(tag.group(1).toLowerCase(java.util.Locale.ROOT), tag.group(2));
            }
        }
        return macros;
    }

    private static String filled(String text, Map<String, String> macros) {
        String result = text;
        for (int i = 0; i < NESTING && result.indexOf('%') >= 0; i++) {
            Matcher m = MACRO.matcher(result);
            StringBuilder next = new StringBuilder();
            while (m.find()) {
                String name = m.group(1) == null ? m.group(2) : m.group(1);
                m.appendReplacement(next, Matcher.quoteReplacement(macros.getOrDefault(name, m.group())));
            }
            m.appendTail(next);
            if (next.length() > 4096 || next.toString().equals(result)) {
                break;
            }
            result = next.toString();
        }
        return result;
    }
}
