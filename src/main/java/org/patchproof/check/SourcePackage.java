package org.patchproof.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchproof.build.SourceMissingException;
import org.patchproof.patch.LooseDiff;
import org.patchproof.specfile.Includes;
import org.patchproof.specfile.KernelTarball;
import org.patchproof.specfile.SeriesPlan;
import org.patchproof.specfile.SourcesAtHand;
import org.patchproof.specfile.SpecFile;
import org.patchproof.srpm.RpmFileEntry;
import org.patchproof.srpm.UnpackedSource;

/** An unpacked source package, and what in it is what. */
final class SourcePackage {
    private static final long PATCH_LIMIT = 64L << 20;
    private static final int PATHS_LIMIT = 50_000;

    private final UnpackedSource unpacked;
    private final Blobs.Putting blobs;

    SourcePackage(UnpackedSource unpacked, Blobs.Putting blobs) {
        this.unpacked = unpacked;
        this.blobs = blobs;
    }

    /** The kernel's tarball: others, as of firmware, may be larger. */
    Path tarball() throws IOException {
        List<String> all = unpacked.files().stream()
                .filter(file -> file.isRegular() && !file.isGhost())
                .map(RpmFileEntry::path)
                .filter(name -> name.matches("(?i).*\\.(tar|tar\\.\\w{2,4}|tgz|txz|tbz2?)"))
                .sorted()
                .toList();
        if (all.isEmpty()) {
            throw new SourceMissingException(
                    unpacked.nevra() + " has no tarball in it", "Name a kernel's source package.");
        }
        Optional<String> kernels = all.size() == 1 ? Optional.of(all.get(0)) : KernelTarball.of(spec(), all);
        return kernels.map(sources()::resolve)
                .orElseThrow(() -> new SourceMissingException(
                        unpacked.nevra() + " has several tarballs, and its spec does not say for sure which is the"
                                + " kernel's: " + String.join(", ", all.subList(0, Math.min(all.size(), 9))),
                        "Name the kernel's in Source0, as linux-VERSION.tar.xz."));
    }

    private Path sources() {
        return unpacked.topdir().resolve("SOURCES");
    }

    /** What there is besides the tarball; the spec and the vendor's patches are put into the store. */
    SourceIndex index() {
        try {
            Path spec = unpacked.specFile();
            byte[] bytes = Files.readAllBytes(spec);
            List<SourceIndex.Vendor> vendor = new ArrayList<>();
            Map<String, Integer> strips = PackedPatches.strips(spec());
            for (RpmFileEntry file : unpacked.files()) {
                if (isPatch(file)) {
                    vendor.add(vendor(file.path(), strips.getOrDefault(file.path(), 1)));
                }
            }
            return new SourceIndex(
                    unpacked.nevra().toString(),
                    new SourceIndex.Stored(spec.getFileName().toString(), blobs.put(bytes)),
                    included(SpecFile.parse(spec.getFileName().toString(), bytes)),
                    vendor,
                    names(),
                    PackedParts.NONE,
                    new TreeMap<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<SourceIndex.Stored> included(SpecFile spec) throws IOException {
        Includes sources = SourcesAtHand.in(sources());
        List<SourceIndex.Stored> included = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(spec.included());
        names.addAll(SeriesPlan.scripts(spec));
        for (String name : names) {
            Optional<byte[]> bytes = sources.find(name);
            if (bytes.isPresent()) {
                included.add(new SourceIndex.Stored(name, blobs.put(bytes.get())));
            }
        }
        return included;
    }

    private Set<String> names() {
        return unpacked.files().stream()
                .filter(file -> file.isRegular() && !file.isGhost())
                .map(RpmFileEntry::path)
                .filter(name -> name.matches("[!-~]+"))
                .collect(Collectors.toSet());
    }

    /** What packed patches of the vendor's do to {@code paths}. */
    PackedParts packed(Set<String> paths) throws IOException {
        return new PackedPatches(sources(), tarball(), blobs).look(spec(), names(), paths);
    }

    private SpecFile spec() throws IOException {
        Path file = unpacked.specFile();
        return SpecFile.parse(file.getFileName().toString(), Files.readAllBytes(file), SourcesAtHand.in(sources()));
    }

    private boolean isPatch(RpmFileEntry file) throws IOException {
        return file.isRegular()
                && !file.isGhost()
                && file.size() <= PATCH_LIMIT
                && PackedPatches.isPlain(sources(), file.path());
    }

    private SourceIndex.Vendor vendor(String name, int strip) throws IOException {
        byte[] bytes = Files.readAllBytes(sources().resolve(name));
        TreeSet<String> paths = new TreeSet<>();
        for (LooseDiff.Section section : LooseDiff.sections(bytes, strip)) {
            if (paths.size() < PATHS_LIMIT) {
                paths.add(section.path());
            }
        }
        return new SourceIndex.Vendor(new SourceIndex.Stored(name, blobs.put(bytes)), paths);
    }
}
