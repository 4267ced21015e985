package org.patchproof.report;

import java.util.ArrayList;
import java.util.List;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Variant;

/** A kernel on the page, with its variants. */
record HtmlCell(
        String anchor, String bug, String label, List<Fact> facts, List<String> notes, List<HtmlVariant> variants) {

    /** A name and a value; {@code mono} holds one element where the value is a digest or a path. */
    record Fact(String name, String value, List<String> mono) {
        static Fact plain(String name, String value) {
            return new Fact(name, value, List.of());
        }

        static Fact code(String name, String value) {
            return new Fact(name, value, List.of("mono"));
        }
    }

    static HtmlCell of(Cell cell, String anchor, HtmlContext context) {
        List<Fact> facts = new ArrayList<>();
        cell.source().ifPresent(source -> {
            facts.add(Fact.plain("source package", source.nevra() + " (" + source.how() + ")"));
            facts.add(Fact.code("its sha256", source.sha256()));
        });
        cell.guest().ifPresent(guest -> {
            facts.add(Fact.plain(
                    "guest",
                    guest.name() + ", " + guest.cpus() + " CPUs, " + (guest.memoryBytes() >> 20) + " MiB"
                            + (guest.kernelArguments().isEmpty()
                                    ? ""
                                    : ", " + String.join(" ", guest.kernelArguments()))));
            facts.add(Fact.code("its disk's sha256", guest.diskSha256()));
        });
        if (!cell.conditions().isEmpty()) {
            facts.add(Fact.plain("equal for all arms", String.join("; ", cell.conditions())));
        }
        List<HtmlVariant> variants = new ArrayList<>();
        for (Variant variant : cell.variants()) {
            variants.add(HtmlVariant.of(cell, variant, anchor + "v" + (variants.size() + 1), context));
        }
        return new HtmlCell(anchor, cell.bug(), cell.label(), facts, cell.notes(), variants);
    }
}
