package org.patchproof.cli;

import java.util.Optional;
import org.patchproof.pipeline.ReleaseOptions.Customer;
import org.patchproof.pipeline.ReleaseOptions.Said;
import org.patchproof.pipeline.ReleaseOptions.Waiver;
import org.patchproof.pipeline.WrongRequestException;
import picocli.CommandLine.Option;

/** The options for the trial in a customer's machine. */
final class CustomerOptions {
    @Option(
            names = "--without-customer-trial",
            paramLabel = "REASON",
            description = "Do not try it in a customer's machine first. The reason stands in every paper, and the exit"
                    + " code is 1.")
    private String reason;

    @Option(
            names = "--yes-without-customer-trial",
            description = "Said a second time: with --without-customer-trial the exit code is 0.")
    private boolean yes;

    @Option(
            names = "--accel",
            paramLabel = "kvm|tcg",
            description = "How that machine runs. Default: kvm where a guest is seen to run under it, else tcg.")
    private String acceleration;

    Customer customer() {
        if (yes && reason == null) {
            throw new WrongRequestException(
                    "--yes-without-customer-trial is for a release that was not tried",
                    "Leave it out, or say --without-customer-trial REASON.");
        }
        return new Customer(
                Optional.ofNullable(reason).map(why -> new Waiver(why, yes ? Said.TWICE : Said.ONCE)),
                Optional.ofNullable(acceleration));
    }
}
