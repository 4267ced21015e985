package org.patchproof.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.lesfurets.jenkins.unit.PipelineTestHelper;
import com.lesfurets.jenkins.unit.RegressionTestHelper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every way through the Jenkinsfile. Each is run plainly, its steps compared with those in
 * {@code src/test/resources/jenkins/callstacks} (written anew by {@code -Dpipeline.stack.write=true});
 * some also as Jenkins runs them, all state written and read after any step. That it compiles at all is
 * the check of its syntax.
 */
class JenkinsfileTest {
    private static final String PLAN = """
            {"bug": "demo", "cells": [
              {"kernel": "fake-1.0", "source": "debian", "variants": [{"name": "control"}, {"name": "fixed"}]}]}
            """;
    private static final String TWO_KERNELS = """
            {"bug": "demo", "cells": [
              {"kernel": "fake-1.0", "source": "debian", "variants": [{"name": "control"}, {"name": "fixed"}]},
              {"kernel": "el7-fake", "source": "srpm", "variants": [{"name": "control"}]}]}
            """;
    private static final String VERDICTS = """
            {"variants": [{"kernel": "fake-1.0", "variant": "fixed", "verdict": {"word": "FIXED"}}]}
            """;
    private static final String SHA256 = "ab".repeat(32);

    /** One way through. */
    private static final class Case {
        private final String name;
        private final List<Consumer<FakeJenkins>> givens = new ArrayList<>();
        private final List<Consumer<ScriptedShell>> shells = new ArrayList<>();
        private final List<Consumer<Bench>> checks = new ArrayList<>();
        private final List<Consumer<Bench>> wirings = new ArrayList<>();
        private String plan = PLAN;
        private String result = "SUCCESS";

        Case(String name) {
            this.name = name;
        }

        Case given(Consumer<FakeJenkins> given) {
            givens.add(given);
            return this;
        }

        Case planned(String json) {
            plan = json;
            return this;
        }

        /** The next {@code sh} with this label exits so. */
        Case exits(String label, int code) {
            shells.add(shell -> shell.exits(label, code));
            return this;
        }

        /** The next {@code sh} with this label does this. */
        Case does(String label, Consumer<Bench> what) {
            wirings.add(bench -> bench.shell.ends(label, () -> {
                what.accept(bench);
                return 0;
            }));
            return this;
        }

        Case ends(String wanted) {
            result = wanted;
            return this;
        }

        Case then(Consumer<Bench> check) {
            checks.add(check);
            return this;
        }

        Bench run(PipelineTestHelper helper) {
            Bench bench = new Bench(helper, plan);
            givens.forEach(given -> given.accept(bench.jenkins));
            shells.forEach(told -> told.accept(bench.shell));
            wirings.forEach(wiring -> wiring.accept(bench));
            bench.jenkins.run();
            assertThat(bench.jenkins.result()).as(bench.jenkins.log()).isEqualTo(result);
            checks.forEach(check -> check.accept(bench));
            return bench;
        }
    }

    private static final class Bench {
        private final ScriptedShell shell = new ScriptedShell();
        private final FakeJenkins jenkins;

        Bench(PipelineTestHelper helper, String plan) {
            NamedFiles files = new NamedFiles()
                    .with("plan.json", plan)
                    .with("junit.xml", "<testsuites/>")
                    .with("index.html", "<html/>")
                    .with("verdicts.json", VERDICTS);
            jenkins = new FakeJenkins(helper, shell, files);
        }

        List<String> labels() {
            return shell.calls().stream().map(Shell.Call::label).toList();
        }
    }

