package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/**
 * What a machine's QEMU may still do on the host once it has opened its files: start no program, gain no
 * right, and be no root where it can be another.
 *
 * @param user whom QEMU becomes before the guest runs; empty: it stays who started it
 * @param runWith whether this QEMU has {@code -run-with user=}, as from 9.1 on, for {@code -runas}
 */
record Confinement(Optional<String> user, boolean runWith) {
    private static final String NOBODY = "nobody";
    private static final long NOBODYS_ID = 65534;
    private static final int SETGID = 6;
    private static final int SETUID = 7;
    private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.(\\d+)");
    /** QEMU itself: its translation buffer of 1 GiB, stacks, allocator arenas. */
    private static final long OVERHEAD = 3L << 30;

    private static final long PER_PROCESSOR = 128L << 20;

    /** Of this host, this process and the QEMU in PATH. */
    static Confinement here(CommandRunner runner) {
        if (!mayBecomeNobody()) {
            return new Confinement(Optional.empty(), false);
        }
        String version =
                runner.run(Command.of(QemuArguments.PROGRAM, "--version")).output();
        return new Confinement(Optional.of(NOBODY), hasRunWith(version));
    }

    /** Whether QEMU with this answer to {@code --version} wants {@code -run-with user=}. */
    static boolean hasRunWith(String version) {
        Matcher found = VERSION.matcher(version);
        if (!found.find()) {
            return false;
        }
        int major = Integer.parseInt(found.group(1));
        return major > 9 || (major == 9 && Integer.parseInt(found.group(2)) >= 1);
    }

    /**
     * QEMU's options. Its filter against changes of user would meet its own: without a capability, and
     * with no_new_privs, which any of the others sets, a later change is of no use anyway.
     */
    List<String> options() {
        String filter = "on,obsolete=deny,spawn=deny,resourcecontrol=deny";
        return user.map(name ->
                        List.of("-sandbox", filter, runWith ? "-run-with" : "-runas", runWith ? "user=" + name : name))
                .orElse(List.of("-sandbox", filter + ",elevateprivileges=deny"));
    }

    /** What goes before QEMU's name: a QEMU gone wild fills neither the host's memory nor its disk with a core. */
    static List<String> limits(MachineSpec spec) {
        long bytes = spec.memoryBytes() + OVERHEAD + spec.cpus() * PER_PROCESSOR;
        return List.of("prlimit", "--core=0", "--as=" + bytes, "--");
    }

    private static boolean mayBecomeNobody() {
        try {
            String status = read("/proc/self/status");
            long capabilities = Long.parseUnsignedLong(field(status, "CapEff"), 16);
            boolean may = (capabilities >> SETUID & 1) == 1 && (capabilities >> SETGID & 1) == 1;
            return may && isMapped(read("/proc/self/uid_map")) && isMapped(read("/proc/self/gid_map")) && known();
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean known() {
        try {
            return Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a map of a user namespace (inside, outside, length per line) has nobody's number inside. */
    static boolean isMapped(String map) {
        return map.lines().map(line -> line.strip().split("\\s+")).anyMatch(range -> {
            long from = Long.parseLong(range[0]);
            return from <= NOBODYS_ID && NOBODYS_ID < from + Long.parseLong(range[2]);
        });
    }

    private static String field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String read(String file) throws IOException {
        return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.US_ASCII);
    }
}
