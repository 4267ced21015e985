package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.patchproof.pipeline.RunRecord.PatchRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.release.PatchDigest;
import org.patchproof.release.Proof;
import org.patchproof.verdict.Numbers;

/** Bundles -> what they show of each variant, judged anew from their trials. */
final class ProofFinder {
    private ProofFinder() {}

    /** A proof, and where its bundles lie. */
    record Found(Proof proof, List<Path> directories) {}

    /**
     * What places hold.
     *
     * @param unread places that are not there or hold no bundle, bundles that cannot be read, in words: nobody knows
     *     what they would have said
     */
    record Search(List<Found> found, List<String> unread) {
        List<Proof> proofs() {
            return found.stream().map(Found::proof).toList();
        }
    }

    /** All that bundles in {@code places} show of any candidate of any kernel and bug. */
    static Search find(List<Path> places) throws IOException {
        List<String> unread = new ArrayList<>();
        TreeSet<Path> bundles = new TreeSet<>();
        for (Path place : places) {
            try {
                bundles.addAll(BundleFinder.find(List.of(place)));
            } catch (WrongRequestException e) {
                unread.add(e.getMessage());
            }
        }
        Merge merge = Merge.of(List.copyOf(bundles));
        unread.addAll(merge.problems());
        List<Found> found = new ArrayList<>();
        for (MergedCell cell : merge.cells()) {
            cell.variants().stream()
                    .filter(one -> one.role() == VariantRole.CANDIDATE)
                    .forEach(one -> found.add(found(cell, one)));
        }
        return new Search(found, unread);
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
                new Proof.Subject(
                        cell.conditions().bug(),
                        cell.conditions().kernel(),
                        variant.name().replaceAll("@[0-9a-f]{1,8}$", "")),
                runs.values().stream()
                        .map(run -> new Proof.Bundle(run.id(), run.digest()))
                        .toList(),
                variant.verdict().word().name(),
                variant.verdict().explanation(),
                cell.conditions().lane().word(),
                cell.conditions().source(),
                new Proof.Built(digest(parts), cell.conditions().compiler()),
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

    private static Optional<String> digest(List<MergedVariant.Held> parts) {
        List<Optional<String>> all = parts.stream()
                .map(held -> held.part().cell().built())
                .distinct()
                .toList();
        return all.size() == 1 ? all.get(0) : Optional.empty();
    }

    private static List<PatchDigest> patches(MergedVariant variant) {
        List<PatchRecord> records = variant.parts().get(0).part().variant().patches();
        return records.stream()
                .map(patch -> new PatchDigest(patch.name(), patch.sha256()))
                .toList();
    }
}
