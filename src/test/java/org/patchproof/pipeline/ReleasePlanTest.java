package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.release.SigningKey;

class ReleasePlanTest {
    private static final SigningKey KEY =
            new SigningKey("D04D92417BE7ECD018ED0044C274626449A9FB5F", "Release <r@example.org>");

    @Test
    void whatWasBuiltOfAnotherSourceOrInAnotherRootIsNotUsedAgain() throws IOException {
        PlanRequest wanted = PlanRequest.of("netdev-leak")
                .withKernels(List.of("el7-3.10.0-693"))
                .withVariants(List.of("fixed"));
        ReleaseRequest request = new ReleaseRequest(
                Workspace.at(Path.of("")),
                wanted,
                List.of(),
                Path.of("out"),
                Path.of("cache"),
                1,
                ReleaseOptions.signedBy(KEY.id()));
        Plan plan = PlanLoader.load(request.workspace(), wanted);
        ReleasePlan asked = ReleasePlan.of(plan, plan.cells().get(0), request);
        assertThat(asked.key("aa", KEY, "gcc 4.8.5")).isEqualTo(asked.key("aa", KEY, "gcc 4.8.5"));
        assertThat(List.of(
                        asked.key("aa", KEY, "gcc 4.8.5"),
                        asked.key("bb", KEY, "gcc 4.8.5"),
                        asked.key("aa", KEY, "gcc 4.8.2")))
                .doesNotHaveDuplicates();
    }
}
