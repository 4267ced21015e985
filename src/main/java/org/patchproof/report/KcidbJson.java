package org.patchproof.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchproof.report.Findings.Build;
import org.patchproof.report.Findings.Bundle;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Trial;
import org.patchproof.report.Findings.Variant;
import org.patchproof.verdict.Verdict;

/**
 * Findings as a KCIDB report, schema 5.3 (kcidb-io, {@code schema/v05_03.py}): a checkout for each
 * source package, its variants as builds, trials as tests, and for each verdict that speaks of the bug
 * an incident that says whether it is present.
 *
 * <p>A series that does not apply is a checkout of its own that is not valid. Trouble of ours, and a
 * kernel that does not boot, are never a FAIL of a test.
 */
public final class KcidbJson {
    static final String ORIGIN = "patchproof";

    private static final int EXCERPT_LIMIT = 16384;
    private static final int BRIEF = 12;

    private final Findings findings;
    private final Map<String, Bundle> bundles = new LinkedHashMap<>();
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final Map<String, ObjectNode> issues = new LinkedHashMap<>();

    private KcidbJson(Findings findings) {
        this.findings = findings;
        findings.bundles().forEach(bundle -> bundles.put(bundle.id(), bundle));
        root.putObject("version").put("major", 5).put("minor", 3);
        List.of("checkouts", "builds", "tests", "issues", "incidents").forEach(root::putArray);
    }

    /** The document, ending with a line end. */
    public static String render(Findings findings) {
        KcidbJson json = new KcidbJson(findings);
        findings.cells().forEach(json::cell);
        json.issues.values().forEach(json.array("issues")::add);
        return json.root.toPrettyString() + "\n";
    }

    private ArrayNode array(String name) {
        return (ArrayNode) root.get(name);
    }

    private void cell(Cell cell) {
        if (cell.source().isEmpty()) {
            return;
        }
        Findings.Source source = cell.source().get();
        String checkout = id(cell.bug(), cell.label(), brief(source.sha256()), key(cell));
        ObjectNode node = object("checkouts", checkout)
                .put("tree_name", clean(cell.kernel()))
                .put("patchset_hash", "")
                .put("comment", clean(source.nevra()))
                .put("valid", true);
        start(cell, node);
        node.putObject("misc")
                .put("source_file", clean(source.file()))
                .put("source_sha256", source.sha256())
                .put("how", clean(source.how()));
        for (Variant variant : cell.variants()) {
            if (variant.verdict().word() == Verdict.Word.PATCH_REJECTED) {
                rejected(cell, variant);
            } else if (!variant.builds().isEmpty()) {
                built(checkout, cell, variant);
            }
        }
    }

    private void rejected(Cell cell, Variant variant) {
        ObjectNode node = object("checkouts", id(cell.bug(), cell.label(), variant.name(), key(cell)))
                .put("tree_name", clean(cell.kernel()))
                .put("patchset_hash", patchsetHash(variant))
                .put("log_excerpt", excerpt(variant.verdict().reason()))
                .put("valid", false);
        start(cell, node);
        patches(node.putObject("misc"), variant);
    }

    private void built(String checkout, Cell cell, Variant variant) {
        for (Build build : variant.builds()) {
            String id = id(cell.bug(), cell.label(), variant.name(), bundle(build.bundle()));
            ObjectNode node = object("builds", id).put("checkout_id", checkout).put("status", status(variant, build));
            if (bundles.containsKey(build.bundle())) {
                node.put("start_time", bundles.get(build.bundle()).started().toString());
            }
            if (build.packages().isPresent()) {
                node.put("duration", seconds(build.elapsed()));
            } else if (!variant.lines().isEmpty()) {
                node.put("log_excerpt", excerpt(String.join("\n", variant.lines())));
            }
            node.put("comment", clean(variant.name() + " (" + variant.role() + ")"));
            patches(node.putObject("misc"), variant)
                    .put("role", variant.role().name())
                    .put("verdict", variant.verdict().word().name())
                    .put("lane", variant.verdict().lane().word())
                    .put("patchset_hash", patchsetHash(variant))
                    .put("run_json_sha256", digest(build.bundle()));
            build.packages().ifPresent(packages -> packages(node, packages));
            variant.trials().stream()
                    .filter(trial -> trial.bundle().equals(build.bundle()))
                    .forEach(trial -> test(id, cell, variant, trial));
            incident(id, cell, variant, build);
        }
    }

    private static void packages(ObjectNode node, Findings.Packages packages) {
        ObjectNode misc = (ObjectNode) node.get("misc");
        misc.put("release", clean(packages.release()));
        packages.buildId().ifPresent(id -> misc.put("build_id", clean(id)));
        ArrayNode rpms = misc.putArray("packages");
        packages.packages()
                .forEach(
                        rpm -> rpms.addObject().put("nevra", clean(rpm.nevra())).put("sha256", clean(rpm.sha256())));
    }