    private static List<Case> cases() {
        return List.of(
                new Case("as-hoped").exits("fake-1.0 fixed", 3).then(bench -> {
                    assertThat(bench.labels())
                            .containsExactly("plan", "build fake-1.0", "fake-1.0 control", "fake-1.0 fixed", "report");
                    assertThat(bench.jenkins.description()).isEqualTo("demo\nfake-1.0 fixed: FIXED");
                    assertThat(bench.shell.calls("report").get(0).environment())
                            .containsEntry("CELLS", "cell-fake-1.0-control cell-fake-1.0-fixed");
                    assertThat(agents(bench)).containsExactly("lin-1", "lin-2", "kvm-1", "kvm-2", "lin-1");
                    assertThat(bench.jenkins.locks()).containsExactly("patchproof-cache-lin-2");
                    assertThat(bench.jenkins.failedStages()).isEmpty();
                }),
                new Case("quick")
                        .given(j -> j.with("LANE", "quick")
                                .with("VARIANTS", "fixed")
                                .with("SRPM", "fake-1.0=/srv/kernel-1.0.src.rpm")
                                .with("SRPM_SHA256", "fake-1.0=" + SHA256))
                        .then(bench -> {
                            assertThat(bench.labels()).containsExactly("plan", "fake-1.0 quick", "report");
                            assertThat(bench.shell.calls("plan").get(0).environment())
                                    .containsEntry("LANE", "quick");
                            assertThat(bench.shell
                                            .calls("fake-1.0 quick")
                                            .get(0)
                                            .environment())
                                    .containsEntry("VARIANTS", "fixed")
                                    .containsEntry("SRPM", "/srv/kernel-1.0.src.rpm")
                                    .containsEntry("SHA256", SHA256);
                            assertThat(bench.shell.calls("report").get(0).environment())
                                    .containsEntry("CELLS", "cell-fake-1.0");
                            assertThat(bench.jenkins.locks()).containsExactly("patchproof-cache-kvm-2");
                        }),
                new Case("quick-agent-in-trouble")
                        .given(j -> j.with("LANE", "quick"))
                        .exits("fake-1.0 quick", 4)
                        .exits("fake-1.0 quick", 4)
                        .ends("UNSTABLE")
                        .then(bench -> {
                            assertThat(bench.labels()).containsExactly("plan", "fake-1.0 quick", "fake-1.0 quick");
                            assertThat(bench.jenkins.failedStages()).containsExactly("fake-1.0: quick");
                        }),
                new Case("two-kernels")
                        .planned(TWO_KERNELS)
                        .given(j -> j.with("SRPM", "el7-fake=/srv/kernel-1.0.src.rpm")
                                .with("SRPM_SHA256", "el7-fake=" + SHA256)
                                .with("VARIANTS", "fixed")
                                .withEnvironment("PATCHPROOF_CACHE", "shared"))
                        .then(bench -> {
                            assertThat(bench.shell
                                            .calls("build el7-fake")
                                            .get(0)
                                            .environment())
                                    .containsEntry("SRPM", "/srv/kernel-1.0.src.rpm")
                                    .containsEntry("SHA256", SHA256)
                                    .containsEntry("VARIANTS", "fixed");
                            assertThat(bench.shell
                                            .calls("build fake-1.0")
                                            .get(0)
                                            .environment())
                                    .containsEntry("SRPM", "");
                            assertThat(bench.jenkins.locks())
                                    .containsExactly("patchproof-cache-shared", "patchproof-cache-shared");
                        }),
                new Case("no-kvm")
                        .given(j -> j.withAgents("kvm"))
                        .then(bench -> assertThat(agents(bench)).allMatch(agent -> agent.startsWith("lin-"))),
                new Case("kernel-without-source-is-left-out")
                        .planned(TWO_KERNELS)
                        .then(bench -> {
                            assertThat(bench.jenkins.log()).contains("el7-fake is left out");
                            assertThat(bench.shell.calls("plan").get(1).environment())
                                    .containsEntry("KERNELS", "fake-1.0");
                        }),
                new Case("named-kernel-without-source")
                        .planned(TWO_KERNELS)
                        .given(j -> j.with("KERNELS", "fake-1.0 el7-fake"))
                        .ends("FAILURE")
                        .then(bench -> assertThat(bench.jenkins.log())
                                .contains("el7-fake is built from a vendor's source package")),
                new Case("source-from-a-mirror")
                        .planned(TWO_KERNELS)
                        .given(j -> j.with("SRPM", "el7-fake=https://mirror.example/k-1.src.rpm")
                                .with("SRPM_CREDENTIALS", "srpm-mirror"))
                        .then(bench -> {
                            Shell.Call fetch = bench.shell
                                    .calls("fetch the source package")
                                    .get(0);
                            assertThat(fetch.environment())
                                    .containsEntry("PLACE", "https://mirror.example/k-1.src.rpm")
                                    .containsEntry("MIRROR_USER", "someone");
                            assertThat(bench.shell
                                            .calls("build el7-fake")
                                            .get(0)
                                            .environment())
                                    .containsEntry("SRPM", "fetched.src.rpm");
                        }),
                new Case("source-from-an-open-mirror-fails")
                        .planned(TWO_KERNELS)
                        .given(j -> j.with("SRPM", "el7-fake=http://mirror.example/k-1.src.rpm"))
                        .exits("fetch the source package", 22)
                        .exits("fetch the source package", 22)
                        .exits("report", 4)
                        .ends("UNSTABLE")
                        .then(bench -> {
                            assertThat(bench.jenkins.failedStages()).containsExactly("el7-fake: build");
                            assertThat(bench.labels())
                                    .contains("fake-1.0 fixed")
                                    .doesNotContain("build el7-fake");
                            assertThat(bench.jenkins.description()).contains("failed: el7-fake: build on lin-");
                        }),
                new Case("plan-refuses").exits("plan", 2).ends("FAILURE").then(bench -> {
                    assertThat(bench.labels()).containsExactly("plan");
                    assertThat(bench.jenkins.log()).contains("plan: the request is wrong");
                }),
                new Case("plan-fails")
                        .exits("plan", 4)
                        .exits("plan", 4)
                        .ends("FAILURE")
                        .then(bench -> {
                            assertThat(agents(bench)).containsExactly("lin-1", "lin-2");
                            assertThat(bench.jenkins.log())
                                    .contains("plan: infrastructure failed on agent lin-2 (exit code 4)");
                        }),
                new Case("verdict-says-no")
                        .exits("fake-1.0 fixed", 1)
                        .exits("report", 1)
                        .ends("FAILURE")
                        .then(bench -> {
                            assertThat(bench.jenkins.failedStages()).containsExactly("Report");
                            assertThat(bench.jenkins.log()).contains("a verdict says no");
                        }),
                new Case("inconclusive")
                        .exits("fake-1.0 control", 3)
                        .exits("report", 3)
                        .ends("UNSTABLE")
                        .then(bench -> assertThat(bench.jenkins.log()).contains("inconclusive")),
                new Case("a-patch-is-rejected")
                        .exits("build fake-1.0", 1)
                        .exits("fake-1.0 fixed", 1)
                        .exits("report", 1)
                        .ends("FAILURE")
                        .then(bench -> assertThat(bench.labels()).contains("fake-1.0 control", "fake-1.0 fixed")),
                new Case("build-refuses")
                        .exits("build fake-1.0", 2)
                        .exits("report", 4)
                        .ends("UNSTABLE")
                        .then(bench -> {
                            assertThat(bench.shell.calls("build fake-1.0"))
                                    .as("not tried again")
                                    .hasSize(1);
                            assertThat(bench.jenkins.failedStages()).containsExactly("fake-1.0: build");
                            assertThat(bench.jenkins.description()).contains("failed: fake-1.0: build: wrong request");
                        }),
                new Case("build-fails-once").exits("build fake-1.0", 4).then(bench -> {
                    assertThat(bench.shell.calls("build fake-1.0"))
                            .extracting(Shell.Call::agent)
                            .containsExactly("lin-2", "lin-1");
                    assertThat(bench.jenkins.failedStages()).isEmpty();
                }),
                new Case("one-kernel-does-not-hide-the-other")
                        .planned(TWO_KERNELS)
                        .given(j -> j.with("SRPM", "el7-fake=/srv/kernel-1.0.src.rpm"))
                        .exits("build fake-1.0", 4)
                        .exits("build fake-1.0", 4)
                        .exits("report", 4)
                        .ends("UNSTABLE")
                        .then(bench -> {
                            assertThat(bench.jenkins.failedStages()).containsExactly("fake-1.0: build");
                            assertThat(bench.shell.calls("report").get(0).environment())
                                    .containsEntry("CELLS", "cell-el7-fake-control");
                        }),
                new Case("cell-fails-and-names-its-agent")
                        .exits("fake-1.0 fixed", 4)
                        .exits("fake-1.0 fixed", 137)
                        .exits("report", 4)
                        .ends("UNSTABLE")
                        .then(bench -> {
                            assertThat(bench.jenkins.failedStages()).containsExactly("fake-1.0: fixed");
                            assertThat(bench.jenkins.log())
                                    .contains("again, after: fake-1.0: fixed: infrastructure failed on agent kvm-2"
                                            + " (exit code 4)")
                                    .contains("fake-1.0 fixed was not tried: fake-1.0: fixed: infrastructure failed on"
                                            + " agent kvm-1 (exit code 137)");
                            assertThat(bench.jenkins.description()).contains("failed: fake-1.0: fixed on kvm-1");
                            assertThat(bench.shell.calls("report").get(0).environment())
                                    .containsEntry("CELLS", "cell-fake-1.0-control");
                        }),
                new Case("cell-refuses")
                        .exits("fake-1.0 fixed", 2)
                        .exits("report", 4)
                        .ends("UNSTABLE")
                        .then(bench ->
                                assertThat(bench.shell.calls("fake-1.0 fixed")).hasSize(1)),
                new Case("cell-takes-too-long")
                        .does("fake-1.0 control", bench -> {
                            bench.jenkins.passes(12);
                            throw new Interrupted("timeout");
                        })
                        .exits("report", 4)
                        .ends("UNSTABLE")
                        .then(bench -> {
                            assertThat(bench.jenkins.log())
                                    .contains("fake-1.0: control: took more than 12 h on agent kvm-1");
                            assertThat(bench.labels()).contains("fake-1.0 fixed");
                            assertThat(bench.shell.calls("fake-1.0 control"))
                                    .as("not tried again")
                                    .hasSize(1);
                            assertThat(bench.jenkins.failedStages()).containsExactly("fake-1.0: control");
                        }),
                new Case("a-person-aborts")
                        .does("fake-1.0 control", bench -> {
                            throw new Interrupted("aborted by a person");
                        })
                        .ends("ABORTED")
                        .then(bench -> assertThat(bench.labels()).doesNotContain("report")),
                new Case("agent-is-lost")
                        .does("fake-1.0 control", bench -> {
                            throw new IllegalStateException("the channel is closed");
                        })
                        .then(bench -> assertThat(bench.shell.calls("fake-1.0 control"))
                                .extracting(Shell.Call::agent)
                                .containsExactly("kvm-1", "kvm-2")),
                new Case("no-evidence-at-all")
                        .exits("build fake-1.0", 4)
                        .exits("build fake-1.0", 4)
                        .ends("UNSTABLE")
                        .then(bench -> assertThat(bench.labels()).doesNotContain("report")),
                new Case("report-refuses")
                        .exits("report", 2)
                        .ends("FAILURE")
                        .then(bench -> assertThat(bench.shell.calls("report")).hasSize(1)),
                new Case("released-when-a-person-approves")
                        .given(JenkinsfileTest::release)
                        .given(j -> j.with("RELEASE_CREDENTIALS", "passphrase")
                                .with("RELEASE_APPROVERS", "ann,release-engineers")
                                .with("RELEASE_URL", "https://mirror.example/r1"))
                        .then(bench -> {
                            assertThat(bench.labels()).endsWith("fake-1.0 fixed", "report", "release");
                            Shell.Call call = bench.shell.calls("release").get(0);
                            assertThat(call.agent()).isEqualTo("vault");
                            assertThat(call.environment())
                                    .containsEntry("KERNEL", "fake-1.0")
                                    .containsEntry("VARIANT", "fixed")
                                    .containsEntry("KEY", "0123456789ABCDEF")
                                    .containsEntry("CONFIDENCE", "0.95")
                                    .containsEntry("CELLS", "cell-fake-1.0-control cell-fake-1.0-fixed")
                                    .containsEntry("BASE_URL", "https://mirror.example/r1");
                            // Beside the workspace, where nobody browses; patchproof runs in a folder of its own.
                            assertThat(call.environment().get("PASSPHRASE_FILE"))
                                    .startsWith(call.directory().getParent() + "@tmp/")
                                    .endsWith("/passphrase");
                            assertThat(call.directory().getFileName().toString())
                                    .endsWith("-release");
                            assertThat(bench.jenkins.log())
                                    .contains("asked ann,release-engineers: Release fake-1.0 fixed of demo, signed by"
                                            + " 0123456789ABCDEF?");
                            assertThat(bench.jenkins.archived()).contains("release/**,release.json fingerprinted");
                        }),
                new Case("released-untried-as-who-approved-has-read")
                        .given(JenkinsfileTest::release)
                        .given(j -> j.with("RELEASE_UNTRIED", "no machine beside the key, OPS-98"))
                        .then(bench -> {
                            assertThat(bench.shell.calls("release").get(0).environment())
                                    .containsEntry("UNTRIED", "no machine beside the key, OPS-98");
                            assertThat(bench.jenkins.log())
                                    .contains("not tried as a customer would (no machine beside the key, OPS-98)?");
                        }),
                new Case("release-is-refused-by-the-gate")
                        .given(JenkinsfileTest::release)
                        .exits("release", 1)
                        .ends("FAILURE")
                        .then(bench -> {
                            assertThat(bench.shell.calls("release"))
                                    .as("not tried again")
                                    .hasSize(1);
                            assertThat(bench.jenkins.failedStages()).containsExactly("Release");
                            assertThat(bench.jenkins.archived()).noneMatch(what -> what.startsWith("release/"));
                            assertThat(bench.jenkins.log()).contains("fake-1.0 fixed was not released");
                        }),
                new Case("release-is-declined")
                        .given(JenkinsfileTest::release)
                        .given(FakeJenkins::declining)
                        .ends("ABORTED")
                        .then(bench -> assertThat(bench.labels()).doesNotContain("release")),
                new Case("what-is-not-fixed-is-not-even-asked-for")
                        .given(j -> release(j).with("RELEASE", "fake-1.0=control"))
                        .ends("UNSTABLE")
                        .then(bench -> {
                            assertThat(bench.labels()).doesNotContain("release");
                            assertThat(bench.jenkins.log())
                                    .contains("not released: fake-1.0 control is not tried")
                                    .doesNotContain("asked ");
                        }),
                new Case("report-crashes")
                        .exits("report", 134)
                        .exits("report", 134)
                        .ends("FAILURE")
                        .then(bench -> assertThat(bench.jenkins.log())
                                .contains("report: infrastructure failed on agent lin-2 (exit code 134)")));
    }

