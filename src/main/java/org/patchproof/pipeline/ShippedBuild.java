package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.build.SourceAssembly;
import org.patchproof.files.FileDigest;
import org.patchproof.patch.PatchSeries;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.Cell;
import org.patchproof.plan.SrpmSource;
import org.patchproof.plan.VariantSpec;
import org.patchproof.process.CommandRunner;
import org.patchproof.verdict.Lane;

/**
 * Packages of a kernel that {@code build} made, on this host or another, taken over with their chain of
 * custody. They lie where the runs lie, in a bundle whose name is known: {@code build-BUG-KERNEL}.
 */
final class ShippedBuild {
    /** The state in run.json of a build that has ended; an unfinished one is not taken over. */
    static final String STATE = "built";

    private final Path directory;
    private final CellRecord cell;

    private ShippedBuild(Path directory, CellRecord cell) {
        this.directory = directory;
        this.cell = cell;
    }

    /** Where {@code build} puts the packages of a kernel. */
    static Path directory(Path runs, String bug, String kernel) {
        return runs.resolve("build-" + bug + "-" + kernel).toAbsolutePath().normalize();
    }

    /** The build of this very cell, if there is one. */
    static Optional<ShippedBuild> find(VerifyRequest request, Cell cell, SeriesOfCell series, CommandRunner runner)
            throws IOException {
        Path directory = directory(
                request.runsDirectory(), request.plan().bug(), cell.kernel().name());
        if (!Files.isRegularFile(directory.resolve(Bundle.RECORD))
                || objection(request, cell, series, runner).isPresent()) {
            return Optional.empty();
        }
        return record(Bundle.read(directory), cell).map(found -> new ShippedBuild(directory, found));
    }

    /** Why the build that is there is not taken over; empty when it is, or when there is none. */
    static Optional<String> objection(VerifyRequest request, Cell cell, SeriesOfCell series, CommandRunner runner)
            throws IOException {
        Path directory = directory(
                request.runsDirectory(), request.plan().bug(), cell.kernel().name());
        if (!Files.isRegularFile(directory.resolve(Bundle.RECORD))) {
            return Optional.empty();
        }
        if (request.lane() != Lane.RPM) {
            return Optional.of(directory + " is not taken over: the quick lane installs no packages");
        }
        RunRecord run = Bundle.read(directory);
        Optional<CellRecord> record = record(run, cell);
        if (!run.state().equals(STATE)) {
            return Optional.of(directory + " is not taken over: the build there has not ended");
        } else if (run.asked().lane() != Lane.RPM) {
            return Optional.of(directory + " is not taken over: it has no packages, but images of the quick lane");
        } else if (!run.patchproof().equals(Verification.version())) {
            return Optional.of(directory + " is not taken over: patchproof " + run.patchproof() + " made it");
        } else if (record.isEmpty() || record.get().source().isEmpty()) {
            return Optional.of(directory + " is not taken over: it has no packages of this kernel");
        } else if (!record.get().key().equals(BuildKey.of(cell, series))) {
            return Optional.of(directory + " is not taken over: kernel or patches are others by now");
        }
        RunRecord.Source source = record.get().source().get();
        Optional<String> other = otherSource(request, cell, source.sha256());
        return (other.isPresent() ? other : madeOfAnother(request, cell, source, runner))
                .map(why -> directory + " is not taken over: " + why);
    }

    /** Where this host knows what the source package must be, the build must have used that one. */
    private static Optional<String> otherSource(VerifyRequest request, Cell cell, String built) throws IOException {
        Optional<SrpmSource> given = cell.kernel().source().match(debian -> Optional.empty(), Optional::of);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> wanted = given.get().sha256();
        Optional<Path> here = given.get()
                .locationIn(request.workspace())
                .<Optional<Path>>match(Optional::of, url -> Optional.empty())
                .filter(Files::isRegularFile);
        if (wanted.isEmpty() && here.isPresent()) {
            wanted = Optional.of(FileDigest.sha256(here.get()));
        }
        return wanted.filter(sha256 -> !sha256.equals(built))
                .map(sha256 -> "it was built from a source package with sha256 " + built + ", asked for is " + sha256);
    }

