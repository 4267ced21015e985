package org.patchproof.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A machine for the fake kernel, called as QEMU is. It installs the RPMs of a job with the real tools
 * into the disk that it is given, and "boots" a kernel image by looking into it: its release, its
 * build-id, and whether its code forgets the key of a deleted route, as the fix does. A kernel that does
 * not shows the symptom after the first exposure. Without a kernel it boots what the disk's boot loader was
 * told to: the job's bootloader.environment says, and a file on the disk remembers.
 *
 * <p>Uses nothing but the JDK: it is started as a program of its own.
 */
public final class FakeQemu {
    private static final Pattern RELEASE = Pattern.compile("1\\.0\\.7-[A-Za-z0-9._]+\\.x86_64");
    /** What the fix adds to delete_route: a zero into the first field. */
    private static final Pattern FORGETS_KEY = Pattern.compile("mov[lq]\\s+\\$0x0,\\(%r");

    private static final Pattern IMAGE = Pattern.compile("(?m)^IMAGE='(.*)'$");
    static final String DEFAULT = "/boot/default";

    private final List<String> arguments;
    private final SocketChannel console;
    private final SocketChannel channel;
    private int line;

    private FakeQemu(List<String> arguments) throws IOException {
        this.arguments = arguments;
        this.console = connect("id=console,path=");
        this.channel = connect("id=channel,path=");
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println("QEMU emulator version 0.0 (fake)");
            return;
        }
        new FakeQemu(List.of(args)).run();
    }

    private void run() throws Exception {
        List<String> drives = values("-drive");
        Path disk = file(drives.get(0));
        // Beside the disk, where it is removed when we are killed.
        Path work = Files.createTempDirectory(disk.getParent(), "fake-qemu");
        try {
            Path job = Files.createDirectories(work.resolve("job"));
            tool("debugfs", "-R", "rdump / " + job, file(drives.get(1)).toString());
            if (FakeCustomer.panics(values("-kernel").toString())) {
                print("Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)");
                Thread.sleep(20_000);
            }
            boolean second = disk.toString().contains("/fixed/trial-2/");
            if (second && FakeCustomer.in("the-fixed-panics-at-its-second-start")) {
                print("Kernel panic - not syncing: Fatal exception in interrupt");
                System.exit(0);
            }
            say("hello fake");
            say("ready");
            if (second && FakeCustomer.in("the-fixed-panics-before-it-says-what-it-is")) {
                print("Kernel panic - not syncing: Fatal exception in interrupt");
                System.exit(0);
            }
            if (second && FakeCustomer.in("the-fixed-is-gone-before-it-says-what-it-is")) {
                System.exit(0);
            }
            if (FakeCustomer.in("the-control-is-gone-but-for-its-first-trial")
                    && disk.toString().matches(".*/control/trial-([2-9]|\\d\\d+)/.*")) {
                System.exit(0);
            }
            if (Files.isDirectory(job.resolve("rpms"))) {
                install(job, disk, work);
            } else {
                List<String> kernels = values("-kernel");
                Path image = kernels.isEmpty() ? loaded(disk, work) : Path.of(kernels.get(0));
                if (Files.exists(job.resolve("begin.sh"))) {
                    trial(image);
                } else {
                    new FakeCustomer(job, disk, work, this).play(image);
                }
            }
            // Whoever started us kills us when it has read the last word.
            Thread.sleep(20_000);
        } finally {
            tool("rm", "-rf", work.toString());
        }
    }

    private void install(Path job, Path disk, Path work) throws Exception {
        event("installing with=dnf");
        Path raw = work.resolve("disk.raw");
        tool("qemu-img", "convert", "-O", "raw", disk.toString(), raw.toString());
        try (Stream<Path> rpms = Files.list(job.resolve("rpms"))) {
            for (Path rpm : rpms.sorted().toList()) {
                Path root = Files.createDirectories(work.resolve("root"));
                tool("sh", "-c", "cd \"$1\" && rpm2cpio \"$2\" | cpio -idm --quiet", "sh", root.toString(), rpm + "");
                try (Stream<Path> images = Files.list(root.resolve("boot"))) {
                    for (Path image : images.toList()) {
                        tool("debugfs", "-w", "-R", "write " + image + " /boot/" + image.getFileName(), raw + "");
                    }
                }
                String nevra = tool("rpm", "-qp", "--qf", "%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}", rpm + "");
                event("installed nevra=" + nevra.strip());
            }
        }
        Path told = job.resolve("bootloader.environment");
        if (Files.exists(told)) {
            tool("debugfs", "-w", "-R", "write " + told + " " + DEFAULT, raw.toString());
        }
        tool("qemu-img", "convert", "-O", "qcow2", raw.toString(), disk.toString());
        say("exit 0");
    }

    private static Path loaded(Path disk, Path work) throws Exception {
        Path raw = work.resolve("loaded.raw");
        tool("qemu-img", "convert", "-O", "raw", disk.toString(), raw.toString());
        Path told = work.resolve("told");
        tool("debugfs", "-R", "dump " + DEFAULT + " " + told, raw.toString());
        Matcher image = IMAGE.matcher(Files.readString(told));
        if (!image.find()) {
            throw new IOException("no default to boot");
        }
        tool("debugfs", "-R", "dump " + image.group(1) + " " + work.resolve("image"), raw.toString());
        return work.resolve("image");
    }

    private void trial(Path image) throws Exception {
        byte[] bytes = Files.readAllBytes(image);
        if (!booted(bytes)) {
            return;
        }
        event("begin");
        FakeCustomer.underTraffic(this);
        boolean leaks = !FORGETS_KEY
                .matcher(tool("objdump", "-d", "--disassemble=delete_route", image.toString()))
                .find();
        int exposures = leaks ? 1 : 60;
        for (int i = 0; i < exposures; i++) {
            print("route r" + i + " deleted");
            print("route r" + i + " used");
        }
        event("teardown-done");
        if (FakeCustomer.in("the-first-of-the-fixed-releases-late")
                && values("-drive").get(0).contains("/fixed/trial-1/")) {
            print("route r0 is still held");
            print("route r1 is still held");
            Thread.sleep(1_000);
        }
        if (leaks) {
            print("route r0 is still held");
            print("route r0 is still held");
        } else {
            event("devices-gone");
            event("end");
        }
        say("exit 0");
    }

    /** Says what booted; false when it is no kernel of ours. */
    boolean booted(byte[] image) throws Exception {
        Matcher release = RELEASE.matcher(new String(image, StandardCharsets.ISO_8859_1));
        if (!release.find()) {
            print("no kernel of ours");
            return false;
        }
        event("booted release=" + release.group() + " nevra=kernel-" + release.group() + " sha256=" + sha256(image)
                + " notes=" + notes(image) + " processors="
                + values("-smp").get(0).split(",")[0]);
        return true;
    }

    void event(String words) throws IOException {
        print("patchproof: " + words.replaceAll(" notes=\\S*", ""));
        say("@ " + words);
    }

    /** A millisecond for each line: a guest's clock does not run ahead of the host's. */
    void print(String text) throws IOException {
        line++;
        send(console, String.format("[%5d.%06d] %s%n", line / 1000, line % 1000 * 1000, text));
    }

    void say(String text) throws IOException {
        send(channel, text + "\n");
    }

    private static void send(SocketChannel to, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private SocketChannel connect(String option) throws IOException {
        String path = values("-chardev").stream()
                .filter(value -> value.contains(option))
                .map(value -> value.substring(value.indexOf(option) + option.length()))
                .findFirst()
                .orElseThrow();
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(path));
        return socket;
    }

    private List<String> values(String option) {
        List<String> values = new java.util.ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).equals(option)) {
                values.add(arguments.get(i + 1));
            }
        }
        return values;
    }

    private static Path file(String drive) {
        return Path.of(drive.substring("file=".length(), drive.indexOf(',')));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** The note segments of an ELF file for 64 bits, as /sys/kernel/notes shows them. */
    private static String notes(byte[] bytes) {
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = (int) elf.getLong(0x20);
        StringBuilder notes = new StringBuilder();
        for (int i = 0; i < elf.getShort(0x38); i++, at += elf.getShort(0x36)) {
            if (elf.getInt(at) == 4) {
                int from = (int) elf.getLong(at + 8);
                notes.append(HexFormat.of().formatHex(bytes, from, from + (int) elf.getLong(at + 0x20)));
            }
        }
        return notes.toString();
    }

    static String tool(String... argv) throws Exception {
        Process process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output;
        try (InputStream out = process.getInputStream()) {
            output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", argv) + ": exit code " + process.exitValue());
        }
        return output;
    }
}
