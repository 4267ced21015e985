package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.patch.ApplyRule;

class SeriesPlanTest {
    private static final String GUARDS = "$selected = ($guards[0] =~ /^-/);\n";

    /** In the manner of SUSE's. */
    private static final String SCRIPT = """
            #!/bin/sh
            # Applies a series.
            USAGE="$0 [--vanilla] <series.conf> <patchdir> [symbol ...]"

            set -e
            vanilla=false
            if test "$1" == "--vanilla"; then
            \tvanilla=true
            \tshift
            fi
            if test $# -lt 2; then
            \techo "$USAGE" >&2
            \texit 1
            fi
            DIR="${0%/*}"
            LIST=$1
            HOME_DIR=$2
            shift 2
            trap 'rm -f "$series"' EXIT
            series=$(mktemp)
            cp "$LIST" "$series"
            if ! $vanilla && test -e "$HOME_DIR/patches.addon/series"; then
            \tsed -r 's|^x|y|' \\
            \t\t"$HOME_DIR/patches.addon/series" >>"$series"
            fi
            (
            \techo "trap 'echo \\"*** patch \\$_ failed ***\\"' ERR"
            \techo "set -ex"
            \t"$DIR"/guards "$@" <"$series" | \\
            \tif $vanilla; then
            \t\tegrep '^patches\\.(kernel\\.org|rpmify)/'
            \telse
            \t\tcat
            \tfi |\\
            \tsed "s|^|patch -s -F0 -E -p1 --no-backup-if-mismatch -i $HOME_DIR/|"
            ) | sh
            """;

    private static final String HEAD = """
            Name: kernel
            Version: 6.1
            Source0: linux-%{version}.tar.xz
            Source31: apply-patches
            Source32: series.conf
            Source100: patches.a.tar.bz2
            Source101: patches.b-%{version}.tar.bz2
            %prep
            %setup -q -c -T -a 0 -a 101
            tar -xf %{SOURCE100}
            cd linux-%{version}
            """;

