package org.patchproof.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The in-toto statement of a release: which packages (subject) were made of what, how and where (SLSA
 * provenance v1). It names all that a third party needs to make them again.
 */
public final class Provenance {
    static final String STATEMENT = "https://in-toto.io/Statement/v1";
    static final String PREDICATE = "https://slsa.dev/provenance/v1";
    static final String BUILD_TYPE = "urn:patchproof:release:v1";

    private Provenance() {}

    /** The statement as bytes of JSON. */
    public static byte[] of(ReleaseFacts facts) {
        ObjectNode statement = ReleaseJson.MAPPER.createObjectNode();
        statement.put("_type", STATEMENT);
        ArrayNode subject = statement.putArray("subject");
        facts.packages().forEach(one -> resource(subject.addObject(), one.file(), one.sha256()));
        statement.put("predicateType", PREDICATE);
        ObjectNode predicate = statement.putObject("predicate");
        ObjectNode definition = predicate.putObject("buildDefinition");
        definition.put("buildType", BUILD_TYPE);
        definition.set("externalParameters", external(facts));
        definition.set("internalParameters", internal(facts));
        dependencies(definition.putArray("resolvedDependencies"), facts);
        ObjectNode run = predicate.putObject("runDetails");
        ObjectNode builder = run.putObject("builder");
        builder.put("id", "urn:patchproof:builder");
        builder.set("version", ReleaseJson.MAPPER.valueToTree(facts.built().tools()));
        ObjectNode metadata = run.putObject("metadata");
        metadata.put("startedOn", facts.built().started().toString());
        metadata.put("finishedOn", facts.built().finished().toString());
        byproducts(run.putArray("byproducts"), facts);
        return statement.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode external(ReleaseFacts facts) {
        ObjectNode external = ReleaseJson.MAPPER.createObjectNode();
        external.put("bug", facts.subject().bug());
        external.put("kernel", facts.subject().kernel());
        external.put("variant", facts.subject().variant());
        resource(
                external.putObject("source"),
                facts.source().file(),
                facts.source().sha256());
        ArrayNode ships = external.putArray("ships");
        facts.ships().forEach(patch -> resource(ships.addObject(), patch.name(), patch.sha256()));
        ObjectNode changelog = external.putObject("changelog");
        changelog.put("date", facts.changelog().date().toString());
        changelog.put("author", facts.changelog().author());
        facts.changelog().lines().forEach(changelog.putArray("lines")::add);
        external.put("suffix", facts.changelog().suffix());
        external.put("confidence", facts.proven().confidence());
        facts.proven().without().ifPresent(reason -> {
            external.put("withoutProof", reason);
            facts.proven().lacking().forEach(external.putArray("lackingProof")::add);
        });
        facts.tried().without().ifPresent(reason -> external.put("withoutCustomerTrial", reason));
        facts.checked().allowed().forEach(external.putArray("allowedKabi")::add);
        return external;
    }

    private static ObjectNode internal(ReleaseFacts facts) {
        ObjectNode internal = ReleaseJson.MAPPER.createObjectNode();
        ReleaseFacts.BuildOptions options = facts.built().options();
        internal.put("package", options.packageName());
        internal.put("nodeps", options.nodeps());
        internal.set("defines", ReleaseJson.MAPPER.valueToTree(options.defines()));
        options.with().forEach(internal.putArray("with")::add);
        options.without().forEach(internal.putArray("without")::add);
        internal.put("host", facts.built().host());
        facts.built().root().write(internal.putObject("root"));
        return internal;
    }

    private static void dependencies(ArrayNode all, ReleaseFacts facts) {
        resource(all.addObject(), facts.source().file(), facts.source().sha256());
        facts.ships().forEach(patch -> resource(all.addObject(), patch.name(), patch.sha256()));
        facts.built().installed().forEach(purl -> all.addObject().put("uri", purl));
        facts.proven()
                .proof()
                .ifPresent(proof -> proof.bundles()
                        .forEach(bundle -> resource(all.addObject(), "evidence/" + bundle.id(), bundle.sha256())));
    }

    /** The packages before they were signed: what a rebuild is compared with. */
    private static void byproducts(ArrayNode all, ReleaseFacts facts) {
        for (ReleasedPackage one : facts.packages()) {
            resource(all.addObject(), one.file() + "#unsigned", one.unsignedSha256());
            resource(all.addObject(), one.file() + "#header", one.headerSha256());
        }
    }

    private static void resource(ObjectNode node, String name, String sha256) {
        node.put("name", name);
        node.putObject("digest").put("sha256", sha256);
    }

    /**
     * What a rebuild takes from a statement.
     *
     * @param root what the packages were built in; empty for papers of earlier versions: their host
     * @param subject file -> sha256 of the signed package
     * @param headers file -> sha256 of its main header
     */
    public record Recipe(
            String kernel,
            ReleaseFacts.BuildOptions options,
            Optional<BuildRootFacts> root,
            Map<String, String> subject,
            Map<String, String> headers) {}

    /**
     * Reads the recipe.
     *
     * @throws RefusedException when it is no statement of ours
     */
    public static Recipe recipe(JsonNode statement) {
        JsonNode definition = statement.path("predicate").path("buildDefinition");
        if (!statement.path("_type").asText().equals(STATEMENT)
                || !definition.path("buildType").asText().equals(BUILD_TYPE)) {
            throw new RefusedException(
                    "it is no provenance of a patchproof release: build type '"
                            + definition.path("buildType").asText() + "'",
                    "Name a release's papers/provenance.json.");
        }
        JsonNode internal = definition.path("internalParameters");
        Map<String, String> defines = new LinkedHashMap<>();
        internal.path("defines")
                .properties()
                .forEach(field -> defines.put(field.getKey(), field.getValue().asText()));
        return new Recipe(
                definition.path("externalParameters").path("kernel").asText(),
                new ReleaseFacts.BuildOptions(
                        internal.path("package").asText(),
                        internal.path("nodeps").asBoolean(),
                        defines,
                        words(internal.path("with")),
                        words(internal.path("without"))),
                BuildRootFacts.read(internal.path("root")),
                digests(statement.path("subject"), ""),
                digests(statement.path("predicate").path("runDetails").path("byproducts"), "#header"));
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Map<String, String> digests(JsonNode resources, String ending) {
        Map<String, String> digests = new LinkedHashMap<>();
        for (JsonNode one : resources) {
            String name = one.path("name").asText();
            if (name.endsWith(ending)) {
                digests.put(
                        name.substring(0, name.length() - ending.length()),
                        one.path("digest").path("sha256").asText());
            }
        }
        return digests;
    }
}
