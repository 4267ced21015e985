package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @Test
    void aFolderWithoutSpecsIsNone(@TempDir Path folder) {
        assertThatThrownBy(() -> Workspace.at(folder))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(folder + ": has no folder specs/")
                .hasMessageContaining("Name the folder that holds specs/ and patches/");
    }

    @Test
    void aFolderThatIsNotThereIsNone(@TempDir Path folder) {
        assertThatThrownBy(() -> Workspace.at(folder.resolve("nowhere")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no such folder");
    }

    @Test
    void mayBeReachedThroughALink(@TempDir Path folder) throws IOException {
        Workbench bench = Workbench.in(folder);
        Path link = Files.createSymbolicLink(
                folder.resolve("link"), bench.workspace().root());
        assertThat(Workspace.at(link)).isEqualTo(bench.workspace());
        assertThat(PlanLoader.load(Workspace.at(link), PlanRequest.of("demo")).cells())
                .hasSize(2);
    }

    @Test
    void withoutAnySpecsThereIsNothingToPlan(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("specs"));
        assertThatThrownBy(() -> PlanLoader.load(Workspace.at(folder), PlanRequest.of("demo")))
                .hasMessage("1 problem:\nspecs/bugs: there is no bug \"demo\"\n    There are none yet.");
        assertThat(SpecCatalog.of(Workspace.at(folder)).bugs()).isEmpty();
        assertThat(PlanLoader.check(Workspace.at(folder))).isEmpty();
    }

    @Test
    void theCatalogListsNamesAndTitles(@TempDir Path folder) throws IOException {
        Workbench bench = Workbench.in(folder);
        bench.write("specs/kernels/broken.yaml", "title: [");
        bench.write("specs/kernels/odd.yaml", "title: {a: b}");
        bench.write("specs/kernels/README.md", "x");
        SpecCatalog catalog = SpecCatalog.of(bench.workspace());
        assertThat(catalog.bugs())
                .containsExactly(new SpecCatalog.Entry(
                        "demo", Optional.of("A bug for show"), bench.path("specs/bugs/demo/bug.yaml")));
        assertThat(catalog.kernels().stream().map(SpecCatalog.Entry::name))
                .containsExactly("broken", "el7-fake", "fake-1.0", "odd");
        assertThat(catalog.kernels().stream().map(SpecCatalog.Entry::title))
                .containsExactly(
                        Optional.empty(),
                        Optional.of("A source package that is none"),
                        Optional.of("A kernel that is none"),
                        Optional.empty());
        assertThat(catalog.guests()).hasSize(2);
    }

    @Test
    void aGoodWorkspaceChecks(@TempDir Path folder) throws IOException {
        assertThat(PlanLoader.check(Workbench.in(folder).workspace())).isEmpty();
    }

    @Test
    void theCheckReadsWhatNoPlanNeeds(@TempDir Path folder) throws IOException {
        Workbench bench = Workbench.in(folder);
        bench.write("specs/kernels/unused.yaml", "x");
        bench.write("specs/guests/unused.yaml", "x");
        bench.write("specs/guests/forgotten.yml", "x");
        bench.write("specs/guests/For Gotten.yaml", "x");
        bench.write("specs/bugs/unused/notes", "x");
        bench.write("specs/bugs/Un Used/bug.yaml", "x");
        bench.edit("specs/bugs/demo/bug.yaml", "watch: 25s", "watch: soon");
        assertThat(PlanLoader.check(bench.workspace()).stream().map(Problem::place))
                .containsExactly(
                        "specs/guests/For Gotten.yaml",
                        "specs/guests/forgotten.yml",
                        "specs/bugs/Un Used",
                        "specs/bugs/unused",
                        "specs/bugs/demo/bug.yaml:13:48",
                        "specs/kernels/unused.yaml:1:1",
                        "specs/guests/unused.yaml:1:1");
    }
}
