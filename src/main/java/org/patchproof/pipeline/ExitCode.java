package org.patchproof.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.plan.VariantRole;
import org.patchproof.verdict.Verdict;

/**
 * How the program ends, and the only place where that is decided.
 *
 * <p>A script may rely on: only 0 means proved, only 1 means that a kernel or a patch is at fault.
 */
public enum ExitCode {
    /** Every verdict is as hoped: controls REPRODUCED, candidates FIXED. */
    HOPED(0, "every verdict as hoped: controls REPRODUCED, candidates FIXED"),
    /** A verdict says no: the bug is still there, the patch breaks something, or does not get so far. */
    SAYS_NO(1, "a verdict says no"),
    /** What was asked for is wrong: an option, a spec, a file that is not there. Nothing was run. */
    WRONG_REQUEST(2, "the request is wrong: usage, YAML, a missing file"),
    /** The kernels were tried and nothing may be concluded. */
    INCONCLUSIVE(3, "inconclusive: tried, and nothing may be concluded"),
    /** We failed, or this host did: says nothing about any kernel. */
    INFRASTRUCTURE(4, "infrastructure failed: says nothing about any kernel");

    /** What a process killed by Ctrl-C exits with, by custom of the shells: 128 + SIGINT. */
    public static final int INTERRUPTED = 130;

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the process exits with. */
    public int code() {
        return code;
    }

    /** What it means, in a few words. */
    public String meaning() {
        return meaning;
    }

    /**
     * What one verdict makes of a run.
     *
     * @param role a control is to show the bug, a candidate is not
     * @param trouble what failed on our side; turns INCONCLUSIVE into {@link #INFRASTRUCTURE}, and no
     *     other verdict: what was seen was seen
     */
    public static ExitCode of(Verdict.Word word, VariantRole role, Optional<String> trouble) {
        return switch (word) {
            case FIXED -> role == VariantRole.CANDIDATE ? HOPED : INCONCLUSIVE;
            case REPRODUCED -> role == VariantRole.CONTROL ? HOPED : SAYS_NO;
            case NOT_REPRODUCED -> INCONCLUSIVE;
            case STILL_REPRODUCES, REGRESSED, PATCH_REJECTED, BUILD_FAILED, INSTALL_FAILED, BOOT_FAILED -> SAYS_NO;
            case INCONCLUSIVE -> trouble.isPresent() ? INFRASTRUCTURE : INCONCLUSIVE;
        };
    }

    /**
     * The worst of several: a no outweighs our own trouble, that outweighs inconclusive. None at all is
     * inconclusive: nothing was proved.
     */
    public static ExitCode worst(Collection<ExitCode> codes) {
        return codes.stream().max(Comparator.comparingInt(ExitCode::weight)).orElse(INCONCLUSIVE);
    }

    /** The one with this number. */
    static ExitCode ofCode(int code) {
        return Stream.of(values()).filter(one -> one.code == code).findFirst().orElseThrow();
    }

    private int weight() {
        return switch (this) {
            case HOPED -> 0;
            case INCONCLUSIVE -> 1;
            case INFRASTRUCTURE -> 2;
            case SAYS_NO -> 3;
            case WRONG_REQUEST -> 4;
        };
    }
}
