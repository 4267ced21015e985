package org.patchproof.patch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ToolRun.HunkKey;
import org.patchproof.patch.ToolRun.HunkWord;
import org.patchproof.process.Command;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/** {@code git apply}, outside of any repository; {@code --reject} so that each hunk is spoken of. */
final class GitApplyTool {
    private static final Pattern CHECKING = Pattern.compile("Checking patch (\\S+?)\\.\\.\\.");
    private static final Pattern OFFSET =
            Pattern.compile("Hunk #(\\d+) succeeded at (\\d+) \\(offset (-?\\d+) lines?\\)\\.");
    private static final Pattern CLEAN = Pattern.compile("Applied patch (\\S+) cleanly\\.");
    private static final Pattern PARTLY = Pattern.compile("Applying patch (\\S+) with \\d+ rejects?\\.\\.\\.");
    private static final Pattern REJECTED = Pattern.compile("Rejected hunk #(\\d+)\\.");

    private final CommandRunner runner;

    GitApplyTool(CommandRunner runner) {
        this.runner = runner;
    }

    ToolRun apply(ScratchTree scratch, String patchFile, Patch patch) {
        Command shown = Command.of("git", "apply", "-p1", "--verbose", "--reject", patchFile)
                .with("LC_ALL", "C");
        Command command = shown.with("GIT_CEILING_DIRECTORIES", scratch.root().toString())
                .with("GIT_CONFIG_GLOBAL", "/dev/null")
                .with("GIT_CONFIG_NOSYSTEM", "1")
                .in(scratch.tree())
                .within(Duration.ofMinutes(5));
        Reader reader = new Reader();
        CommandResult result = runner.run(command, reader::read);
        if (result.ending() != CommandResult.Ending.EXITED || result.exitCode() > 1) {
            throw new CommandException(result);
        }
        return new ToolRun(result.ok(), reader.words(patch), shown.display(), result.output());
    }

    private static final class Reader {
        private final Map<HunkKey, HunkWord> moved = new HashMap<>();
        private final Set<String> applied = new HashSet<>();
        private final Set<HunkKey> rejected = new HashSet<>();
        private String file = "";

        void read(String line) {
            Matcher offset = OFFSET.matcher(line);
            Matcher reject = REJECTED.matcher(line);
            if (offset.matches()) {
                moved.put(
                        new HunkKey(file, Integer.parseInt(offset.group(1))),
                        new HunkWord(true, Integer.parseInt(offset.group(2)), Integer.parseInt(offset.group(3)), 0));
            } else if (reject.matches()) {
                rejected.add(new HunkKey(file, Integer.parseInt(reject.group(1))));
            } else {
                readFileLine(line);
            }
        }

        private void readFileLine(String line) {
            for (Pattern pattern : new Pattern[] {CHECKING, CLEAN, PARTLY}) {
                Matcher m = pattern.matcher(line);
                if (m.matches()) {
                    file = m.group(1);
                    if (pattern != CHECKING) {
                        applied.add(file);
                    }
                }
            }
        }

        /** git says nothing of a hunk that went where the patch says. */
        Map<HunkKey, HunkWord> words(Patch patch) {
            Map<HunkKey, HunkWord> words = new HashMap<>();
            for (TouchedFile touched : patch.files()) {
                for (int i = 1; i <= touched.hunks().size(); i++) {
                    HunkKey key = new HunkKey(touched.path(), i);
                    HunkWord inPlace =
                            new HunkWord(true, touched.hunks().get(i - 1).newStart(), 0, 0);
                    boolean done = applied.contains(touched.path()) && !rejected.contains(key);
                    words.put(key, done ? moved.getOrDefault(key, inPlace) : HunkWord.FAILED);
                }
            }
            return words;
        }
    }
}
