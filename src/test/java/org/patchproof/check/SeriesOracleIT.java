package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.testing.FakeKernel;

/** Series in tarballs, as SUSE and openEuler have them, that change what ours stand on. */
class SeriesOracleIT {
    private static final Path FIXTURES = Path.of("src/test/resources/specfile");
    /** Both, in their order, make of the file what {@link PrepOracle#VENDOR} does. */
    private static final String FIRST = PrepOracle.VENDOR.replace("+\tr->owners", "+\tr->members");

    private static final String SECOND =
            PrepOracle.VENDOR.replaceFirst("(?s).*(?=--- a/net)", "").replace("-\tr->users", "-\tr->members");

    /** Guards as SUSE's decide. */
    private static final String GUARDS = """
            #!/usr/bin/perl
            my %symbols = map { $_ => 1 } @ARGV;
            while (<STDIN>) {
                s/(^|\\s+)#.*//;
                my @guards = ();
                for my $word (split) {
                    if ($word =~ /^[-+]/) { push @guards, $word; next; }
                    my $selected = 1;
                    if (@guards) {
                        $selected = ($guards[0] =~ /^-/);
                        for (@guards) {
                            /^([-+])(!?)(.*)/;
                            $selected = ($1 eq '+')
                                if $2 eq '!' ? !exists $symbols{$3} : $3 eq '' || exists $symbols{$3};
                        }
                    }
                    print "$word\\n" if $selected;
                }
            }
            """;

    @TempDir
    Path dir;

    private PrepOracle oracle;

    @BeforeEach
    void oracle() throws IOException {
        oracle = new PrepOracle(dir);
    }

