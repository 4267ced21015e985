package org.patchproof.plan;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Readers of single values and of lists and tables of them. */
final class Values {
    private static final int LINE_LIMIT = 1000;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final long LARGEST = 64L << 40;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smh])");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KMGT])");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private Values() {}

    /** A line of text that says something. */
    static Optional<String> line(YamlValue value) {
        return text(value)
                .flatMap(text -> text.isBlank()
                        ? value.wrong(value.name() + ": is blank", "Write something.")
                        : Optional.of(text));
    }

    /** A line of text, perhaps empty. */
    static Optional<String> text(YamlValue value) {
        return value.text().flatMap(text -> {
            if (text.codePoints().anyMatch(Shown::harmful)) {
                return value.wrong(
                        value.name() + ": has a line break or another invisible character", "Write one line.");
            }
            return text.length() > LINE_LIMIT
                    ? value.wrong(value.name() + ": is longer than " + LINE_LIMIT + " characters", "Shorten it.")
                    : Optional.of(text);
        });
    }

    static Optional<String> name(YamlValue value) {
        return value.text()
                .flatMap(text -> Names.valid(text)
                        ? Optional.of(text)
                        : value.wrong(
                                value.name() + ": " + Shown.quote(text) + " is no name",
                                "Use at most 64 of a-z, 0-9, dot, dash and underscore; begin with a letter or digit."));
    }

    /** The name that a spec gives itself, which is that of its file or folder. */
    static ValueReader<String> ownName(String expected) {
        return value -> name(value)
                .flatMap(name -> name.equals(expected)
                        ? Optional.of(name)
                        : value.wrong(
                                value.name() + ": " + Shown.quote(name) + " is not the name that it is kept under",
                                "Write " + Shown.quote(expected) + ", or rename the file."));
    }

    /** A name of something that must be there. */
    static ValueReader<String> nameOf(String what, Set<String> known) {
        return value -> name(value)
                .flatMap(name -> known.contains(name)
                        ? Optional.of(name)
                        : value.wrong("there is no " + what + " " + Shown.quote(name), Nearest.hint(name, known)));
    }

    /** A text of some form, with an example of the form. */
    static ValueReader<String> matching(Pattern form, String what, String remedy) {
        return value -> line(value)
                .flatMap(text -> form.matcher(text).matches()
                        ? Optional.of(text)
                        : value.wrong(value.name() + ": " + Shown.quote(text) + " is no " + what, remedy));
    }

    static Optional<String> sha256(YamlValue value) {
        return matching(SHA256, "sha256", "Write the 64 hex digits that sha256sum prints, or leave the key out.")
                .read(value)
                .map(text -> text.toLowerCase(Locale.ROOT));
    }

    static Optional<Duration> duration(YamlValue value) {
        String remedy = "Write a whole number with s, m or h, such as 90s, 10m or 4h; at most 168h.";
        return value.text().flatMap(text -> {
            Matcher matcher = DURATION.matcher(text);
            long unit = !matcher.matches()
                    ? 0
                    : matcher.group(2).equals("s") ? 1 : matcher.group(2).equals("m") ? 60 : 3600;
            Duration duration = unit == 0 ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(matcher.group(1)) * unit);
            return duration.isZero() || duration.compareTo(LONGEST) > 0
                    ? value.wrong(value.name() + ": " + Shown.quote(text) + " is no duration", remedy)
                    : Optional.of(duration);
        });
    }

    /** Bytes; the units are binary. */
    static Optional<Long> size(YamlValue value) {
        String remedy = "Write a whole number with K, M, G or T, such as 512M or 8G (binary units); at most 64T.";
        return value.text().flatMap(text -> {
            Matcher matcher = SIZE.matcher(text);
            BigInteger bytes = !matcher.matches()
                    ? BigInteger.ZERO
                    : new BigInteger(matcher.group(1)).shiftLeft(10 * (1 + "KMGT".indexOf(matcher.group(2))));
            return bytes.signum() == 0 || bytes.compareTo(BigInteger.valueOf(LARGEST)) > 0
                    ? value.wrong(value.name() + ": " + Shown.quote(text) + " is no size", remedy)
                    : Optional.of(bytes.longValueExact());
        });
    }

    static ValueReader<Integer> number(int least, int most) {
        return value -> value.text().flatMap(text -> {
            boolean number = NUMBER.matcher(text).matches();
            return number && Long.parseLong(text) >= least && Long.parseLong(text) <= most
                    ? Optional.of(Integer.valueOf(text))
                    : value.wrong(
                            value.name() + ": " + Shown.quote(text) + " is no number from " + least + " to " + most,
                            "Write a whole number in digits.");
        });
    }

    /** One of an enum's constants, written in lower case. */
    static <E extends Enum<E>> ValueReader<E> choice(Class<E> type) {
        Map<String, E> known = Stream.of(type.getEnumConstants())
                .collect(Collectors.toMap(
                        e -> e.name().toLowerCase(Locale.ROOT), Function.identity(), (a, b) -> a, LinkedHashMap::new));
        return choice(known);
    }

    static <T> ValueReader<T> choice(Map<String, T> known) {
        return value -> value.text()
                .flatMap(text -> known.containsKey(text)
                        ? Optional.of(known.get(text))
                        : value.wrong(
                                value.name() + ": " + Shown.quote(text) + " is not known here",
                                Nearest.hint(text, new TreeSet<>(known.keySet()))));
    }

    static Optional<URI> url(YamlValue value) {
        return line(value).flatMap(text -> {
            Optional<URI> uri = httpUri(text);
            return uri.isPresent()
                    ? uri
                    : value.wrong(value.name() + ": " + Shown.quote(text) + " is no web address", "Write https://...");
        });
    }

    /** An absolute http(s) address with a host and without a password in it. */
    static Optional<URI> httpUri(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean good =
                    Set.of("http", "https").contains(scheme) && uri.getHost() != null && uri.getRawUserInfo() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Items that differ; wrong items are reported and left out. */
    static <T> ValueReader<List<T>> listOf(ValueReader<T> item) {
        return value -> value.list().map(items -> {
            List<T> read = new ArrayList<>();
            Set<T> seen = new HashSet<>();
            for (YamlValue each : items) {
                item.read(each).ifPresent(one -> {
                    read.add(one);
                    if (!seen.add(one)) {
                        each.wrong(each.name() + ": " + Shown.quote(one.toString()) + " is listed twice", "Keep one.");
                    }
                });
            }
            return read;
        });
    }

    /**
     * As {@link #listOf}, of what is known by a name: only such with the same name are compared as a whole, as Java
     * links what compares records anew in each start.
     */
    static <T> ValueReader<List<T>> rowsOf(ValueReader<T> item, Function<T, String> name) {
        return value -> value.list().map(items -> {
            List<T> read = new ArrayList<>();
            Map<String, List<T>> seen = new HashMap<>();
            for (YamlValue each : items) {
                item.read(each).ifPresent(one -> {
                    List<T> namesakes = seen.computeIfAbsent(name.apply(one), n -> new ArrayList<>());
                    if (namesakes.contains(one)) {
                        each.wrong(each.name() + ": " + Shown.quote(name.apply(one)) + " is listed twice", "Keep one.");
                    }
                    namesakes.add(one);
                    read.add(one);
                });
            }
            return read;
        });
    }

    /** As {@link #listOf}, with at least one item. */
    static <T> ValueReader<List<T>> someOf(ValueReader<T> item) {
        return value -> value.list()
                .flatMap(items -> items.isEmpty()
                        ? value.wrong(value.name() + ": the list is empty", "Write at least one item.")
                        : listOf(item).read(value));
    }

    /** Keys of a form, each with a text. */
    static ValueReader<Map<String, String>> texts(Pattern key, String remedy) {
        return value -> value.table().map(table -> {
            Map<String, String> read = new LinkedHashMap<>();
            for (YamlTable.Entry entry : table.entries()) {
                if (!key.matcher(entry.name()).matches()) {
                    entry.key().wrong(Shown.quote(entry.name()) + " is no name in " + value.name(), remedy);
                }
                text(entry.value()).ifPresent(text -> read.put(entry.name(), text));
            }
            return read;
        });
    }
}
