package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a kernel's packages are built.
 *
 * @param packageName the binary package that is installed in the guest
 * @param dependencies whether rpmbuild insists on the BuildRequires
 * @param defines macros, {@code --define 'name value'}, in the order of the file
 * @param with {@code --with} switches
 * @param without {@code --without} switches
 * @param timeout of one build
 * @param diskBytes free space that must be there before a build starts
 * @param quick how it is booted without being packed; decides nothing of the packages
 */
public record BuildSpec(
        BuildRoot root,
        String packageName,
        BuildDependencies dependencies,
        Map<String, String> defines,
        List<String> with,
        List<String> without,
        Duration timeout,
        long diskBytes,
        QuickSpec quick) {
    public BuildSpec {
        requireNonNull(root);
        requireNonNull(packageName);
        requireNonNull(dependencies);
        defines = Collections.unmodifiableMap(new LinkedHashMap<>(defines));
        with = List.copyOf(with);
        without = List.copyOf(without);
        requireNonNull(timeout);
        requireNonNull(quick);
    }

    /** With the usual way to boot it unpacked. */
    public BuildSpec(
            BuildRoot root,
            String packageName,
            BuildDependencies dependencies,
            Map<String, String> defines,
            List<String> with,
            List<String> without,
            Duration timeout,
            long diskBytes) {
        this(root, packageName, dependencies, defines, with, without, timeout, diskBytes, QuickSpec.USUAL);
    }

    void describe(CanonicalDigest digest) {
        digest.put("root", root.name());
        if (!root.describe().isEmpty()) {
            digest.put("root is", root.describe());
        }
        digest.put("package", packageName).put("dependencies", dependencies.name());
        digest.put("define", new TreeMap<>(defines));
        digest.put("with", with.stream().sorted().toList());
        digest.put("without", without.stream().sorted().toList());
    }
}
