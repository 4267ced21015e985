package org.patchproof.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.pipeline.InstallStage.Installed;

/** Who is tried next. */
final class TrialRound {
    private TrialRound() {}

    /**
     * A round: each arm whose question is open, once, in their order. Where there is room for more guests, those
     * of them that lack more than one trial to the fewest follow again, in turns: these are run whatever the others
     * show, so that to run them at once costs no trial that was not needed.
     *
     * @param guests for how many there is room at once, at least 1
     * @return an arm for each trial; the control alone while it has shown nothing; empty when all is settled
     */
    static List<Installed> of(List<Installed> arms, OpenQuestions questions, int guests) throws IOException {
        List<Installed> round = new ArrayList<>();
        for (Installed arm : arms) {
            if (questions.open(arm.variant())) {
                round.add(arm);
                if (arm.variant().isControl() && questions.controlComesFirst() && guests > 1) {
                    return round;
                }
            }
        }
        List<Installed> open = List.copyOf(round);
        for (int times = 2; round.size() < guests; times++) {
            int before = round.size();
            for (Installed arm : open) {
                if (round.size() < guests && questions.lacking(arm.variant()) >= times) {
                    round.add(arm);
                }
            }
            if (round.size() == before) {
                break;
            }
        }
        return round;
    }
}
