package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilerFitTest {
    @ParameterizedTest
    @CsvSource({
        "kernel-3.10.0-693.el7.src, 12.2.0, 4",
        "kernel-3.10.0-693.el7, 5.4.0, 4",
        "kernel-2.6.32-754.el6.src, 8.3.1, 4",
        "kernel-3.17.8-1.fc20.src, 5.1.0, 4",
        "kernel-3.18.1-1.src, 6.1.0, 5",
        "kernel-4.1.52-1.src, 7.5.0, 5",
    })
    void tooNewIsRefusedWithTheNewestThatWillDo(String nevra, String gcc, String newest) {
        assertThat(CompilerFit.objection(nevra, gcc))
                .get()
                .asString()
                .startsWith("gcc " + gcc + " is too new for " + nevra)
                .endsWith("build with gcc " + newest + " or older");
    }

    @ParameterizedTest
    @CsvSource({
        "kernel-3.10.0-693.el7.src, 4.8.5",
        "kernel-3.18.1-1.src, 5.4.0",
        "kernel-4.1.52-1.src, 4.9.2",
        "kernel-4.2.0-1.src, 12.2.0",
        "kernel-4.18.0-134.el8.src, 12.2.0",
        "kernel-6.1.192-2.src, 12.2.0",
        "kernel-ml-6.1.1-1.el7.elrepo.src, 12",
        "kernel-3.10.0-693.el7.src, ''",
        "kernel-3.10.0-693.el7.src, none",
        "kernel-1.0.7-3.src, 12.2.0",
        "kernel, 12.2.0",
    })
    void nothingElseIs(String nevra, String gcc) {
        assertThat(CompilerFit.objection(nevra, gcc)).isEmpty();
    }
}
