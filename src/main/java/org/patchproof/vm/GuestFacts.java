package org.patchproof.vm;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a guest said it has, when it was asked by {@code guest-facts.sh}.
 *
 * @param tools those of the asked ones that it has
 * @param bls whether its boot loader reads one file for each kernel (Boot Loader Specification)
 * @param release of the kernel that it runs
 * @param name of its distribution, for people
 */
record GuestFacts(Set<String> tools, boolean bls, String release, String name) {
    private static final int LINES = 100;
    private static final Pattern VALUE = Pattern.compile("[ -~]{1,200}");
    private static final Pattern RELEASE = Pattern.compile("[A-Za-z0-9._+~-]{1,100}");

    GuestFacts {
        tools = Set.copyOf(tools);
        Objects.requireNonNull(release);
        Objects.requireNonNull(name);
    }

    /**
     * Reads the guest's answer, of which nothing is trusted: lines that are none of ours are passed over.
     *
     * @throws GuestUnavailableException when what must be known is not in it
     */
    static GuestFacts parse(String answer) {
        Set<String> tools = new TreeSet<>();
        Map<String, String> others = new TreeMap<>();
        answer.lines().limit(LINES).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 1 || !VALUE.matcher(line).matches()) {
                return;
            }
            String value = line.substring(equals + 1);
            if (line.startsWith("tool=")) {
                tools.add(value);
            } else {
                others.putIfAbsent(line.substring(0, equals), value);
            }
        });
        String release = others.getOrDefault("release", "");
        if (!RELEASE.matcher(release).matches()) {
            throw new GuestUnavailableException(
                    "the guest did not say which kernel it runs", "It must be a Linux with a POSIX shell for root.");
        }
        return new GuestFacts(
                tools, "yes".equals(others.get("bls")), release, others.getOrDefault("name", "a Linux without a name"));
    }
}
