package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.testing.CpioWriter;
import org.patchproof.testing.RpmBuilder;

/** What a person gets who makes a mistake with {@code unpack}: what is wrong, where, and what to do. */
class UnpackMistakesTest {
    @TempDir
    Path folder;

    private final CommandBench bench = new CommandBench();

    @BeforeEach
    void setUp() throws IOException {
        byte[] good = RpmBuilder.demo().build();
        write("good.src.rpm", good);
        write("cut.src.rpm", Arrays.copyOf(good, good.length - 10));
        write("half.src.rpm", Arrays.copyOf(good, 200));
        byte[] flipped = good.clone();
        flipped[good.length - 20] ^= 1;
        write("flipped.src.rpm", flipped);
        write("binary.rpm", RpmBuilder.binary().file("/boot/vmlinuz", "x").build());
        write("outside.src.rpm", RpmBuilder.demo().file("../outside", "x").build());
        write(
                "link.src.rpm",
                RpmBuilder.demo().item("x", 0120777, 0, new byte[] {'y'}).build());
        write("lie.src.rpm", RpmBuilder.demo().archive(more()).build());
        write("two.src.rpm", RpmBuilder.demo().spec("b.spec", "x").build());
        write("rar.src.rpm", RpmBuilder.demo().main(h -> h.string(1125, "rar")).build());
        write(
                "page.src.rpm",
                "<html>404 not found, but long enough to be one ...............".getBytes(StandardCharsets.US_ASCII));
        write("empty.src.rpm", new byte[0]);
        write("note.asc", "no key".getBytes(StandardCharsets.US_ASCII));
        write("key.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----".getBytes(StandardCharsets.US_ASCII));
        Files.createDirectory(folder.resolve("there"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
    }

    private static CpioWriter more() {
        return new CpioWriter()
                .named("demo.spec", RpmBuilder.REGULAR, "Name: demo\n".getBytes(StandardCharsets.UTF_8))
                .named("evil.sh", RpmBuilder.REGULAR, new byte[] {'x'})
                .trailer();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static Arguments row(String args, String... words) {
        return Arguments.of(args, List.of(words));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                row("", "Missing required", "SRPM", "unpack --help"),
                row("good.src.rpm", "Missing required option", "--out=DIR"),
                row("nothere.src.rpm -C new", "nothere.src.rpm: no such file", "Name a source RPM."),
                row("there -C new", "there: is no regular file", "Name a source RPM."),
                row("good.src.rpm -C there", "there: is there already", "Name a folder that is not."),
                row("good.src.rpm -C note.asc/new", "note.asc", "is no folder"),
                row("good.src.rpm -C dangling", "dangling: is a link to what is not there", "Remove it"),
                row("good.src.rpm --out=", "-C has no folder's name", "Name a folder"),
                row("page.src.rpm -C new", "not an RPM file", "Copy it again"),
                row("empty.src.rpm -C new", "not an RPM file: it has only 0 bytes"),
                row("half.src.rpm -C new", "the file ends inside", "Copy it again"),
                row("flipped.src.rpm -C deep/down/new", "is not as it was written"),
                row("cut.src.rpm -C new", "the file is cut short: 10 bytes are missing", "Copy it again"),
                row("flipped.src.rpm -C new", "is not as it was written", "Copy it again"),
                row("binary.rpm -C new", "is a binary package", "ends in .src.rpm"),
                row("outside.src.rpm -C new", "'../outside' is no bare file name: it could be written outside"),
                row("link.src.rpm -C new", "is a symbolic link; a source package holds regular files only"),
                row("lie.src.rpm -C new", "holds the file evil.sh, which its header does not list"),
                row("two.src.rpm -C new", "it has 2 spec files, not one"),
                row("rar.src.rpm -C new", "compressed by 'rar'", "Repack it"),
                row("good.src.rpm -C new --key nothere.asc", "nothere.asc: no such file", "vendor's public key"),
                row("good.src.rpm -C new --key note.asc", "note.asc: holds no public key", "BEGIN PGP PUBLIC KEY"),
                row("good.src.rpm -C new --kay key.asc", "there is no option '--kay'", "Did you mean --key"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void mistakes(String args, List<String> words) throws IOException {
        List<String> before = files();
        assertThat(bench.run(located(args))).isEqualTo(2);
        assertThat(bench.err()).contains(words).doesNotContain("\tat ", "mistake in patchproof");
        assertThat(bench.out()).isEmpty();
        assertThat(files()).as("what lies in the folder").isEqualTo(before);
    }

    @Test
    void anUnsignedPackageIsNotTheVendors() {
        bench.runner.answer("rpmkeys", 0, "    MD5 digest: OK\n");
        assertThat(bench.run(located("good.src.rpm -C new --key key.asc"))).isEqualTo(2);
        assertThat(bench.err()).contains("good.src.rpm: it is not signed");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    /** Nobody can have one package verified and another unpacked. */
    @Test
    void aPackageThatIsExchangedBehindItsVerificationIsRefused() throws IOException {
        AtomicInteger times = new AtomicInteger();
        bench.runner.answer("rpmkeys", 0, "    Header V4 RSA/SHA512 Signature, key ID 75831040: OK\n");
        assertThat(bench.run(located("good.src.rpm -C verified --key key.asc"))).isZero();
        bench.runner.on("rpmkeys", () -> {
            try {
                String other = "x".repeat(times.incrementAndGet());
                write("good.src.rpm", RpmBuilder.demo().file("evil.sh", other).build());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(bench.run(located("good.src.rpm -C new --key key.asc"))).isEqualTo(2);
        assertThat(bench.err()).contains("good.src.rpm: it is not the file any more that was looked at before");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void withoutRpmkeysItIsOurTrouble() {
        assertThat(bench.run(located("good.src.rpm -C new --key key.asc"))).isEqualTo(4);
        assertThat(bench.err()).contains("rpmkeys", "patchproof doctor");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void theSignerIsShownVerifiedOrNot() {
        assertThat(bench.run(located("good.src.rpm -C new"))).isZero();
        assertThat(bench.out()).contains("signed    no\n", "verified  Header SHA256", "spec      ");
        bench.runner.answer("rpmkeys", 0, "    Header V4 RSA/SHA256 Signature, key ID fd431d51: OK\n");
        assertThat(bench.run(located("good.src.rpm -C other --key key.asc --json")))
                .isZero();
        assertThat(bench.out()).contains("Header V4 RSA/SHA256 Signature, key ID fd431d51\"");
    }

    private String[] located(String args) {
        Stream<String> words = Arrays.stream(args.split(" "))
                .filter(w -> !w.isEmpty())
                .map(w -> w.startsWith("-") ? w : folder.resolve(w).toString());
        return Stream.concat(Stream.of("unpack"), words).toArray(String[]::new);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(p -> p + " " + p.toFile().length()).sorted().toList();
        }
    }
}
