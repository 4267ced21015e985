package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FedPatchTest {
    private static final String HEAD =
            "Name: kernel\nVersion: 6.1\nSource50: patch-%{version}.7.xz\nPatch1: a.patch\nPatch2: b.patch.xz\n%prep\n";

    private static Optional<FedPatch> of(String prep) {
        SpecFile spec = Specs.parse(HEAD + prep.replace("%NL%", "\n") + "\n");
        PrepCall call = spec.calls().stream()
                .filter(PrepCall::applies)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call: " + prep));
        return FedPatch.of(spec, call);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '^',
            value = {
                "xzcat %{SOURCE50} | patch -p1 -F1 -s ! patch-%{version}.7.xz 0 unpacked ! patch -p1 -F1",
                "xzcat %SOURCE50 | patch -s -p1 ! patch-%{version}.7.xz 0 unpacked ! patch -p1 -F2",
                "xz -dc < %{S:50}|patch -p 1 -F 0 ! patch-%{version}.7.xz 0 unpacked ! patch -p1 -F0",
                "gzip -dc $RPM_SOURCE_DIR/x.gz | patch -p1 ! x.gz 0 unpacked ! patch -p1 -F2",
                "bzcat %{_sourcedir}/x-%{version}.bz2 | patch --fuzz=1 -p1 ! x-%{version}.bz2 0 unpacked ! patch -p1 -F1",
                "zstdcat '%{PATCH2}' | patch -F 1 -p1 ; ! b.patch.xz 0 unpacked ! patch -p1 -F1",
                "%{__xz} -dc %{P:2} | patch -p1 ! b.patch.xz 0 unpacked ! patch -p1 -F2",
                "cat %{PATCH1} %{PATCH2} | patch -p1 ! a.patch 0, b.patch.xz 0 ! patch -p1 -F2",
                "patch -p1 -F1 < %{PATCH1} ! a.patch 0 ! patch -p1 -F1",
                "patch -s -F0 -E -p1 --no-backup-if-mismatch -i %{SOURCE50} ! patch-%{version}.7.xz 0 ! patch -p1 -F0",
                "xzcat %{SOURCE50} | patch -s -p0 -F1 ! patch-%{version}.7.xz 0 unpacked ! patch -p1 -F1",
                "git apply --index %{PATCH1} ! a.patch 0 ! git apply",
                "%if 1%NL%if [ -e x ]; then%NL%xzcat %{PATCH2} | patch -p1%NL%fi%NL%%endif ! b.patch.xz 2 unpacked ! patch -p1 -F2",
            })
    void whatALineApplies(String prep, String files, String rule) {
        FedPatch fed = of(prep).orElseThrow();
        String seen = fed.files().stream().map(f -> f.name() + " " + f.depth()).collect(Collectors.joining(", "));
        assertThat(seen + (fed.unpacks() ? " unpacked" : "")).isEqualTo(files);
        assertThat(fed.rule().words()).isEqualTo(rule);
        assertThat(fed.strip()).isEqualTo(prep.contains("-p0") ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xzcat %{SOURCE50} | sed s/a/b/ | patch -p1",
                "xzcat %{SOURCE50} | filterdiff -x y | patch -p1",
                "xzcat %{SOURCE50} | patch -p1 -R",
                "xzcat %{SOURCE50} | patch -p1 -l",
                "xzcat %{SOURCE50} | patch -Np1",
                "xzcat %{SOURCE50} | patch -p1 -d drivers",
                "xzcat %{SOURCE50} | patch -p1 -F3",
                "xzcat %{SOURCE50} | patch -p1 || :",
                "xzcat %{SOURCE51} | patch -p1",
                "cd x && xzcat %{SOURCE50} | patch -p1",
                "xzcat patches/x.xz | patch -p1",
                "./unwrap %{SOURCE50} | patch -p1",
                "patch -p1 < patches/x.patch",
                "patch -p1 --dry-run < %{PATCH1}",
                "git apply --reject %{PATCH1}",
                "git apply --exclude=x %{PATCH1}",
                "/usr/bin/patch -F 1 -p1 < other",
                "%{__patch} -sp1 < other",
                "cat > x <<EOF%NL%xzcat %{SOURCE50} | patch -p1%NL%EOF",
                "exit 0%NL%xzcat %{SOURCE50} | patch -p1",
            })
    void whatNobodyKnows(String prep) {
        assertThat(of(prep)).isEmpty();
    }
}
