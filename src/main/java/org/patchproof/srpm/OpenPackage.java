package org.patchproof.srpm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An RPM file whose headers were read and verified, and whose payload comes next. */
final class OpenPackage implements AutoCloseable {
    private static final int LEAD = 96;
    private static final int LEAD_MAGIC = 0xedabeedb;
    /** How the lead says that a package is signed: not at all, or by 256 bytes of PGP, both of before 1998. */
    private static final int NO_SIGNATURE = 0;

    private static final int PGP_SIGNATURE = 1;
    private static final int PGP_SIGNATURE_LENGTH = 256;
    private static final int HEADER_STYLE_SIGNATURE = 5;
    private static final int SIGNATURE_ALIGNMENT = 8;
    private static final int SIGNATURES_LIMIT = 64;

    private final PackageInput input;
    private final PackageDigests digests;
    private final List<RpmSignature> signatures;
    private final String payloadFormat;
    private final List<String> verified = new ArrayList<>();
    private final Nevra nevra;
    private final RpmPackage.Kind kind;
    private final FileTable files;
    private final String compressor;
    private final long contentOffset;
    private boolean finished;

    private OpenPackage(PackageInput input) {
        this.input = input;
        Header signature = readSignature(readLead());
        Header main = Header.read(input, "the main header", Header.MAIN_LIMIT);
        requireWhole(signature, main);
        this.contentOffset = main.offset();
        main.requireWholeRegion(Tag.HEADER_IMMUTABLE);
        this.digests = PackageDigests.of(input, signature, main);
        verified.addAll(digests.verifyHeader());
        this.kind = main.has(Tag.SOURCE_PACKAGE) || !main.has(Tag.SOURCE_RPM)
                ? RpmPackage.Kind.SOURCE
                : RpmPackage.Kind.BINARY;
        this.nevra = readNevra(main);
        this.files = FileTable.of(input.file(), main);
        this.signatures = List.copyOf(signatures(signature));
        this.payloadFormat = main.string(Tag.PAYLOAD_FORMAT).orElse("cpio");
        digests.startPayload();
        this.compressor = main.string(Tag.PAYLOAD_COMPRESSOR).orElseGet(this::unnamedCompressor);
    }

