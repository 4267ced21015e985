package org.patchproof.build;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchproof.files.Download;
import org.patchproof.plan.GitSource;
import org.patchproof.plan.KernelSource;
import org.patchproof.plan.KernelSpec;
import org.patchproof.plan.PackagedSource;
import org.patchproof.plan.SrpmSource;
import org.patchproof.plan.Workspace;
import org.patchproof.process.CommandRunner;
import org.patchproof.srpm.Nevra;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmFormatException;
import org.patchproof.srpm.RpmPackage;
import org.patchproof.srpm.SignatureCheck;
import org.patchproof.srpm.SourceUnpacker;
import org.patchproof.srpm.UnpackedSource;

/** Gets the source package of a kernel: the user's file, or one that we make. */
public final class SourceAssembly {
    /** A kernel's package is below 200 MB; what goes on for longer is not one. */
    private static final long MOST_BYTES = 4L << 30;

    private final Workspace workspace;
    private final DebianAssembly debian;
    private final GitAssembly git;
    private final SignatureCheck signatures;
    private final Download downloads;

    /** Packages that we make are kept under {@code cache}/sources, those that we fetch under {@code cache}/srpms. */
    public SourceAssembly(CommandRunner runner, Workspace workspace, Path cache) {
        this.workspace = workspace;
        this.signatures = new SignatureCheck(runner);
        SourceWrapping wrapping = new SourceWrapping(runner, cache.resolve("sources"));
        this.downloads = new Download(cache.resolve("srpms"), MOST_BYTES);
        this.debian = new DebianAssembly(runner, wrapping);
        this.git = new GitAssembly(runner, wrapping);
    }

    /**
     * Asks, before anything is made or written, whether {@code kernel}'s source is here and is what
     * its YAML says.
     *
     * @throws SourceMissingException when it is not
     */
    public void require(KernelSpec kernel) throws IOException {
        Optional<SrpmSource> given = kernel.source().match(source -> Optional.empty(), Optional::of);
        if (given.isPresent()) {
            given(given.get(), kernel.name());
        } else {
            origin(kernel.source(), kernel.name());
        }
    }

    /**
     * What {@code source} is made of, as it is now: two looks at the same need not make or read the package
     * a second time.
     *
     * @param file the file; empty for a repository
     * @param commit the commit; empty for a file
     */
    public record Origin(Optional<Path> file, Optional<String> commit) {}

    /**
     * Where {@code source} comes from.
     *
     * @param kernel its name, for messages
     * @throws SourceMissingException when it is not here
     */
    public Origin origin(KernelSource source, String kernel) {
        return source.match(
                packaged -> packaged.of(
                        made -> {
                            DebianAssembly.requireTarball(made);
                            return new Origin(Optional.of(made.tarball()), Optional.empty());
                        },
                        repository -> new Origin(Optional.empty(), Optional.of(git.commit(repository)))),
                srpm -> new Origin(Optional.of(location(srpm, kernel)), Optional.empty()));
    }

    /**
     * What the package of {@code source} would be made of now, in words that are equal for the same: the commit,
     * the tarball's digest. Of its packaging the kernel's own digest speaks.
     *
     * @return empty for a package that is given as it is, and where the source is not on this host
     */
    public Optional<String> madeOf(KernelSource source) throws IOException {
        Optional<PackagedSource> packaged = source.match(Optional::of, srpm -> Optional.empty());
        if (packaged.isEmpty()) {
            return Optional.empty();
        }
        Optional<GitSource> repository = packaged.get().of(made -> Optional.empty(), Optional::of);
        try {
            return Optional.of(
                    repository.isPresent()
                            ? git.madeOf(repository.get())
                            : DebianAssembly.madeOf(packaged.get().of(made -> made, other -> null)));
        } catch (SourceMissingException e) {
            return Optional.empty();
        }
    }

    /**
     * The source package of {@code kernel}, checked as far as its YAML says what it must be.
     *
     * @param log where the tools' output goes
     * @throws SourceMissingException when it is not here or is another one
     */
    public AssembledSource assemble(KernelSpec kernel, Path log) throws IOException {
        return assemble(kernel.source(), kernel.name(), log);
    }

    /** As {@link #assemble(KernelSpec, Path)}, of a source alone; {@code kernel} is its name, for messages. */
    public AssembledSource assemble(KernelSource source, String kernel, Path log) throws IOException {
        Optional<SrpmSource> given = source.match(packaged -> Optional.empty(), Optional::of);
        if (given.isPresent()) {
            return given(given.get(), kernel);
        }
        Optional<PackagedSource> packaged = source.match(Optional::of, srpm -> Optional.empty());
        Optional<GitSource> repository = packaged.orElseThrow().of(made -> Optional.empty(), Optional::of);
        return repository.isPresent()
                ? git.assemble(repository.get(), log)
                : debian.assemble(packaged.orElseThrow().of(made -> made, other -> null), log);
    }

