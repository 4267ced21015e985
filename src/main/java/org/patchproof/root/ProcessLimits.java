package org.patchproof.root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * podman asks for more files and processes than whoever lacks CAP_SYS_RESOURCE may have, even as root: then no
 * container starts ("setrlimit RLIMIT_NOFILE: Operation not permitted"). What we may have ourselves is enough.
 * podman lowers its own limit of processes before it starts a container: more than that is refused as well (seen
 * with podman 4.3.1, runc 1.1.5).
 */
final class ProcessLimits {
    private static final Map<String, String> NAMES = Map.of("Max open files", "nofile", "Max processes", "nproc");
    private static final Map<String, Long> ENOUGH = Map.of("Max open files", 65_536L, "Max processes", 32_768L);
    private static final Pattern LINE = Pattern.compile("^(Max open files|Max processes) +(\\S+) +(\\S+) .*");

    private ProcessLimits() {}

    /** Of this process. */
    static List<String> options() {
        try {
            return options(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** As {@code --ulimit} options; {@code text} is that of /proc/PID/limits. What is unlimited is not named. */
    static List<String> options(String text) {
        List<String> options = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group(3).matches("\\d{1,18}")) {
                long hard = Math.min(Long.parseLong(matcher.group(3)), ENOUGH.get(matcher.group(1)));
                long soft = matcher.group(2).matches("\\d{1,18}") ? Long.parseLong(matcher.group(2)) : hard;
                options.add("--ulimit=" + NAMES.get(matcher.group(1)) + "=" + Math.min(soft, hard) + ":" + hard);
            }
        }
        return options;
    }
}
