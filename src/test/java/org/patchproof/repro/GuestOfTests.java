package org.patchproof.repro;

import java.nio.file.Path;
import java.util.List;
import org.patchproof.plan.GuestSpec;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.Caches;
import org.patchproof.vm.DirectGuest;
import org.patchproof.vm.GuestBuilder;

/** The guest that our own kernels are tried in, from the cache when an earlier test made it. */
final class GuestOfTests {
    private GuestOfTests() {}

    static DirectGuest image() throws Exception {
        GuestSpec spec = PlanLoader.load(
                        Workspace.at(Path.of(".")),
                        PlanRequest.of("netdev-leak").withKernels(List.of("linux-6.1")))
                .cells()
                .get(0)
                .guest();
        return (DirectGuest) new GuestBuilder(new LeashedRunner(), Caches.shared())
                .build(spec, Caches.shared().resolve("guest-build.log"), step -> {});
    }
}
