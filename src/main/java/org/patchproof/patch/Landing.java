package org.patchproof.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.patch.ToolRun.HunkKey;
import org.patchproof.patch.ToolRun.HunkWord;

/** Which hunks a tool found in another function than their headers name. */
final class Landing {
    /** Where nobody looked. */
    static final Landing UNKNOWN = new Landing();

    private final Map<HunkKey, String> elsewhere = new HashMap<>();

    private Landing() {}

    /**
     * That of hunks put in.
     *
     * @param before the files that the tool began with
     */
    static Landing forward(Patch patch, ToolRun run, Map<String, String> before) {
        return of(patch, run, before, false);
    }

    /** As {@link #forward}, of hunks taken out. */
    static Landing reverse(Patch patch, ToolRun run, Map<String, String> before) {
        return of(patch, run, before, true);
    }

    private static Landing of(Patch patch, ToolRun run, Map<String, String> before, boolean out) {
        Landing landing = new Landing();
        for (TouchedFile file : patch.files()) {
            if (file.change() != TouchedFile.Change.MODIFIED) {
                continue;
            }
            List<String> lines = ScratchTree.lines(Optional.ofNullable(before.get(file.path())));
            for (int i = 1; i <= file.hunks().size(); i++) {
                Hunk hunk = file.hunks().get(i - 1);
                Optional<HunkWord> word =
                        run.success(file.path(), i).filter(w -> !hunk.section().isEmpty());
                if (word.isPresent()) {
                    int at = (out ? hunk.newStart() : hunk.oldStart())
                            + word.get().offset();
                    landing.look(new HunkKey(file.path(), i), hunk, lines, at);
                }
            }
        }
        return landing;
    }

    private void look(HunkKey key, Hunk hunk, List<String> lines, int at) {
        SectionCheck.Finding finding = SectionCheck.check(hunk, lines, at);
        if (finding.kind() == SectionCheck.Kind.ELSEWHERE) {
            elsewhere.put(key, finding.why());
        }
    }

    /** Whether no hunk is known to be in a wrong function. */
    boolean right() {
        return elsewhere.isEmpty();
    }

    /** In which function a hunk is and which it names, where the two differ. */
    Optional<String> wrong(String path, int number) {
        return Optional.ofNullable(elsewhere.get(new HunkKey(path, number)));
    }
}
