package org.patchproof.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.cyclonedx.parsers.JsonParser;

/** The bill of materials (CycloneDX 1.6, JSON): vendor's source, patches, packages, build root. */
public final class Sbom {
    private static final Version VERSION = Version.VERSION_16;

    private Sbom() {}

    /**
     * Writes it, checked against CycloneDX's schema. Equal facts give equal bytes.
     *
     * @throws IllegalStateException when it does not fit the schema: a mistake of ours
     */
    public static byte[] of(ReleaseFacts facts) {
        Bom bom = new Bom();
        String seed = facts.source().sha256() + facts.ships() + facts.packages();
        bom.setSerialNumber("urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)));
        Metadata metadata = new Metadata();
        metadata.setTimestamp(Date.from(facts.built().finished()));
        ReleasedPackage main = facts.kernelPackage();
        Component kernel = component(Component.Type.OPERATING_SYSTEM, main.nevra(), main.sha256());
        metadata.setComponent(kernel);
        facts.proven()
                .without()
                .ifPresent(reason -> metadata.addProperty(property("patchproof:released-without-proof", reason)));
        BuildRootFacts built = facts.built().root();
        metadata.addProperty(property("patchproof:build-root", built.words()));
        built.digest().ifPresent(digest -> metadata.addProperty(property("patchproof:build-root-digest", digest)));
        metadata.addProperty(property("patchproof:build-root-packages", built.packages()));
        facts.tried()
                .without()
                .ifPresent(reason -> metadata.addProperty(property("patchproof:without-customer-trial", reason)));
        bom.setMetadata(metadata);
        Dependency madeOf = new Dependency(kernel.getBomRef());
        for (Component part : parts(facts, main)) {
            bom.addComponent(part);
            madeOf.addDependency(new Dependency(part.getBomRef()));
        }
        for (String purl : facts.built().installed()) {
            Component root = new Component();
            root.setType(Component.Type.LIBRARY);
            root.setName(name(purl));
            root.setVersion(version(purl));
            root.setPurl(purl);
            root.setBomRef(purl);
            root.addProperty(property("patchproof:role", "build root"));
            bom.addComponent(root);
        }
        bom.addDependency(madeOf);
        return checked(bom);
    }

    private static List<Component> parts(ReleaseFacts facts, ReleasedPackage main) {
        List<Component> parts = new ArrayList<>();
        Component source = component(
                Component.Type.FILE, facts.source().file(), facts.source().sha256());
        source.addProperty(property("patchproof:role", "vendor's source package"));
        source.addProperty(property("patchproof:how", facts.source().how()));
        parts.add(source);
        for (PatchDigest patch : facts.ships()) {
            Component one = component(Component.Type.FILE, patch.name(), patch.sha256());
            one.addProperty(property("patchproof:role", "patch"));
            parts.add(one);
        }
        for (ReleasedPackage rpm : facts.packages()) {
            if (!rpm.equals(main)) {
                Component one = component(Component.Type.FILE, rpm.file(), rpm.sha256());
                one.addProperty(property("patchproof:role", rpm.isSource() ? "source package" : "package"));
                parts.add(one);
            }
        }
        return parts;
    }

    private static Component component(Component.Type type, String name, String sha256) {
        Component component = new Component();
        component.setType(type);
        component.setName(name);
        component.setBomRef("sha256:" + sha256);
        component.addHash(new Hash(Hash.Algorithm.SHA_256, sha256));
        return component;
    }

    private static Property property(String name, String value) {
        Property property = new Property();
        property.setName(name);
        property.setValue(value);
        return property;
    }

    /** {@code gcc} of {@code pkg:deb/debian/gcc@12.2.0-14?arch=amd64}. */
    private static String name(String purl) {
        String path = purl.replaceAll("[@?].*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String version(String purl) {
        return purl.contains("@") ? purl.substring(purl.indexOf('@') + 1).replaceAll("\\?.*", "") : "";
    }

    private static byte[] checked(Bom bom) {
        try {
            byte[] json =
                    BomGeneratorFactory.createJson(VERSION, bom).toJsonString().getBytes(StandardCharsets.UTF_8);
            var mistakes = new JsonParser().validate(json, VERSION);
            if (!mistakes.isEmpty()) {
                throw new IllegalStateException("the bill of materials does not fit its schema: " + mistakes);
            }
            return json;
        } catch (GeneratorException | java.io.IOException e) {
            throw new IllegalStateException("the bill of materials cannot be made", e);
        }
    }
}
