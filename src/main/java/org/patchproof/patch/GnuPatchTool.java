package org.patchproof.patch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ToolRun.HunkKey;
import org.patchproof.patch.ToolRun.HunkWord;
import org.patchproof.process.Command;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/**
 * GNU patch. With {@code --force}: it asks nothing and never assumes {@code -R}; {@code -t} would, and
 * would take a fix out of a tree that has it. Verbose, so that every hunk is spoken of.
 */
final class GnuPatchTool {
    private static final Pattern FILE = Pattern.compile("patching file (\\S+).*");
    private static final Pattern SUCCESS = Pattern.compile(
            "Hunk #(\\d+) succeeded at (\\d+)(?: with fuzz (\\d+))?(?: \\(offset (-?\\d+) lines?\\))?\\.");
    private static final Pattern FAILURE = Pattern.compile("Hunk #(\\d+) (?:FAILED|ignored) at \\d+.*");

    private final CommandRunner runner;

    GnuPatchTool(CommandRunner runner) {
        this.runner = runner;
    }

    ToolRun apply(ScratchTree scratch, String patchFile, int fuzz) {
        return run(scratch, List.of("patch", "-p1", "-F" + fuzz), patchFile);
    }

    /** Takes a patch out, with exact context. */
    ToolRun reverse(ScratchTree scratch, String patchFile) {
        return reverse(scratch, patchFile, 0);
    }

    /** Takes a patch out, as GNU patch would put it in with that fuzz. */
    ToolRun reverse(ScratchTree scratch, String patchFile, int fuzz) {
        return run(scratch, List.of("patch", "-R", "-p1", "-F" + fuzz), patchFile);
    }

    private ToolRun run(ScratchTree scratch, List<String> start, String patchFile) {
        List<String> argv = new java.util.ArrayList<>(start);
        argv.addAll(
                List.of("--force", "--no-backup-if-mismatch", "--quoting-style=literal", "--verbose", "-i", patchFile));
        Command shown = Command.of(argv).with("LC_ALL", "C");
        Command command = shown.with("PATCH_GET", "0").in(scratch.tree()).within(Duration.ofMinutes(5));
        Reader reader = new Reader();
        CommandResult result = runner.run(command, reader::read);
        if (result.ending() != CommandResult.Ending.EXITED || result.exitCode() > 1) {
            throw new CommandException(result);
        }
        return new ToolRun(result.ok(), Map.copyOf(reader.hunks), shown.display(), result.output());
    }

    /** Lines that quote the patch start with {@code |} and are never taken for the tool's own word. */
    private static final class Reader {
        private final Map<HunkKey, HunkWord> hunks = new HashMap<>();
        private String file = "";

        void read(String line) {
            Matcher names = FILE.matcher(line);
            Matcher success = SUCCESS.matcher(line);
            Matcher failure = FAILURE.matcher(line);
            if (names.matches()) {
                file = names.group(1);
            } else if (success.matches()) {
                hunks.put(
                        new HunkKey(file, Integer.parseInt(success.group(1))),
                        new HunkWord(
                                true, number(success.group(2)), number(success.group(4)), number(success.group(3))));
            } else if (failure.matches()) {
                hunks.put(new HunkKey(file, Integer.parseInt(failure.group(1))), HunkWord.FAILED);
            }
        }

        private static int number(String digits) {
            return digits == null ? 0 : Integer.parseInt(digits);
        }
    }
}
