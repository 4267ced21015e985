package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where %prep begins and ends, in what rpmspec prints. */
class PrepScriptTest {
    @Test
    void isWhatStandsBetweenItsHeadAndTheNextSection() {
        String spec = "Name: k\n%description\ntext\n%prep\none\n%build\ntwo\n%install\nthree\n%changelog\n";
        String marked = PrepScript.mark(spec);
        assertThat(marked).startsWith("Name: k\n%description\ntext\n: patchproof-end-of-section\n%prep\none\n");
        // rpm 4.18 leaves the head of %build out.
        assertThat(PrepScript.cut(marked.replace("%build\n", ""))).isEqualTo("one\n");
    }

    @Test
    void goesOnWhereItBeginsAgain() {
        String marked = PrepScript.mark("%description\n%prep\none\n%build\nx\n%prep\ntwo\n%files\ny\n");
        assertThat(PrepScript.cut(marked)).isEqualTo("one\ntwo\n");
        assertThat(PrepScript.cut("no section\n")).isEmpty();
    }
}
