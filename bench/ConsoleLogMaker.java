// SPDX-License-Identifier: Apache-2.0
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A console log of a given size, the same on each run: {@code java ConsoleLogMaker.java FILE BYTES}. What
 * kernels and services print in their daily life (some 85 bytes a line, with time stamps, a few with caller
 * ids, colours or a carriage return), and every 50,000 lines the report of a fault, taken in turn from the
 * logs of the tests.
 */
final class ConsoleLogMaker {
    private static final Path FAULTS = Path.of("src/test/resources/console/faults");
    private static final int BETWEEN_FAULTS = 50_000;

    private final Random random = new Random(3);
    private long micros = 1_000_000;

    public static void main(String[] args) throws IOException {
        new ConsoleLogMaker().write(Path.of(args[0]), Long.parseLong(args[1]));
    }

    private void write(Path file, long bytes) throws IOException {
        List<List<String>> faults = new ArrayList<>();
        try (Stream<Path> logs = Files.list(FAULTS)) {
            for (Path log : logs.filter(p -> p.toString().endsWith(".log")).sorted().toList()) {
                faults.add(Files.readAllLines(log, StandardCharsets.ISO_8859_1));
            }
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            long written = 0;
            for (long n = 1; written < bytes; n++) {
                written += n % BETWEEN_FAULTS == 0
                        ? fault(out, faults.get((int) (n / BETWEEN_FAULTS % faults.size())))
                        : put(out, stamp() + noise() + end(n));
            }
        }
    }

    private static long fault(OutputStream out, List<String> lines) throws IOException {
        long written = 0;
        for (String line : lines) {
            written += put(out, line + "\n");
        }
        return written;
    }

    private static long put(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes);
        return bytes.length;
    }

    private String stamp() {
        micros += 1 + random.nextInt(20_000);
        String stamp = String.format(Locale.ROOT, "[%5d.%06d]", micros / 1_000_000, micros % 1_000_000);
        return random.nextInt(20) == 0 ? stamp + "[  T" + (100 + random.nextInt(900)) + "] " : stamp + " ";
    }

    private String end(long n) {
        return n % 40 == 0 ? "\r\n" : "\n";
    }

    private String noise() {
        int a = random.nextInt(1000);
        String mac = String.format(Locale.ROOT, "%02x:%02x:%02x", a & 255, random.nextInt(256), random.nextInt(256));
        String veth = "veth" + Integer.toHexString(0x100000 + random.nextInt(0xefffff));
        return switch (random.nextInt(24)) {
            case 0 -> "cbr0: port " + a + "(" + veth + ") entered forwarding state";
            case 1 -> "cbr0: port " + a + "(" + veth + ") entered disabled state";
            case 2 -> "device " + veth + " left promiscuous mode";
            case 3 -> "IPv6: ADDRCONF(NETDEV_CHANGE): " + veth + ": link becomes ready";
            case 4 -> "eth0: renamed from " + veth;
            case 5 -> "audit: type=1400 audit(1588758229." + a + ":" + (a * 37) + "): apparmor=\"ALLOWED\" operation=\"open\""
                    + " profile=\"docker-default\" pid=" + (a + 3000) + " comm=\"nginx\" requested_mask=\"r\"";
            case 6 -> "IN=eth0 OUT= MAC=52:54:00:" + mac + ":08:00 SRC=10.209.33." + (a & 255)
                    + " DST=10.209.33.7 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=" + (a * 61) + " DF PROTO=TCP SPT=" + (30000 + a)
                    + " DPT=443 WINDOW=29200 RES=0x00 SYN URGP=0";
            case 7 -> "EXT4-fs (sda" + (a % 9) + "): mounted filesystem with ordered data mode. Opts: (null)";
            case 8 -> "XFS (dm-" + (a % 60) + "): Ending clean mount";
            case 9 -> "systemd[1]: Started Kubernetes transient mount for volume " + mac + ".";
            case 10 -> "systemd-journald[" + a + "]: Received client request to rotate journal.";
            case 11 -> "TCP: request_sock_TCP: Possible SYN flooding on port " + (8000 + a) + ". Sending cookies.";
            case 12 -> "nf_conntrack: table full, dropping packet";
            case 13 -> a < 40
                    ? "[ \u001b[0;32mOK\u001b[0m ] Reached target Network is Online."
                    : "cgroup: fork rejected by pids controller in /kubepods/pod" + mac;
            case 14 -> "perf: interrupt took too long (" + (2500 + a) + " > 2500), lowering kernel.perf_event_max_sample_rate to 79000";
            case 15 -> "sd 2:0:" + (a % 8) + ":0: [sdb] 41943040 512-byte logical blocks: (21.5 GB/20.0 GiB)";
            case 16 -> "usb 1-" + (a % 9) + ": new high-speed USB device number " + (a % 128) + " using xhci_hcd";
            case 17 -> "net_ratelimit: " + a + " callbacks suppressed";
            case 18 -> "mlx5_core 0000:3b:00.0 ens1f0: Link up";
            case 19 -> "overlayfs: lowerdir is in-use as upperdir/workdir of another mount, accessing files is undefined";
            case 20 -> "WARN  kubelet: cgroup " + mac + " memory usage is " + a + " MiB of its limit, reclaiming page cache";
            case 21 -> "docker0: port 1(" + veth + ") received packet on " + veth + " with own address as source address";
            case 22 -> "random: 7 urandom warning(s) missed due to ratelimiting";
            default -> "IPVS: rr: TCP 10.96." + (a & 255) + ".1:443 - no destination available";
        };
    }
}
