package org.patchproof.pipeline;

/** Makes releases of others again. */
public interface Rebuilder {

    /**
     * Builds a release's source package again and compares.
     *
     * @throws org.patchproof.release.RefusedException when papers, key or packages do not belong together
     */
    RebuildResult rebuild(RebuildRequest request, ProgressListener listener);
}
