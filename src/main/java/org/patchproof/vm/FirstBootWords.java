package org.patchproof.vm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a user's image says on its console, and what that means: which words mean what is fixed by firmware,
 * boot loader, kernel and systemd, not by the image. The end of it is kept, in bounded memory.
 */
final class FirstBootWords implements ConsoleListener {
    private static final int KEPT = 16 * 1024;
    private static final int LINES = 5;

    /** What it says, and what that means. */
    private record Sign(String words, String meaning) {}

    private static final List<Sign> OF_FIRMWARE = List.of(
            new Sign("No bootable device", "the firmware finds nothing to boot on it"),
            new Sign("Boot failed:", "the firmware cannot boot it"));
    private static final List<Sign> OF_CONSOLE = List.of(
            new Sign("Kernel panic - not syncing", "its kernel panicked"),
            new Sign("grub rescue>", "its boot loader does not find the rest of itself"),
            new Sign("Minimal BASH-like line editing", "its boot loader finds no configuration, and asks a person"),
            new Sign("(initramfs)", "its initial RAM disk does not find the root file system"),
            new Sign("Entering emergency mode", "its initial RAM disk does not find the root file system"),
            new Sign("You are in emergency mode", "a file system of it cannot be mounted"),
            new Sign("You are in rescue mode", "it asks a person to mend it"));
    private static final List<Sign> OF_ONE_THAT_IS_UP = List.of(
            new Sign("DataSourceNone", "its cloud-init did not find our seed (NoCloud, a CD labelled cidata)"),
            new Sign(" login:", "it asks for a login"));

    private final StringBuilder console = new StringBuilder();
    private long heard;

    @Override
    public synchronized void accept(byte[] bytes, int count) {
        heard += count;
        console.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        if (console.length() > KEPT) {
            console.delete(0, console.length() - KEPT);
        }
    }

    /** So many bytes so far. */
    synchronized long heard() {
        return heard;
    }

    /**
     * Why it will not come up any more, if it says so, without its last lines.
     *
     * @param firmware what the firmware has said so far
     */
    synchronized Optional<String> hopeless(String firmware) {
        return find(OF_FIRMWARE, firmware).or(() -> find(OF_CONSOLE, console));
    }

    /** How it is seen that all has started that will. */
    synchronized Optional<String> up() {
        return find(OF_ONE_THAT_IS_UP, console);
    }

    private static Optional<String> find(List<Sign> signs, CharSequence text) {
        String all = text.toString();
        return signs.stream()
                .filter(sign -> all.contains(sign.words()))
                .map(Sign::meaning)
                .findFirst();
    }

    /** For the end of a sentence; says it when there are none. */
    synchronized String lastLines() {
        List<String> lines = console.toString()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> new GuestShell.Answer(0, line.strip()).output())
                .toList();
        return lines.isEmpty()
                ? "; its console is empty"
                : "; its last lines: "
                        + String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
