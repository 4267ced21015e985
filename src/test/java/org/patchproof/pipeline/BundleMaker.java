package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.patchproof.files.FileDigest;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.repro.BootProof;
import org.patchproof.repro.Moment;
import org.patchproof.repro.Trial;
import org.patchproof.repro.Trial.Outcome;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;

/** Writes evidence bundles as verify would, with every file that run.json names. */
final class BundleMaker {
    static final Instant EPOCH = Instant.parse("2026-11-23T21:06:13Z");

    private final Path directory;
    private final String id;
    private String bug = "netdev-leak";
    private Instant started = EPOCH;
    private String acceleration = "kvm";
    private int processors = 8;
    private String disk = "d".repeat(64);
    private String source = "5".repeat(64);
    private String key = "a".repeat(64);
    private String state = "finished";
    private double confidence = 0.95;
    private double residual = 1;
    private final List<CellRecord> cells = new ArrayList<>();
    private Lane lane = Lane.RPM;
    private Optional<String> compiler = Optional.empty();
    private Optional<String> built = Optional.of("b".repeat(64));

    private BundleMaker(Path runs, String id) {
        this.directory = runs.resolve(id);
        this.id = id;
    }

    static BundleMaker in(Path runs, String id) {
        return new BundleMaker(runs, id);
    }

    BundleMaker bug(String name) {
        bug = name;
        return this;
    }

    BundleMaker started(Instant when) {
        started = when;
        return this;
    }

    BundleMaker acceleration(String word) {
        acceleration = word;
        return this;
    }

    BundleMaker processors(int count) {
        processors = count;
        return this;
    }

    BundleMaker disk(String sha256) {
        disk = sha256;
        return this;
    }

    BundleMaker source(String sha256) {
        source = sha256;
        return this;
    }

    BundleMaker key(String digest) {
        key = digest;
        return this;
    }

    /** Of all variants that are added from now on. */
    BundleMaker lane(Lane other) {
        lane = other;
        return this;
    }

    /** That built all variants that are added from now on; without, their bundles do not say. */
    BundleMaker compiler(String version) {
        return compiler(Optional.of(version));
    }

    BundleMaker compiler(Optional<String> version) {
        compiler = version;
        return this;
    }

    /** How the kernel's YAML said that it is built; empty as in bundles of earlier versions. */
    BundleMaker built(Optional<String> digest) {
        built = digest;
        return this;
    }

    BundleMaker state(String word) {
        state = word;
        return this;
    }

    BundleMaker confidence(double asked) {
        confidence = asked;
        return this;
    }

    BundleMaker residual(double asked) {
        residual = asked;
        return this;
    }

    /** A kernel with these variants, whose files are written at once. */
    BundleMaker cell(String kernel, Made... variants) throws IOException {
        List<VariantRecord> records = new ArrayList<>();
        for (Made variant : variants) {
            records.add(variant.write(directory, kernel, lane, compiler));
        }
        cells.add(new CellRecord(
                kernel,
                key,
                Optional.of(new RunRecord.Source(
                        "kernel-6.1-1.src",
                        "kernel-6.1-1.src.rpm",
                        source,
                        "given",
                        Optional.empty(),
                        List.of(),
                        Duration.ZERO)),
                Optional.of(new RunRecord.Guest(
                        "debian-12", "e".repeat(64), disk, 4, 1L << 30, List.of("random.trust_cpu=on"))),
                records,
                built));
        return this;
    }

    /** Writes run.json; the bundle's directory. */
    Path write() throws IOException {
        RunRecord record = new RunRecord(
                RunRecord.SCHEMA,
                "0.1.0",
                id,
                bug,
                state,
                started,
                started.plusSeconds(900),
                new RunRecord.Asked(
                        new StoppingRule(new Standard(confidence, residual), 3, 12), "USE", "default", lane),
                new RunRecord.Host("Debian 12", "Linux 6.1", processors, acceleration, "it was seen to work"),
                cells);
        Files.createDirectories(directory);
        Json.mapper().writeValue(directory.resolve(Bundle.RECORD).toFile(), record);
        return directory;
    }

    /** A variant to be written. */
    static final class Made {
        private final String name;
        private final VariantRole role;
        private final List<String> patches;
        private final List<Trial> trials = new ArrayList<>();
        private final java.util.Set<Integer> brokeOff = new java.util.HashSet<>();
        private Optional<RunRecord.Failure> failure = Optional.empty();
        private Optional<String> trouble = Optional.empty();
        private String base = "base";
        private Optional<org.patchproof.verdict.Verdict> claimed = Optional.empty();

        private Made(String name, VariantRole role, List<String> patches) {
            this.name = name;
            this.role = role;
            this.patches = patches;
        }

        /** The instrumentation only. */
        static Made control() {
            return new Made("control", VariantRole.CONTROL, List.of(patch("instrumentation", "XXX reuse")));
        }

        /** The instrumentation and a fix. */
        static Made candidate(String name) {
            return new Made(
                    name,
                    VariantRole.CANDIDATE,
                    List.of(patch("instrumentation", "XXX reuse"), patch("fix of " + name, "fnhe->fnhe_daddr = 0;")));
        }

