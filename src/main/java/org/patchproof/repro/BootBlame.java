package org.patchproof.repro;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchproof.console.Fault;
import org.patchproof.repro.StartupEnd.Whose;

/** Whose doing it is that a kernel died before the guest was ready, by what it said itself. */
final class BootBlame {
    /** Rows of the fault table after which a kernel is broken; a stall or a lock-up may be a busy host's doing. */
    private static final Set<String> BREAKS = Set.of(
            "bug",
            "null-pointer",
            "page-fault",
            "stack-overflow",
            "gpf",
            "exception",
            "serror",
            "oops",
            "list-corruption",
            "double-free",
            "fortify",
            "usercopy");

    /** ENOENT: the kernel looked for init on the disk that we made, and it is not there (init/main.c). */
    private static final Pattern NO_INIT = Pattern.compile("^Requested init .* failed \\(error -2\\)");
    /** kernel/exit.c: a wait status. With a zero low byte, init ended by itself; our script gave up. */
    private static final Pattern INIT_GAVE_UP =
            Pattern.compile("Attempted to kill init! exitcode=0x0000[0-9a-f]{2}00\\b");

    private static final Pattern INIT_KILLED = Pattern.compile("Attempted to kill init!");
    /** The disk or its file system is damaged: EIO (-5), EUCLEAN (-117), EBADMSG (-74). */
    private static final Pattern BAD_DISK = Pattern.compile(
            "I/O error, dev vd|^EXT4-fs error|^EXT4-fs .*: (?:bad|corrupt)|root device .* error -(?:5|74|117)\\b");

    private static final Pattern NO_MEMORY = Pattern.compile("Out of memory|deadlocked on memory");

    /** A busy host that loses an emulated guest's ticks looks like this (arch/x86/kernel/apic/io_apic.c). */
    private static final Pattern NO_TICKS = Pattern.compile("timer doesn't work");

    private BootBlame() {}

    /** Whether the kernel is broken after {@code fault}. */
    static boolean breaks(Fault fault) {
        return BREAKS.contains(fault.row());
    }

    /**
     * Whose doing a panic is.
     *
     * @param panic the panic
     * @param lines the console's lines before it
     */
    static Whose of(Fault panic, List<String> lines) {
        if (any(NO_INIT, lines)
                || any(BAD_DISK, lines)
                || INIT_GAVE_UP.matcher(panic.text()).find()) {
            return Whose.OURS;
        }
        boolean unclear = INIT_KILLED.matcher(panic.text()).find()
                || NO_MEMORY.matcher(panic.text()).find()
                || NO_TICKS.matcher(panic.text()).find();
        return unclear ? Whose.EITHER : Whose.KERNEL;
    }

    private static boolean any(Pattern pattern, List<String> lines) {
        return lines.stream().anyMatch(line -> pattern.matcher(line).find());
    }
}
