package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchproof.verdict.Verdict.Word;

class MarkdownSummaryTest {

    @Test
    void onlyWhatIsFixedGetsATrailerAndItNamesTheBundle() {
        assertThat(MarkdownSummary.trailersOf(Samples.everyVerdict()))
                .containsExactly(
                        "Tested-by: patchproof # linux-6.1 fixed: control 3/3 with 5 exposures, candidate 0/3 with 12"
                                + " exposures",
                        "Patchproof-bundle: sha256:" + "9".repeat(64));
    }

    @Test
    void withoutAFixThereIsNoTrailer() {
        Findings all = Samples.everyVerdict();
        List<Findings.Cell> cells = all.cells().stream()
                .map(cell -> new Findings.Cell(
                        cell.bug(),
                        cell.kernel(),
                        cell.label(),
                        cell.source(),
                        cell.guest(),
                        cell.conditions(),
                        cell.notes(),
                        cell.variants().stream()
                                .filter(variant -> variant.verdict().word() != Word.FIXED)
                                .toList()))
                .toList();
        Findings without = new Findings(all.bundles(), cells, all.problems(), all.outcome(), all.patches());
        assertThat(MarkdownSummary.trailersOf(without)).isEmpty();
        assertThat(MarkdownSummary.render(without)).doesNotContain("Tested-by", "```");
    }

    @Test
    void theTableHasARowForEachVerdict() {
        assertThat(MarkdownSummary.render(Samples.everyVerdict()))
                .contains("| linux-6.1 | fixed | **FIXED** | 0 of 3 | 12 | at most 2.97 % |")
                .contains("- runs/broken/run.json:1:2: not a run.json of ours")
                .contains("- `run-1` run.json sha256 `" + "9".repeat(64) + "`");
    }

    @Test
    void hostileTextStaysTextAndInItsLine() {
        String markdown = MarkdownSummary.render(Samples.hostile());
        assertThat(markdown).doesNotContain("\u0000", "\u001b", "\u202e", "\u2028");
        // What stands as code is no markup: a fence is ended by its own line only, a span by a backtick.
        String prose = markdown.replaceAll("(?s)\n```\n.*?\n```\n", "").replaceAll("`[^`\n]*`", "");
        assertThat(prose).doesNotContain("<script>", "<img", "@all");
        long pipes = markdown.lines()
                .filter(line -> line.startsWith("| linux"))
                .peek(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|'))
                        .hasSize(7))
                .count();
        assertThat(pipes).isEqualTo(Word.values().length);
    }
}
