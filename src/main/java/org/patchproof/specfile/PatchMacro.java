package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.patchproof.patch.ApplyRule;

/**
 * A {@code %patch} with other options than one number and {@code -p1}.
 *
 * @param numbers of the patches that it applies, in order
 * @param strip how many folders are taken off the names in them
 * @param rule with which it applies them, where it says one of its own
 */
record PatchMacro(List<Integer> numbers, int strip, Optional<ApplyRule> rule) {
    PatchMacro {
        numbers = List.copyOf(numbers);
    }

    /** Whether a line is {@code %patch5 -p1} or {@code %patch -P 5 -p1}, as nearly all are. */
    static boolean isUsual(String text) {
        return (text.endsWith(" -p1") || text.contains(" -p1 "))
                && !text.contains(" -F")
                && !text.contains(" -R")
                && !text.contains(" -d")
                && !text.contains(" -o")
                && text.indexOf(" -P") == text.lastIndexOf(" -P")
                && Arrays.stream(text.split(" ")).filter(PatchMacro::isNumber).count() < 2;
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(Character::isDigit);
    }

    /** What a line does; empty when it is more than this. */
    static Optional<PatchMacro> of(String text) {
        String words = text.strip()
                .replaceFirst("^%\\{(patch\\d*)\\}", "%$1")
                .replaceFirst("^%\\{(patch.*)\\}$", "%$1")
                .replaceFirst("^%patch(?=\\s|$)", "%patch ");
        Iterator<String> all = Arrays.asList(words.replaceFirst("^%patch(\\d+)", "%patch -P $1")
                        .replaceAll("\\s-([pPFbz])(?=\\S)", " -$1 ")
                        .split("\\s+"))
                .iterator();
        all.next();
        List<Integer> numbers = new ArrayList<>();
        int strip = 0;
        Optional<ApplyRule> rule = Optional.empty();
        while (all.hasNext()) {
            String word = all.next();
            boolean takes = word.matches("-[pPFbz]");
            String value = takes && all.hasNext() ? all.next() : word;
            if (word.equals("-E") || word.matches("-[bz]") && value.matches("[.\\w~-]+")) {
                continue;
            }
            if (!value.matches("\\d{1,9}")) {
                return Optional.empty();
            }
            switch (word) {
                case "-p" -> strip = Integer.parseInt(value);
                case "-F" -> rule = FuzzOption.rule(" -F" + value + " ");
                default -> numbers.add(Integer.parseInt(value));
            }
            if (word.equals("-F") && rule.isEmpty()) {
                return Optional.empty();
            }
        }
        // A %patch without a number is number 0.
        return Optional.of(new PatchMacro(numbers.isEmpty() ? List.of(0) : numbers, strip, rule));
    }
}