    private static FakeJenkins release(FakeJenkins jenkins) {
        return jenkins.with("RELEASE", "fake-1.0=fixed").with("RELEASE_KEY", "0123456789ABCDEF");
    }

    private static List<String> agents(Bench bench) {
        return bench.shell.calls().stream().map(Shell.Call::agent).toList();
    }

    @TestFactory
    Stream<DynamicTest> everyWayThroughItHasItsSteps() {
        return cases().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name,
                        () -> RegressionTestHelper.testNonRegression(
                                one.run(new PipelineTestHelper()).jenkins.helper(),
                                "src/test/resources/jenkins/callstacks/" + one.name)));
    }

    /** Those that together pass every line; the others differ in exit codes only. */
    private static final List<String> SERIALISED = List.of(
            "source-from-a-mirror",
            "cell-fails-and-names-its-agent",
            "cell-takes-too-long",
            "verdict-says-no",
            "released-when-a-person-approves");

    @TestFactory
    Stream<DynamicTest> itsStateSurvivesARestartOfTheControllerAfterAnyStep() {
        return cases().stream()
                .filter(one -> SERIALISED.contains(one.name))
                .map(one -> DynamicTest.dynamicTest(one.name, () -> {
                    SerialisingHelper helper = new SerialisingHelper();
                    one.run(helper);
                    assertThat(helper.roundTrips()).isGreaterThan(20);
                }));
    }

    @Test
    void stateThatDoesNotSurviveWouldBeNoticed() {
        FakeJenkins jenkins = new FakeJenkins(new SerialisingHelper(), new ScriptedShell(), new NamedFiles());
        assertThat(jenkins.run("src/test/resources/jenkins/unserialisable.groovy")
                        .log())
                .contains("does not survive a restart of the controller", "Matcher");
        jenkins = new FakeJenkins(new PipelineTestHelper(), new ScriptedShell(), new NamedFiles());
        assertThat(jenkins.run("src/test/resources/jenkins/unserialisable.groovy")
                        .log())
                .contains("found: true");
    }

    @TestFactory
    Stream<DynamicTest> whatAPersonMayTypeIsCheckedBeforeAnyAgentSeesIt() {
        String[][] hostile = {
            {"BUG", ""},
            {"BUG", "../demo"},
            {"BUG", "demo; rm -rf /"},
            {"BUG", "demo\nrm"},
            {"BUG", "$(id)"},
            {"KERNELS", "fake-1.0 --out=/"},
            {"KERNELS", "`id`"},
            {"VARIANTS", "fixed;id"},
            {"CONFIDENCE", "0.95 --json"},
            {"CONFIDENCE", "1e-9"},
            {"TRIALS", "-1"},
            {"TRIALS", "9999"},
            {"MAX_TIME", "6h; id"},
            {"MAX_TIME", ""},
            {"LANE", "slow"},
            {"SRPM", "el7-fake=file:///etc/passwd"},
            {"SRPM", "el7-fake=/srv/../etc/passwd"},
            {"SRPM", "el7-fake=https://u:p w@host/k.rpm"},
            {"SRPM", "el7-fake=https://host/$(id)"},
            {"SRPM_SHA256", "el7-fake=xyz"},
            {"SRPM_CREDENTIALS", "a'b"},
            {"RELEASE", "fake-1.0"},
            {"RELEASE", "fake-1.0=$(id)"},
            {"RELEASE_CREDENTIALS", "a b"},
            {"RELEASE_APPROVERS", "ann;id"},
            {"RELEASE_URL", "https://host/$(id)"},
        };
        Bench bench = new Bench(new PipelineTestHelper(), PLAN);
        return Stream.of(hostile)
                .map(pair -> DynamicTest.dynamicTest(pair[0] + " " + pair[1], () -> {
                    String good = bench.jenkins.parameter(pair[0]);
                    bench.jenkins.with(pair[0], pair[1]).run().with(pair[0], good);
                    assertThat(bench.shell.calls()).isEmpty();
                    assertThat(bench.jenkins.log()).contains("FAILED: " + pair[0] + ": ");
                }));
    }

    @Test
    void aPlanThatNamesNoNameIsRefused() {
        new Case("hostile plan")
                .planned(PLAN.replace("\"fixed\"", "\"$(id)\""))
                .ends("FAILURE")
                .then(bench -> assertThat(bench.labels()).containsExactly("plan", "plan"))
                .run(new PipelineTestHelper());
    }

    @Test
    void noScriptIsPutTogetherFromValues() {
        Bench bench = cases().stream()
                .filter(one -> one.name.equals("two-kernels"))
                .findFirst()
                .orElseThrow()
                .run(new PipelineTestHelper());
        Bench other = new Case("other names")
                .planned(TWO_KERNELS.replace("fake-1.0", "other"))
                .given(j -> j.with("SRPM", "el7-fake=/another.src.rpm").with("BUG", "else"))
                .run(new PipelineTestHelper());
        assertThat(scripts(other)).isSubsetOf(scripts(bench));
    }

    private static List<String> scripts(Bench bench) {
        return bench.shell.calls().stream().map(Shell.Call::script).distinct().toList();
    }
}