    private String fixture(String name, String... files) throws IOException {
        for (String file : files) {
            Path to = oracle.sources().resolve(file);
            Files.copy(FIXTURES.resolve(name + "/sources/" + file), to, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return Files.readString(FIXTURES.resolve(name + "/kernel.spec")).replaceAll("\\b6\\.1\\b(?!\\.0)", "1.0.7");
    }

    private void series(String text) throws IOException {
        Files.writeString(oracle.sources().resolve("series.conf"), text);
    }

    private void tarball(String name, String... filesAndTexts) throws IOException {
        for (int i = 0; i < filesAndTexts.length; i += 2) {
            Path file = dir.resolve("stage-" + name).resolve(filesAndTexts[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, filesAndTexts[i + 1]);
        }
        oracle.tool("tar -C ../../../stage-" + name + " -caf " + name + " .");
    }

    private String suse(String ending) throws IOException {
        String spec = fixture("suse", "apply-patches", "guards").replace(".tar.gz\nSource101", ending + "\nSource101");
        tarball("patches.suse" + ending, "patches.suse/a.patch", FIRST, "patches.suse/never.patch", "--- a/x\n");
        tarball("patches.drivers.tar.gz", "patches.drivers/b.patch", SECOND);
        series("# all\n\tpatches.suse/a.patch\n+no patches.suse/not-here.patch\n\tpatches.drivers/b.patch\n");
        return spec;
    }

    private String euler() throws IOException {
        String spec = fixture("openeuler-series", "apply-patches", "guards");
        tarball("patches.tar.gz", "patches/a.patch", FIRST, "patches/b.patch", SECOND);
        series("# all\npatches/a.patch\npatches/b.patch\n");
        return spec;
    }

    private Path srpm(String spec) throws IOException {
        return FakeKernel.srpm(oracle.home(), spec);
    }

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"})
    void suse_s(String ending) throws Exception {
        Path srpm = srpm(suse(ending));
        oracle.asRpmbuildDoes(srpm);
        assertThat(oracle.check(srpm, PrepOracle.OURS[1]).notes())
                .containsExactly(
                        "after the vendor's patches.suse/a.patch, which touches the same files",
                        "after the vendor's patches.drivers/b.patch, which touches the same files");
    }

    @Test
    void openEuler_s() throws Exception {
        oracle.asRpmbuildDoes(srpm(euler()));
    }

    @Test
    void openEuler_sWithATarOfItsOwn() throws Exception {
        String spec = euler().replace("-a 9998 -c\n", "-c\ntar -xzf %{SOURCE9998}\n");
        oracle.asRpmbuildDoes(srpm(spec));
    }

    @Test
    void theLaterTarballsFileCounts() throws Exception {
        String spec = suse(".tar.gz");
        tarball("patches.drivers.tar.gz", "patches.suse/a.patch", PrepOracle.VENDOR, "patches.drivers/b.patch", "");
        series("patches.suse/a.patch\n");
        oracle.asRpmbuildDoes(srpm(spec));
    }

    @ParameterizedTest
    @CsvSource({"RT, +RT, -RT", "'', -RT, +RT", "RT x, +!y, -", "RT, -RT +RT, +RT -"})
    void guardsDecideBySymbolsThatTheSpecSets(String symbols, String in, String out) throws Exception {
        String spec = suse(".tar.gz").replace("SYMBOLS=\n", "SYMBOLS=\"" + symbols + "\"\n");
        Files.writeString(oracle.sources().resolve("guards"), GUARDS);
        String script = Files.readString(oracle.sources().resolve("apply-patches"))
                .replace("patches=$2\n", "patches=$2\nshift 2\n")
                .replace("/guards <", "/guards \"$@\" <");
        Files.writeString(oracle.sources().resolve("apply-patches"), script);
        series(in + " patches.suse/a.patch\n" + out + " patches.suse/never.patch\n" + in
                + " patches.drivers/b.patch # why\n" + out + " patches.drivers/b.patch\n");
        oracle.asRpmbuildDoes(srpm(spec));
    }

    /** In the manner of SUSE's kernel-source.spec. */
    private String sourcesOnly(String line) throws IOException {
        String call = "%_sourcedir/apply-patches %_sourcedir/series.conf .. $SYMBOLS\n";
        String spec = suse(".tar.gz");
        assertThat(spec).contains(call, "%install\n");
        String vanilla = "%_sourcedir/apply-patches --vanilla %_sourcedir/series.conf ..\n";
        return spec.replace(call, "")
                .replace("%install\n", "%install\n" + vanilla + "cd ../linux-1.0.7\n" + line + "\n");
    }

    @Test
    void whereSourcesAreOnlyPackedTheSeriesIsFollowedAndOursRefused() throws Exception {
        Path srpm = srpm(sourcesOnly("%_sourcedir/apply-patches %_sourcedir/series.conf .."));
        for (String ours : PrepOracle.OURS) {
            KernelReport report = oracle.check(srpm, ours);
            assertThat(report.refusal())
                    .hasValueSatisfying(r -> assertThat(r.remedy()).contains("kernel-default.spec"));
            assertThat(report.applies()).isFalse();
            assertThat(report.preflight().applies()).isEqualTo(ours.equals(PrepOracle.OURS[1]));
            assertThat(report.notes().get(0))
                    .contains(
                            "applies a series to sources that are only packed",
                            "what stands below was tried behind it");
        }
    }

    @Test
    void whereSourcesAreOnlyPackedInAWayThatIsNotUnderstoodThatIsSaid() throws Exception {
        Path srpm = srpm(sourcesOnly("%_sourcedir/apply-patches $SERIES .."));
        KernelReport report = oracle.check(srpm, PrepOracle.OURS[0]);
        assertThat(report.refusal()).isPresent();
        assertThat(report.notes()).singleElement().asString().contains("how is not understood", "a tree without it");
    }

    private String unfollowed(String spec) throws Exception {
        KernelReport report = oracle.check(srpm(spec), PrepOracle.OURS[0]);
        assertThat(report.applies()).as(report.notes().toString()).isFalse();
        assertThat(report.known()).as(report.notes().toString()).isFalse();
        oracle.tool("rm -r ../SRPMS");
        return String.join("\n", report.unfollowed());
    }

    @Test
    void whatIsNotSureIsSaid() throws Exception {
        String spec = suse(".tar.gz");
        series("+x patches.suse/a.patch\n");
        assertThat(unfollowed(spec)).contains("patches.suse/a.patch", "symbols decide in series.conf", "+x");
        series("patches.suse/gone.patch\n");
        assertThat(unfollowed(spec)).contains("lists 1 patches that are in none", "patches.suse/gone.patch");
        series("patches.suse/../../x.patch\n");
        assertThat(unfollowed(spec)).contains("a line that is not understood: patches.suse/../../x.patch");
        series("patches.drivers/b.patch\n");
        assertThat(unfollowed(spec)).contains("patches.drivers/b.patch", "not understood wholly");
        series("patches.suse/a.patch\n");
        oracle.tool("cp apply-patches kept; echo 'sed -i s/users/owners/ net/ipv4/route.c' >> apply-patches");
        assertThat(unfollowed(spec)).contains("apply-patches %_sourcedir/series.conf");
        oracle.tool("mv kept apply-patches");
        oracle.tool("mkdir -p t/patches.suse; ln -s /etc/passwd t/patches.suse/a.patch;"
                + " tar -C t -czf patches.drivers.tar.gz patches.suse");
        assertThat(unfollowed(spec)).contains("a link or a folder by the name of a patch");
        oracle.tool("echo no > patches.drivers.tar.gz");
        assertThat(unfollowed(spec)).contains("patches.drivers.tar.gz is no tarball");
        tarball("patches.drivers.tar.gz", "patches.addon/series", "x\n");
        assertThat(unfollowed(spec)).contains("a series of its own");
    }
}
