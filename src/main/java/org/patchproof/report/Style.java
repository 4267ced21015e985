package org.patchproof.report;

import org.patchproof.verdict.Verdict;

/** How text is set off. */
public enum Style {
    /** Letters only. */
    PLAIN,
    /** Colours and bold, in ANSI escapes. */
    COLOUR;

    private static final String RESET = "\u001b[0m";

    String bold(String text) {
        return paint("\u001b[1m", text);
    }

    String faint(String text) {
        return paint("\u001b[2m", text);
    }

    /** Green for what is hoped for, red for a no, yellow for what concludes nothing. */
    String verdict(Verdict.Word word, String text) {
        return switch (word) {
            case FIXED, REPRODUCED -> paint("\u001b[1;32m", text);
            case NOT_REPRODUCED, INCONCLUSIVE -> paint("\u001b[1;33m", text);
            case STILL_REPRODUCES, REGRESSED, PATCH_REJECTED, BUILD_FAILED, INSTALL_FAILED, BOOT_FAILED ->
                paint("\u001b[1;31m", text);
        };
    }

    private String paint(String code, String text) {
        return this == COLOUR ? code + text + RESET : text;
    }
}
