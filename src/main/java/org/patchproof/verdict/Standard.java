package org.patchproof.verdict;

/**
 * How much evidence FIXED takes.
 *
 * @param confidence how sure it must be: 0.5 or more, below 1
 * @param residual the weakest leak that must still be caught, as a share of the control's own rate,
 *     above 0 and at most 1. At 0.1 a candidate that leaks a tenth as often as the control is called
 *     FIXED with a chance of at most 1 - confidence. At 1 only patches that do nothing are ruled out
 */
public record Standard(double confidence, double residual) {

    /** What a verdict is measured by unless something else was asked for. */
    public static final Standard USUAL = new Standard(0.95, 0.1);

    public Standard {
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "confidence is a probability from 0.5 to below 1, such as 0.95, not " + confidence);
        }
        if (!(residual > 0 && residual <= 1)) {
            throw new IllegalArgumentException(
                    "the residual is a share above 0 and at most 1, such as 0.1, not " + residual);
        }
    }

    /** What satisfies both. */
    public Standard stricter(Standard other) {
        return new Standard(Math.max(confidence, other.confidence), Math.min(residual, other.residual));
    }

    /** The largest chance of having missed a leak that FIXED may have. */
    public double mostMiss() {
        return 1 - confidence;
    }

    /** The rate that must be ruled out, where the control's is at least {@code rate}. */
    double ruledOut(double rate) {
        return residual * rate;
    }
}
