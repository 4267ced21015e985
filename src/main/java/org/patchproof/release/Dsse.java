package org.patchproof.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.patchproof.files.Trees;

/**
 * A signed envelope (DSSE v1, github.com/secure-systems-lab/dsse). DSSE leaves open what a signature is; here
 * it is a detached OpenPGP signature over the pre-authentication encoding: the key that signs the packages
 * signs the papers too, from the same agent, and one key is all that customers have to trust.
 */
public final class Dsse {
    /** What the payload of an in-toto statement is called. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    private Dsse() {}

    /** Seals {@code payload} into {@code file}. */
    public static void seal(byte[] payload, Gpg gpg, SigningKey key, Path publicKey, Path file) throws IOException {
        Path work = Files.createTempDirectory("patchproof-dsse");
        try {
            Path signed = Files.write(work.resolve("pae"), preAuthentication(IN_TOTO, payload));
            Path signature = work.resolve("pae.sig");
            gpg.sign(key, signed, signature);
            if (!gpg.verify(signed, signature, publicKey, key)) {
                throw new RefusedException(
                        "the provenance's signature does not verify",
                        "See whether gpg signs with " + key.fingerprint());
            }
            ObjectNode envelope = ReleaseJson.MAPPER.createObjectNode();
            envelope.put("payloadType", IN_TOTO);
            envelope.put("payload", Base64.getEncoder().encodeToString(payload));
            ObjectNode one = envelope.putArray("signatures").addObject();
            one.put("keyid", key.fingerprint());
            one.put("sig", Base64.getEncoder().encodeToString(Files.readAllBytes(signature)));
            ReleaseJson.write(file, envelope);
        } finally {
            Trees.delete(work);
        }
    }

    /**
     * Opens {@code file}.
     *
     * @throws RefusedException when it is no envelope, or not signed by the key in {@code publicKey}
     */
    public static JsonNode open(Path file, Gpg gpg, Path publicKey) throws IOException {
        Path work = Files.createTempDirectory("patchproof-dsse");
        try {
            JsonNode envelope = ReleaseJson.read(file);
            if (!envelope.path("payloadType").asText().equals(IN_TOTO)
                    || envelope.path("signatures").size() != 1) {
                throw new RefusedException(
                        file + " is no signed provenance", "Name a release's papers/provenance.json.");
            }
            byte[] payload = decoded(file, envelope.path("payload").asText());
            Path signed = Files.write(work.resolve("pae"), preAuthentication(IN_TOTO, payload));
            Path signature = Files.write(
                    work.resolve("pae.sig"),
                    decoded(file, envelope.path("signatures").get(0).path("sig").asText()));
            SigningKey key = gpg.read(publicKey);
            if (!gpg.verify(signed, signature, publicKey, key)) {
                throw new RefusedException(
                        file + " is not signed by the key in " + publicKey + " (" + key.id() + ")",
                        "Get the papers again, and the key from a place you trust.");
            }
            return ReleaseJson.MAPPER.readTree(payload);
        } finally {
            Trees.delete(work);
        }
    }

    private static byte[] decoded(Path file, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file + " is damaged: " + e.getMessage(), "Get the papers again.");
        }
    }

    /** DSSE's PAE: what is signed says its own lengths and type, so that nothing can be read as something else. */
    static byte[] preAuthentication(String type, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] name = type.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(("DSSEv1 " + name.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(name);
        out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
