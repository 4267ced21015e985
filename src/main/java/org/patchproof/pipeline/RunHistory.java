package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.patchproof.files.FileDigest;
import org.patchproof.history.DamagedException;
import org.patchproof.history.HistoryDatabase;
import org.patchproof.history.HistoryException;
import org.patchproof.history.Questions;
import org.patchproof.history.SetAside;
import org.patchproof.history.Store;

/**
 * The history of runs. The bundles are the truth: a database that turns out to be damaged is set aside,
 * said so, and made again from them.
 */
public final class RunHistory implements AutoCloseable {
    private final Store store;
    private final List<Path> places;
    private final Consumer<String> notes;
    private HistoryDatabase database;

    /**
     * What an import did.
     *
     * @param taken bundles that are new, or were not as they are now
     * @param known bundles that were known as they are
     * @param unread bundles that cannot be read, in words
     */
    public record Imported(int taken, int known, List<String> unread) {
        public Imported {
            unread = List.copyOf(unread);
        }
    }

    /** A question to the database. */
    public interface Question<T> {
        T ask(Questions questions) throws DamagedException;
    }

    private RunHistory(Store store, List<Path> places, Consumer<String> notes) {
        this.store = store;
        this.places = List.copyOf(places);
        this.notes = notes;
    }

    /**
     * Opens the history in {@code place}, a file or a JDBC URL.
     *
     * @param places directories with bundles, from which a damaged database is made again
     * @param notes hears what a person should know
     * @throws WrongRequestException when {@code place} is none
     * @throws TroubleException when the database cannot be reached
     */
    public static RunHistory open(String place, List<Path> places, Consumer<String> notes) {
        RunHistory history;
        try {
            history = new RunHistory(Store.of(place), places, notes);
        } catch (HistoryException | InvalidPathException e) {
            throw new WrongRequestException(e.getMessage(), "Give a file, or a JDBC URL.", e);
        }
        history.database = history.opened();
        return history;
    }

    private HistoryDatabase opened() {
        try {
            return HistoryDatabase.open(store);
        } catch (DamagedException e) {
            return rebuilt(e);
        } catch (HistoryException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        }
    }

    private HistoryDatabase rebuilt(DamagedException damage) {
        try {
            SetAside.Moved moved = SetAside.move(store);
            HistoryDatabase fresh = HistoryDatabase.open(store);
            if (!moved.file().equals(store.file().orElseThrow())) {
                notes.accept(damage.getMessage() + "; it was set aside as " + moved.file());
                rebuild(fresh, moved);
            }
            return fresh;
        } catch (IOException | DamagedException e) {
            throw new TroubleException(
                    "the history cannot be made again: " + e.getMessage(),
                    "Name another file with --db; the bundles hold all that is in it.",
                    e);
        }
    }

    private void rebuild(HistoryDatabase fresh, SetAside.Moved moved) throws IOException, DamagedException {
        List<Path> all =
                new ArrayList<>(places.stream().filter(Files::isDirectory).toList());
        List<String> gone = new ArrayList<>();
        for (String directory : moved.directories()) {
            Path bundle = Path.of(directory);
            if (Files.isRegularFile(bundle.resolve(Bundle.RECORD))) {
                all.add(bundle);
            } else {
                gone.add(directory);
            }
        }
        Imported imported = all.isEmpty() ? new Imported(0, 0, List.of()) : take(fresh, found(all));
        notes.accept("made again from " + imported.taken() + " bundles");
        imported.unread().forEach(notes);
        if (!gone.isEmpty()) {
            notes.accept(gone.size() + " bundles that it knew are gone; what it had of them is in " + moved.file()
                    + " only: " + String.join(", ", gone));
        }
    }

    /** Takes in every bundle in {@code directories}; what is known as it is stays. */
    public Imported take(List<Path> directories) {
        try {
            List<Path> bundles = BundleFinder.find(directories);
            try {
                return take(database, bundles);
            } catch (DamagedException e) {
                renew(e);
                return take(database, bundles);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DamagedException e) {
            throw twice(e);
        } catch (HistoryException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        }
    }

    /**
     * Takes in what is new in the places that the history was opened with.
     *
     * @return bundles that cannot be read, in words
     */
    public List<String> takeNew() {
        try {
            List<Path> bundles = found(places);
            return bundles.isEmpty() ? List.of() : take(bundles).unread();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sha256 of a file, as the history knows it. */
    public static String sha256(Path file) throws IOException {
        return FileDigest.sha256(file);
    }

    private static List<Path> found(List<Path> places) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        for (Path place : places) {
            try {
                found.addAll(BundleFinder.find(List.of(place)));
            } catch (WrongRequestException e) {
                continue; // a place without bundles has nothing to tell
            }
        }
        return List.copyOf(found);
    }

    private static Imported take(HistoryDatabase database, List<Path> bundles) throws IOException, DamagedException {
        Map<String, String> known = database.questions().digests();
        int taken = 0;
        List<String> unread = new ArrayList<>();
        List<SavedRun> pending = new ArrayList<>();
        for (Path bundle : bundles) {
            try {
                SavedRun run = SavedRun.read(bundle);
                boolean isNew = !run.digest().equals(known.get(run.id()));
                if (LaterVerdicts.isPending(run)) {
                    pending.add(run);
                } else if (isNew) {
                    database.put(HistoryFacts.of(run));
                }
                taken += isNew ? 1 : 0;
            } catch (WrongRequestException e) {
                unread.add(e.getMessage());
            }
        }
        if (!pending.isEmpty()) {
            // Their control may have come only now, or with more trials than before.
            LaterVerdicts verdicts = LaterVerdicts.of(Merge.of(bundles));
            for (SavedRun run : pending) {
                database.put(HistoryFacts.of(verdicts.in(run)));
            }
        }
        return new Imported(taken, bundles.size() - taken - unread.size(), unread);
    }

    /** The answer; when the database turns out to be damaged, that of the one that is made again. */
    public <T> T ask(Question<T> question) {
        try {
            try {
                return question.ask(database.questions());
            } catch (DamagedException e) {
                renew(e);
                return question.ask(database.questions());
            }
        } catch (DamagedException e) {
            throw twice(e);
        } catch (HistoryException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        }
    }

    private void renew(DamagedException damage) {
        database.close();
        database = rebuilt(damage);
    }

    private static TroubleException twice(DamagedException e) {
        return new TroubleException(
                e.getMessage() + ", again, after it was made anew", "See whether the disk is sound.", e);
    }

    @Override
    public void close() {
        database.close();
    }
}
