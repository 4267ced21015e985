package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.patchproof.files.Trees;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** A repository -> copies of it in which somebody meddled, a folder each kind of {@link Tampering}. */
public final class TamperedCopies {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final CommandRunner runner;
    private final Original original;

    /**
     * What is copied.
     *
     * @param published the folder with {@code repo/} and the public key
     * @param kernel the file name of the package that the customer asks for
     * @param unsigned that package as it was before it was signed
     * @param foreignSignature a signature by our own key, of anything but this repository's metadata
     */
    public record Original(Path published, String kernel, Path unsigned, Path foreignSignature) {
        public Original {
            requireNonNull(published);
            requireNonNull(kernel);
            requireNonNull(unsigned);
            requireNonNull(foreignSignature);
        }
    }

    public TamperedCopies(CommandRunner runner, Original original) {
        this.runner = runner;
        this.original = original;
    }

    /**
     * Makes them in {@code tampered}, which must lie beside {@code published}: packages that were left alone are
     * links there, so that both folders can be moved together.
     *
     * @param repoFile what each copy's {@code .repo} says, but for where the copy is
     * @param base the address of {@code tampered}
     */
    public void make(Path tampered, RepoFile repoFile, String base) throws IOException {
        try (StrangersKey stranger = new StrangersKey(runner)) {
            for (Tampering tampering : Tampering.values()) {
                Path folder = Files.createDirectories(Tampering.of(tampered, tampering));
                Copy copy = new Copy(folder, stranger);
                copy.link();
                tampering.tamper(copy);
                String text = repoFile.text(base + "/" + tampering.kind());
                Files.writeString(
                        folder.resolve(repoFile.id() + ".repo"),
                        copy.metadataChecked ? text : text.replace("repo_gpgcheck=1", "repo_gpgcheck=0"));
            }
        }
    }

    /**
     * A {@code .repo} whose repository can be anywhere.
     *
     * @param keyBase the address of the folder that has the public key
     */
    public record RepoFile(String id, String title, String keyBase) {
        public RepoFile {
            requireNonNull(id);
            requireNonNull(title);
            requireNonNull(keyBase);
        }

        /** @param base the address of the folder that has {@code repo/} */
        String text(String base) {
            return Repository.repoFile(id, title, base).replace("gpgkey=" + base + "/", "gpgkey=" + keyBase + "/");
        }
    }

    /** One copy, while it is tampered with. */
    final class Copy {
        private final Path repo;
        private final StrangersKey stranger;
        private boolean metadataChecked = true;

        private Copy(Path folder, StrangersKey stranger) {
            this.repo = folder.resolve("repo");
            this.stranger = stranger;
        }

        private void link() throws IOException {
            Path from = original.published().resolve("repo");
            Files.createDirectories(repo.resolve("repodata"));
            Path up =
                    Path.of("..", "..", "..", original.published().getFileName().toString(), "repo");
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.createSymbolicLink(repo.resolve(file.getFileName()), up.resolve(file.getFileName()));
                }
            }
            try (Stream<Path> files = Files.list(from.resolve("repodata"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, repo.resolve("repodata").resolve(file.getFileName()));
                }
            }
        }

        StrangersKey stranger() {
            return stranger;
        }

        Path kernel() {
            return repo.resolve(original.kernel());
        }

        Path repomd() {
            return Repository.repomd(repo);
        }

        Path signature() {
            return repomd().resolveSibling("repomd.xml.asc");
        }

        /** In place of the link: what it points to is not touched. */
        void putKernel(byte[] bytes) throws IOException {
            Files.delete(kernel());
            Files.write(kernel(), bytes);
        }

        void putUnsignedKernel() throws IOException {
            Files.delete(kernel());
            Files.copy(original.unsigned(), kernel());
        }

        void putMetadata(String text) throws IOException {
            if (text.equals(Files.readString(repomd()))) {
                throw new IOException(repomd() + " is as it was: it is not of the form that createrepo_c writes");
            }
            Files.write(repomd(), text.getBytes(StandardCharsets.UTF_8));
        }

        void putForeignSignature() throws IOException {
            Files.delete(signature());
            Files.copy(original.foreignSignature(), signature());
        }

        void index() throws IOException {
            Trees.delete(repo.resolve("repodata"));
            runner.run(Command.of("createrepo_c", "--quiet", "--no-database", repo.toString())
                            .within(PATIENCE))
                    .orThrow();
        }

        void withoutCheckOfMetadata() {
            metadataChecked = false;
        }
    }
}
