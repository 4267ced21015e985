package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.plan.GuestSpec;
import org.patchproof.plan.Reproduction;
import org.patchproof.process.CommandRunner;
import org.patchproof.repro.GuestSetup;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.AccelerationChoice;
import org.patchproof.vm.GuestBuilder;
import org.patchproof.vm.GuestImage;

/**
 * What a customer's machine is made of on this host.
 *
 * @param spec the guest that the kernel's YAML names
 * @param image the same, ready
 * @param choice how it runs
 */
record CustomerHost(GuestSpec spec, GuestImage image, AccelerationChoice choice) {

    /** Asked before the first build: what lacks is this host's fault, and none of the release. */
    static void requireTools(ReleaseOptions options) {
        try {
            if (options.customer().untried().isEmpty()) {
                HostNeeds.forTrying();
            }
        } catch (WrongRequestException e) {
            throw new TroubleException(
                    e.getMessage() + ": no customer's machine can run here",
                    e.remedy() + ". Where none is to run: --without-customer-trial REASON.",
                    e);
        }
    }

    /** The guest from the cache or made, and the acceleration that was asked for, or is seen to work here. */
    static CustomerHost ready(
            CommandRunner runner, ReleaseRequest request, ReleasePlan asked, Consumer<String> progress)
            throws IOException, InterruptedException {
        GuestBuilder builder = new GuestBuilder(runner, request.cacheDirectory());
        Path log = request.cacheDirectory().resolve("guest-build.log");
        GuestSpec spec = asked.guest();
        AccelerationChoice choice = HostFacts.look(
                        HostView.here(),
                        runner,
                        request.options().customer().acceleration(),
                        request.cacheDirectory(),
                        () -> direct(spec)
                                ? GuestStage.guarded(() -> builder.build(spec, log, progress))
                                        .own()
                                        .match(kernel -> Optional.of(kernel.image()), loader -> Optional.empty())
                                : Optional.empty())
                .choice();
        Acceleration acceleration = choice.acceleration();
        GuestImage image = GuestStage.guarded(() -> builder.under(acceleration).build(spec, log, progress));
        return new CustomerHost(spec, image, choice);
    }

    private static boolean direct(GuestSpec spec) {
        return spec.match(debootstrap -> true, image -> false);
    }

    String guest() {
        return spec.name();
    }

    /** In words. */
    String acceleration() {
        return choice.acceleration().word().toLowerCase(Locale.ROOT);
    }

    GuestSetup setup(Reproduction reproduction) {
        return new GuestSetup(
                image,
                choice.acceleration(),
                reproduction.cpus(),
                reproduction.memoryBytes(),
                reproduction.kernelArguments());
    }
}
