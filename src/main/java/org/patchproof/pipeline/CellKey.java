package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.Workspace;

/**
 * What a cell's results depend on, as one digest: kernel, guest, patches, and all that lies beside
 * the bug's scripts. A run that was done under another key is not gone on with.
 */
final class CellKey {
    private CellKey() {}

    /** Those of all kernels of {@code plan}, by name. */
    static Map<String, String> ofAll(Workspace workspace, Plan plan) throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Cell cell : plan.cells()) {
            keys.put(cell.kernel().name(), of(workspace.bugFile(plan.bug().name()), plan.bug(), cell));
        }
        return keys;
    }

    static String of(Path bugFile, BugSpec bug, Cell cell) throws IOException {
        MessageDigest digest = sha256();
        // Over all variants that the bug has for this kernel: which of them were asked for decides nothing.
        Cell whole = new Cell(cell.kernel(), bug.variants().get(cell.kernel().name()), cell.guest());
        digest.update(whole.digest().getBytes(StandardCharsets.UTF_8));
        digest.update(sha256().digest(Files.readAllBytes(bugFile)));
        digest.update(bug.reproduction().profile().getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.list(bug.reproduction().begin().getParent())) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : sorted) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(sha256().digest(Files.readAllBytes(file)));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