    private static List<SeriesPlan> of(String prep, String script) {
        Map<String, String> files = Map.of("apply-patches", script, "guards", GUARDS);
        return SeriesPlan.of(SpecFile.parse(
                "kernel.spec",
                (HEAD + prep.replace("%NL%", "\n") + "\n").getBytes(StandardCharsets.UTF_8),
                name -> Optional.ofNullable(files.get(name)).map(t -> t.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<SeriesPlan> of(String prep) {
        return of(prep, SCRIPT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "%_sourcedir/apply-patches %_sourcedir/series.conf .. ! []",
                "sh %{SOURCE31} %{SOURCE32} %my_builddir ! []",
                "bash %{_sourcedir}/apply-patches %{SOURCE32} .. RT x86_64 ! [RT, x86_64]",
                "SYMBOLS=%NL%%_sourcedir/apply-patches %_sourcedir/series.conf .. $SYMBOLS ! []",
                "SYMBOLS=\"RT x\"%NL%%_sourcedir/apply-patches series.conf .. ${SYMBOLS} ! [RT, x]",
                "S=%NL%S=$(cat x)%NL%%_sourcedir/apply-patches series.conf .. $S ! unknown",
                "%_sourcedir/apply-patches series.conf .. $SYMBOLS ! unknown",
                "%_sourcedir/apply-patches series.conf .. %symbols ! unknown",
            })
    void whatALineDoes(String prep, String symbols) {
        SeriesPlan plan = of(prep).get(0);
        assertThat(plan.series()).isEqualTo("series.conf");
        assertThat(plan.tarballs()).containsExactly("linux-6.1.tar.xz", "patches.b-6.1.tar.bz2", "patches.a.tar.bz2");
        assertThat(plan.rule()).isEqualTo(ApplyRule.gnuPatch(0));
        assertThat(plan.guarded()).isTrue();
        assertThat(plan.symbols()
                        .map(s -> s.stream().sorted().toList().toString())
                        .orElse("unknown"))
                .isEqualTo(symbols);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%_sourcedir/apply-patches --vanilla %_sourcedir/series.conf ..",
                "%_sourcedir/apply-patches %_sourcedir/series.conf %_sourcedir",
                "%_sourcedir/apply-patches %_sourcedir/series.conf %{_sourcedir}/patches",
                "%_sourcedir/apply-patches %_sourcedir/series.conf .. || :",
                "%_sourcedir/apply-patches <(cat series.conf) ..",
                "%_sourcedir/other %_sourcedir/series.conf ..",
                "./unknown/apply-patches series.conf ..",
                "%_sourcedir/apply-patches %_sourcedir/series-%{unknown}.conf ..",
                "quilt push -a series.conf ..",
                "if [ -e x ]; then%NL%%_sourcedir/apply-patches series.conf ..%NL%fi",
                "sed -i s/a/b/ series.conf",
            })
    void whatNobodyKnows(String prep) {
        assertThat(of(prep)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '^',
            value = {
                "-F0 ! -F3",
                "-F0 ! -R",
                "-F0 ! -l",
                "-p1 ! -p0",
                "shift 2 ! rm -rf x",
                "shift 2 ! HOME_DIR=/elsewhere",
                "shift 2 ! sed -i s/a/b/ net/ipv4/route.c",
                "shift 2 ! sed -i 's/a/b/' $LIST",
                "shift 2 ! echo more >> series",
                "shift 2 ! echo \"$(rm x)\"",
                "shift 2 ! patch -p1 -i other.patch",
                "\tif $vanilla; then ! \tif true; then",
                "\t\tcat ! \t\tgrep x",
                "$@ ! --invert-match",
                ") | sh ! ) | sed s/x/y/ | sh",
                "series=$(mktemp) ! series=$(make)",
            })
    void aScriptThatDoesAnythingElseIsNotUnderstood(String what, String by) {
        assertThat(SCRIPT).contains(what);
        assertThat(of("%_sourcedir/apply-patches series.conf ..", SCRIPT.replace(what, by)))
                .as(by)
                .isEmpty();
    }

    @Test
    void theFuzzIsTheScripts() {
        assertThat(of("%_sourcedir/apply-patches series.conf ..", SCRIPT.replace("-F0", "-F1"))
                        .get(0)
                        .rule())
                .isEqualTo(ApplyRule.gnuPatch(1));
        assertThat(of("%_sourcedir/apply-patches series.conf ..", SCRIPT.replace("-F0 ", ""))
                        .get(0)
                        .rule())
                .isEqualTo(ApplyRule.gnuPatch(2));
    }

    @Test
    void theFixturesAreUnderstood() {
        SeriesPlan suse = SeriesPlan.of(Specs.fixture("suse")).get(0);
        assertThat(suse)
                .isEqualTo(new SeriesPlan(
                        "series.conf",
                        List.of("linux-6.1.tar.gz", "patches.suse.tar.gz", "patches.drivers.tar.gz"),
                        ApplyRule.gnuPatch(0),
                        true,
                        Optional.empty()));
        SeriesPlan euler = SeriesPlan.of(Specs.fixture("openeuler-series")).get(0);
        assertThat(euler)
                .isEqualTo(new SeriesPlan(
                        "series.conf", List.of("patches.tar.gz"), ApplyRule.gnuPatch(0), false, Optional.empty()));
    }

    @Test
    void ofGuardsThatAreNotSusesNobodyKnowsWhatTheyDecide() {
        SpecFile spec = SpecFile.parse(
                "kernel.spec",
                (HEAD + "%_sourcedir/apply-patches series.conf ..\n").getBytes(StandardCharsets.UTF_8),
                name -> Optional.of((name.equals("guards") ? "#!/bin/sh\n" : SCRIPT).getBytes(StandardCharsets.UTF_8)));
        assertThat(SeriesPlan.of(spec).get(0).symbols()).isEmpty();
        assertThat(SeriesPlan.scripts(spec)).containsExactly("apply-patches", "guards");
    }

    private static String series(String text, boolean guarded, String symbols) {
        Optional<Set<String>> known = symbols.equals("?") ? Optional.empty() : Optional.of(Set.of(symbols.split(" ")));
        SeriesPlan plan = new SeriesPlan("series.conf", List.of(), ApplyRule.gnuPatch(0), guarded, known);
        SeriesConf conf = SeriesConf.parse(text.replace("%NL%", "\n").replace("%TAB%", "\t"), plan);
        StringBuilder seen = new StringBuilder();
        conf.entries().forEach(e -> seen.append(e.patch()).append(e.guards().isEmpty() ? " " : e.guards() + " "));
        conf.odd().ifPresent(line -> seen.append("odd: ").append(line));
        return seen.toString().strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# all%NL%%TAB%p/a.patch # why%NL%%NL%p/b.patch @ p/a.patch p/b.patch",
                "p/a.patch p/b.patch @ p/a.patch p/b.patch",
                "+x p/a.patch%NL%-x p/b.patch%NL%p/c.patch @ p/b.patch p/c.patch",
                "- p/a.patch%NL%p/b.patch @ p/b.patch",
            })
    void withoutSymbolsOfOurs(String line) {
        String[] cells = line.split(" @ ");
        assertThat(series(cells[0], true, "none")).isEqualTo(cells[1].strip());
    }

    @ParameterizedTest
    @CsvSource({
        "+x p, x, p",
        "+x p, y, ''",
        "-x p, x, ''",
        "-x p, y, p",
        "+!x p, y, p",
        "-!x p, y, ''",
        "+x -y p, x y, ''",
        "-x +y p, x y, p",
        "- p, x, ''",
        "- +x p, x, p",
        "+x p, ?, p[+x]",
        "+x -y p, ?, 'p[+x, -y]'",
        "- p, ?, ''",
        "../p, x, odd: ../p",
        "/p, x, odd: /p",
        "a/../p, x, odd: a/../p",
        "./p, x, odd: ./p",
        "$x, x, odd: $x",
        "p;q, x, odd: p;q",
        "p \\\\, x, p odd: p \\\\",
        "+x;y p, x, odd: +x;y p",
    })
    void guardsDecide(String line, String symbols, String entries) {
        assertThat(series(line, true, symbols)).isEqualTo(entries);
    }

    @ParameterizedTest
    @CsvSource({
        "p/a.patch%NL%p/b.patch, p/a.patch p/b.patch",
        "#p/a.patch%NL%p/b.patch, p/b.patch",
        "+x p, odd: +x p",
        "p q, p q odd: p q",
        "%TAB%p, p odd: p",
    })
    void withoutGuardsALineIsAPatch(String text, String entries) {
        assertThat(series(text, false, "?")).isEqualTo(entries);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSeriesOfBlanksOrOfGuardsIsReadSoon() {
        SeriesPlan plan = new SeriesPlan("series.conf", List.of(), ApplyRule.gnuPatch(0), true, Optional.empty());
        assertThat(SeriesConf.parse(" ".repeat(400_000) + "x", plan).odd()).isPresent();
        assertThat(SeriesConf.parse("a.patch\n" + "+a ".repeat(400_000) + "b.patch", plan)
                        .odd())
                .isPresent();
        SeriesConf long4k = SeriesConf.parse("+a ".repeat(1000) + "b.patch ".repeat(100), plan);
        assertThat(long4k.odd()).isEmpty();
        assertThat(long4k.entries()).hasSize(100);
        assertThat(long4k.entries().get(0).guards())
                .isSameAs(long4k.entries().get(99).guards());
    }
}
