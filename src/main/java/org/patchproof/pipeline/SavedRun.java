package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import org.patchproof.files.FileDigest;

/**
 * A bundle as it lies on a disk.
 *
 * @param directory where it is
 * @param digest sha256 of its run.json
 */
record SavedRun(Path directory, String digest, RunRecord record) {

    /** Reads the bundle in {@code directory}; see {@link Bundle#read(Path)} for what is refused. */
    static SavedRun read(Path directory) throws IOException {
        RunRecord record = Bundle.read(directory);
        return new SavedRun(directory, FileDigest.sha256(directory.resolve(Bundle.RECORD)), record);
    }

    String id() {
        return record.id();
    }
}
