package org.patchproof.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchproof.process.CommandResult;

/**
 * Says why rpmbuild failed: a patch that does not apply, a source that does not build, or trouble of ours. What
 * could be ours is: it is thrown, and is no evidence of a patch. Pure; the state of the disks is handed in.
 *
 * @param result how rpmbuild ended
 * @param heard what it said, from its first line
 * @param fullDisk the disk that was found full after it had failed, in words
 * @param where the build root, in words, when it is not this host: what lacks is missing there
 * @param touched the paths that the patches change
 */
record FailedBuild(
        CommandResult result, BuildLog heard, Optional<String> fullDisk, Optional<String> where, Set<String> touched) {
    /** What lengthens the time limit. */
    private static final String LIMIT = "timeout";

    FailedBuild {
        touched = Set.copyOf(touched);
    }

    /**
     * Of %prep.
     *
     * @param rejects hunks that patch left beside their files
     * @throws BuildTroubleException when it is our own failure
     */
    <T> StepOutcome<T> preparing(List<String> rejects) {
        String doing = "preparing the source tree";
        throwOurs(doing);
        if (heard.rejections().isEmpty()) {
            throw located(BuildTroubles.of(result, doing, LIMIT));
        }
        List<String> lines = new ArrayList<>(heard.rejections());
        lines.addAll(rejects);
        return new StepOutcome.Rejected<>(lines);
    }

    /**
     * Of %build and what follows.
     *
     * @return broken: the first error, then what the patches have to do with its file, then the rest
     * @throws BuildTroubleException when it is our own failure
     */
    <T> StepOutcome<T> building() {
        String doing = "building the packages";
        throwOurs(doing);
        if (heard.errors().isEmpty()) {
            throw located(BuildTroubles.of(result, doing, LIMIT));
        }
        List<String> lines = new ArrayList<>(heard.errors());
        heard.place().ifPresent(place -> lines.add(1, place.beside(touched)));
        return new StepOutcome.Broken<>(lines);
    }

    private void throwOurs(String doing) {
        Optional<BuildTroubleException> trouble = BuildTroubles.recognise(result, doing, LIMIT);
        if (trouble.isPresent()) {
            throw located(trouble.get());
        }
        if (fullDisk.isPresent()) {
            throw BuildTroubles.trouble(result, doing, fullDisk.get(), FullDisk.REMEDY);
        }
    }

    private BuildTroubleException located(BuildTroubleException trouble) {
        return where.map(root -> new BuildTroubleException(
                        trouble.getMessage(),
                        trouble.remedy() + " The build ran in " + root + ": what lacks is missing there."))
                .orElse(trouble);
    }
}
