package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.process.LeashedRunner;
import org.patchproof.release.VersionOrder.Evr;
import org.patchproof.release.VersionOrder.Row;

/** As rpm itself compares. */
class VersionOrderIT {
    private static final VersionOrder ORDER = new VersionOrder(new LeashedRunner());

    @ParameterizedTest
    @CsvSource({
        "693.el7, 693.el7.netdev_leak, true",
        "693.el7, 693.netdev_leak.el7, true",
        "693.el7, 693.aaa.el7, false",
        "693.5.2.el7, 693.5.2.el7.fix, true",
        "3, 3.fix, true",
        "3, 3.1, false",
        "3, 3, false",
        "2~rc1, 2~rc1.fix, true"
    })
    void oursIsBetweenTheBrokenAndTheNext(String broken, String ours, boolean holds) {
        List<Row> rows = ORDER.table(evr(broken), evr(ours), List.of());
        assertThat(rows).hasSizeGreaterThanOrEqualTo(3);
        assertThat(rows.stream().allMatch(Row::holds)).as("%s", rows).isEqualTo(holds);
    }

    @Test
    void aKernelThatIsNamedIsAskedToo() {
        List<Row> rows = ORDER.table(evr("693.el7"), evr("693.el7.fix"), List.of(evr("693.el7.a")));
        assertThat(rows).extracting(Row::holds).containsExactly(true, false, true, true);
        assertThat(rows.get(1).toString()).contains("3.10.0-693.el7.fix > 3.10.0-693.el7.a", "WRONG");
    }

    @Test
    void theEpochDecidesFirst() {
        Evr old = new Evr(OptionalLong.of(1), "1.0", "1");
        assertThat(ORDER.table(old, evr("9"), List.of()).get(0).holds()).isFalse();
    }

    @Test
    void nothingGetsIntoTheQuestionThatIsNoVersion() {
        assertThatThrownBy(() -> new Evr(OptionalLong.empty(), "1')) os.exit('", "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Evr evr(String release) {
        return new Evr(OptionalLong.empty(), "3.10.0", release);
    }
}
