package org.patchproof.pipeline;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.plan.VariantRole;
import org.patchproof.verdict.Lane;

/** What should have been tried: the cells of {@code patchproof plan --json}. */
record Expectation(String bug, Lane lane, List<Wanted> wanted) {
    private static final long LIMIT = 16L << 20;

    /** A variant of a kernel. */
    record Wanted(String kernel, String variant, VariantRole role) {}

    /** Reads what {@code plan --json} wrote. */
    static Expectation read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LIMIT) {
            throw new WrongRequestException(
                    file + " is no plan", "Make it with: patchproof plan BUG --json > " + file.getFileName());
        }
        JsonNode document;
        try {
            document = new ObjectMapper().readTree(file.toFile());
        } catch (JacksonException e) {
            throw new WrongRequestException(
                    file + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": not JSON: " + e.getOriginalMessage(),
                    "Make it with: patchproof plan BUG --json > " + file.getFileName(),
                    e);
        }
        List<Wanted> wanted = new ArrayList<>();
        for (JsonNode cell : document.path("cells")) {
            for (JsonNode variant : cell.path("variants")) {
                wanted.add(new Wanted(
                        cell.path("kernel").asText(),
                        variant.path("name").asText(),
                        variant.path("role").asText().equals("control") ? VariantRole.CONTROL : VariantRole.CANDIDATE));
            }
        }
        if (wanted.isEmpty() || document.path("bug").asText().isEmpty()) {
            throw new WrongRequestException(
                    file + " names no bug with cells: it is not what plan --json writes",
                    "Make it with: patchproof plan BUG --json > " + file.getFileName());
        }
        boolean quick = document.path("lane").asText().equals(Lane.QUICK.word());
        return new Expectation(document.path("bug").asText(), quick ? Lane.QUICK : Lane.RPM, wanted);
    }
}
