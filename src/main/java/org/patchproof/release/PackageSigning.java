package org.patchproof.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmFormatException;
import org.patchproof.srpm.RpmPackage;
import org.patchproof.srpm.SignatureCheck;

/** Copies packages, signs the copies, and believes nothing of it until rpm's keyring tool has verified them. */
public final class PackageSigning {
    private final CommandRunner runner;
    private final Gpg gpg;

    public PackageSigning(CommandRunner runner, Gpg gpg) {
        this.runner = runner;
        this.gpg = gpg;
    }

    /**
     * Signs.
     *
     * @param packages as they were built; they are left alone
     * @param publicKey the only key in the keyring that verifies
     * @param target where the signed ones go
     */
    public List<ReleasedPackage> sign(SigningKey key, Path publicKey, List<Path> packages, Path target)
            throws IOException {
        List<Path> copies = new ArrayList<>();
        for (Path rpm : packages) {
            copies.add(Files.copy(rpm, target.resolve(rpm.getFileName())));
        }
        gpg.signPackages(key, copies);
        List<ReleasedPackage> signed = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            signed.add(verified(packages.get(i), copies.get(i), publicKey));
        }
        return signed;
    }

    private ReleasedPackage verified(Path before, Path after, Path publicKey) throws IOException {
        try {
            new SignatureCheck(runner).verify(after, publicKey);
        } catch (RpmFormatException e) {
            throw new RefusedException(
                    "rpmsign left a package that does not verify: " + e.getMessage(),
                    "See whether this rpm knows keys of this kind (EL7 and older know RSA only).");
        }
        String header = headerSha256(after);
        if (!header.equals(headerSha256(before))) {
            throw new RefusedException(
                    "signing changed what is in " + after.getFileName(), "Report this, with the version of rpm.");
        }
        RpmPackage rpm = RpmFile.read(after);
        String nevra = rpm.nevra().name() + "-" + rpm.nevra().version() + "-"
                + rpm.nevra().release() + "." + rpm.nevra().arch();
        return new ReleasedPackage(
                after.getFileName().toString(), nevra, rpm.sha256(), header, FileDigest.sha256(before));
    }

    /** The sha256 of a package's main header. */
    public String headerSha256(Path rpm) {
        String said = runner.run(Command.of("rpm", "-qp", "--nosignature", "--qf", "%{SHA256HEADER}", rpm.toString()))
                .orThrow()
                .output()
                .strip();
        if (!said.matches("[0-9a-f]{64}")) {
            throw new RefusedException(
                    rpm.getFileName() + " has no sha256 of its header: this rpm is older than 4.14",
                    "Release on a host with a newer rpm.");
        }
        return said;
    }
}
