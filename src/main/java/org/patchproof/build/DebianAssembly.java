package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.DebianSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.srpm.RpmPackage;

/** Wraps a Debian kernel tarball as a source RPM. */
final class DebianAssembly {
    /** Debian's version: upstream's, a hyphen, Debian's own revision. */
    private static final Pattern VERSION = Pattern.compile("(?<version>[0-9][0-9.]*)-(?<release>[0-9A-Za-z.+~]+)");

    private final CommandRunner runner;
    private final SourceWrapping wrapping;

    DebianAssembly(CommandRunner runner, SourceWrapping wrapping) {
        this.runner = runner;
        this.wrapping = wrapping;
    }

    AssembledSource assemble(DebianSource source, Path log) throws IOException {
        requireTarball(source);
        String spec = spec(source);
        String digest = FileDigest.sha256(source.tarball());
        RpmPackage rpm = wrapping.wrap(
                spec,
                digest,
                source.packagingDirectory(),
                sources -> linkOrCopy(
                        source.tarball(), sources.resolve(source.tarball().getFileName())),
                log);
        return new AssembledSource(
                rpm.file(),
                rpm.sha256(),
                rpm.nevra().toString(),
                source.packageName() + " wrapped by rpmbuild -bs with "
                        + source.packagingDirectory().getFileName() + "/kernel.spec",
                Optional.of(madeOf(digest)));
    }

    /** What {@code source} is now, in words. */
    static String madeOf(DebianSource source) throws IOException {
        requireTarball(source);
        return madeOf(FileDigest.sha256(source.tarball()));
    }

    private static String madeOf(String digest) {
        return "a tarball with sha256 " + digest;
    }

    static void requireTarball(DebianSource source) {
        if (!Files.isRegularFile(source.tarball())) {
            throw new SourceMissingException(
                    "there is no " + source.tarball(),
                    "Run: apt-get install " + source.packageName() + " (or ./patchproof doctor --install)");
        }
    }

    private String spec(DebianSource source) throws IOException {
        String installed = runner.run(Command.of("dpkg-query", "-W", "-f", "${Version}", source.packageName()))
                .orThrow()
                .output()
                .strip();
        Matcher version = VERSION.matcher(installed);
        if (!version.matches()) {
            throw new SourceMissingException(
                    source.packageName() + " has version '" + installed + "'", "Expected is one like 6.1.192-2.");
        }
        Map<String, String> values = new TreeMap<>();
        values.put("VERSION", version.group("version"));
        values.put("RELEASE", version.group("release").replaceAll("[^A-Za-z0-9.]", "_"));
        values.put("TARBALL", source.tarball().getFileName().toString());
        values.put("TARBALLROOT", root(source.tarball()));
        return SpecTemplate.fill(Files.readString(source.packagingDirectory().resolve(SourceWrapping.SPEC)), values);
    }

    /** The tarball's first path component. Reading the first member does not decompress the rest. */
    private String root(Path tarball) {
        String first = runner.run(
                        Command.of("bash", "-c", "tar -tf \"$0\" 2>/dev/null | head -n 1", tarball.toString()))
                .orThrow()
                .output()
                .strip();
        String root = first.contains("/") ? first.substring(0, first.indexOf('/')) : first;
        if (!root.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
            throw new SourceMissingException(
                    tarball + " begins with '" + first + "'", "A kernel tarball begins with one directory.");
        }
        return root;
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }
}
