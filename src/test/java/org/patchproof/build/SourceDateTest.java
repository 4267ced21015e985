package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.srpm.Nevra;
import org.patchproof.srpm.RpmFileEntry;
import org.patchproof.srpm.UnpackedSource;

/** The time of a build, from its source package alone. */
class SourceDateTest {
    private static final int SPEC_FILE = 1 << 5;

    @ParameterizedTest
    @CsvSource({
        "* Mon Nov 23 2026 A B <a@b> - 1-1, 2026-11-23T12:00:00Z",
        "* Thu Jul  6 2017 A B <a@b> [3.10.0-693.el7], 2017-07-06T12:00:00Z",
        "* tue FEB 29 2028 A B, 2028-02-29T12:00:00Z",
        "* Mon Nov 23 08:15:00 CET 2026 A B, 2026-11-23T12:00:00Z",
    })
    void isNoonOfTheNewestEntry(String entry, String expected) {
        String spec =
                "* Mon Jan 1 1990 not in the changelog\n%changelog\n\n" + entry + "\n- x\n* Mon Jan 1 2001 older\n";
        assertThat(SourceDate.ofChangelog(spec)).contains(Instant.parse(expected));
    }

    @Test
    void skipsWhatIsNoDate() {
        assertThat(SourceDate.ofChangelog("%changelog\n* Mon Foo 23 2026 x\n* Fri Feb 30 2026 x\n* Mon Jan 1 2001 x\n"))
                .contains(Instant.parse("2001-01-01T12:00:00Z"));
        assertThat(SourceDate.ofChangelog("%changelog\n%include changes\n")).isEmpty();
        assertThat(SourceDate.ofChangelog("* Mon Jan 1 2001 x\n")).isEmpty();
    }

    @Test
    void withoutAnEntryIsTheTimeOfTheSpecInThePackage() {
        Instant packed = Instant.parse("2020-02-02T02:02:02Z");
        assertThat(SourceDate.of(bytes("%changelog\n"), source(Optional.of(packed))))
                .isEqualTo(packed);
        assertThat(SourceDate.of(bytes("%changelog\n* Mon Jan 1 2001 x\n"), source(Optional.of(packed))))
                .isEqualTo(Instant.parse("2001-01-01T12:00:00Z"));
        assertThatThrownBy(() -> SourceDate.of(bytes(""), source(Optional.empty())))
                .isInstanceOf(BuildTroubleException.class)
                .hasMessageContaining("has no date");
    }

    private static byte[] bytes(String spec) {
        return spec.getBytes(StandardCharsets.UTF_8);
    }

    private static UnpackedSource source(Optional<Instant> time) {
        RpmFileEntry spec =
                new RpmFileEntry("kernel.spec", 1, 0100644, time, Optional.empty(), Optional.empty(), SPEC_FILE);
        return new UnpackedSource(
                Path.of("top"),
                Path.of("top/SPECS/kernel.spec"),
                "0",
                new Nevra("kernel", java.util.OptionalLong.empty(), "1", "1", "src"),
                List.of(spec),
                List.of(),
                List.of());
    }
}
