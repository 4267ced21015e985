package org.patchproof.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which options of a kernel's configuration are modules: a guest that gets the image alone has none of them. */
final class ModulesNeeded {
    private static final int SHOWN = 5;

    private ModulesNeeded() {}

    /** Why the image alone does not do; {@code config} is the tree's .config. */
    static Optional<String> objection(Path config) throws IOException {
        List<String> modules = Files.readString(config, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("CONFIG_") && line.endsWith("=m"))
                .map(line -> line.substring(0, line.length() - "=m".length()))
                .toList();
        return modules.isEmpty()
                ? Optional.empty()
                : Optional.of(modules.size() + (modules.size() == 1 ? " option is a module" : " options are modules")
                        + " (" + modules.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (modules.size() > SHOWN ? ", ..." : "") + "), and the quick lane installs none");
    }
}
