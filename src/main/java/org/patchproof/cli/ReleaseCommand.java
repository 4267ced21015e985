package org.patchproof.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.ReleaseOptions;
import org.patchproof.pipeline.ReleaseOptions.Said;
import org.patchproof.pipeline.ReleaseOptions.SigningWith;
import org.patchproof.pipeline.ReleaseOptions.Waiver;
import org.patchproof.pipeline.ReleaseRequest;
import org.patchproof.pipeline.ReleaseResult;
import org.patchproof.pipeline.Releaser;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof release}. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes what customers install of a variant that was proved: signed packages without the"
                    + " instrumentation, a repository, and papers.",
            "",
            "The fix alone (ship: in the bug's YAML) is put into the vendor's source package, and that is built twice,"
                    + " clean, in the kernel's build root, in two directories: both must be equal. Also built is the vendor's package as it is:"
                    + " exported symbols, configuration, modules, Provides, Requires and scriptlets are compared."
                    + " What was signed is first tried in a fresh machine, as a customer would."
                    + " DIR appears whole or not at all; stopped at any moment, the same command goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof release netdev-leak --kernel el7-3.10.0-693 --variant fixed \\",
            "      --key 8D1C7A9F0B2E4D56 -o /srv/release-1",
            "",
            "Exit codes: 0 released; 1 refused (not proved, not equal, not compatible, ...), or released",
            "without proof or untried; 2 the request is wrong; 4 infrastructure failed; 130 interrupted",
            "(run the same command again: it goes on). More: docs/release.md"
        })
final class ReleaseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUG", description = "A bug of the workspace: the name of a folder in specs/bugs/.")
    private String bug;

    @Option(names = "--kernel", paramLabel = "KERNEL", required = true, description = "The kernel.")
    private String kernel;

    @Option(names = "--variant", paramLabel = "VARIANT", required = true, description = "The variant that was proved.")
    private String variant;

    @Option(
            names = "--key",
            paramLabel = "KEYID",
            required = true,
            description = "The key to sign with: 16, 40 or 64 hex digits. gpg's agent has its passphrase, or asks.")
    private String key;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Where gpg itself reads the passphrase from, where no agent has it. Only its owner may be"
                    + " able to read it.")
    private Path passphraseFile;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "The release's directory. It must not exist.")
    private Path out;

    @Option(
            names = "--proof",
            paramLabel = "DIR",
            description = "Where evidence bundles are; may be given more than once. Default: runs.")
    private List<Path> proofs = List.of(Path.of("runs"));

    @Option(
            names = "--confidence",
            paramLabel = "C",
            description = "How sure the proof must have been. Default: ${DEFAULT-VALUE}.",
            defaultValue = "0.95")
    private double confidence;

    @Option(
            names = "--suffix",
            paramLabel = ".NAME",
            description = "Added to the package's release. Default: the bug's name.")
    private String suffix;

    @Option(
            names = "--next",
            paramLabel = "VERSION-RELEASE",
            description = "A kernel that the vendor is known to bring next: it must replace ours. The usual ways of"
                    + " counting on are asked in any case.")
    private List<String> next = List.of();

    @Option(
            names = "--packager",
            paramLabel = "NAME",
            description = "Who the changelog entry is by: 'Name <mail>'. Default: the key's owner.")
    private String packager;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The date of the changelog entry, and of all that is built. Default: that of"
                    + " SOURCE_DATE_EPOCH, else the last whose noon (UTC) is over.")
    private String date;

    @Option(names = "--ticket", paramLabel = "TEXT", description = "Named in the changelog entry.")
    private String ticket;

    @Option(
            names = "--allow-kabi",
            paramLabel = "SYMBOL",
            description = "This exported symbol may change or go; may be given more than once.")
    private List<String> allowed = List.of();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where DIR will be published. Default: file:// and DIR.")
    private String base;

    @Option(
            names = "--without-proof",
            paramLabel = "REASON",
            description =
                    "Release it even if it is not proved. The reason stands in every paper, and the exit code is 1.")
    private String reason;

    @Option(names = "--yes-without-proof", description = "Said a second time: with --without-proof the exit code is 0.")
    private boolean yes;

    @Mixin
    private CustomerOptions customer = new CustomerOptions();

    @Option(names = "--jobs", paramLabel = "N", description = "Run so many compilers. Default: one a processor.")
    private Integer jobs;

    @Option(
            names = "--srpm",
            paramLabel = "PATH",
            description = "The vendor's source RPM. Default: srpms/ of the workspace.")
    private String srpm;

    @Option(names = "--srpm-sha256", paramLabel = "HEX", description = "The sha256 that this source RPM must have.")
    private String digest;

    @Mixin
    private RunOptions run;

    private final Screen screen;
    private final Releaser releaser;

    ReleaseCommand(Screen screen, Releaser releaser) {
        this.screen = screen;
        this.releaser = releaser;
    }

    @Override
    public Integer call() {
        ReleaseRequest request = request();
        ReleaseResult result;
        try (ListenerLines lines = new ListenerLines(screen.progress(), bundle -> {})) {
            result = releaser.release(request, lines);
        }
        if (run.json()) {
            screen.out().println(Json.of(ReleaseWords.document(request, result)));
        } else {
            ReleaseWords.print(result, screen.out());
        }
        return result.exitCode().code();
    }

    private ReleaseRequest request() {
        Workspace place = run.workspace(screen);
        VerifyRequest defaults = VerifyRequest.of(place, bug);
        return new ReleaseRequest(
                place,
                PlanRequest.of(bug)
                        .withKernels(List.of(kernel))
                        .withVariants(List.of(variant))
                        .withOverrides(Overrides.of(list(srpm), list(digest), List.of(kernel))),
                proofs,
                out,
                defaults.cacheDirectory(),
                jobs == null ? defaults.jobs() : jobs,
                options());
    }

    private static List<String> list(String value) {
        return Optional.ofNullable(value).stream().toList();
    }

    private ReleaseOptions options() {
        if (yes && reason == null) {
            throw new WrongRequestException(
                    "--yes-without-proof is for a release without proof",
                    "Leave it out, or say --without-proof REASON.");
        }
        return new ReleaseOptions(
                new SigningWith(key, Optional.ofNullable(passphraseFile)),
                Optional.ofNullable(suffix),
                Optional.ofNullable(packager),
                date(),
                Optional.ofNullable(ticket),
                confidence,
                next,
                new TreeSet<>(allowed),
                Optional.ofNullable(reason).map(why -> new Waiver(why, yes ? Said.TWICE : Said.ONCE)),
                customer.customer(),
                Optional.ofNullable(base).map(url -> url.replaceAll("/+$", "")));
    }

    private Optional<LocalDate> date() {
        String epoch = screen.environment().getOrDefault("SOURCE_DATE_EPOCH", "");
        try {
            if (date != null) {
                return Optional.of(LocalDate.parse(date));
            }
            return epoch.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(epoch)), ZoneOffset.UTC));
        } catch (DateTimeException | NumberFormatException e) {
            throw new WrongRequestException(
                    date != null ? "--date " + date + " is no date" : "SOURCE_DATE_EPOCH=" + epoch + " is no time",
                    date != null ? "Write it as 2026-11-24." : "It is in seconds since 1970, as date +%s prints.",
                    e);
        }
    }
}