    /** As before for a package that we make: of the commit or the tarball that this host has now. */
    private static Optional<String> madeOfAnother(
            VerifyRequest request, Cell cell, RunRecord.Source built, CommandRunner runner) throws IOException {
        return new SourceAssembly(runner, request.workspace(), request.cacheDirectory())
                .madeOf(cell.kernel().source())
                .filter(now -> !Optional.of(now).equals(built.madeOf()))
                .map(now -> "its source package was made of " + built.madeOf().orElse("what it does not say")
                        + ", here is " + now);
    }

    private static Optional<CellRecord> record(RunRecord run, Cell cell) {
        return run.cells().stream()
                .filter(one -> one.kernel().equals(cell.kernel().name()))
                .findFirst();
    }

    /** Whether every variant that {@code request} tries is here: built, or known not to build. */
    boolean covers(Cell wanted, SeriesOfCell series, VerifyRequest request) {
        return wanted.variants().stream()
                .filter(variant -> request.tries(variant.name()))
                .allMatch(variant -> has(variant, series.of(variant)));
    }

    private boolean has(VariantSpec variant, PatchSeries series) {
        VariantLedger asked = new VariantLedger(variant, series);
        return named(variant.name()).map(asked::adopt).orElse(false);
    }

    /** The source package that was built from. */
    RunRecord.Source source() {
        return cell.source().orElseThrow();
    }

    /** What built {@code variant}, where that is known. */
    Optional<String> compiler(String variant) {
        return named(variant).flatMap(OneCompiler::of);
    }

    /** Where it lies. */
    Path directory() {
        return directory;
    }

    /** Lets {@code variant} know the proof of its source, without its packages: for a control tried elsewhere. */
    void tellProof(VariantLedger variant) {
        named(variant.name()).flatMap(VariantRecord::proof).ifPresent(variant::proved);
    }

    /**
     * Copies the packages and papers of {@code variant} into {@code bundle} and tells the variant of them.
     *
     * @return false when this build does not have the variant
     * @throws TroubleException when a file is not there or not what the build's record says
     */
    boolean take(VariantLedger variant, Bundle bundle) throws IOException {
        Optional<VariantRecord> built = named(variant.name());
        if (built.isEmpty() || !variant.adopt(built.get())) {
            return false;
        }
        Path home = bundle.variant(cell.kernel(), variant.name()).getParent();
        for (String file : files(built.get())) {
            copy(file, variant.name(), bundle);
        }
        if (built.get().build().isPresent()) {
            List<String> damaged =
                    PackageFiles.damaged(bundle.directory(), built.get().build().get());
            if (!damaged.isEmpty()) {
                throw damaged("it lacks " + String.join(", ", damaged));
            }
        }
        Files.copy(
                directory.resolve(Bundle.RECORD), home.resolve("build-run.json"), StandardCopyOption.REPLACE_EXISTING);
        Path commands = directory.resolve(Bundle.COMMANDS);
        if (Files.isRegularFile(commands, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(commands, home.resolve("build-commands.jsonl"), StandardCopyOption.REPLACE_EXISTING);
        }
        return true;
    }

    private Optional<VariantRecord> named(String variant) {
        return cell.variants().stream()
                .filter(one -> one.name().equals(variant))
                .findFirst();
    }

    private List<String> files(VariantRecord built) {
        List<String> files = new ArrayList<>();
        String log = cell.kernel() + "/" + built.name() + "/build.log";
        if (built.build().isEmpty() && Files.exists(directory.resolve(log))) {
            files.add(log);
        }
        built.injection().ifPresent(injection -> files.add(injection.specDiff()));
        built.build().ifPresent(build -> {
            build.packages().forEach(rpm -> files.add(rpm.file()));
            files.add(build.log());
        });
        return files;
    }

    /** A record may come from anywhere: no name in it leads out of the variant's own folder. */
    private void copy(String file, String variant, Bundle bundle) throws IOException {
        Path own = Path.of(cell.kernel(), variant);
        Path name = Path.of(file).normalize();
        if (name.isAbsolute() || !name.startsWith(own)) {
            throw damaged("its record names " + file + ", which is not in " + own);
        }
        Path from = directory.resolve(name);
        if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)
                || !from.toRealPath().startsWith(directory.toRealPath())) {
            throw damaged("it lacks " + file);
        }
        Path to = bundle.directory().resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private TroubleException damaged(String why) {
        return new TroubleException(
                "the build in " + directory + " is damaged: " + why,
                "Bring it here again (unstash, copy), or remove the folder to build on this host.");
    }
}
