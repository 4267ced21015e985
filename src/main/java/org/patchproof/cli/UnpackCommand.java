package org.patchproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.srpm.SignatureCheck;
import org.patchproof.srpm.SourceUnpacker;
import org.patchproof.srpm.UnpackedSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof unpack}. */
@Command(
        name = "unpack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Verifies a source RPM and unpacks it as rpmbuild wants it: SPECS, SOURCES and the empty folders."
                    + " Every digest in it is compared. Wholly, or not at all."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  patchproof unpack kernel-3.10.0-693.el7.src.rpm -C ~/rpmbuild-693",
            "  rpmbuild --define '_topdir '$HOME/rpmbuild-693 -bp ~/rpmbuild-693/SPECS/kernel.spec",
            "",
            "A package says itself who signed it. With --key, the vendor's public key, rpm's own rpmkeys says",
            "whether that is so, with a keyring that holds this key and no other.",
            "",
            "Exit codes: 0 unpacked; 2 the file is damaged, hostile, not there or not signed by the key;",
            "            4 the disk failed."
        })
final class UnpackCommand implements Callable<Integer> {
    private static final int LAST_TRIES = 100;
    private static final Duration LAST_WAIT = Duration.ofMillis(20);

    @Parameters(paramLabel = "SRPM", description = "The source RPM.")
    private Path srpm;

    @Option(
            names = {"-C", "-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Will be made; must not be there yet.")
    private Path topdir;

    @Option(names = "--key", paramLabel = "FILE", description = "The public key that must have signed the package.")
    private Path key;

    @Option(names = "--json", description = "The result as JSON on standard output.")
    private boolean json;

    private final Screen screen;
    private final SignatureCheck signatures;

    UnpackCommand(Screen screen, SignatureCheck signatures) {
        this.screen = screen;
        this.signatures = signatures;
    }

    @Override
    public Integer call() throws IOException {
        Inputs.requireFile(srpm, "Name a source RPM.");
        if (key != null) {
            Inputs.requireFile(key, "Name the vendor's public key.");
        }
        if (topdir.toString().isEmpty()) {
            throw new WrongRequestException("-C has no folder's name", "Name a folder that is not there yet.");
        }
        Path target = topdir.toAbsolutePath().normalize();
        if (Files.isSymbolicLink(target) && !Files.exists(target)) {
            throw new WrongRequestException(
                    topdir + ": is a link to what is not there", "Remove it, or name a folder that is not there yet.");
        }
        if (Files.exists(target)) {
            throw new WrongRequestException(topdir + ": is there already", "Name a folder that is not.");
        }
        Optional<SignatureCheck.Signed> signed =
                key == null ? Optional.empty() : Optional.of(signatures.verify(srpm, key));
        List<String> signedBy = signed.map(SignatureCheck.Signed::signatures).orElse(List.of());
        UnpackedSource source = unpack(target, signed.map(SignatureCheck.Signed::sha256));
        if (json) {
            screen.out().println(Json.of(document(source, signedBy)));
        } else {
            screen.out().println(source.nevra());
            screen.out().println("sha256    " + source.sha256());
            screen.out().println("verified  " + String.join(", ", source.verified()));
            screen.out().println("signed    " + signed(source, signedBy));
            screen.out().println("files     " + source.files().size());
            screen.out().println("spec      " + source.specFile());
        }
        return 0;
    }

    /** With the folders above it, which go away again when nothing comes into them. */
    private UnpackedSource unpack(Path target, Optional<String> sha256) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        for (Path above = target.getParent(); !Files.exists(above); above = above.getParent()) {
            made.addFirst(above);
        }
        Path there = made.isEmpty() ? target.getParent() : made.getFirst().getParent();
        if (!Files.isDirectory(there)) {
            throw new WrongRequestException(there + ": is no folder", "Name a folder below one.");
        }
        Thread stopped = new Thread(() -> leaveNothing(target, made), "stopped");
        Runtime.getRuntime().addShutdownHook(stopped);
        try {
            Files.createDirectories(target.getParent());
            return sha256.isPresent()
                    ? SourceUnpacker.unpack(srpm, target, sha256.get())
                    : SourceUnpacker.unpack(srpm, target);
        } finally {
            if (!Files.exists(target)) {
                removeAbove(made);
            }
            forget(stopped);
        }
    }

    private static void removeAbove(Deque<Path> made) throws IOException {
        for (Iterator<Path> up = made.descendingIterator(); up.hasNext(); ) {
            Files.deleteIfExists(up.next());
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is being stopped, and the hook has begun.
            return;
        }
    }

    /** Stopped by a signal: what was unpacked goes away by itself, and then the folders above. */
    private void leaveNothing(Path target, Deque<Path> made) {
        for (int tries = 0; tries < LAST_TRIES && !Files.exists(target); tries++) {
            try {
                removeAbove(made);
                screen.err().println("\npatchproof: interrupted; " + topdir + " was not made");
                screen.err().flush();
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(LAST_WAIT.toNanos()); // what is in there is still on its way out
            }
        }
    }

    private static Optional<String> claimed(UnpackedSource source) {
        return source.signatures().stream().flatMap(s -> s.keyId().stream()).findFirst();
    }

    private static String signed(UnpackedSource source, List<String> signedBy) {
        if (!signedBy.isEmpty()) {
            return "verified: " + String.join("; ", signedBy);
        }
        String unnamed = source.signatures().isEmpty() ? "no" : "by a key that it does not name, not verified";
        return claimed(source)
                .map(id -> "says by key " + id + ", not verified (--key FILE)")
                .orElse(unnamed);
    }

    private static Map<String, Object> document(UnpackedSource source, List<String> signedBy) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("nevra", source.nevra().toString());
        document.put("sha256", source.sha256());
        document.put("verified", source.verified());
        document.put("signer", claimed(source).orElse(""));
        document.put("signaturesVerified", signedBy);
        document.put("topdir", source.topdir().toString());
        document.put("spec", source.specFile().toString());
        List<String> files = source.files().stream().map(file -> file.path()).toList();
        document.put("files", files);
        return document;
    }
}
