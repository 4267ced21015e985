package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.patchproof.plan.BuildRoot;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.Provenance.Recipe;
import org.patchproof.root.OpenRoot;
import org.patchproof.srpm.RpmFile;

/** Opens the root that a release's papers name, or the one that is taken in its place. */
record RebuildRoot(CommandRunner runner, RebuildRequest request, Recipe recipe, Steps steps) {

    /**
     * @param srpm what is going to be built in it
     * @throws TroubleException when it cannot be opened, or its compiler is another and known to be too new
     */
    ReleaseRoot open(Path srpm) throws IOException, InterruptedException {
        BuildRoot wanted = request.root().orElseGet(() -> RecordedRoot.asked(recipe.root()));
        Path log = Files.createDirectories(request.work().toAbsolutePath()).resolve("root.log");
        OpenRoot opened;
        try {
            opened = new RootStage(runner, request.cacheDirectory(), log, steps).open("again", wanted, srpm);
        } catch (TroubleException e) {
            throw new TroubleException(e.getMessage(), e.remedy() + "\n" + RecordedRoot.ELSEWHERE, e);
        }
        try {
            requireFit(opened, srpm);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        return ReleaseRoot.of(runner, wanted, opened);
    }

    /** What built it before builds it again, whatever is known of it. */
    private void requireFit(OpenRoot opened, Path srpm) throws IOException {
        String compiler = opened.identity().compiler();
        if (recipe.root().filter(root -> root.compiler().equals(compiler)).isEmpty()) {
            RootStage.requireFit(
                    RpmFile.read(srpm).nevra().toString(),
                    opened,
                    recipe.root()
                                    .map(root -> "The release was built in " + root.words() + ". ")
                                    .orElse("")
                            + RecordedRoot.ELSEWHERE);
        }
    }
}
