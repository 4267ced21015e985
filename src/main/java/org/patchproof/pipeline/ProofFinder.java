package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchproof.pipeline.RunRecord.PatchRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.release.PatchDigest;
import org.patchproof.release.Proof;
import org.patchproof.verdict.Numbers;

/** Bundles -> what they prove of one variant, judged anew from their trials. */
final class ProofFinder {
    private ProofFinder() {}

    /** A proof, and where its bundles lie. */
    record Found(Proof proof, List<Path> directories) {}

    /** All that bundles in {@code places} show of the variant; a place that is not there holds none. */
    static List<Found> find(List<Path> places, String bug, String kernel, String variant) throws IOException {
        List<Path> there = places.stream().filter(Files::isDirectory).toList();
        List<Found> found = new ArrayList<>();
        if (there.isEmpty()) {
            return found;
        }
        List<Path> bundles;
        try {
            bundles = BundleFinder.find(there);
        } catch (WrongRequestException e) {
            return found; // an empty runs/ holds no proof
        }
        for (MergedCell cell : Merge.of(bundles).cells()) {
            if (cell.conditions().bug().equals(bug)
                    && cell.conditions().kernel().equals(kernel)) {
                cell.variants().stream()
                        .filter(one -> one.role() == VariantRole.CANDIDATE)
                        .filter(one ->
                                one.name().replaceAll("@[0-9a-f]{1,8}$", "").equals(variant))
                        .forEach(one -> found.add(found(cell, one)));
            }
        }
        return found;
    }

    private static Found found(MergedCell cell, MergedVariant variant) {
        List<MergedVariant> controls = cell.variants().stream()
                .filter(one -> one.role() == VariantRole.CONTROL)
                .toList();
        List<MergedVariant.Held> parts = new ArrayList<>(variant.parts());
        controls.forEach(control -> parts.addAll(control.parts()));
        Map<String, SavedRun> runs = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (MergedVariant.Held held : parts) {
            runs.put(held.part().run().id(), held.part().run());
            held.custody().missing().stream()
                    .map(what -> what + " (" + held.part().variant().name() + ")")
                    .filter(what -> !missing.contains(what))
                    .forEach(missing::add);
        }
        Numbers numbers = variant.verdict().numbers();
        Proof proof = new Proof(
                runs.values().stream()
                        .map(run -> new Proof.Bundle(run.id(), run.digest()))
                        .toList(),
                variant.verdict().word().name(),
                variant.verdict().explanation(),
                cell.conditions().lane().word(),
                cell.conditions().source(),
                controls.stream()
                        .flatMap(one -> patches(one).stream())
                        .distinct()
                        .toList(),
                patches(variant),
                variant.standard(),
                missing,
                new Proof.Counts(
                        numbers.control().counted(),
                        numbers.control().reproduced(),
                        numbers.control().exposures(),
                        numbers.candidate().counted(),
                        numbers.candidate().reproduced(),
                        numbers.candidate().exposures()));
        return new Found(proof, runs.values().stream().map(SavedRun::directory).toList());
    }

    private static List<PatchDigest> patches(MergedVariant variant) {
        List<PatchRecord> records = variant.parts().get(0).part().variant().patches();
        return records.stream()
                .map(patch -> new PatchDigest(patch.name(), patch.sha256()))
                .toList();
    }
}
