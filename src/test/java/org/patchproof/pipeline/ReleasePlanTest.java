package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.release.PatchDigest;
import org.patchproof.release.RefusedException;
import org.patchproof.release.SigningKey;
import org.patchproof.testing.StubKernel;

class ReleasePlanTest {
    private static final SigningKey KEY =
            new SigningKey("D04D92417BE7ECD018ED0044C274626449A9FB5F", "Release <r@example.org>");

    /** What shows that it is not in what ships, is a word that it leaves; one that leaves none may be half of the fix. */
    @Test
    void whatIsTriedAndNotShippedLeavesATrace(@TempDir Path dir) throws IOException {
        StubKernel.copy(Path.of("specs"), Files.createDirectories(dir.resolve("specs")));
        StubKernel.copy(Path.of("patches"), Files.createDirectories(dir.resolve("patches")));
        Path bug = dir.resolve("specs/bugs/netdev-leak/bug.yaml");
        Files.writeString(
                bug,
                Files.readString(bug)
                        .replace("[0001-instrumentation.patch", "[0001-instrumentation.patch, 0003-helper.patch"));
        Path patches = dir.resolve("patches/netdev-leak/el7-3.10.0-693");
        Path helper = patches.resolve("0003-helper.patch");
        Files.writeString(
                helper, Files.readString(patches.resolve("0002-fix.patch")).replace("fnhe", "half"));
        assertThatThrownBy(() -> asked(Workspace.at(dir)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("fixed is tried with 0003-helper.patch, which is not shipped and adds none of"
                        + " ref_leak_test, reuse fnhe :");
        Files.writeString(helper, Files.readString(helper) + "+\tref_leak_test();\n");
        assertThat(asked(Workspace.at(dir)).instrumentation()).hasSize(2);
    }

    @Test
    void theGateHearsWhatIsInstrumentation() throws IOException {
        assertThat(asked(Workspace.at(Path.of(""))).gate("aa").instrumentation())
                .extracting(PatchDigest::name)
                .containsExactly("0001-instrumentation.patch");
    }

    private static ReleasePlan asked(Workspace workspace) throws IOException {
        PlanRequest wanted = PlanRequest.of("netdev-leak")
                .withKernels(List.of("el7-3.10.0-693"))
                .withVariants(List.of("fixed"));
        Plan plan = PlanLoader.load(workspace, wanted);
        ReleaseRequest request = new ReleaseRequest(
                workspace, wanted, List.of(), Path.of("out"), Path.of("cache"), 1, ReleaseOptions.signedBy(KEY.id()));
        return ReleasePlan.of(plan, plan.cells().get(0), request);
    }

    @Test
    void whatWasBuiltOfAnotherSourceOrInAnotherRootIsNotUsedAgain() throws IOException {
        ReleasePlan asked = asked(Workspace.at(Path.of("")));
        assertThat(asked.key("aa", KEY, "gcc 4.8.5")).isEqualTo(asked.key("aa", KEY, "gcc 4.8.5"));
        assertThat(List.of(
                        asked.key("aa", KEY, "gcc 4.8.5"),
                        asked.key("bb", KEY, "gcc 4.8.5"),
                        asked.key("aa", KEY, "gcc 4.8.2")))
                .doesNotHaveDuplicates();
    }
}
