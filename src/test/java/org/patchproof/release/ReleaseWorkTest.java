package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseWorkTest {
    @TempDir
    Path dir;

    private final List<String> made = new ArrayList<>();

    private record Value(String text) {}

    private String step(ReleaseWork work) throws IOException, InterruptedException {
        return work.once("build", Value.class, folder -> {
                    made.add("build");
                    Files.writeString(folder.resolve("a.rpm"), "package");
                    return new Value("built");
                })
                .text();
    }

    @Test
    void aFinishedStepIsNotDoneAgain() throws Exception {
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "k")) {
            assertThat(step(work)).isEqualTo("built");
        }
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "k")) {
            assertThat(step(work)).isEqualTo("built");
            assertThat(made).hasSize(1);
        }
        assertThat(dir.resolve("out")).doesNotExist();
    }

    @Test
    void aStepWhoseFilesChangedIsDoneAgain() throws Exception {
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "k")) {
            step(work);
            Files.writeString(work.folder("build").resolve("a.rpm"), "other");
            step(work);
            assertThat(made).hasSize(2);
            Files.writeString(work.folder("build").resolve("done.json"), "{\"value\":");
            step(work);
            assertThat(made).hasSize(3);
        }
    }

    @Test
    void aStepThatFailedIsDoneAgainFromNothing() throws Exception {
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "k")) {
            assertThatThrownBy(() -> work.once("build", Value.class, folder -> {
                        Files.writeString(folder.resolve("half"), "x");
                        throw new IOException("killed");
                    }))
                    .hasMessage("killed");
            step(work);
            assertThat(work.folder("build").resolve("half")).doesNotExist();
        }
    }

    @Test
    void whatWasDoneForAnotherRequestIsThrownAway() throws Exception {
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "k")) {
            step(work);
        }
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "other")) {
            step(work);
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void whatWasRefusedIsRememberedWhateverIsAskedFor() throws Exception {
        Path why;
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "k")) {
            why = Files.writeString(Files.createDirectories(work.refused()).resolve("why"), "it died");
        }
        try (ReleaseWork work = ReleaseWork.open(dir.resolve("out"), "other")) {
            assertThat(why).exists();
            assertThat(why.getParent()).isEqualTo(work.refused());
        }
    }

    @Test
    void onlyOneMakesItAndOnlyWhereNothingIs() throws Exception {
        Path out = dir.resolve("out");
        try (ReleaseWork work = ReleaseWork.open(out, "k")) {
            assertThatThrownBy(() -> ReleaseWork.open(out, "k"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("another patchproof is making");
            Path staging = work.staging();
            Files.writeString(staging.resolve("old"), "of a killed one");
            staging = work.staging();
            assertThat(staging).isEmptyDirectory();
            Files.writeString(staging.resolve("a"), "x");
            assertThat(work.publish(staging)).isEqualTo(out);
        }
        assertThat(out.resolve("a")).exists();
        assertThat(dir).isDirectoryNotContaining("glob:**in-the-making");
        assertThatThrownBy(() -> ReleaseWork.open(out, "k")).hasMessageContaining("is there already");
    }
}
