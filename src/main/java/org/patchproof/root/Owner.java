package org.patchproof.root;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of this boot, told from a later one that has its number: whose something is, and whether the owner
 * still lives.
 *
 * @param boot the boot id of the host
 * @param pid the process's number
 * @param started when it began, in ticks since boot (field 22 of /proc/PID/stat, proc(5))
 */
record Owner(String boot, long pid, long started) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})\\.(\\d{1,10})\\.(\\d{1,19})");
    private static final int FIELDS_BEFORE_START = 19;

    /** This very process. */
    static Owner self() {
        long pid = ProcessHandle.current().pid();
        return new Owner(bootId(), pid, started(pid));
    }

    /** As {@link #toString} wrote it; an owner that cannot be read is no process that lives. */
    static Owner parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new Owner(matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)))
                : new Owner("", 0, 0);
    }

    /** Whether that process still runs. */
    boolean alive() {
        return pid > 0 && boot.equals(bootId()) && started(pid) == started;
    }

    @Override
    public String toString() {
        return boot + "." + pid + "." + started;
    }

    private static String bootId() {
        return read(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    /** -1 when there is no such process. Its name may have blanks and brackets in it: count from the last. */
    private static long started(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        int end = stat.lastIndexOf(')');
        String[] fields =
                end < 0 ? new String[0] : stat.substring(end + 1).strip().split(" ");
        return fields.length > FIELDS_BEFORE_START ? Long.parseLong(fields[FIELDS_BEFORE_START]) : -1;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