    /**
     * As {@link #assemble(KernelSource, String, Path)}, and unpacks what was assembled. A package that was given
     * is read once, and whatever is wrong with it is a {@link SourceMissingException}.
     *
     * @param topdir must not exist
     */
    public UnpackedSource unpack(KernelSource source, String kernel, Path log, Path topdir) throws IOException {
        Optional<SrpmSource> given = source.match(packaged -> Optional.empty(), Optional::of);
        if (given.isEmpty()) {
            AssembledSource made = assemble(source, kernel, log);
            return SourceUnpacker.unpack(made.srpm(), topdir, made.sha256());
        }
        Path file = location(given.get(), kernel);
        UnpackedSource unpacked;
        try {
            unpacked = SourceUnpacker.unpack(file, topdir);
        } catch (RpmFormatException e) {
            throw unfit(given.get(), e);
        }
        requireAsked(given.get(), file, unpacked.sha256(), unpacked.nevra());
        if (given.get().key().isPresent()) {
            verified(given.get(), file, unpacked.sha256());
        }
        return unpacked;
    }

    private Path location(SrpmSource source, String kernel) {
        Path file = source.locationIn(workspace).match(path -> path, url -> fetched(source, kernel, url));
        if (!Files.isRegularFile(file)) {
            throw new SourceMissingException(
                    kernel + " needs " + source.fileName() + ", and there is no " + file,
                    "Put it there, or pass --srpm " + kernel + "=PATH.");
        }
        return file;
    }

    private Path fetched(SrpmSource source, String kernel, URI url) {
        try {
            return downloads.get(url, source.fileName(), sha256(source, kernel, url));
        } catch (Download.FailedException e) {
            throw new SourceMissingException(
                    e.getMessage(),
                    "Get it from a place you trust, and pass --srpm " + kernel + "=PATH; or correct the sha256.");
        }
    }

    private static String sha256(SrpmSource source, String kernel, URI url) {
        return source.sha256()
                .orElseThrow(() -> new SourceMissingException(
                        kernel + " is to come from " + url + ", and its sha256 is not known",
                        "Pass --srpm-sha256 " + kernel + "=HEX, from a place you trust, or write sha256: into its"
                                + " YAML."));
    }

    private AssembledSource given(SrpmSource source, String kernel) throws IOException {
        Path file = location(source, kernel);
        RpmPackage rpm;
        try {
            rpm = RpmFile.read(file);
        } catch (RpmFormatException e) {
            throw unfit(source, e);
        }
        if (!rpm.isSource()) {
            throw new SourceMissingException(file + " is a binary package (" + rpm.nevra() + ")", "Name the .src.rpm.");
        }
        requireAsked(source, file, rpm.sha256(), rpm.nevra());
        return new AssembledSource(
                file, rpm.sha256(), rpm.nevra().toString(), "given: " + file + signer(source, rpm), Optional.empty());
    }

    /** What is whole, and yet not fit, is no better for being got again: its own remedy is in the message. */
    private static SourceMissingException unfit(SrpmSource source, RpmFormatException e) {
        String remedy = e.isDamage() ? "Get " + source.fileName() + " again." : "Give the vendor's source package.";
        return new SourceMissingException(e.getMessage(), remedy);
    }

    private static void requireAsked(SrpmSource source, Path file, String sha256, Nevra nevra) {
        source.sha256().filter(wanted -> !wanted.equals(sha256)).ifPresent(wanted -> {
            throw new SourceMissingException(
                    file + " has sha256 " + sha256 + ", asked for was " + wanted,
                    "Get it again from a place you trust, or correct the sha256.");
        });
        String name = nevra.name() + "-" + nevra.version() + "-" + nevra.release();
        source.nevra().filter(wanted -> !wanted.equals(name)).ifPresent(wanted -> {
            throw new SourceMissingException(
                    file + " is " + name + ", not " + wanted, "Name the package of this kernel, or its own YAML.");
        });
    }

    /** Who signed it, verified where a key is named. */
    private String signer(SrpmSource source, RpmPackage rpm) throws IOException {
        if (source.key().isEmpty()) {
            return rpm.signerKeyId()
                    .map(id -> ", says that key " + id + " signed it (not verified: no key is named)")
                    .orElse(", not signed");
        }
        return ", verified: " + String.join("; ", verified(source, rpm.file(), rpm.sha256()));
    }

    /** The signatures of the bytes with that sha256. */
    private List<String> verified(SrpmSource source, Path file, String sha256) throws IOException {
        try {
            SignatureCheck.Signed signed = signatures.verify(file, source.key().orElseThrow());
            if (!signed.sha256().equals(sha256)) {
                throw new SourceMissingException(
                        file + " was changed while it was read", "See who writes to it, then try again.");
            }
            return signed.signatures();
        } catch (RpmFormatException e) {
            throw new SourceMissingException(
                    e.getMessage(), "Get " + source.fileName() + " again, or mend 'key:' in the kernel's YAML.");
        }
    }
}
