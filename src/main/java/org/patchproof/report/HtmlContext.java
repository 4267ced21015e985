package org.patchproof.report;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.patchproof.report.Findings.Bundle;

/**
 * What all parts of the page share: where the bundles lie, and which anchor a patch has.
 *
 * @param patches anchors of patches, by sha256
 * @param details whether details are open at first: where there are few, a reader wants to see them
 */
record HtmlContext(Map<String, Bundle> bundles, Map<String, String> patches, List<String> details) {
    private static final int FEW = 6;

    static HtmlContext of(Findings findings) {
        Map<String, Bundle> bundles = new LinkedHashMap<>();
        findings.bundles().forEach(bundle -> bundles.put(bundle.id(), bundle));
        Map<String, String> patches = new LinkedHashMap<>();
        findings.variants()
                .flatMap(variant -> variant.patches().stream())
                .forEach(patch -> patches.putIfAbsent(patch.sha256(), "p" + (patches.size() + 1)));
        return new HtmlContext(bundles, patches, findings.variants().count() <= FEW ? List.of("open") : List.of());
    }

    /** The way from the page to {@code file} of the bundle; empty when there is none. */
    String link(String bundle, String file) {
        Bundle of = bundles.get(bundle);
        return of == null || of.link().isEmpty() || file.isEmpty() ? "" : encoded(of.link() + file);
    }

    /** A relative path as a URL: nothing in it is taken for a scheme, a query or a fragment. */
    static String encoded(String path) {
        StringBuilder url = new StringBuilder(path.startsWith("../") || path.startsWith("./") ? "" : "./");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/+,=@".indexOf(c) >= 0);
            url.append(plain ? String.valueOf(c) : String.format("%%%02X", b & 0xff));
        }
        return url.toString();
    }

    String patch(String sha256) {
        return Objects.requireNonNull(patches.get(sha256));
    }
}