    private static String status(Variant variant, Build build) {
        if (build.packages().isPresent()) {
            return "PASS";
        }
        return variant.verdict().word() == Verdict.Word.BUILD_FAILED ? "FAIL" : "MISS";
    }

    private void test(String build, Cell cell, Variant variant, Trial trial) {
        String id = id(
                cell.bug(), cell.label(), variant.name(), bundle(trial.bundle()), Integer.toString(trial.ownNumber()));
        ObjectNode node = object("tests", id)
                .put("build_id", build)
                .put("path", path(cell.bug()))
                .put("status", status(trial))
                .put("comment", clean(trial.outcome() + ": " + trial.detail()))
                .put("start_time", trial.ended().minus(trial.elapsed()).toString())
                .put("duration", seconds(trial.elapsed()));
        node.putObject("environment").put("comment", clean(String.join("; ", cell.conditions())));
        node.putObject("number").put("value", trial.exposures()).put("unit", "exposures");
        String lines = trial.excerpt().stream().map(Findings.Line::text).reduce("", (all, line) -> all + line + "\n");
        if (!lines.isEmpty()) {
            node.put("log_excerpt", excerpt(lines));
        }
        ObjectNode misc = node.putObject("misc").put("outcome", trial.outcome());
        if (!trial.faults().isEmpty()) {
            ArrayNode faults = misc.putArray("faults");
            trial.faults().forEach(fault -> faults.add(clean(fault)));
        }
    }

    /** A trial that says nothing of the kernel is no failure of the kernel. */
    private static String status(Trial trial) {
        return switch (trial.outcome()) {
            case "REPRODUCED", "FAULT" -> "FAIL";
            case "CLEAN" -> "PASS";
            case "UNEXERCISED" -> "ERROR";
            default -> "MISS";
        };
    }

    /** Only a verdict that speaks of the bug says that it is here, or that it is not. */
    private void incident(String build, Cell cell, Variant variant, Build of) {
        boolean present;
        switch (variant.verdict().word()) {
            case REPRODUCED, STILL_REPRODUCES -> present = true;
            case FIXED -> present = false;
            default -> {
                return;
            }
        }
        String issue = id(cell.bug());
        issues.computeIfAbsent(cell.bug(), bug -> {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("id", issue).put("origin", ORIGIN).put("version", 1).put("comment", clean(bug));
            node.putObject("culprit").put("code", true).put("tool", false).put("harness", false);
            return node;
        });
        object("incidents", id(cell.bug(), cell.label(), variant.name(), bundle(of.bundle())))
                .put("issue_id", issue)
                .put("issue_version", 1)
                .put("build_id", build)
                .put("present", present)
                .put("comment", clean(variant.verdict().explanation()));
    }

    private ObjectNode object(String array, String id) {
        return array(array).addObject().put("id", id).put("origin", ORIGIN);
    }

    private static ObjectNode patches(ObjectNode misc, Variant variant) {
        ArrayNode patches = misc.putArray("patches");
        variant.patches()
                .forEach(patch ->
                        patches.addObject().put("name", clean(patch.name())).put("sha256", clean(patch.sha256())));
        return misc;
    }

    private void start(Cell cell, ObjectNode node) {
        cell.variants().stream()
                .flatMap(variant -> variant.builds().stream())
                .map(build -> bundles.get(build.bundle()))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .ifPresent(bundle -> node.put("start_time", bundle.started().toString()));
    }

    /** Tells apart the cells of one kernel, wherever and in whatever company they are rendered. */
    private static String key(Cell cell) {
        return brief(sha256(String.join("\n", cell.conditions())));
    }

    private String bundle(String id) {
        return brief(digest(id));
    }

    private String digest(String bundle) {
        return bundles.containsKey(bundle) ? bundles.get(bundle).digest() : sha256(bundle);
    }

    private static String patchsetHash(Variant variant) {
        StringBuilder lines = new StringBuilder();
        variant.patches().forEach(patch -> lines.append(patch.sha256()).append('\n'));
        return lines.length() == 0 ? "" : sha256(lines.toString());
    }

    private static String id(String... parts) {
        return ORIGIN + ":" + clean(String.join("/", parts));
    }

    private static String path(String bug) {
        return "patchproof." + bug.replaceAll("[^a-zA-Z0-9_-]", "_");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String excerpt(String text) {
        String clean = clean(text);
        return clean.length() <= EXCERPT_LIMIT ? clean : clean.substring(0, EXCERPT_LIMIT);
    }

    private static String clean(String text) {
        return JunitXml.allowed(text);
    }

    private static String brief(String digest) {
        return digest.substring(0, Math.min(BRIEF, digest.length()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
