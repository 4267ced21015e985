package org.patchproof.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.repro.Moment;
import org.patchproof.repro.Trial;

/** The evidence bundle holds trials and verdicts: they come back from JSON as they went. */
class JsonTest {
    private final ObjectMapper json = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());

    @Test
    void aVerdictComesBack() throws JsonProcessingException {
        Verdict verdict = Judge.candidate(
                Trials.none().leaks(1).infra().arm(), Trials.none().clean(1).arm(), Standard.USUAL);
        assertThat(verdict.howManyMore()).isPresent();
        assertThat(json.readValue(json.writeValueAsString(verdict), Verdict.class))
                .isEqualTo(verdict);
    }

    @Test
    void aTrialComesBack() throws JsonProcessingException {
        Trial trial = new Trial(
                1,
                Trial.Outcome.REPRODUCED,
                2,
                1,
                true,
                List.of("WARNING in foo"),
                "it leaks",
                Duration.ofMillis(61_500),
                Optional.of(Duration.ofSeconds(15)),
                "trials/1/console.log",
                Optional.of("console.log:280"),
                List.of(new Moment(Moment.Kind.SYMPTOM, 280, Optional.of(Duration.ofSeconds(31)), "waiting")));
        assertThat(json.readValue(json.writeValueAsString(trial), Trial.class)).isEqualTo(trial);
    }

    @Test
    void aTrialOfABundleThatDoesNotSayWhetherItsConsoleWasDamagedIsRead() throws JsonProcessingException {
        Trial trial = Trial.infra(1, "the disk was full", Duration.ZERO, "console.log");
        String old = json.writeValueAsString(trial).replace("\"damaged\":false,", "");
        assertThat(old).doesNotContain("damaged");
        assertThat(json.readValue(old, Trial.class)).isEqualTo(trial);
    }

    @Test
    void aTrialOfABundleWithoutTimelinesIsReadAsOneWithoutMoments() throws JsonProcessingException {
        Trial trial = Trial.infra(1, "the disk was full", Duration.ZERO, "console.log");
        String old = json.writeValueAsString(trial).replace(",\"timeline\":[]", "");
        assertThat(old).doesNotContain("timeline");
        assertThat(json.readValue(old, Trial.class)).isEqualTo(trial);
    }
}
