package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names in a script's words may stand for; a star where that is not known. */
final class ScriptNames {
    /** Where the folder of all trees is. */
    static final String BUILD = "/BUILD";

    private static final int MOST = 200;
    private static final int MOST_WORK = 200_000;
    private static final int DEEPEST = 8;
    private static final int LONGEST = 2000;
    private static final Pattern SOURCE = Pattern.compile("%\\{?(?:SOURCE|S:?)(\\d+)\\}?");
    private static final Pattern NAME =
            Pattern.compile("%\\{[!?]*(\\w+)\\}|%(\\w+)|\\$\\{(\\w+)\\}|\\$(\\w+)|[%$][({][^})]*[})]*");

    private final SpecMacros macros;
    private int work;
    private final Map<String, List<String>> sources = new HashMap<>();
    private final Map<String, List<String>> variables = new HashMap<>();

    ScriptNames(SpecFile spec, SpecMacros macros) {
        this.macros = macros;
        int next = 0;
        for (PatchTag tag : PatchTag.sources(spec)) {
            int number = tag.number().orElse(next);
            next = number + 1;
            sources.computeIfAbsent(String.valueOf(number), n -> new ArrayList<>())
                    .add(tag.fileName());
        }
    }

    /** Takes note of a {@code for} loop's variable, and of an assignment. */
    void note(List<String> words) {
        int at = words.indexOf("for");
        if (at >= 0 && at + 2 < words.size() && words.get(at + 2).equals("in")) {
            List<String> values = new ArrayList<>();
            words.subList(at + 3, words.size()).forEach(w -> values.addAll(each(w)));
            variables.put(words.get(at + 1), bounded(values));
        } else if (words.get(0).matches("\\w+=.*")) {
            String[] parts = words.get(0).split("=", 2);
            variables.put(parts[0], each(parts[1]));
        }
    }

    /** All that a word may be; at least one. */
    List<String> each(String word) {
        return expand(word.replaceAll("`pwd`|\\$\\(pwd\\)|\\$\\{?PWD\\}?", "."), 0);
    }

    private List<String> expand(String word, int depth) {
        if (++work > MOST_WORK || depth > DEEPEST || word.length() > LONGEST) {
            return List.of("*");
        }
        Matcher source = SOURCE.matcher(word);
        if (source.find()) {
            List<String> all = new ArrayList<>();
            String numbered = source.group(1).replaceFirst("^0+(?=\\d)", "");
            for (String file : sources.getOrDefault(numbered, List.of("*"))) {
                all.add(word.substring(0, source.start()) + "/SOURCES/" + file + word.substring(source.end()));
            }
            return each(all, depth);
        }
        Matcher name = NAME.matcher(word);
        if (!name.find()) {
            return List.of(word.replaceAll("\\{[^{}]*\\}|\\[[^\\[\\]]*\\]", "*").replaceAll("\\*+", "*"));
        }
        List<String> all = new ArrayList<>();
        for (String value : values(name)) {
            all.add(word.substring(0, name.start()) + value + word.substring(name.end()));
        }
        return each(all, depth);
    }

    private List<String> each(List<String> words, int depth) {
        List<String> all = new ArrayList<>();
        for (String each : words) {
            if (all.size() <= MOST) {
                all.addAll(expand(each, depth + 1));
            }
        }
        return bounded(all);
    }

    private static List<String> bounded(List<String> all) {
        return all.isEmpty() || all.size() > MOST ? List.of("*") : all;
    }

    private List<String> values(Matcher m) {
        String macro = m.group(1) != null ? m.group(1) : m.group(2);
        String variable = m.group(3) != null ? m.group(3) : m.group(4);
        String known = macro != null ? macro : variable == null ? "" : variable;
        switch (known) {
            case "_sourcedir", "RPM_SOURCE_DIR" -> {
                return List.of("/SOURCES");
            }
            case "buildroot", "RPM_BUILD_ROOT", "_tmppath", "_specdir" -> {
                return List.of("/ELSEWHERE");
            }
            case "_builddir", "RPM_BUILD_DIR" -> {
                return List.of(BUILD);
            }
            default -> {}
        }
        List<String> values = new ArrayList<>();
        if (macro != null) {
            macros.values(macro).forEach(v -> values.addAll(List.of(v.split("\\s+"))));
        } else if (variable != null) {
            values.addAll(variables.getOrDefault(variable, List.of()));
        }
        return values.isEmpty() ? List.of("*") : values;
    }

    /** Whether an archive that is unpacked is for sure not the kernel's, by its name. */
    boolean unpacksAnother(List<String> words) {
        return words.stream()
                .map(this::each)
                .filter(all -> all.get(0).matches("/SOURCES/.+"))
                .anyMatch(all -> all.stream()
                        .noneMatch(file -> file.matches("/SOURCES/(?:linux|kernel|\\*).*")
                                || sources.getOrDefault("0", List.of()).contains(file.substring(9))));
    }
}
