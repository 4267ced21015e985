package org.patchproof.pipeline;

/** Builds the packages of a bug's variants and tries nothing. */
public interface PackageBuilder {

    /**
     * Builds what {@code request} asks for. What an earlier build in the same directory finished, of the
     * same source, patches and kernel, is not built again.
     *
     * @throws org.patchproof.plan.PlanException when the specs are wrong
     * @throws WrongRequestException when the request cannot be fulfilled; nothing was built
     * @throws TroubleException when this host fails
     */
    BuildResult build(VerifyRequest request, Shipping shipping, ProgressListener listener);
}
