// SPDX-License-Identifier: Apache-2.0
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * The journal of a node of a cluster, in the form of {@code journalctl}, of a given size and the same on each
 * run: {@code java NodeLogMaker.java FILE BYTES}. Kubelet, dockerd, Calico and the kernel say what they say
 * all day; in the second half, a device leaks and is waited for every 10 s.
 */
final class NodeLogMaker {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter KLOG = DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS", Locale.ROOT);

    private final Random random = new Random(5);

    public static void main(String[] args) throws IOException {
        new NodeLogMaker().write(Path.of(args[0]), Long.parseLong(args[1]));
    }

    private void write(Path file, long bytes) throws IOException {
        LocalDateTime now = LocalDateTime.of(2020, 5, 1, 0, 0);
        LocalDateTime next = now;
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            written += put(out, now, "kernel: Linux version 3.10.0-693.el7.x86_64 (builder@kbuilder) (gcc version 4.8.5) #1 SMP");
            while (written < bytes) {
                now = now.plusNanos(random.nextInt(100_000_000));
                if (written > bytes / 2 && now.isAfter(next)) {
                    written += put(out, now, "kernel: unregister_netdevice: waiting for eth0 to become free. Usage count = 1");
                    if (random.nextInt(6) == 0) {
                        written += put(out, now, klog(now, "kubelet.go:1794] skipping pod synchronization - [PLEG is not"
                                + " healthy: pleg was last seen active 4m1.5s ago; threshold is 3m0s]"));
                    }
                    next = now.plusSeconds(10);
                }
                written += put(out, now, noise(now));
            }
        }
    }

    private long put(OutputStream out, LocalDateTime now, String text) throws IOException {
        byte[] line = (STAMP.format(now) + " k8s-node-105 " + text + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(line);
        return line.length;
    }

    private static String klog(LocalDateTime now, String text) {
        return "kubelet[3021]: I" + KLOG.format(now) + "    3021 " + text;
    }

    private String noise(LocalDateTime now) {
        String id = Long.toHexString(random.nextLong() | 1L << 63);
        int pod = random.nextInt(110);
        return switch (random.nextInt(12)) {
            case 0 -> klog(now, "kuberuntime_manager.go:557] Container {Name:web-" + pod + " Image:registry/web:" + pod
                    + "} is dead, but RestartPolicy says that we should restart it.");
            case 1 -> klog(now, "prober.go:111] Liveness probe for \"web-" + pod + "_default(" + id + "):web\" failed (failure): Get http://10.244.1."
                    + pod + ":8080/healthz: dial tcp: connect: connection refused");
            case 2 -> klog(now, "reconciler.go:181] operationExecutor.UnmountVolume started for volume \"default-token-" + id + "\"");
            case 3 -> klog(now, "kubelet_pods.go:1073] Killing unwanted pod \"web-" + pod + "\"");
            case 4 -> "dockerd[1201]: time=\"2020-05-06T09:43:49.646725953Z\" level=info msg=\"Container " + id
                    + " failed to exit within 30 seconds of signal 15 - using the force\"";
            case 5 -> "kubelet[3021]: 2020-05-06 17:43:29.512 [INFO][18233] k8s.go 498: Releasing IP address(es) ContainerID=\"" + id + "\"";
            case 6 -> "kubelet[3021]: 2020-05-06 17:43:29.512 [INFO][18233] ipam.go 1166: Releasing all IPs with handle 'cni0." + id + "'";
            case 7 -> "kernel: cbr0: port " + pod + "(veth" + id.substring(0, 8) + ") entered forwarding state";
            case 8 -> "kernel: IPv6: ADDRCONF(NETDEV_CHANGE): cali" + id.substring(0, 11) + ": link becomes ready";
            case 9 -> "systemd[1]: Started libcontainer container " + id + ".";
            case 10 -> "dockerd[1201]: time=\"2020-05-06T09:43:49.646725953Z\" level=warning msg=\"" + id
                    + " cleanup: failed to unmount IPC: umount /var/lib/docker/containers/" + id + "/mounts/shm, flags: 0x2\"";
            default -> "sshd[" + (1000 + pod) + "]: Accepted publickey for root from 10.209.33." + pod + " port 51022 ssh2: RSA SHA256:" + id;
        };
    }
}
