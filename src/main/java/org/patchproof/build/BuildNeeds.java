package org.patchproof.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failed build found missing, by name, and the line that installs it. Which package brings what is
 * in {@code needs.table}; of a name that is not in it, only the name is said.
 */
final class BuildNeeds {
    private record Row(String kind, String name, String debian, String el) {}

    private static final String NONE = "-";

    /** As dash, bash (of EL7 too), make and env say it. */
    private static final List<Pattern> PROGRAMS = List.of(
            Pattern.compile("\\S*: (?:(?:line )?\\d+: )?(?<name>[^\\s:]+): (?:command )?not found"),
            Pattern.compile(
                    "make(?:\\[\\d+\\])?: (?<name>[\\w./+-]+): (?:No such file or directory|Command not found|not found)"),
            Pattern.compile(".*env: [‘']?(?<name>[\\w./+-]+)[’']?: No such file or directory"));

    private static final List<Pattern> HEADERS = List.of(
            Pattern.compile("[^\\s:]+:\\d+:(?:\\d+:)? fatal error: (?<name>[\\w./+-]+): No such file or directory"),
            Pattern.compile("[^\\s:]+:\\d+:(?:\\d+:)? fatal error: '(?<name>[\\w./+-]+)' file not found"));

    /** {@code bc is needed by kernel-3.10.0-693.el7.x86_64}; the same in rpm 4.11 and 4.18. */
    private static final Pattern REQUIRED = Pattern.compile("\\s+(?<name>\\S+)(?: [<>=]+ \\S+)? is needed by \\S+");

    /** objtool of 4.14 to 5.x. */
    private static final Pattern PLEASE = Pattern.compile(".*[Pp]lease install .*(?<name>libelf)-dev.*");

    private static final List<Row> TABLE = read();

    private BuildNeeds() {}

    /** Programs that a shell, make or env did not find. */
    static Set<String> programs(Collection<String> said) {
        return names(PROGRAMS, said);
    }

    /** Headers of libraries that the build's own tools want; a kernel's own headers are not among them. */
    static Set<String> headers(Collection<String> said) {
        Set<String> libraries = new LinkedHashSet<>();
        names(HEADERS, said).stream()
                .filter(name -> row("header", name).isPresent())
                .forEach(libraries::add);
        said.stream().map(PLEASE::matcher).filter(Matcher::matches).forEach(m -> libraries.add("libelf.h"));
        return libraries;
    }

    /** What rpmbuild itself insists on: the spec's BuildRequires. */
    static Set<String> required(Collection<String> said) {
        return names(List.of(REQUIRED), said);
    }

    /** The remedy for missing programs or headers. */
    static String install(String kind, Set<String> names) {
        List<Row> rows = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String name : names) {
            row(kind, name.substring(kind.equals("program") ? name.lastIndexOf('/') + 1 : 0))
                    .ifPresentOrElse(rows::add, () -> unknown.add(name));
        }
        return sentences(rows, unknown, "See ./patchproof doctor, or install what brings ");
    }

    /** The remedy for missing BuildRequires. */
    static String installRequired(Set<String> names) {
        List<Row> rows = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String name : names) {
            TABLE.stream()
                    .filter(row -> row.el().equals(name) || row.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(rows::add, () -> unknown.add(name));
        }
        return sentences(rows, unknown, "Install ")
                + " On EL, dnf builddep (EL 7: yum-builddep) with the source package installs all of them."
                + " Where rpm cannot see what is there, as on Debian, say nodeps: true in the kernel's YAML.";
    }

    private static String sentences(List<Row> rows, Set<String> unknown, String install) {
        List<String> sentences = new ArrayList<>();
        if (!rows.isEmpty()) {
            String debian = packages(rows.stream().map(Row::debian).toList());
            String el = packages(rows.stream().map(Row::el).toList());
            sentences.add("Run: "
                    + (debian.isEmpty() ? "" : "apt-get install " + debian + " (Debian) or ")
                    + "dnf install " + el + " (EL, Fedora).");
        }
        if (!unknown.isEmpty()) {
            sentences.add(install + String.join(", ", unknown) + ".");
        }
        return String.join(" ", sentences);
    }

    private static String packages(List<String> names) {
        Set<String> sorted = new TreeSet<>(names);
        sorted.remove(NONE);
        return String.join(" ", sorted);
    }

    private static Set<String> names(List<Pattern> patterns, Collection<String> said) {
        Set<String> names = new LinkedHashSet<>();
        for (String line : said) {
            patterns.stream()
                    .map(pattern -> pattern.matcher(line))
                    .filter(Matcher::matches)
                    .findFirst()
                    .ifPresent(matcher -> names.add(matcher.group("name")));
        }
        return names;
    }

    private static Optional<Row> row(String kind, String name) {
        return TABLE.stream()
                .filter(row -> row.kind().equals(kind))
                .filter(row -> kind.equals("header")
                        ? name.startsWith(row.name())
                        : row.name().equals(name))
                .findFirst();
    }

    private static List<Row> read() {
        try (InputStream in = BuildNeeds.class.getResourceAsStream("needs.table")) {
            if (in == null) {
                throw new IllegalStateException("missing from the jar: needs.table");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.trim().split("\\s+"))
                    .map(words -> new Row(words[0], words[1], words[2], words[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
