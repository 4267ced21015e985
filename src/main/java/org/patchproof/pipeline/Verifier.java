package org.patchproof.pipeline;

/** Proves, for every variant of every kernel asked for, whether it mends the bug. */
public interface Verifier {

    /**
     * Runs a request to its end: minutes to hours.
     *
     * <p>An interrupt of the calling thread ends the run soon, without leaving processes behind; what was
     * finished is in the bundle, and a request with that bundle as {@link VerifyRequest#resume()} goes on
     * from there.
     *
     * @param listener is told what goes on, possibly from several threads
     * @return a result for every variant, also for those that failed
     * @throws org.patchproof.plan.PlanException when the request or the specs are wrong
     * @throws WrongRequestException when something else that was asked for cannot be done
     * @throws TroubleException when this host, or something of ours, failed so that no result is left
     */
    VerifyResult verify(VerifyRequest request, ProgressListener listener);
}
