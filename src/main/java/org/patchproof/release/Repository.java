package org.patchproof.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** A directory with signed packages -> a repository that yum and dnf take with all checks on. */
public final class Repository {
    /** The public key, below the release's directory. */
    public static final String KEY = "RPM-GPG-KEY";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final CommandRunner runner;
    private final Gpg gpg;

    public Repository(CommandRunner runner, Gpg gpg) {
        this.runner = runner;
        this.gpg = gpg;
    }

    /** Where the metadata lies, and what is signed of it. */
    public static Path repomd(Path repository) {
        return repository.resolve("repodata").resolve("repomd.xml");
    }

    /**
     * Makes metadata for the packages in {@code repository} and signs it. The metadata's revision and times
     * are {@code made}: equal packages give equal metadata.
     */
    public void index(Path repository, Instant made, SigningKey key, Path publicKey) throws IOException {
        runner.run(Command.of(
                                "createrepo_c",
                                "--quiet",
                                "--no-database",
                                "--checksum",
                                "sha256",
                                "--revision",
                                Long.toString(made.getEpochSecond()),
                                "--set-timestamp-to-revision",
                                repository.toString())
                        .within(PATIENCE))
                .orThrow();
        signed(key, publicKey, repomd(repository));
    }

    /** Puts {@code FILE.asc} beside {@code file}, and verifies it. */
    public void signed(SigningKey key, Path publicKey, Path file) throws IOException {
        Path signature = file.resolveSibling(file.getFileName() + ".asc");
        gpg.sign(key, file, signature);
        if (!gpg.verify(file, signature, publicKey, key)) {
            throw new RefusedException(
                    "gpg made a signature of " + file.getFileName() + " that does not verify",
                    "See whether gpg signs with " + key.fingerprint() + ".");
        }
    }

    /**
     * What goes to /etc/yum.repos.d.
     *
     * @param id in {@code [ ]}: letters, digits, hyphens
     * @param base the address of the release's directory, without a slash at its end
     */
    public static String repoFile(String id, String title, String base) {
        return """
                [%s]
                name=%s
                baseurl=%s/repo
                enabled=1
                gpgcheck=1
                repo_gpgcheck=1
                gpgkey=%s/%s
                """.formatted(id, title, base, base, KEY);
    }

    /** Writes {@code SHA256SUMS} over all files of {@code directory} but itself, sorted, as sha256sum does. */
    public static Path sums(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            lines.add(FileDigest.sha256(file) + "  " + directory.relativize(file));
        }
        Path sums = directory.resolve("SHA256SUMS");
        Path part = directory.resolve(".SHA256SUMS.part");
        Files.write(part, lines);
        return Files.move(part, sums, StandardCopyOption.ATOMIC_MOVE);
    }
}
