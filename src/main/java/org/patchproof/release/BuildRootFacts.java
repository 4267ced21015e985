package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In what packages were built: enough to open its like, and to tell whether that is the same.
 *
 * @param kind {@code host}, {@code container} or {@code mock}
 * @param name for people: an image, a directory, a configuration; of a host, its system
 * @param filling how it is asked for, as in a kernel's YAML: {@code image}, {@code directory}, or {@code suite},
 *     {@code components} and {@code packages} of a container, {@code config} of mock; nothing of a host
 * @param digest of an image as podman names it, or over all files of a root directory; empty for others
 * @param packages sha256 over the sorted list of installed packages
 * @param compiler gcc's version, as {@code 4.8.5}; empty where there is no gcc
 * @param rpmbuild what {@code rpmbuild --version} says
 */
public record BuildRootFacts(
        String kind,
        String name,
        SortedMap<String, List<String>> filling,
        Optional<String> digest,
        String packages,
        String compiler,
        String rpmbuild) {
    public BuildRootFacts {
        requireNonNull(kind);
        requireNonNull(name);
        filling = Collections.unmodifiableSortedMap(new TreeMap<>(filling));
        requireNonNull(digest);
        requireNonNull(packages);
        requireNonNull(compiler);
        requireNonNull(rpmbuild);
    }

    /** In one line, for people. */
    public String words() {
        return kind + " " + name + ", " + (compiler.isEmpty() ? "no gcc" : "gcc " + compiler) + ", " + rpmbuild;
    }

    /** All that decides what it builds; not what it is called. */
    public String contents() {
        return String.join("\n", kind, digest.map(BuildRootFacts::id).orElse(""), packages, compiler, rpmbuild);
    }

    /** What tells {@code here} from this one, in words; empty when it is the same, whatever it is called. */
    public Optional<String> otherThan(BuildRootFacts here) {
        if (contents().equals(here.contents())) {
            return Optional.empty();
        }
        return Optional.of("built in another root: " + here.words() + "; the release was built in " + words()
                + (packages.equals(here.packages())
                        ? " (the same packages are installed, other files differ)"
                        : " (other packages are installed)"));
    }

    /** podman says the manifest's digest and the image's id: the first changes when it is carried, the second not. */
    private static String id(String digest) {
        return digest.substring(digest.lastIndexOf(' ') + 1);
    }

    void write(ObjectNode node) {
        node.put("kind", kind);
        node.put("name", name);
        ObjectNode asked = node.putObject("filling");
        filling.forEach((key, values) -> values.forEach(asked.withArray("/" + key)::add));
        digest.ifPresent(value -> node.put("digest", value));
        node.put("packages", packages);
        node.put("compiler", compiler);
        node.put("rpmbuild", rpmbuild);
    }

    /** As {@link #write} wrote it; empty when nothing was written: papers of earlier versions, built on a host. */
    static Optional<BuildRootFacts> read(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        SortedMap<String, List<String>> filling = new TreeMap<>();
        node.path("filling").properties().forEach(field -> {
            List<String> values = new ArrayList<>();
            field.getValue().forEach(value -> values.add(value.asText()));
            filling.put(field.getKey(), List.copyOf(values));
        });
        return Optional.of(new BuildRootFacts(
                node.path("kind").asText(),
                node.path("name").asText(),
                filling,
                Optional.ofNullable(node.path("digest").asText(null)),
                node.path("packages").asText(),
                node.path("compiler").asText(),
                node.path("rpmbuild").asText()));
    }
}
