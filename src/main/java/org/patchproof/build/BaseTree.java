package org.patchproof.build;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchproof.files.FileDigest;
import org.patchproof.files.UseLock;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.ProofOutcome.Carried;

/**
 * A topdir in which a variant was built clean and proved: what other variants of the same source package
 * begin with. Nobody writes to it; it is in use until it is closed.
 */
public final class BaseTree implements AutoCloseable {
    private static final String FACTS = "facts";
    private static final String SEAL = "sealed";
    private static final String FORMAT = "1";
    private static final String BEFORE = "before.";

    private final Path home;
    private final UseLock lock;
    private final Facts facts;

    /**
     * What is known of it.
     *
     * @param key of all that went into it but the series
     * @param variant whose series it carries
     * @param suffix of that variant's release
     * @param specName file name of the spec
     * @param tree the kernel's sources, relative to the topdir
     * @param made what packages of this source say when they were made
     * @param newest time of the newest file in it
     * @param defines macros of the injection
     * @param before by path, the digest of files the proof spoke of, without the series; empty if not there
     * @param series what it carries
     * @param prep what rpm made of the injected spec's %prep
     * @param seal over all files of the topdir
     */
    record Facts(
            String key,
            String variant,
            String suffix,
            String specName,
            Path tree,
            Instant made,
            Instant newest,
            List<String> defines,
            SortedMap<String, String> before,
            PatchSeries series,
            String prep,
            String seal) {
        Facts {
            Objects.requireNonNull(key);
            defines = List.copyOf(defines);
            before = new TreeMap<>(before);
        }

        /** Of a variant that carries {@code series}; without a seal. */
        static Facts of(
                String key,
                PatchSeries series,
                String suffix,
                String specName,
                Path tree,
                Instant made,
                List<String> defines,
                Carried proof,
                String prep) {
            SortedMap<String, String> before = new TreeMap<>();
            proof.files().forEach(file -> before.put(file.path(), file.before().orElse("")));
            return new Facts(
                    key, series.name(), suffix, specName, tree, made, Instant.EPOCH, defines, before, series, prep, "");
        }

        /** With the seal over what was left. */
        Facts sealed(TreeSeal done) {
            return new Facts(
                    key,
                    variant,
                    suffix,
                    specName,
                    tree,
                    made,
                    done.newest(),
                    defines,
                    before,
                    series,
                    prep,
                    done.digest());
        }
    }

    private BaseTree(Path home, UseLock lock, Facts facts) {
        this.home = home;
        this.lock = lock;
        this.facts = facts;
    }

    /** Whose tree is in {@code home}; empty when what is known of it is not whole. */
    static Optional<String> peek(Path home) throws IOException {
        return load(home).map(kept -> kept.getProperty("variant"));
    }

    /** The base in {@code home}; empty when it is not whole. */
    static Optional<BaseTree> read(Path home, UseLock lock) throws IOException {
        Optional<Properties> kept = load(home);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BaseTree(home, lock, facts(kept.get(), home)));
        } catch (PatchFormatException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static Optional<Properties> load(Path home) throws IOException {
        Path file = home.resolve(FACTS);
        Path seal = home.resolve(SEAL);
        if (!Files.isRegularFile(file)
                || !Files.isRegularFile(seal)
                || !Files.readString(seal).equals(FileDigest.sha256(file))) {
            return Optional.empty();
        }
        Properties kept = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            kept.load(in);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(kept).filter(known -> FORMAT.equals(known.getProperty("format")));
    }

    private static Facts facts(Properties kept, Path home) throws IOException {
        List<Patch> patches = new ArrayList<>();
        for (String name : lines(kept.getProperty("series"))) {
            String[] words = name.split(" ", 2);
            Patch patch = PatchReader.read(home.resolve("patches").resolve(words[1]));
            if (!patch.sha256().equals(words[0])) {
                throw new IllegalArgumentException(words[1] + " is another patch");
            }
            patches.add(patch);
        }
        SortedMap<String, String> before = new TreeMap<>();
        kept.stringPropertyNames().stream()
                .filter(name -> name.startsWith(BEFORE))
                .forEach(name -> before.put(name.substring(BEFORE.length()), kept.getProperty(name)));
        return new Facts(
                kept.getProperty("key"),
                kept.getProperty("variant"),
                kept.getProperty("suffix"),
                kept.getProperty("spec"),
                Path.of(kept.getProperty("tree")),
                Instant.parse(kept.getProperty("made")),
                Instant.parse(kept.getProperty("newest")),
                lines(kept.getProperty("defines")),
                before,
                new PatchSeries(kept.getProperty("variant"), patches),
                kept.getProperty("prep"),
                kept.getProperty("seal"));
    }

    /** Writes what is known of the topdir in {@code home}; the seal comes last. */
    static void write(Path home, Facts facts) throws IOException {
        Path patches = Files.createDirectories(home.resolve("patches"));
        List<String> series = new ArrayList<>();
        for (Patch patch : facts.series().patches()) {
            Files.write(patches.resolve(patch.name()), patch.bytes(PatchStyle.AS_GIVEN));
            series.add(patch.sha256() + " " + patch.name());
        }
        Properties kept = new Properties();
        kept.setProperty("format", FORMAT);
        kept.setProperty("key", facts.key());
        kept.setProperty("variant", facts.variant());
        kept.setProperty("suffix", facts.suffix());
        kept.setProperty("spec", facts.specName());
        kept.setProperty("tree", facts.tree().toString());
        kept.setProperty("made", facts.made().toString());
        kept.setProperty("newest", facts.newest().toString());
        kept.setProperty("defines", String.join("\n", facts.defines()));
        kept.setProperty("series", String.join("\n", series));
        kept.setProperty("prep", facts.prep());
        kept.setProperty("seal", facts.seal());
        facts.before().forEach((path, digest) -> kept.setProperty(BEFORE + path, digest));
        Path file = home.resolve(FACTS);
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            kept.store(out, null);
        }
        Files.writeString(home.resolve(SEAL), FileDigest.sha256(file));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    Facts facts() {
        return facts;
    }

    /** What it is found by. */
    public String key() {
        return facts.key();
    }

    /** The variant that was built in it. */
    public String variant() {
        return facts.variant();
    }

    /** Its topdir: the vendor's SPECS and SOURCES, and the built tree. Only to be read. */
    Path topdir() {
        return home.resolve("topdir");
    }

    /** The kernel's sources and objects. */
    Path tree() {
        return topdir().resolve(facts.tree());
    }

    /** Gives it up. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
