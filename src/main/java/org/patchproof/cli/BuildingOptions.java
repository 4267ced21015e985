package org.patchproof.cli;

import org.patchproof.pipeline.BuildPolicy;
import org.patchproof.pipeline.CompilerCachePolicy;
import org.patchproof.pipeline.VerifyRequest;
import picocli.CommandLine.Option;

/** What builds may begin with. */
final class BuildingOptions {
    @Option(
            names = "--clean",
            description = "Build from the source package, not in the built tree of another variant, nor take what was"
                    + " built like that from the cache.")
    private boolean clean;

    @Option(names = "--no-ccache", description = "Compile everything, also what ccache has.")
    private boolean noCache;

    VerifyRequest in(VerifyRequest request) {
        return request.withCompilerCache(noCache ? CompilerCachePolicy.OFF : CompilerCachePolicy.USE)
                .withBuilds(clean ? BuildPolicy.CLEAN : BuildPolicy.REUSE);
    }
}
