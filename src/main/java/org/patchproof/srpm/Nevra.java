package org.patchproof.srpm;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The identity of a package.
 *
 * @param name such as {@code kernel}
 * @param epoch mostly absent, which sorts as 0
 * @param version such as {@code 6.1.192}
 * @param release such as {@code 1.el9}
 * @param arch such as {@code x86_64}; of a source package {@code src}, or {@code nosrc} where sources
 *     were left out, as in its file name (its header says the machine it was made on instead)
 */
public record Nevra(String name, OptionalLong epoch, String version, String release, String arch) {
    private static final Pattern PART = Pattern.compile("[^\\s/\\p{Cntrl}]{1,255}");

    public Nevra {
        Objects.requireNonNull(epoch);
        for (String part : new String[] {name, version, release, arch}) {
            if (!isPart(part)) {
                throw new IllegalArgumentException("not a part of a package's name: " + part);
            }
        }
    }

    static boolean isPart(String text) {
        return PART.matcher(text).matches();
    }

    /** {@code [epoch:]version-release}. */
    public String evr() {
        return (epoch.isPresent() ? epoch.getAsLong() + ":" : "") + version + "-" + release;
    }

    /** {@code name-[epoch:]version-release.arch}, as rpm prints {@code %{NEVRA}}. */
    @Override
    public String toString() {
        return name + "-" + evr() + "." + arch;
    }
}
