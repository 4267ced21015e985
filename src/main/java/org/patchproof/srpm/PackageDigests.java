package org.patchproof.srpm;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The digests that a package carries of its header and payload: what each covers, and whether it
 * agrees. https://rpm-software-management.github.io/rpm/manual/signatures_digests.html
 */
final class PackageDigests {
    private enum Covers {
        HEADER,
        HEADER_AND_PAYLOAD,
        PAYLOAD,
        PLAIN_PAYLOAD
    }

    private record Check(String name, Covers covers, String expected, MessageDigest digest) {}

    private final Header main;
    private final PackageInput input;
    private final List<Check> checks = new ArrayList<>();
    private List<Check> plain = List.of();

    private PackageDigests(PackageInput input, Header main) {
        this.input = input;
        this.main = main;
    }

    static PackageDigests of(PackageInput input, Header signature, Header main) {
        PackageDigests digests = new PackageDigests(input, main);
        digests.text(signature, Tag.SIG_SHA3_256, HashAlgorithm.SHA3_256, Covers.HEADER, "Header SHA3_256");
        digests.text(signature, Tag.SIG_SHA256, HashAlgorithm.SHA256, Covers.HEADER, "Header SHA256");
        digests.text(signature, Tag.SIG_SHA1, HashAlgorithm.SHA1, Covers.HEADER, "Header SHA1");
        HashAlgorithm algorithm = payloadAlgorithm(main);
        digests.text(main, Tag.PAYLOAD_DIGEST, algorithm, Covers.PAYLOAD, "Payload " + algorithm);
        digests.text(main, Tag.PAYLOAD_DIGEST_ALT, algorithm, Covers.PLAIN_PAYLOAD, "Payload " + algorithm + " ALT");
        digests.text(main, Tag.PAYLOAD_SHA512, HashAlgorithm.SHA512, Covers.PAYLOAD, "Payload SHA512");
        digests.text(main, Tag.PAYLOAD_SHA512_ALT, HashAlgorithm.SHA512, Covers.PLAIN_PAYLOAD, "Payload SHA512 ALT");
        digests.text(main, Tag.PAYLOAD_SHA3_256, HashAlgorithm.SHA3_256, Covers.PAYLOAD, "Payload SHA3_256");
        digests.text(
                main, Tag.PAYLOAD_SHA3_256_ALT, HashAlgorithm.SHA3_256, Covers.PLAIN_PAYLOAD, "Payload SHA3_256 ALT");
        digests.md5(signature);
        return digests;
    }

    private static HashAlgorithm payloadAlgorithm(Header main) {
        long number = main.number(Tag.PAYLOAD_DIGEST_ALGO).orElse(8); // absent in format 6: SHA256
        return HashAlgorithm.numbered(number)
                .orElseThrow(() -> main.damagedTag(
                        Tag.PAYLOAD_DIGEST_ALGO, "names the digest algorithm " + number + ", which is not known"));
    }

    private void text(Header header, int tag, HashAlgorithm algorithm, Covers covers, String name) {
        header.string(tag).ifPresent(text -> {
            String hex = text.toLowerCase(Locale.ROOT);
            if (!RpmDigest.isHex(algorithm, hex)) {
                throw header.damagedTag(tag, "is no " + algorithm + " digest");
            }
            checks.add(new Check(name, covers, hex, algorithm.start()));
        });
    }

    private void md5(Header signature) {
        Optional<ByteBuffer> md5 = signature.binary(Tag.SIG_MD5);
        md5.ifPresent(bytes -> {
            if (bytes.remaining() * 2 != HashAlgorithm.MD5.hexLength()) {
                throw signature.damagedTag(Tag.SIG_MD5, "is no MD5 digest");
            }
            byte[] value = new byte[bytes.remaining()];
            bytes.get(value);
            MessageDigest digest = HashAlgorithm.MD5.start();
            digest.update(main.bytes());
            checks.add(
                    new Check("MD5", Covers.HEADER_AND_PAYLOAD, HexFormat.of().formatHex(value), digest));
        });
    }

    /** All that are there, by name. */
    List<String> names() {
        return checks.stream().map(Check::name).toList();
    }

    /** Whether one of them covers the header, and with it all that the header says. */
    boolean coverHeader() {
        return checks.stream().anyMatch(c -> c.covers == Covers.HEADER || c.covers == Covers.HEADER_AND_PAYLOAD);
    }

    /** Compares the digests of the header alone. */
    List<String> verifyHeader() {
        List<Check> ofHeader = covering(Covers.HEADER);
        ofHeader.forEach(check -> check.digest.update(main.bytes()));
        return verify(ofHeader, "the header is not as it was written");
    }

    /** Lets the input digest the payload, which comes next. */
    void startPayload() {
        List<Check> ofPayload = covering(Covers.HEADER_AND_PAYLOAD, Covers.PAYLOAD);
        input.digestFromHere(ofPayload.stream().map(Check::digest).toList());
    }

    /** Compares the digests of the payload as it stands in the file; all of it was read. */
    List<String> verifyPayload() {
        return verify(covering(Covers.HEADER_AND_PAYLOAD, Covers.PAYLOAD), "the payload is not as it was written");
    }

    /**
     * What has to digest the payload as it comes out of the decompressor. Where that changes nothing, a digest
     * that is the payload's own is left to {@link #verifyPayload}.
     */
    List<MessageDigest> plain(String compressor) {
        plain = covering(Covers.PLAIN_PAYLOAD).stream()
                .filter(check -> !compressor.equals("none") || !isPacked(check))
                .toList();
        return plain.stream().map(Check::digest).toList();
    }

    private boolean isPacked(Check check) {
        return covering(Covers.PAYLOAD).stream()
                .anyMatch(packed -> packed.expected.equals(check.expected)
                        && packed.digest.getAlgorithm().equals(check.digest.getAlgorithm()));
    }

    /** Compares the digests of the decompressed payload; all of it was read. All their names. */
    List<String> verifyPlain() {
        verify(plain, "the decompressed payload is not as it was written");
        return covering(Covers.PLAIN_PAYLOAD).stream().map(Check::name).toList();
    }

    private List<Check> covering(Covers... wanted) {
        return checks.stream().filter(c -> List.of(wanted).contains(c.covers)).toList();
    }

    private List<String> verify(List<Check> done, String wrong) {
        for (Check check : done) {
            String actual = HexFormat.of().formatHex(check.digest.digest());
            if (!actual.equals(check.expected)) {
                throw RpmFormatException.damaged(
                        input.file(),
                        wrong + ": its " + check.name + " digest is " + actual + ", the package says "
                                + check.expected);
            }
        }
        return done.stream().map(Check::name).toList();
    }
}
