package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of this host is not asked with a command. Tests bring another one. */
interface HostView {
    /** The kernel's own estimate: Documentation/filesystems/proc.rst, from 3.14 on and in el7. */
    Pattern AVAILABLE = Pattern.compile("MemAvailable: +([0-9]{1,12}) kB");

    /** The text of /etc/os-release; empty when there is none. */
    String osRelease();

    /** The version of this Java, as {@code 17.0.15}. */
    String java();

    int processors();

    /** Physical memory; empty when it cannot be told. */
    OptionalLong memoryBytes();

    /** Memory that programs can still get without swapping; empty when it cannot be told. */
    OptionalLong availableMemoryBytes();

    /** Free bytes where {@code folder} is or would be; empty when it cannot be told. */
    OptionalLong usableBytes(Path folder);

    boolean exists(Path file);

    /** This very host. */
    static HostView here() {
        return new HostView() {
            @Override
            public String osRelease() {
                try {
                    return Files.readString(Path.of("/etc/os-release"));
                } catch (IOException e) {
                    return "";
                }
            }

            @Override
            public String java() {
                return System.getProperty("java.version");
            }

            @Override
            public int processors() {
                return Runtime.getRuntime().availableProcessors();
            }

            @Override
            public OptionalLong memoryBytes() {
                return ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? OptionalLong.of(system.getTotalMemorySize())
                        : OptionalLong.empty();
            }

            @Override
            public OptionalLong availableMemoryBytes() {
                try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
                    return lines.map(AVAILABLE::matcher)
                            .filter(Matcher::matches)
                            .mapToLong(line -> Long.parseLong(line.group(1)) << 10)
                            .findFirst();
                } catch (IOException | UncheckedIOException e) {
                    return OptionalLong.empty();
                }
            }

            @Override
            public OptionalLong usableBytes(Path folder) {
                Path existing = folder.toAbsolutePath().normalize();
                while (existing.getParent() != null && !Files.exists(existing)) {
                    existing = existing.getParent();
                }
                // Not Files.getFileStore: it looks for a mount point, which a chroot does not have.
                long bytes = existing.toFile().getUsableSpace();
                return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
            }

            @Override
            public boolean exists(Path file) {
                return Files.exists(file);
            }
        };
    }
}
