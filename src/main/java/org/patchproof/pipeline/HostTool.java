package org.patchproof.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/**
 * A program or a library that a run uses, found by asking it.
 *
 * @param name for people
 * @param question the command that succeeds where it is there
 * @param debian the package that brings it there; empty where there is none
 * @param fedora the package that brings it there
 * @param otherwise what it is when it is not there
 * @param why what it is for
 */
record HostTool(String name, List<String> question, String debian, String fedora, Check.State otherwise, String why) {

    private static final Pattern VERSION = Pattern.compile("\\b\\d+(\\.\\d+)+[^\\s)]*");
    private static final int SEEN_LIMIT = 60;

    /** All of them, in the order in which a run comes to need them. */
    static final List<HostTool> ALL = List.of(
            program("rpmbuild", "--version", "rpm", "rpm-build", "builds the packages"),
            program("rpm", "--version", "rpm", "rpm", "reads what was built"),
            program("patch", "--version", "patch", "patch", "applies patches as a spec does"),
            program("git", "--version", "git", "git", "applies patches as newer specs do"),
            program("gcc", "--version", "gcc", "gcc", "compiles kernels"),
            program("make", "--version", "make", "make", "builds kernels"),
            program("bc", "--version", "bc", "bc", "is called by a kernel's build"),
            program("bison", "--version", "bison", "bison", "is called by a kernel's build"),
            program("flex", "--version", "flex", "flex", "is called by a kernel's build"),
            program("cpio", "--version", "cpio", "cpio", "is called by a kernel's build"),
            program("rsync", "--version", "rsync", "rsync", "is called by a kernel's build"),
            program("kmod", "--version", "kmod", "kmod", "is called by a kernel's build"),
            program("xz", "--version", "xz-utils", "xz", "unpacks kernel sources"),
            program("readelf", "--version", "binutils", "binutils", "reads a kernel's build id"),
            header("libelf headers", "gelf.h", "libelf-dev", "elfutils-libelf-devel"),
            header("openssl headers", "openssl/ssl.h", "libssl-dev", "openssl-devel"),
            program("qemu-system-x86_64", "--version", "qemu-system-x86", "qemu-system-x86-core", "runs guests"),
            program("qemu-img", "--version", "qemu-utils", "qemu-img", "makes disks that are thrown away"),
            program("prlimit", "--version", "util-linux", "util-linux", "bounds the memory that a machine may take"),
            program("mke2fs", "-V", "e2fsprogs", "e2fsprogs", "makes file systems"),
            program("debugfs", "-V", "e2fsprogs", "e2fsprogs", "reads a guest's disk without mounting it"),
            program("debootstrap", "--version", "debootstrap", "debootstrap", "makes Debian guests"),
            release("gpg", "gnupg", "gnupg2", "signs releases"),
            release("rpmsign", "rpm", "rpm-sign", "signs a release's packages"),
            release("createrepo_c", "createrepo-c", "createrepo_c", "makes a release's repository"),
            new HostTool(
                    "ccache",
                    List.of("ccache", "--version"),
                    "ccache",
                    "ccache",
                    Check.State.WARNING,
                    "makes the second build of a kernel some five times faster"));

    /** What builds the kernels whose YAML says {@code root: container}. */
    static HostTool podman(String kernels) {
        return new HostTool(
                "podman",
                List.of("podman", "--version"),
                "podman",
                "podman",
                Check.State.WARNING,
                "builds " + kernels + ", as the YAML says");
    }

    /** What builds the kernels whose YAML says {@code root: mock}; Debian has none. */
    static HostTool mock(String kernels) {
        return new HostTool(
                "mock",
                List.of("mock", "--version"),
                "",
                "mock",
                Check.State.WARNING,
                "builds " + kernels + ", as the YAML says");
    }

    HostTool {
        question = List.copyOf(question);
    }

    private static HostTool program(String name, String option, String debian, String fedora, String why) {
        return new HostTool(name, List.of(name, option), debian, fedora, Check.State.MISSING, why);
    }

    /** What only a release takes: a host that proves can do without. */
    private static HostTool release(String name, String debian, String fedora, String why) {
        return new HostTool(name, List.of(name, "--version"), debian, fedora, Check.State.WARNING, why);
    }

    /** The compiler itself says whether it finds a header, on whatever distribution. */
    private static HostTool header(String name, String file, String debian, String fedora) {
        return new HostTool(
                name,
                List.of("gcc", "-fsyntax-only", "-include", file, "-x", "c", "/dev/null"),
                debian,
                fedora,
                Check.State.MISSING,
                "a kernel's build tools include " + file);
    }

    /** Asks. */
    Check ask(CommandRunner runner) {
        CommandResult answer = runner.run(Command.of(question));
        Map<DistroFamily, String> packages = debian.isEmpty()
                ? Map.of(DistroFamily.FEDORA, fedora)
                : Map.of(DistroFamily.DEBIAN, debian, DistroFamily.FEDORA, fedora);
        if (answer.ok()) {
            return new Check(name, Check.State.OK, seen(answer.output()), "", packages);
        }
        String seen = answer.ending() == CommandResult.Ending.NOT_STARTED ? "not found" : failed(answer);
        return new Check(
                name,
                otherwise,
                seen,
                "It " + (why.startsWith("a kernel") ? "is needed: " + why : why) + ". Install "
                        + (debian.isEmpty() ? "" : debian + " (Debian) or ") + fedora + " (Fedora)."
                        + (debian.isEmpty() ? " Elsewhere say root: container." : ""),
                packages);
    }

    private static String failed(CommandResult answer) {
        return answer.reason()
                + answer.output()
                        .lines()
                        .findFirst()
                        .map(l -> ": " + shortened(l))
                        .orElse("");
    }

    private static String seen(String output) {
        Optional<String> first = output.lines().filter(line -> !line.isBlank()).findFirst();
        Matcher version = VERSION.matcher(first.orElse(""));
        return version.find() ? version.group() : first.map(HostTool::shortened).orElse("found");
    }

    private static String shortened(String line) {
        return line.length() <= SEEN_LIMIT ? line : line.substring(0, SEEN_LIMIT);
    }
}
