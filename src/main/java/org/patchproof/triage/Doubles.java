package org.patchproof.triage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leaves out logs that are there already: each of their messages would count twice. */
final class Doubles {
    private Doubles() {}

    /** The logs that differ, in order; of each other one there is a note. */
    static List<LogFile> without(List<LogFile> logs, List<String> notes) throws IOException {
        List<LogFile> kept = new ArrayList<>();
        for (LogFile log : logs) {
            Optional<LogFile> same = Optional.empty();
            for (LogFile other : kept) {
                if (same.isEmpty() && same(log, other)) {
                    same = Optional.of(other);
                }
            }
            if (same.isPresent()) {
                notes.add(log.name() + " is the same as " + same.get().name() + "; it was read once");
            } else {
                kept.add(log);
            }
        }
        return kept;
    }

    private static boolean same(LogFile log, LogFile other) throws IOException {
        BasicFileAttributes mine = Files.readAttributes(log.path(), BasicFileAttributes.class);
        BasicFileAttributes its = Files.readAttributes(other.path(), BasicFileAttributes.class);
        if (mine.fileKey() != null && mine.fileKey().equals(its.fileKey())) {
            return true;
        }
        // A pipe can be read once, and those of /proc say that they are empty.
        boolean comparable = mine.isRegularFile() && its.isRegularFile() && mine.size() > 0;
        return comparable && mine.size() == its.size() && Files.mismatch(log.path(), other.path()) < 0;
    }
}
