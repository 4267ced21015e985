package org.patchproof.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredLiteralsTest {

    @Test
    void areWhatEveryMatchContains() {
        assertThat(literals("^hello \\d+ world$")).containsExactly("hello ");
        assertThat(literals("x.*longest one.*y")).containsExactly("longest one");
        assertThat(literals("abc(?:def|ghi)")).containsExactlyInAnyOrder("abcdef", "abcghi");
        assertThat(literals("(?:foo)?barn")).containsExactly("barn");
        assertThat(literals("(?<name>foo)+bar")).containsExactly("foo");
        assertThat(literals("(?<name>foo){2,3}b")).containsExactly("foo");
        assertThat(literals("foo(?=bar)")).containsExactly("foo");
        assertThat(literals("\\bfoo\\.c:\\d")).containsExactly("foo.c:");
        assertThat(literals("[Ff]oo bar")).containsExactlyInAnyOrder("Foo bar", "foo bar");
        assertThat(literals("foo[a-z]bar1")).containsExactly("bar1");
        assertThat(literals("abc|def")).containsExactlyInAnyOrder("abc", "def");
        assertThat(literals("(?i)ABC \\d")).containsExactly("abc ");
        assertThat(literals("say=\"hello there\" you")).containsExactly("hello there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d+",
                "ab",
                "(?:abc)?",
                "(?:abc)*",
                "(?:abc){0,2}",
                "abc|\\d",
                "abc|",
                "(?!abc)",
                "[abc]+",
                "(?x)a b c",
                "a(?i)bcd",
                "\\Qabc\\E",
                "\\x61bcd",
                "[a&&[b]]bcd",
                "\"\"\""
            })
    void areNotClaimedWhereThereAreNone(String regex) {
        assertThat(RequiredLiterals.of(Pattern.compile(regex))).isEmpty();
    }

    @Test
    void everyRowOfTheTableHasThem() {
        assertThat(FaultTable.standard().rows())
                .allSatisfy(row -> assertThat(RequiredLiterals.of(row.match()))
                        .as(row.name())
                        .hasValueSatisfying(literals -> assertThat(literals.texts())
                                .allMatch(text -> text.length() >= 5 || text.equals("BUG "))));
    }

    /** Whatever the expression: where it is found, the gate lets the text through. */
    @Property(tries = 3000)
    void theGateNeverStopsAMatch(@ForAll long seed) {
        Random random = new Random(seed);
        String regex = regex(random, 3);
        Pattern pattern = Pattern.compile(random.nextInt(4) == 0 ? "(?i)" + regex : regex);
        Optional<LiteralGate> gate = LiteralGate.of(List.of(pattern, Pattern.compile("a text that is not there")));
        for (int i = 0; i < 20; i++) {
            String text = text(random);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            if (pattern.matcher(text).find() && gate.isPresent()) {
                assertThat(gate.get().next(bytes, 0, bytes.length))
                        .as("%s in '%s'", pattern, text)
                        .isLessThan(bytes.length);
            }
        }
    }

    private static String regex(Random random, int depth) {
        StringBuilder regex = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            String atom = switch (random.nextInt(depth == 0 ? 5 : 9)) {
                case 0, 1 -> word(random);
                case 2 -> "[ab]";
                case 3 -> ".";
                case 4 -> "\\b";
                case 5 -> "(?:" + regex(random, depth - 1) + ")";
                case 6 -> "(" + regex(random, depth - 1) + "|" + regex(random, depth - 1) + ")";
                case 7 -> "(?=" + regex(random, depth - 1) + ")";
                default -> "(?<n" + Math.abs(random.nextInt()) + "x>" + regex(random, depth - 1) + ")";
            };
            // Repeating what repeats takes for ever in java.util.regex: such groups are there once or not at all.
            String[] quantifiers = atom.startsWith("(")
                    ? new String[] {"", "", "?", "{0,1}", "??"}
                    : new String[] {"", "", "", "?", "*", "+", "{2}", "+?", "*+"};
            String quantifier = quantifiers[random.nextInt(quantifiers.length)];
            regex.append(atom).append(atom.equals("\\b") ? "" : quantifier);
        }
        return regex.toString();
    }

    private static String word(Random random) {
        return new String[] {"abc", "bca", "cab", "aab", "a", "abcabc", "bbb"}[random.nextInt(7)];
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(random.nextInt(3) == 0 ? "aAbBc -".charAt(random.nextInt(7)) : word(random));
        }
        return text.toString();
    }

    private static Set<String> literals(String regex) {
        return RequiredLiterals.of(Pattern.compile(regex)).orElseThrow().texts();
    }
}
