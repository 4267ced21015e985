package org.patchproof.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.patchproof.pipeline.WrongRequestException;

/** Files that were named on the command line. */
final class Inputs {
    private Inputs() {}

    /** Refuses a file that is not there or cannot be read, before anything is done. */
    static void requireFile(Path file, String remedy) {
        if (!Files.exists(file)) {
            throw new WrongRequestException(file + ": no such file", remedy);
        }
        if (!Files.isRegularFile(file)) {
            throw new WrongRequestException(file + ": is no regular file", remedy);
        }
        if (!Files.isReadable(file)) {
            throw new WrongRequestException(file + ": permission denied", remedy);
        }
    }
}
