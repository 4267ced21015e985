package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.release.BuildRootFacts;
import org.patchproof.release.RefusedException;
import org.patchproof.root.RootIdentity;

/** A kernel's build root in the papers of a release, and from them again. */
final class RecordedRoot {
    /** For whom the papers' root is not where they say. */
    static final String ELSEWHERE = "If you have it elsewhere: --root-image NAME or --root-directory DIR.";

    private static final String HOST = "host";
    private static final String IMAGE = "image";
    private static final String DIRECTORY = "directory";
    private static final String SUITE = "suite";
    private static final String COMPONENTS = "components";
    private static final String PACKAGES = "packages";
    private static final String CONFIG = "config";

    private RecordedRoot() {}

    /**
     * What papers say.
     *
     * @param asked how it was opened
     * @param identity what it turned out to be
     * @param system what runs on this host, which a host's root is called by
     */
    static BuildRootFacts facts(BuildRoot asked, RootIdentity identity, String system) {
        return new BuildRootFacts(
                identity.kind(),
                identity.kind().equals(HOST) ? system : identity.name(),
                asked.match(
                        host -> new TreeMap<>(),
                        container -> filling(container.filling()),
                        mock -> new TreeMap<>(java.util.Map.of(CONFIG, List.of(mock.config())))),
                identity.digest(),
                identity.packages(),
                identity.compiler(),
                identity.rpmbuild());
    }

    private static SortedMap<String, List<String>> filling(Filling filling) {
        SortedMap<String, List<String>> words = new TreeMap<>();
        if (filling instanceof Filling.Image image) {
            words.put(IMAGE, List.of(image.name()));
        } else if (filling instanceof Filling.Directory directory) {
            words.put(DIRECTORY, List.of(directory.path().toAbsolutePath().toString()));
        } else if (filling instanceof Filling.Debian debian) {
            words.put(SUITE, List.of(debian.suite()));
            words.put(COMPONENTS, debian.components());
            words.put(PACKAGES, debian.packages());
        }
        return words;
    }

    /**
     * The root that papers name. They come from elsewhere: nothing in them becomes an option of a program.
     *
     * @param recorded empty for papers of earlier versions, which knew no root but their host
     * @throws RefusedException when they name none that can be asked for
     */
    static BuildRoot asked(Optional<BuildRootFacts> recorded) {
        if (recorded.isEmpty()) {
            return BuildRoot.HOST;
        }
        try {
            return asked(recorded.get());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "the provenance names no build root that can be opened: " + e.getMessage(),
                    "Get the papers again. " + ELSEWHERE);
        }
    }

    private static BuildRoot asked(BuildRootFacts recorded) {
        SortedMap<String, List<String>> filling = recorded.filling();
        return switch (recorded.kind()) {
            case HOST -> BuildRoot.HOST;
            case "mock" -> new BuildRoot.Mock(one(filling, CONFIG));
            case "container" -> new BuildRoot.Container(container(filling));
            default -> throw new IllegalArgumentException("its kind is '" + recorded.kind() + "'");
        };
    }

    private static Filling container(SortedMap<String, List<String>> filling) {
        if (filling.containsKey(IMAGE)) {
            return new Filling.Image(one(filling, IMAGE));
        }
        if (filling.containsKey(DIRECTORY)) {
            return new Filling.Directory(Path.of(one(filling, DIRECTORY)));
        }
        return new Filling.Debian(
                one(filling, SUITE),
                filling.getOrDefault(COMPONENTS, List.of()),
                filling.getOrDefault(PACKAGES, List.of()));
    }

    private static String one(SortedMap<String, List<String>> filling, String key) {
        List<String> values = filling.getOrDefault(key, List.of());
        if (values.size() != 1) {
            throw new IllegalArgumentException("it names " + values.size() + " times its " + key);
        }
        return values.get(0);
    }
}
