package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.repro.JobEnd.Ending;
import org.patchproof.testing.TinyKernel;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.Boot;
import org.patchproof.vm.DirectGuest;
import org.patchproof.vm.DiskTools;
import org.patchproof.vm.Lab;
import org.patchproof.vm.MachineSpec;
import org.patchproof.vm.Startup;
import org.patchproof.vm.VirtualMachine;

/** The fault table: machines that fail to start in each way, each recognised soon, and as whose doing. */
class StartupIT {
    private static final String LINE = "[    0.000000] Linux version 0.0 (tiny)\n";

    @TempDir
    Path dir;

    private CommandRunner runner = new LeashedRunner();
    private Startup startup = Startup.direct();
    private Path console;

    @BeforeEach
    void disk() {
        console = dir.resolve("console");
        create("disk.qcow2");
        create("job.img");
    }

    @Test
    void aMachineThatGetsReadyRunsItsJobThoughItsClockLeaps() throws Exception {
        JobEnd end = start(TinyKernel.silent()
                .printing(LINE + "[ 9999.000000] a leap\n")
                .saying("hello 0.0\nready\n@ begin\n| word\nexit 0\n")
                .thenHalting());
        assertThat(end.ending()).as(end.detail()).isEqualTo(Ending.EXITED);
        assertThat(end.kernel()).contains("0.0");
        assertThat(end.event("begin")).isPresent();
        assertThat(end.output()).containsExactly("word");
    }

    @Test
    void aKernelThatSpinsWithoutAWord() throws Exception {
        expect(
                start(TinyKernel.silent().thenSpinning()),
                Ending.NO_HELLO,
                "waiting for the kernel's first line: ",
                "while its processor ran for ",
                "; its console is empty");
    }

    @Test
    void aKernelThatSpinsAfterItsFirstLine() throws Exception {
        expect(
                start(TinyKernel.silent().printing(LINE).thenSpinning()),
                Ending.NO_HELLO,
                "waiting for the guest's init: ",
                "while its processor ran for ",
                "its last line: Linux version 0.0 (tiny)");
    }

    @Test
    void aKernelThatHalts() throws Exception {
        expect(
                start(TinyKernel.silent().printing(LINE).thenHalting()),
                Ending.NO_HELLO,
                "waiting for the guest's init: ",
                "and nothing ran");
    }

    @Test
    void aKernelThatPanics() throws Exception {
        JobEnd end = start(TinyKernel.silent()
                .printing(LINE + "[    0.100000] Kernel panic - not syncing: No memory for tests\n")
                .thenResetting());
        expect(end, Ending.NO_HELLO, "panic: No memory for tests before the guest's init came");
        assertThat(end.doubtful()).isFalse();
    }

    @Test
    void aKernelThatBreaksAndHalts() throws Exception {
        JobEnd end = start(TinyKernel.silent()
                .printing(LINE + "[    0.100000] BUG: kernel NULL pointer dereference, address: 0000000000000008\n"
                        + "[    0.100000] RIP: 0010:tiny_init+0x12/0x40\n")
                .thenHalting());
        expect(end, Ending.NO_HELLO, "NULL pointer dereference in tiny_init, then, while waiting for");
        assertThat(end.doubtful()).isFalse();
    }

    @Test
    void aKernelThatResetsTheMachineWithoutAWord() throws Exception {
        JobEnd end = start(TinyKernel.silent().thenResetting());
        expect(end, Ending.NO_HELLO, "the machine ended by itself, without a word of why");
        assertThat(end.doubtful()).isFalse();
    }

    @Test
    void anInitThatHangs() throws Exception {
        JobEnd end =
                start(TinyKernel.silent().printing(LINE).saying("hello 0.0\n").thenHalting());
        expect(end, Ending.NO_HELLO, "waiting for the job's disk: ");
        assertThat(end.kernel()).contains("0.0");
    }

    @Test
    void anInitThatSaysItself() throws Exception {
        expect(
                start(TinyKernel.silent()
                        .printing(LINE)
                        .saying("hello 0.0\nfailed cannot mount the job's disk\n")
                        .thenHalting()),
                Ending.GUEST_FAILED,
                "the guest said: cannot mount the job's disk");
    }

