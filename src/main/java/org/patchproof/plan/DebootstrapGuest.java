package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;

/**
 * A Debian root that debootstrap makes.
 *
 * @param suite {@code bookworm}
 * @param components of the archive, {@code main}
 * @param packages beyond the minimal base
 * @param diskBytes size of the guest's disk
 */
public record DebootstrapGuest(
        String name, String title, String suite, List<String> components, List<String> packages, long diskBytes)
        implements GuestSpec {
    public DebootstrapGuest {
        Names.require(name);
        requireNonNull(title);
        requireNonNull(suite);
        components = List.copyOf(components);
        packages = List.copyOf(packages);
    }

    @Override
    public String digest() {
        return new CanonicalDigest("debootstrap")
                .put("suite", suite)
                .put("components", components.stream().sorted().toList())
                .put("packages", packages.stream().sorted().toList())
                .put("disk", Long.toString(diskBytes))
                .hex();
    }

    @Override
    public <R> R match(Function<DebootstrapGuest, R> debootstrap, Function<ImageGuest, R> image) {
        return debootstrap.apply(this);
    }
}
