package org.patchproof.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.TextDiff;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.specfile.Includes;
import org.patchproof.specfile.InjectionOutcome;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.ReleaseSuffix;
import org.patchproof.specfile.SourcesAtHand;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.SpecInjector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof inject}. */
@Command(
        name = "inject",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts patches into a kernel.spec of any dialect so that they are really applied, after all others;"
                    + " or refuses, and says why. Pure: neither rpm nor a build is needed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof inject SPECS/kernel.spec fix.patch --diff --explain",
            "  patchproof inject SPECS/kernel.spec fix.patch -o SPECS/kernel.spec --sources SOURCES --suffix .fix",
            "",
            "Without -o and --diff the new spec goes to standard output. The patches must lie in SOURCES, written",
            "as this spec wants them: --sources does that. Files that the spec takes in by %%include are looked for",
            "beside it, in SOURCES beside its folder, and in the folder of --sources.",
            "",
            "Exit codes: 0 injected, or was already; 2 refused: it is said what was seen and what to do."
        })
final class InjectCommand implements Callable<Integer> {
    private static final int SPEC_LIMIT = 32 << 20;

    @Parameters(index = "0", paramLabel = "SPECFILE", description = "The vendor's spec file.")
    private Path specFile;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATCH", description = "Patches, in their order.")
    private List<Path> patches = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "Write the new spec here; may be SPECFILE itself.")
    private Path out;

    @Option(names = "--explain", description = "Say which dialect it is, and why each line stands where it stands.")
    private boolean explain;

    @Option(names = "--diff", description = "Show what changes instead of the whole spec.")
    private boolean diff;

    @Option(
            names = "--suffix",
            paramLabel = ".x",
            description = "Add this to the release, so that the package is never taken for the vendor's.")
    private String suffix;

    @Option(
            names = "--sources",
            paramLabel = "DIR",
            description = "Also write the patches into this folder, in the form that this spec really applies.")
    private Path sources;

    @Mixin
    private ChangelogOptions changelog = new ChangelogOptions();

    private final Screen screen;

    InjectCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        Path named = Optional.ofNullable(out).orElse(specFile).toAbsolutePath();
        byte[] before = readSpec();
        requireTargets();
        SpecFile spec = SpecFile.parse(named.getFileName().toString(), before, includes());
        PatchSeries series = series();
        InjectionOutcome outcome = SpecInjector.inject(spec, new InjectionRequest(series, suffix(), changelog.entry()));
        Optional<Injected> fresh = outcome.match(Optional::of, already -> Optional.empty(), InjectCommand::refuse);
        Injected injected = outcome.match(i -> i, already -> already.asInjected(), InjectCommand::refuse);
        write(series, injected);
        print(before, injected.spec().print());
        if (fresh.isEmpty()) {
            screen.err().println("These patches are in this spec already; nothing was changed.");
        }
        remarks(injected);
        return 0;
    }

    private static <T> T refuse(InjectionOutcome.Refused refused) {
        throw new WrongRequestException("refused: " + refused.seen(), refused.remedy());
    }

    private byte[] readSpec() throws IOException {
        Inputs.requireFile(specFile, "Name a spec file.");
        try (InputStream in = Files.newInputStream(specFile)) {
            byte[] bytes = in.readNBytes(SPEC_LIMIT + 1);
            if (bytes.length > SPEC_LIMIT) {
                throw new WrongRequestException(specFile + ": is larger than 32 MiB", "Name a spec file.");
            }
            return bytes;
        }
    }

    private PatchSeries series() throws IOException {
        List<Patch> read = new ArrayList<>();
        for (Path patch : patches) {
            Inputs.requireFile(patch, "Name patch files, in the order in which they are to be applied.");
            read.add(PatchReader.read(patch));
        }
        try {
            return new PatchSeries("inject", read);
        } catch (IllegalArgumentException e) {
            throw new WrongRequestException(e.getMessage(), "In SOURCES patches lie side by side.", e);
        }
    }

    private Optional<ReleaseSuffix> suffix() {
        try {
            return Optional.ofNullable(suffix).map(ReleaseSuffix::new);
        } catch (IllegalArgumentException e) {
            throw new WrongRequestException(e.getMessage(), "Give one such, as --suffix .refleak.", e);
        }
    }

    private Includes includes() {
        Path folder = specFile.toAbsolutePath().getParent();
        List<Path> places = new ArrayList<>(List.of(folder, folder.resolveSibling("SOURCES")));
        Optional.ofNullable(sources).ifPresent(places::add);
        return SourcesAtHand.in(places.toArray(new Path[0]));
    }

    private void requireTargets() {
        if (sources != null && !Files.isDirectory(sources)) {
            throw new WrongRequestException(sources + ": is no folder", "Make it first, or name rpmbuild's SOURCES.");
        }
        if (out == null) {
            return;
        }
        if (Files.isDirectory(out)) {
            throw new WrongRequestException(out + ": is a folder", "Name the file: -o " + out.resolve("kernel.spec"));
        }
        if (Files.isSymbolicLink(out) && !Files.exists(out)) {
            throw new WrongRequestException(out + ": is a link to what is not there", "Name the file itself.");
        }
        Path parent = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) {
            throw new WrongRequestException(parent + ": no such folder", "Make it first.");
        }
    }

    private void write(PatchSeries series, Injected injected) throws IOException {
        WholeFiles files = new WholeFiles();
        if (sources != null) {
            for (Patch patch : series.patches()) {
                byte[] content = patch.bytes(injected.patchStyle());
                Path target = sources.resolve(patch.name());
                requireSameOrNone(target, patch, content);
                files.add(target, content);
            }
        }
        if (out != null) {
            files.add(WholeFiles.behindLinks(out), injected.spec().print());
        }
        files.write();
    }

    private void requireSameOrNone(Path target, Patch patch, byte[] content) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean rewritten = !Arrays.equals(content, patch.bytes(PatchStyle.AS_GIVEN));
        for (Path given : patches) {
            if (rewritten && Files.isSameFile(given, target)) {
                throw new WrongRequestException(
                        target + ": this spec wants the patch in another form, and its original would be lost",
                        "Keep the original in another folder, and name it there.");
            }
        }
        boolean ours = Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                && (Arrays.equals(Files.readAllBytes(target), content)
                        || Arrays.equals(Files.readAllBytes(target), patch.bytes(PatchStyle.AS_GIVEN)));
        if (!ours) {
            throw new WrongRequestException(
                    target + ": is there already, and is another file", "Rename your patch, or remove that file.");
        }
    }

    private void print(byte[] before, byte[] after) {
        if (diff) {
            screen.out().print(TextDiff.unified(specFile.getFileName().toString(), before, after));
        } else if (out == null) {
            screen.out().write(after, 0, after.length);
        }
        screen.out().flush();
    }

    /** On standard error, so that a spec or a diff on standard output stays one. */
    private void remarks(Injected injected) {
        PrintStream err = screen.err();
        if (out != null && Files.isSymbolicLink(out)) {
            err.println(out + " is a link, and stays one: what it leads to was written.");
        }
        if (explain) {
            err.println("dialect: " + injected.dialect());
            injected.explanation().forEach(line -> err.println("  " + line));
            injected.placements().forEach(p -> err.println("  line " + p.line() + ": " + p.text() + "  <- " + p.why()));
        }
        injected.rpmbuildDefines()
                .forEach(define -> err.println("rpmbuild needs: --define '" + define + "' (else the suffix is lost)"));
        if (sources == null && injected.patchStyle() == PatchStyle.PLAIN) {
            err.println("This spec skips patches with \"diff --git\" lines in silence when it is built inside a git"
                    + " work tree: leave these lines out of the copies in SOURCES, or let --sources write them.");
        }
        if (sources == null && injected.patchStyle() == PatchStyle.MAIL) {
            err.println("This spec applies patches with git am, which takes mails only (git format-patch):"
                    + " let --sources write the copies in SOURCES.");
        }
    }
}
