package org.patchproof.pipeline;

/** Makes releases. */
public interface Releaser {

    /**
     * Makes one, or refuses and leaves nothing at its place.
     *
     * @throws org.patchproof.release.RefusedException with every reason that can be told at this point
     * @throws WrongRequestException when what is asked for cannot be
     * @throws TroubleException when a tool fails
     */
    ReleaseResult release(ReleaseRequest request, ProgressListener listener);
}
