package org.patchproof.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What somebody between us and the customer may do to a repository, and what a customer's dnf or yum must refuse.
 * Our own key never signs anything of it: where metadata must fit a package that was exchanged, the copy's
 * {@code .repo} does not ask for its signature, and the check of the package alone must hold.
 */
public enum Tampering {
    FLIPPED_BYTE_IN_A_PACKAGE("has incorrect checksum") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            byte[] bytes = Files.readAllBytes(copy.kernel());
            bytes[bytes.length - 100] ^= 1;
            copy.putKernel(bytes);
        }
    },
    SIGNATURE_OF_A_PACKAGE_REMOVED("has incorrect checksum") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            copy.putUnsignedKernel();
        }
    },
    PACKAGE_WITHOUT_SIGNATURE("is not signed") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            copy.putUnsignedKernel();
            copy.index();
            copy.withoutCheckOfMetadata();
        }
    },
    PACKAGE_OF_ANOTHER_KEY("GPG check FAILED") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            copy.putUnsignedKernel();
            copy.stranger().gpg().signPackages(copy.stranger().key(), List.of(copy.kernel()));
            copy.index();
            copy.withoutCheckOfMetadata();
        }
    },
    METADATA_CHANGED("repomd.xml GPG signature verification error: Bad GPG signature") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            String text = Files.readString(copy.repomd());
            copy.putMetadata(text.replaceFirst("<revision>", "<!-- x --><revision>"));
        }
    },
    METADATA_WITHOUT_SIGNATURE("GPG signature is not available") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            Files.delete(copy.signature());
        }
    },
    METADATA_OF_ANOTHER_KEY("repomd.xml GPG signature verification error: Bad GPG signature") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            Files.delete(copy.signature());
            copy.stranger().gpg().sign(copy.stranger().key(), copy.repomd(), copy.signature());
        }
    },
    /** A true signature of ours, but of something else. */
    SIGNATURE_OF_OTHER_METADATA("repomd.xml GPG signature verification error: Bad GPG signature") {
        @Override
        void tamper(TamperedCopies.Copy copy) throws IOException {
            copy.putForeignSignature();
        }
    };

    private final String words;

    Tampering(String words) {
        this.words = words;
    }

    /** As folders and reports call it: {@code flipped-byte-in-a-package}. */
    public String kind() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** How dnf 4 says that it noticed. Other versions, and yum, say it otherwise. */
    public String wordsOfDnf() {
        return words;
    }

    abstract void tamper(TamperedCopies.Copy copy) throws IOException;

    /** The folder names of all kinds, in their order. */
    public static List<String> kinds() {
        return List.of(values()).stream().map(Tampering::kind).toList();
    }

    static Path of(Path tampered, Tampering tampering) {
        return tampered.resolve(tampering.kind());
    }
}
