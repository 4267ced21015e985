package org.patchproof.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads specs and checks them, all at once. */
public final class PlanLoader {
    private final Workspace workspace;
    private final SpecNames names;
    private final Problems problems = new Problems();

    private PlanLoader(Workspace workspace) {
        this.workspace = workspace;
        this.names = SpecNames.of(workspace);
    }

    /**
     * The plan for a request.
     *
     * @throws PlanException with every problem of the request and of all files that it needs
     */
    public static Plan load(Workspace workspace, PlanRequest request) {
        return new PlanLoader(workspace).plan(request);
    }

    /** Every problem of every bug, kernel and guest of a workspace; empty when all is well. */
    public static List<Problem> check(Workspace workspace) {
        PlanLoader loader = new PlanLoader(workspace);
        StrayFiles.report(workspace, loader.problems);
        loader.names.bugs().forEach(loader::bug);
        loader.names.kernels().forEach(loader::kernel);
        loader.names.guests().forEach(loader::guest);
        return loader.problems.all();
    }

    /**
     * Kernels alone, without any bug.
     *
     * @param kernels names; empty means all of the workspace
     * @param sources by the name of the kernel: where its source RPM is
     * @throws PlanException with every problem of the request and of the kernels' files
     */
    public static List<KernelSpec> kernels(
            Workspace workspace, List<String> kernels, Map<String, SrpmOverride> sources) {
        return new PlanLoader(workspace).kernelsAlone(kernels, sources);
    }

    private List<KernelSpec> kernelsAlone(List<String> asked, Map<String, SrpmOverride> sources) {
        Set<String> wanted = new LinkedHashSet<>(asked.isEmpty() ? names.kernels() : asked);
        for (String name : wanted) {
            if (!names.kernels().contains(name)) {
                problems.add(
                        workspace.shown(workspace.kernels()),
                        "there is no kernel " + Shown.quote(name),
                        Nearest.hint(name, names.kernels()));
            }
        }
        Map<String, KernelSpec> kernels = kernels(wanted);
        Overrides overrides = new Overrides(workspace, sources, problems);
        kernels.replaceAll((name, kernel) -> overrides.apply(kernel));
        overrides.refuseOthers(wanted);
        problems.throwIfAny();
        return List.copyOf(kernels.values());
    }

    /**
     * The variants of a bug alone, by the name of the kernel: nothing is said of the rest of its file, nor of the
     * kernels' and guests'.
     *
     * @throws PlanException with every problem of the variants
     */
    public static Map<String, List<VariantSpec>> variants(Workspace workspace, String bug) {
        PlanLoader loader = new PlanLoader(workspace);
        Map<String, List<VariantSpec>> variants =
                loader.there(bug) ? new BugReader(workspace, loader.names, loader.problems).variants(bug) : Map.of();
        loader.problems.throwIfAny();
        return variants;
    }

    /**
     * All bugs of a workspace that are looked for in logs, by name: nothing is said of what else stands in their
     * files, which an operator has no use for.
     *
     * @throws PlanException with every problem of what is looked for
     */
    public static List<KnownBug> knownBugs(Workspace workspace) {
        PlanLoader loader = new PlanLoader(workspace);
        BugReader reader = new BugReader(workspace, loader.names, loader.problems);
        List<KnownBug> bugs = new ArrayList<>();
        loader.names.bugs().forEach(name -> reader.known(name).ifPresent(bugs::add));
        loader.problems.throwIfAny();
        return bugs;
    }

    private Plan plan(PlanRequest request) {
        Optional<BugSpec> bug = bug(request.bug()).map(spec -> provokedBy(spec, request.profile()));
        Map<String, List<VariantSpec>> selected =
                bug.map(b -> new Selection(workspace, problems).of(b, request)).orElse(Map.of());
        Map<String, KernelSpec> kernels = kernels(selected.keySet());
        Overrides overrides = new Overrides(workspace, request.overrides(), problems);
        kernels.replaceAll((name, kernel) -> overrides.apply(kernel));
        if (bug.isPresent()) {
            overrides.refuseOthers(selected.keySet());
        }
        Map<String, GuestSpec> guests = guests(kernels);
        problems.throwIfAny();
        List<Cell> cells = new ArrayList<>();
        selected.forEach((name, variants) -> {
            KernelSpec kernel = kernels.get(name);
            cells.add(new Cell(kernel, variants, guests.get(kernel.guest())));
        });
        return new Plan(bug.orElseThrow(), cells);
    }

    private BugSpec provokedBy(BugSpec bug, Optional<String> profile) {
        if (profile.isEmpty() || profile.get().equals(Reproduction.DEFAULT_PROFILE)) {
            return bug;
        }
        if (bug.profiles().containsKey(profile.get())) {
            return bug.provokedBy(profile.get());
        }
        problems.add(
                workspace.shown(workspace.bugFile(bug.name())),
                "has no profile " + Shown.quote(profile.get()),
                bug.profiles().isEmpty()
                        ? "It has none but the usual one: leave --profile out."
                        : Nearest.hint(profile.get(), bug.profiles().keySet()));
        return bug;
    }

    private Optional<BugSpec> bug(String name) {
        return there(name) ? new BugReader(workspace, names, problems).read(name) : Optional.empty();
    }

    private boolean there(String name) {
        if (names.bugs().contains(name)) {
            return true;
        }
        boolean folder = Names.valid(name) && Files.isDirectory(workspace.bugs().resolve(name));
        Path shown = workspace.shown(folder ? workspace.bugs().resolve(name) : workspace.bugs());
        problems.add(
                shown,
                folder ? "has no bug.yaml" : "there is no bug " + Shown.quote(name),
                folder ? "Write it; see the other bugs." : Nearest.hint(name, names.bugs()));
        return false;
    }

    /** Those that are there; the bug's file is reported for naming others. */
    private Map<String, KernelSpec> kernels(Set<String> wanted) {
        Map<String, KernelSpec> kernels = new LinkedHashMap<>();
        for (String name : wanted) {
            if (names.kernels().contains(name)) {
                kernel(name).ifPresent(kernel -> kernels.put(name, kernel));
            }
        }
        return kernels;
    }

    private Optional<KernelSpec> kernel(String name) {
        return new KernelReader(workspace, names, problems).read(name);
    }

    private Map<String, GuestSpec> guests(Map<String, KernelSpec> kernels) {
        Set<String> wanted = new LinkedHashSet<>();
        kernels.values().forEach(kernel -> wanted.add(kernel.guest()));
        wanted.retainAll(names.guests());
        Map<String, GuestSpec> guests = new LinkedHashMap<>();
        wanted.forEach(name -> guest(name).ifPresent(guest -> guests.put(name, guest)));
        return guests;
    }

    private Optional<GuestSpec> guest(String name) {
        return new GuestReader(workspace, problems).read(name);
    }
}
