package org.patchproof.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchproof.process.Programs;

/** Whether the compiler's results of earlier builds are used. */
public enum CompilerCache {
    /** ccache, when it is installed. */
    USE,
    /** Every object is compiled. */
    OFF;

    /** Directories in which distributions keep links gcc, cc -> ccache. */
    private static final List<Path> LINKS = List.of(Path.of("/usr/lib/ccache"), Path.of("/usr/lib64/ccache"));

    /** The directory to put first in PATH; empty when there is no ccache or it is off. */
    Optional<Path> links() {
        return this == OFF || Programs.find("ccache").isEmpty()
                ? Optional.empty()
                : LINKS.stream().filter(Files::isDirectory).findFirst();
    }
}