        /** Other patches than it would have. */
        Made patches(String... texts) {
            return with(List.of(texts));
        }

        private Made with(List<String> texts) {
            Made other = new Made(name, role, texts);
            other.trials.addAll(trials);
            other.brokeOff.addAll(brokeOff);
            other.failure = failure;
            other.trouble = trouble;
            other.base = base;
            return other;
        }

        /** The unpatched source under its patches. */
        Made base(String digest) {
            base = digest;
            return this;
        }

        Made failed(String stage, String... lines) {
            failure = Optional.of(new RunRecord.Failure(stage, List.of(lines)));
            return this;
        }

        Made trouble(String why) {
            trouble = Optional.of(why);
            return this;
        }

        Made claims(org.patchproof.verdict.Verdict verdict) {
            claimed = Optional.of(verdict);
            return this;
        }

        Made reproduced(int... exposures) {
            for (int count : exposures) {
                add(Outcome.REPRODUCED, count, List.of(), "unregister_netdevice: waiting for cli-veth to become free");
            }
            return this;
        }

        Made clean(int... exposures) {
            for (int count : exposures) {
                add(Outcome.CLEAN, count, List.of(), count + " exposures and no symptom");
            }
            return this;
        }

        /** A clean trial of a kernel that complained and went on. */
        Made cleanWith(String title, int exposures) {
            return add(Outcome.CLEAN, exposures, List.of(title), exposures + " exposures and no symptom");
        }

        Made unexercised() {
            return add(Outcome.UNEXERCISED, 0, List.of(), "the race window was never seen to be passed through");
        }

        Made fault(String title) {
            return add(Outcome.FAULT, 1, List.of(title), title);
        }

        Made lost(String why) {
            return add(Outcome.INFRA, 0, List.of(), why);
        }

        /** A trial in which the guest hung in the middle of its job. */
        Made brokeOff() {
            brokeOff.add(trials.size() + 1);
            return lost("the job took more than 300 s");
        }

        private Made add(Outcome outcome, int exposures, List<String> faults, String detail) {
            int number = trials.size() + 1;
            trials.add(new Trial(
                    number,
                    outcome,
                    exposures,
                    0,
                    false,
                    faults,
                    detail,
                    Duration.ofSeconds(62),
                    Optional.of(Duration.ofSeconds(15)),
                    "", // set when written
                    Optional.empty(),
                    List.of()));
            return this;
        }

        private VariantRecord write(Path bundle, String kernel, Lane lane, Optional<String> compiler)
                throws IOException {
            Path home = Files.createDirectories(bundle.resolve(kernel).resolve(name));
            List<RunRecord.PatchRecord> series = new ArrayList<>();
            Path kept = Files.createDirectories(home.resolve(BuildStage.PATCHES));
            for (int i = 0; i < patches.size(); i++) {
                byte[] bytes = patches.get(i).getBytes(StandardCharsets.UTF_8);
                String file = "000" + (i + 1) + ".patch";
                Files.write(kept.resolve(file), bytes);
                series.add(new RunRecord.PatchRecord(file, FileDigest.sha256(bytes)));
            }
            Files.writeString(
                    home.resolve("kernel.spec.diff"), "--- a\n+++ b\n@@ -1 +1,2 @@\n Name: kernel\n+Patch1: x\n");
            boolean built = failure.isEmpty()
                    || !List.of(Stages.PATCH, Stages.BUILD)
                            .contains(failure.get().stage());
            String prefix = kernel + "/" + name + "/";
            List<TrialRecord> records = new ArrayList<>();
            for (Trial trial : trials) {
                records.add(record(trial, home, prefix, lane));
            }
            return new VariantRecord(
                    name,
                    role,
                    series,
                    Optional.of(new RunRecord.Injection("EL7", List.of("line 1: Patch1"), prefix + "kernel.spec.diff")),
                    built || failure.get().stage().equals(Stages.BUILD)
                            ? Optional.of(new RunRecord.Proof(
                                    "f".repeat(64),
                                    base,
                                    List.of("net/ipv4/route.c 1 -> 2"),
                                    List.of("0001.patch net/ipv4/route.c hunk 1 at line 20"),
                                    List.of(),
                                    List.of()))
                            : Optional.empty(),
                    built
                            ? Optional.of(by(compiler, lane == Lane.RPM ? build(home, prefix) : image(home, prefix)))
                            : Optional.empty(),
                    failure,
                    built
                            ? Optional.of(new RunRecord.Install(
                                    "dnf", Duration.ofSeconds(12), prefix + "install-console.log"))
                            : Optional.empty(),
                    records,
                    claimed,
                    trouble);
        }

