package org.patchproof.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.Guest;
import org.patchproof.pipeline.RunRecord.Source;
import org.patchproof.pipeline.RunRecord.VariantRecord;

/** The ledger of finished steps: each entry is on disk before the next step begins. */
final class Ledger {
    private final Bundle bundle;
    private final RunRecord head;
    private final Map<String, CellRecord> earlier = new LinkedHashMap<>();
    private final Map<String, CellLedger> cells = new LinkedHashMap<>();

    /** @param head the record's head; its cells are an earlier run's, and stay until their pages have variants */
    Ledger(Bundle bundle, RunRecord head) {
        this.bundle = bundle;
        this.head = head;
        head.cells().forEach(cell -> earlier.put(cell.kernel(), cell));
    }

    /** Opens the page of a kernel. */
    CellLedger cell(String kernel, String key, String built) {
        return cells.computeIfAbsent(
                kernel, name -> new CellLedger(name, key, built, Optional.ofNullable(earlier.get(name))));
    }

    /** Writes the whole record. */
    void save() throws IOException {
        save("running");
    }

    /** Writes the whole record for the last time. */
    void close() throws IOException {
        close("finished");
    }

    /** Writes the whole record for the last time, in this state. */
    void close(String state) throws IOException {
        save(state);
    }

    private synchronized void save(String state) throws IOException {
        Map<String, CellRecord> records = new LinkedHashMap<>(earlier);
        cells.forEach((kernel, cell) -> records.put(kernel, cell.record()));
        bundle.write(new RunRecord(
                head.schema(),
                head.patchproof(),
                head.id(),
                head.bug(),
                state,
                head.started(),
                Instant.now(),
                head.asked(),
                head.host(),
                List.copyOf(records.values())));
    }

    /** The page of one kernel. */
    static final class CellLedger {
        private final String kernel;
        private final String key;
        private final String built;
        private final Optional<CellRecord> earlier;
        private final List<VariantLedger> variants = new ArrayList<>();
        private Optional<Source> source = Optional.empty();
        private Optional<Guest> guest = Optional.empty();

        private boolean keepsOthers;

        CellLedger(String kernel, String key, String built, Optional<CellRecord> earlier) {
            this.kernel = kernel;
            this.key = key;
            this.built = built;
            this.earlier = earlier;
        }

        String kernel() {
            return kernel;
        }

        String key() {
            return key;
        }

        void source(Source found) {
            source = Optional.of(found);
        }

        void guest(Guest made) {
            guest = Optional.of(made);
        }

        Optional<Source> source() {
            return source;
        }

        Optional<Guest> guest() {
            return guest;
        }

        void add(VariantLedger variant) {
            variants.add(variant);
        }

        /** Variants of the earlier run that are not of this one stay as it recorded them. */
        void keepOthers() {
            keepsOthers = true;
        }

        /** Whether {@code earlier} was done with the same source, guest, patches, scripts and spec. */
        boolean sameInputs(CellRecord earlier) {
            return earlier.key().equals(key)
                    && earlier.source().map(Source::sha256).equals(source.map(Source::sha256))
                    && earlier.guest().map(Guest::diskSha256).equals(guest.map(Guest::diskSha256));
        }

        /** What is known by now; what the earlier run knew, as long as nothing of it was taken over. */
        CellRecord record() {
            if (variants.isEmpty() && earlier.isPresent()) {
                return earlier.get();
            }
            return new CellRecord(
                    kernel,
                    key,
                    source,
                    guest,
                    Stream.concat(variants.stream().map(VariantLedger::record), others())
                            .toList(),
                    Optional.of(built));
        }

        private Stream<VariantRecord> others() {
            return earlier.filter(record -> keepsOthers).stream()
                    .flatMap(record -> record.variants().stream())
                    .filter(record ->
                            variants.stream().noneMatch(own -> own.name().equals(record.name())));
        }
    }
}
