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

/** The ledger of finished steps: each entry is on disk before the next step begins. */
final class Ledger {
    private final Bundle bundle;
    private final RunRecord head;
    private final Map<String, CellLedger> cells = new LinkedHashMap<>();

    /** @param head the record's head; its cells are not used */
    Ledger(Bundle bundle, RunRecord head) {
        this.bundle = bundle;
        this.head = head;
    }

    /** Opens the page of a kernel. */
    CellLedger cell(String kernel, String key) {
        return cells.computeIfAbsent(kernel, name -> new CellLedger(name, key));
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
        List<CellRecord> records = new ArrayList<>();
        cells.values().forEach(cell -> records.add(cell.record()));
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
                records));
    }

    /** The page of one kernel. */
    static final class CellLedger {
        private final String kernel;
        private final String key;
        private final List<VariantLedger> variants = new ArrayList<>();
        private final List<RunRecord.VariantRecord> kept = new ArrayList<>();
        private Optional<Source> source = Optional.empty();
        private Optional<Guest> guest = Optional.empty();

        CellLedger(String kernel, String key) {
            this.kernel = kernel;
            this.key = key;
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

        void add(VariantLedger variant) {
            variants.add(variant);
        }

        /** A variant that this run leaves as an earlier one recorded it. */
        void keep(RunRecord.VariantRecord record) {
            kept.add(record);
        }

        /** Whether {@code earlier} was done with the same source, guest, patches, scripts and spec. */
        boolean sameInputs(CellRecord earlier) {
            return earlier.key().equals(key)
                    && earlier.source().map(Source::sha256).equals(source.map(Source::sha256))
                    && earlier.guest().map(Guest::diskSha256).equals(guest.map(Guest::diskSha256));
        }

        CellRecord record() {
            return new CellRecord(
                    kernel,
                    key,
                    source,
                    guest,
                    Stream.concat(variants.stream().map(VariantLedger::record), kept.stream())
                            .toList());
        }
    }
}