    @Test
    void aLoginPromptThatNeverComesAndOneThatDoes() throws Exception {
        startup = new Startup(
                List.of(
                        new Startup.Phase(
                                "the kernel's first line",
                                Startup.Ear.CONSOLE,
                                Pattern.compile("^Linux version"),
                                Duration.ofSeconds(5)),
                        new Startup.Phase(
                                "the login prompt",
                                Startup.Ear.CONSOLE,
                                Pattern.compile("login: $"),
                                Duration.ofSeconds(5))),
                0,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3));
        expect(
                start(TinyKernel.silent().printing(LINE + "Welcome!\n").thenHalting()),
                Ending.NO_HELLO,
                "waiting for the login prompt: ",
                "its last line: Welcome!");
        JobEnd up = start(TinyKernel.silent()
                .printing(LINE + "Welcome!\n\ntiny login: ")
                .saying("exit 0\n")
                .thenHalting());
        assertThat(up.ending()).as(up.detail()).isEqualTo(Ending.EXITED);
    }

    @Test
    void aQemuThatIsKilled() throws Exception {
        expect(
                start(TinyKernel.silent().printing(LINE).thenSpinning(), signalled("-KILL")),
                Ending.GUEST_FAILED,
                "QEMU was ended from outside: exit code 137");
    }

    @Test
    void aQemuThatIsAskedToEnd() throws Exception {
        expect(
                start(TinyKernel.silent().printing(LINE).thenSpinning(), signalled("-TERM")),
                Ending.GUEST_FAILED,
                "QEMU was ended from outside: ",
                "terminating on signal 15");
    }

    @Test
    void aQemuThatIsFrozen() throws Exception {
        expect(
                start(TinyKernel.silent().printing(LINE).thenSpinning(), signalled("-STOP")),
                Ending.GUEST_FAILED,
                "QEMU was stopped by a signal");
    }

    @Test
    void aQemuThatDoesNotLikeItsArguments() throws Exception {
        Files.delete(dir.resolve("job.img"));
        JobEnd end = start(TinyKernel.silent().thenHalting());
        expect(end, Ending.NO_HELLO, "QEMU gave up: exit code 1: ", "job.img");
        assertThat(end.doubtful()).isTrue();
    }

    @Test
    void aConsoleThatIsClosedWhileTheMachineRuns() throws Exception {
        CommandRunner real = runner;
        runner = new CommandRunner() {
            @Override
            public CommandResult run(Command command, Consumer<String> lines) {
                return real.run(command, lines);
            }

            @Override
            public RunningCommand start(Command command) {
                List<String> argv = new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartupIT.class.getName()));
                argv.addAll(command.argv());
                return real.start(Command.of(argv).within(command.timeout()));
            }
        };
        expect(
                start(TinyKernel.silent().thenHalting()),
                Ending.GUEST_FAILED,
                "the guest could no longer be heard: QEMU closed the connection, and went on running");
    }

    @Test
    void aHostWhoseDiskIsFull() throws Exception {
        console = Path.of("/dev/full");
        expect(
                start(TinyKernel.silent().printing(LINE).thenSpinning()),
                Ending.GUEST_FAILED,
                "the guest could no longer be heard: ",
                "No space left on device");
    }

    /** Instead of QEMU: closes the console, and goes on. */
    public static void main(String[] args) throws Exception {
        for (String arg : args) {
            if (arg.startsWith("socket,id=console,path=")) {
                try (SocketChannel console = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    console.connect(UnixDomainSocketAddress.of(arg.substring(arg.indexOf('/'))));
                }
            }
        }
        Thread.sleep(60_000);
    }

    /** Debian's kernel on a disk without anything: its own init, in the initial RAM disk, gives up. */
    @Test
    void aRealKernelOnADiskWithoutInit() throws Exception {
        DirectGuest guest = GuestOfTests.image();
        root(Files.createDirectories(dir.resolve("root")));
        JobEnd end = start(guest, "root=/dev/vda");
        expect(end, Ending.GUEST_FAILED, "panic: Attempted to kill init!");
    }

    @Test
    void aRealKernelWhoseInitHangs() throws Exception {
        DirectGuest guest = GuestOfTests.image();
        Path root = Files.createDirectories(dir.resolve("root"));
        Path init = Files.createDirectories(root.resolve("usr/lib/patchproof")).resolve("init");
        Files.writeString(init, "#!/busybox sh\nexec /busybox sleep 1000\n");
        Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
        new DiskTools(runner).readFile(guest.disk(), "/usr/bin/busybox", root.resolve("busybox"));
        Files.setPosixFilePermissions(root.resolve("busybox"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("dev"));
        root(root);
        JobEnd end = start(guest, "root=/dev/vda");
        expect(end, Ending.NO_HELLO, "waiting for the guest's init: ", "of silence");
    }

    @Test
    void aRealKernelThatFindsNoRoot() throws Exception {
        DirectGuest guest = GuestOfTests.image();
        JobEnd end = start(guest.kernel(), Optional.empty(), List.of("root=/dev/vdz"), vm -> {});
        expect(end, Ending.NO_HELLO, "panic: VFS: Unable to mount root fs");
        assertThat(end.doubtful()).isFalse();
    }

    private JobEnd start(DirectGuest guest, String argument) throws Exception {
        return start(guest.kernel(), Optional.of(guest.initrd()), List.of(argument), vm -> {});
    }

    private JobEnd start(byte[] kernel) throws Exception {
        return start(kernel, vm -> {});
    }

    private JobEnd start(byte[] kernel, Consumer<VirtualMachine> meanwhile) throws Exception {
        return start(Files.write(dir.resolve("kernel"), kernel), Optional.empty(), List.of(), meanwhile);
    }

    private JobEnd start(Path kernel, Optional<Path> initrd, List<String> arguments, Consumer<VirtualMachine> meanwhile)
            throws Exception {
        MachineSpec spec = new MachineSpec(
                Acceleration.TCG,
                1,
                256L << 20,
                new Boot.Kernel(kernel, initrd, arguments),
                dir.resolve("disk.qcow2"),
                dir.resolve("job.img"));
        StartingMachine starting = new StartingMachine(startup, Acceleration.TCG);
        long began = System.nanoTime();
        try (VirtualMachine vm = new Lab(runner).start(spec, console, dir.resolve("qemu.log"), starting)) {
            Thread other = new Thread(() -> meanwhile.accept(vm));
            other.start();
            JobEnd end = new JobWatch(vm, starting, event -> {}, () -> false).watch(Duration.ofSeconds(30));
            other.join();
            System.out.printf("%5.1f s: %s%n", (System.nanoTime() - began) / 1e9, end.detail());
            return end;
        }
    }

    private Consumer<VirtualMachine> signalled(String signal) {
        return vm -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                Path console = dir.resolve("console");
                return Files.exists(console) && Files.size(console) > 0;
            });
            ProcessHandle qemu = ProcessHandle.current()
                    .descendants()
                    .filter(p -> p.info().command().orElse("").contains("qemu-system"))
                    .findFirst()
                    .orElseThrow();
            runner.run(Command.of("kill", signal, Long.toString(qemu.pid()))).orThrow();
        };
    }

    private static void expect(JobEnd end, Ending ending, String... words) {
        assertThat(end.detail()).contains(words);
        assertThat(end.ending()).as(end.detail()).isEqualTo(ending);
    }

    private void create(String name) {
        String format = name.endsWith("qcow2") ? "qcow2" : "raw";
        runner.run(Command.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        format,
                        dir.resolve(name).toString(),
                        "16M"))
                .orThrow();
    }

    private void root(Path root) throws IOException {
        Path raw = dir.resolve("root.raw");
        runner.run(Command.of("mke2fs", "-q", "-t", "ext4", "-d", root.toString(), raw.toString(), "16M"))
                .orThrow();
        runner.run(Command.of("qemu-img", "convert", "-O", "qcow2", raw.toString(), dir.resolve("disk.qcow2") + ""))
                .orThrow();
    }
}