        private RunRecord.Build build(Path home, String prefix) throws IOException {
            Path rpms = Files.createDirectories(home.resolve("rpms"));
            Path rpm = Files.writeString(rpms.resolve("kernel.rpm"), "package of " + prefix);
            return new RunRecord.Build(
                    "kernel-6.1-1.pp." + name + ".x86_64",
                    "6.1-1.pp." + name + ".x86_64",
                    "/boot/vmlinuz-6.1",
                    "b".repeat(64),
                    Optional.of("c".repeat(40)),
                    List.of(new RunRecord.Package(
                            "kernel-6.1-1.pp." + name + ".x86_64",
                            prefix + "rpms/kernel.rpm",
                            FileDigest.sha256(rpm),
                            Files.size(rpm))),
                    "ccache",
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60),
                    prefix + "build.log",
                    Optional.of(RunRecord.Made.clean(Optional.empty())));
        }

        private static RunRecord.Build by(Optional<String> compiler, RunRecord.Build build) {
            return compiler.map(version -> new RunRecord.Root(
                            "host", "this host", Optional.empty(), "d".repeat(64), version, "RPM version 4.18.0"))
                    .map(root -> build.made(build.made().orElseThrow().in(root)))
                    .orElse(build);
        }

        private RunRecord.Build image(Path home, String prefix) throws IOException {
            Path image = Files.writeString(
                    Files.createDirectories(home.resolve("image")).resolve("vmlinuz"), "image of " + prefix);
            return new RunRecord.Build(
                    "not packed",
                    "6.1-1.pp." + name + ".x86_64",
                    prefix + "image/vmlinuz",
                    FileDigest.sha256(image),
                    Optional.of("c".repeat(40)),
                    List.of(),
                    "ccache",
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(6),
                    prefix + "build.log",
                    Optional.of(RunRecord.Made.incremental("control", "aa")));
        }

        private TrialRecord record(Trial made, Path home, String prefix, Lane lane) throws IOException {
            Consoles console = Consoles.of(made);
            String file = "console-" + made.number() + ".log";
            Files.writeString(home.resolve(file), console.text());
            Trial trial = new Trial(
                    made.number(),
                    made.outcome(),
                    made.exposures(),
                    0,
                    false,
                    made.faults(),
                    made.detail(),
                    made.elapsed(),
                    made.firstExposure(),
                    prefix + file,
                    Optional.empty(),
                    console.moments());
            BootProof booted = new BootProof(
                    "6.1-1.pp." + name + ".x86_64",
                    lane == Lane.RPM ? "kernel-6.1-1.pp." + name + ".x86_64" : "",
                    lane == Lane.RPM
                            ? "b".repeat(64)
                            : FileDigest.sha256(("image of " + prefix).getBytes(StandardCharsets.UTF_8)),
                    Optional.of("c".repeat(40)),
                    4,
                    List.of());
            return new TrialRecord(
                    trial,
                    made.outcome() == Outcome.INFRA ? Optional.empty() : Optional.of(booted),
                    brokeOff.contains(made.number())
                            ? Optional.of("trial " + made.number() + ": " + made.detail())
                            : Optional.empty(),
                    new TreeMap<>(),
                    "qemu-system-x86_64 -accel kvm",
                    EPOCH.plusSeconds(100L * made.number()));
        }
    }

    /** A console that shows what a trial says, and the moments in it. */
    private record Consoles(String text, List<Moment> moments) {
        static Consoles of(Trial trial) {
            StringBuilder text = new StringBuilder();
            List<Moment> moments = new ArrayList<>();
            say(text, moments, 2, "patchproof: begin", Moment.Kind.MARK, "begin");
            for (int i = 0; i < trial.exposures(); i++) {
                String object = "00000000a" + i;
                text.append(stamped(14 + 3 * i, "XXX pid: 86, ip_del_fnhe: dev, fnhe:" + object + ", daddr: 0"));
                say(text, moments, 15 + 3 * i, "XXX pid: 86, reuse fnhe :" + object, Moment.Kind.EXPOSURE, object);
            }
            trial.faults().forEach(fault -> say(text, moments, 30, fault, Moment.Kind.FAULT, fault));
            say(text, moments, 44, "patchproof: teardown-done", Moment.Kind.MARK, "teardown-done");
            if (trial.outcome() == Outcome.REPRODUCED) {
                say(text, moments, 54, trial.detail(), Moment.Kind.SYMPTOM, trial.detail());
            } else {
                say(text, moments, 45, "patchproof: devices-gone", Moment.Kind.MARK, "devices-gone");
            }
            return new Consoles(text.toString(), moments);
        }

        private static void say(
                StringBuilder text, List<Moment> moments, int second, String words, Moment.Kind kind, String moment) {
            text.append(stamped(second, words));
            long line = text.chars().filter(c -> c == '\n').count();
            moments.add(new Moment(kind, line, Optional.of(Duration.ofSeconds(second)), moment));
        }

        private static String stamped(int second, String words) {
            return String.format("[%5d.%06d] %s%n", second, 0, words);
        }
    }

    private static String patch(String name, String line) {
        return """
                From: A Person <person@example.org>
                Subject: %s

                --- a/net/ipv4/route.c
                +++ b/net/ipv4/route.c
                @@ -1,2 +1,3 @@
                 static void f(void)
                +\t%s
                 }
                """.formatted(name, line);
    }
}
