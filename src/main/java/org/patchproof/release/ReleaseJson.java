package org.patchproof.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** JSON of this room: sorted, so that equal facts give equal bytes. */
final class ReleaseJson {
    private static final long LIMIT = 64L << 20;

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .findAndAddModules()
            .build();

    private ReleaseJson() {}

    /** Writes {@code value}; the file appears whole. */
    static void write(Path file, Object value) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, MAPPER.writeValueAsBytes(value));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads a file of at most 64 MiB. */
    static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LIMIT) {
            throw new RefusedException(file + " is no file of a release", "Name a release's papers/provenance.json.");
        }
        return MAPPER.readTree(file.toFile());
    }
}
