package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchproof.plan.VariantRole;
import org.patchproof.report.LiveProgress;
import org.patchproof.report.PlainProgress;
import org.patchproof.report.Style;
import org.patchproof.verdict.Verdict.Word;

class ScreenTest {

    @Test
    void colourIsForTerminalsThatWantIt() {
        assertThat(style(Screen.Kind.TERMINAL, Map.of("TERM", "xterm"))).isEqualTo(Style.COLOUR);
        assertThat(style(Screen.Kind.TERMINAL, Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isEqualTo(Style.COLOUR);
        assertThat(style(Screen.Kind.TERMINAL, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isEqualTo(Style.PLAIN);
        assertThat(style(Screen.Kind.TERMINAL, Map.of("TERM", "dumb"))).isEqualTo(Style.PLAIN);
        assertThat(style(Screen.Kind.PIPE, Map.of("TERM", "xterm"))).isEqualTo(Style.PLAIN);
    }

    @Test
    void redrawnLinesAreForTerminals() {
        assertThat(new CommandBench(Screen.Kind.TERMINAL, Map.of("TERM", "xterm", "COLUMNS", "120"))
                        .screen()
                        .progress())
                .isInstanceOf(LiveProgress.class);
        assertThat(new CommandBench().screen().progress()).isInstanceOf(PlainProgress.class);
    }

    @Test
    void theTableIsColouredOnATerminalOnly() {
        CommandBench terminal = new CommandBench(Screen.Kind.TERMINAL, Map.of("TERM", "xterm"));
        terminal.verifier.says("control", VariantRole.CONTROL, Word.REPRODUCED);
        terminal.verify();
        assertThat(terminal.out()).contains("\u001b[1;32mREPRODUCED");
        CommandBench refused = new CommandBench(Screen.Kind.TERMINAL, Map.of("TERM", "xterm", "NO_COLOR", "1"));
        refused.verifier.says("control", VariantRole.CONTROL, Word.REPRODUCED);
        refused.verify();
        assertThat(refused.out()).contains("REPRODUCED").doesNotContain("\u001b");
    }

    private static Style style(Screen.Kind kind, Map<String, String> environment) {
        return new CommandBench(kind, environment).screen().style();
    }
}