    static OpenPackage open(Path file) throws IOException {
        PackageInput input = PackageInput.open(file);
        try {
            return new OpenPackage(input);
        } catch (RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /** The lead is only looked at as far as rpm does: no digest covers it. */
    private int readLead() {
        if (input.size() < LEAD) {
            throw RpmFormatException.refused(
                    input.file(),
                    "not an RPM file: it has only " + input.size() + " bytes",
                    RpmFormatException.COPY_AGAIN);
        }
        ByteBuffer lead = ByteBuffer.wrap(input.exactly(LEAD, "the lead"));
        if (lead.getInt(0) != LEAD_MAGIC) {
            throw RpmFormatException.refused(
                    input.file(),
                    "not an RPM file: it does not start with edabeedb",
                    "Name an RPM file (file " + input.file() + " says what this is).");
        }
        int major = lead.get(4);
        if (major < 2 || major > 6) {
            throw RpmFormatException.damaged(input.file(), 4, "RPM format " + major + " is not known; 2 to 6 are");
        }
        return lead.getShort(78);
    }

    private Header readSignature(int type) {
        switch (type) {
            case NO_SIGNATURE -> {
                return Header.none(input, "the signature header");
            }
            case PGP_SIGNATURE -> {
                input.exactly(PGP_SIGNATURE_LENGTH, "the signature behind the lead");
                return Header.none(input, "the signature header");
            }
            case HEADER_STYLE_SIGNATURE -> {
                Header signature = Header.read(input, "the signature header", Header.SIGNATURE_LIMIT);
                int odd = (int) (input.position() % SIGNATURE_ALIGNMENT);
                input.exactly(odd == 0 ? 0 : SIGNATURE_ALIGNMENT - odd, "the padding of the signature header");
                return signature;
            }
            default ->
                throw RpmFormatException.damaged(
                        input.file(), 78, "signature type " + type + " is not known; 0, 1 and 5 are");
        }
    }

    /** A file that is cut short should be called so, and not only "wrong digest". */
    private void requireWhole(Header signature, Header main) {
        OptionalLong stated =
                signature.has(Tag.SIG_LONG_SIZE) ? signature.number(Tag.SIG_LONG_SIZE) : signature.number(Tag.SIG_SIZE);
        long actual = input.size() - main.offset();
        if (stated.isPresent() && stated.getAsLong() != actual) {
            long difference = stated.getAsLong() - actual;
            throw RpmFormatException.damaged(
                    input.file(),
                    input.size(),
                    difference > 0
                            ? "the file is cut short: " + difference + " bytes are missing at its end"
                            : "the file has " + -difference + " bytes too many");
        }
    }

    private Nevra readNevra(Header main) {
        String arch = kind == RpmPackage.Kind.BINARY
                ? part(main, Tag.ARCH, "architecture")
                : main.has(Tag.NO_SOURCE) || main.has(Tag.NO_PATCH) ? "nosrc" : "src";
        return new Nevra(
                part(main, Tag.NAME, "name"),
                main.number(Tag.EPOCH),
                part(main, Tag.VERSION, "version"),
                part(main, Tag.RELEASE, "release"),
                arch);
    }

    private static String part(Header main, int tag, String what) {
        String text = main.string(tag).orElse("");
        if (!Nevra.isPart(text)) {
            throw main.damagedTag(tag, "holds no usable " + what);
        }
        return text;
    }

    /** rpm names no compressor both for gzip, long ago, and for none; it looks, and so do we. */
    private String unnamedCompressor() {
        String start = new String(input.peek(5), StandardCharsets.ISO_8859_1);
        return start.equals("07070") ? "none" : "gzip";
    }

    /** Where the main header begins: from there on, nothing changes when a package is signed. */
    long contentOffset() {
        return contentOffset;
    }

    PackageInput input() {
        return input;
    }

    Nevra nevra() {
        return nevra;
    }

    RpmPackage.Kind kind() {
        return kind;
    }

    FileTable files() {
        return files;
    }

    PackageDigests digests() {
        return digests;
    }

    String payloadFormat() {
        return payloadFormat;
    }

    String compressor() {
        return compressor;
    }

    /**
     * The payload, decompressed; only a cpio archive of a package whose header a digest covers.
     *
     * @param plainDigests digest what comes out of the decompressor
     */
    Decompressor payload(List<MessageDigest> plainDigests) {
        if (!payloadFormat.equals("cpio")) {
            throw RpmFormatException.refused(
                    input.file(),
                    "its payload is in the format '" + payloadFormat() + "'",
                    "Use the whole package, with a cpio payload.");
        }
        if (!digests.coverHeader()) {
            throw RpmFormatException.refused(
                    input.file(),
                    "it carries no digest of its header, so nothing that it says can be verified",
                    "Get a package that rpm of after 1998 made, or read this one's list with rpm -qlp.");
        }
        return Decompressor.open(input, compressor, plainDigests);
    }

    /** Reads to the end of the file and compares what covers the payload as packed; the file's sha256. */
    String finish() {
        finished = true;
        String sha256 = input.finish();
        verified.addAll(digests.verifyPayload());
        return sha256;
    }

    /**
     * What to say of trouble in the payload: a bad copy looks like anything, hostile too, so the digests
     * of the payload as packed have the first word.
     */
    RpmFormatException cause(RpmFormatException seen) {
        if (finished) {
            return seen;
        }
        try {
            finish();
            return seen;
        } catch (RpmFormatException damage) {
            damage.addSuppressed(seen);
            return damage;
        }
    }

    /** Compares what covers the decompressed payload; all of it was read. */
    void verifyPlain() {
        verified.addAll(digests.verifyPlain());
    }

    /** The names of the digests that were compared so far. */
    List<String> verified() {
        return List.copyOf(verified);
    }

    /** The signatures it carries. */
    List<RpmSignature> signatures() {
        return signatures;
    }

    private static List<RpmSignature> signatures(Header signature) {
        List<RpmSignature> signatures = new ArrayList<>();
        int many = signature.count(Tag.SIG_OPENPGP);
        if (many > SIGNATURES_LIMIT) {
            throw signature.damagedTag(Tag.SIG_OPENPGP, "holds " + many + " signatures");
        }
        for (String text : many == 0 ? List.<String>of() : signature.strings(Tag.SIG_OPENPGP, many)) {
            signatures.add(new RpmSignature("OPENPGP", fromBase64(text).flatMap(Issuer::keyId)));
        }
        signature(signature, Tag.SIG_RSA, "RSAHEADER").ifPresent(signatures::add);
        signature(signature, Tag.SIG_DSA, "DSAHEADER").ifPresent(signatures::add);
        signature(signature, Tag.SIG_PGP, "SIGPGP").ifPresent(signatures::add);
        signature(signature, Tag.SIG_GPG, "SIGGPG").ifPresent(signatures::add);
        return signatures;
    }

    private static Optional<RpmSignature> signature(Header header, int tag, String name) {
        return header.binary(tag).map(packet -> new RpmSignature(name, Issuer.keyId(packet)));
    }

    private static Optional<ByteBuffer> fromBase64(String text) {
        try {
            return Optional.of(ByteBuffer.wrap(Base64.getMimeDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
