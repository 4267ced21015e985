package org.patchproof.patch;

import java.util.Map;
import java.util.Optional;

/**
 * What a patch tool said of each hunk.
 *
 * @param ok whether it ended with exit code 0
 * @param hunks what was said of each hunk; one of which nothing was said is missing
 * @param command what was run, for a POSIX shell
 * @param output the end of what it printed
 */
record ToolRun(boolean ok, Map<HunkKey, HunkWord> hunks, String command, String output) {
    /** That of a tool that was not asked: no hunk is done. */
    static final ToolRun NOTHING = new ToolRun(false, Map.of(), "", "");

    /**
     * A hunk of a file, counted from 1. It says itself when two are equal: what a record has for that is put together
     * anew in each run, at its first use, which takes longer than the tool does.
     */
    record HunkKey(String path, int number) {
        @Override
        public boolean equals(Object other) {
            return other instanceof HunkKey key && number == key.number && path.equals(key.path);
        }

        @Override
        public int hashCode() {
            return 31 * path.hashCode() + number;
        }
    }

    /**
     * What was said of a hunk.
     *
     * @param line where it stands now; 0 when it failed
     */
    record HunkWord(boolean succeeded, int line, int offset, int fuzz) {
        static final HunkWord FAILED = new HunkWord(false, 0, 0, 0);
    }

    Optional<HunkWord> success(String path, int number) {
        return Optional.ofNullable(hunks.get(new HunkKey(path, number))).filter(HunkWord::succeeded);
    }

    /** Whether every hunk of {@code patch} was said to be done, and the tool was content. */
    boolean tookAll(Patch patch) {
        return ok && firstMissing(patch).isEmpty();
    }

    /** The first hunk that was not said to be done. */
    Optional<HunkKey> firstMissing(Patch patch) {
        for (TouchedFile file : patch.files()) {
            for (int i = 1; i <= file.hunks().size(); i++) {
                if (success(file.path(), i).isEmpty()) {
                    return Optional.of(new HunkKey(file.path(), i));
                }
            }
        }
        return Optional.empty();
    }
}
