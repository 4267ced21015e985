package org.patchproof.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
    private static final StoppingRule RULE = new StoppingRule(Standard.USUAL, 3, 6);
    private static final Arm LEAKS = Trials.none().leaks(1).leaks(1).leaks(1).arm();

    @Test
    void eachArmIsTriedTheFewestTimesThatWereAskedFor() {
        assertThat(RULE.candidateGoesOn(
                        LEAKS, Trials.none().clean(500).clean(500).arm()))
                .isTrue();
        assertThat(RULE.controlGoesOn(Trials.none().leaks(1).leaks(1).arm(), List.of()))
                .isTrue();
        assertThat(RULE.controlGoesOn(LEAKS, List.of())).isFalse();
    }

    @Test
    void aCandidateThatLeaksOrBreaksSomethingIsSettledAtOnce() {
        assertThat(RULE.candidateGoesOn(LEAKS, Trials.none().leaks(1).arm())).isFalse();
        assertThat(RULE.candidateGoesOn(
                        LEAKS, Trials.none().fault("oops in new").arm()))
                .isFalse();
    }

    @Test
    void anOpenVerdictIsTriedUntilItIsSettledOrTheMostIsReached() {
        Trials candidate = Trials.none().clean(10).clean(10).clean(10);
        assertThat(RULE.candidateGoesOn(LEAKS, candidate.arm())).isTrue();
        assertThat(RULE.candidateGoesOn(LEAKS, candidate.clean(60).arm())).isFalse();
        Trials never = Trials.none()
                .unexercised()
                .unexercised()
                .unexercised()
                .unexercised()
                .unexercised();
        assertThat(RULE.candidateGoesOn(LEAKS, never.arm())).isTrue();
        assertThat(RULE.candidateGoesOn(LEAKS, never.unexercised().arm())).isFalse();
    }

    @Test
    void aCandidateThatCannotBeCalledFixedAnyMoreIsTriedTheFewestTimesOnly() {
        Trials few = Trials.none().clean(1).clean(1).infra();
        Arm two = few.armThatBrokeOff("trial 3: it hung");
        assertThat(RULE.candidateGoesOn(LEAKS, two)).isTrue();
        Arm three = few.clean(1).armThatBrokeOff("trial 3: it hung");
        assertThat(RULE.candidateGoesOn(LEAKS, three)).isFalse();
        assertThat(RULE.candidateGoesOn(new Arm.Elsewhere(), three)).isFalse();
        assertThat(RULE.controlGoesOn(LEAKS, List.of(three))).isFalse();
        assertThat(RULE.controlGoesOn(
                        Trials.none().leaks(1).leaks(1).leaks(1).infra().armThatBrokeOff("trial 4: it hung"),
                        List.of()))
                .isFalse();
    }

    @Test
    void trialsThatWeLostAreMadeUpFor() {
        Trials candidate = Trials.none();
        for (int i = 0; i < 6; i++) {
            candidate.infra();
        }
        assertThat(RULE.candidateGoesOn(LEAKS, candidate.arm())).isTrue();
    }

    @Test
    void theControlGoesOnWhileACandidateNeedsMore() {
        Arm open = Trials.none().clean(10).clean(10).clean(10).arm();
        Arm settled = Trials.none().clean(90).clean(90).clean(90).arm();
        Arm leaking = Trials.none().leaks(1).arm();
        assertThat(RULE.controlGoesOn(LEAKS, List.of(settled, open))).isTrue();
        assertThat(RULE.controlGoesOn(LEAKS, List.of(settled, leaking))).isFalse();
        assertThat(RULE.controlGoesOn(LEAKS, List.of(new Arm.BuildFailed(List.of("error")))))
                .isFalse();
        Arm six = Trials.none()
                .leaks(1)
                .leaks(1)
                .leaks(1)
                .leaks(1)
                .leaks(1)
                .leaks(1)
                .arm();
        assertThat(RULE.controlGoesOn(six, List.of(open))).as("the most").isFalse();
    }

    @Test
    void withoutAControlThatShowsTheBugACandidateIsTriedTheFewestTimesOnly() {
        Trials control = Trials.none().clean(1).clean(1).clean(1);
        Arm candidate = Trials.none().clean(9).clean(9).clean(9).arm();
        assertThat(RULE.controlGoesOn(control.arm(), List.of(candidate))).isTrue();
        assertThat(RULE.candidateGoesOn(control.arm(), candidate))
                .as("the control may still show it")
                .isTrue();
        assertThat(RULE.candidateGoesOn(control.clean(1).clean(1).clean(1).arm(), candidate))
                .isFalse();
    }

    @Test
    void whereTheControlIsTriedElsewhereItIsTakenToLeakEachTimeWithItsSecondExposure() {
        Arm elsewhere = new Arm.Elsewhere();
        Trials candidate = Trials.none().clean(50).clean(50).clean(41);
        assertThat(RULE.exposuresWanted(elsewhere, candidate.arm(), 25)).isEqualTo(4);
        assertThat(RULE.candidateGoesOn(elsewhere, candidate.arm())).isTrue();
        assertThat(RULE.candidateGoesOn(elsewhere, candidate.clean(4).arm())).isFalse();
        assertThat(RULE.candidateGoesOn(elsewhere, Trials.none().leaks(1).arm()))
                .isFalse();
    }

    @Test
    void whatACandidateSurvivesIsNoReasonToStopWhereTheControlIsTriedElsewhere() {
        Arm elsewhere = new Arm.Elsewhere();
        Trials warns = Trials.none().clean(50, "WARNING in foo").clean(50).clean(41);
        assertThat(RULE.candidateGoesOn(elsewhere, warns.arm())).isTrue();
        assertThat(RULE.exposuresWanted(elsewhere, warns.arm(), 25)).isEqualTo(4);
        assertThat(RULE.candidateGoesOn(
                        elsewhere, warns.fault("panic: Fatal exception").arm()))
                .isFalse();
    }

    @Test
    void aTrialIsNotLongerThanTheVerdictNeeds() {
        Arm nearly = Trials.none().clean(40).clean(35).arm();
        assertThat(RULE.exposuresWanted(LEAKS, nearly, 25)).isEqualTo(5);
        assertThat(RULE.exposuresWanted(LEAKS, Trials.none().arm(), 25)).isEqualTo(25);
        assertThat(RULE.exposuresWanted(Trials.none().arm(), nearly, 25))
                .as("how many it takes is not known yet")
                .isEqualTo(25);
        assertThat(RULE.exposuresWanted(LEAKS, Trials.none().clean(90).arm(), 25))
                .as("settled, but fewer trials than asked for")
                .isEqualTo(25);
    }

    @Test
    void boundsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new StoppingRule(Standard.USUAL, 0, 3)).hasMessageContaining("0 to 3");
        assertThatThrownBy(() -> new StoppingRule(Standard.USUAL, 3, 2)).hasMessageContaining("3 to 2");
    }
}
