package org.patchproof.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.CacheItem;
import org.patchproof.pipeline.CacheKeeping;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof cache}. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What patchproof keeps between runs, so that nothing is made twice: $XDG_CACHE_HOME/patchproof, else"
                    + " ~/.cache/patchproof. All of it can be made again.",
            "",
            "show   what is there, how large, when it was last used",
            "prune  removes what was unused longest; never what a run is using",
            "",
            "tree       a built kernel tree, in which further variants are built in seconds. When one more is kept,"
                    + " those that nobody used for 30 days go, then those unused longest, until all trees take at most"
                    + " 64 GiB and at most a quarter of what the disk has for them, and a build finds its room",
            "packages   packages that were built, found by the content of all that went into them",
            "guest      a guest's root file system",
            "root       a root directory to build in, made of a distribution's packages",
            "source     a source package that was wrapped around a tarball or a commit",
            "srpm       a source package that was fetched",
            "image      a guest's disk image that was fetched",
            "test       what this project's own tests made, and want again",
            "check      files of kernels' sources, for patchproof check",
            "left_over  what a process that was killed left half made; prune removes it when it is a day old"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof cache",
            "  patchproof cache prune --max-size 20G",
            "  patchproof cache prune --max-age 30d --dry-run",
            "",
            "Exit codes: 0 done; 2 wrong request; 4 the cache cannot be read or written."
        })
final class CacheCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "show|prune",
            defaultValue = "show",
            description = "What to do. Default: ${DEFAULT-VALUE}.")
    private String what;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "prune: leave at most so much: 500M, 20G; 0 for nothing.")
    private Long maxSize;

    @Option(
            names = "--max-age",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "prune: remove what was not used for so long: 12h, 30d.")
    private Duration maxAge;

    @Option(names = "--dry-run", description = "prune: say what would go, and remove nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "The answer as JSON on standard output.")
    private boolean json;

    private final Screen screen;

    CacheCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Path cache = VerifyRequest.defaultCache(screen.environment(), Path.of(System.getProperty("user.home", ".")));
        CacheKeeping keeping = new CacheKeeping(cache);
        switch (what) {
            case "show" -> show(keeping, cache);
            case "prune" -> prune(keeping, cache);
            default ->
                throw new WrongRequestException(
                        "cache knows no '" + what + "'", "Say: patchproof cache show, or patchproof cache prune.");
        }
        return 0;
    }

    private void show(CacheKeeping keeping, Path cache) {
        if (maxSize != null || maxAge != null || dryRun) {
            throw new WrongRequestException(
                    "--max-size, --max-age and --dry-run are for pruning", "Say: patchproof cache prune ...");
        }
        List<CacheItem> items = keeping.show();
        long total = items.stream().mapToLong(CacheItem::bytes).sum();
        if (json) {
            print(Map.of("directory", cache.toString(), "bytes", total, "items", items));
        } else {
            items.forEach(this::line);
            screen.out().println(size(total) + " in " + cache);
        }
    }

    private void prune(CacheKeeping keeping, Path cache) {
        if (maxSize == null && maxAge == null) {
            throw new WrongRequestException(
                    "what may stay?", "Give --max-size, as 20G, or --max-age, as 30d, or both.");
        }
        CacheKeeping.Pruned pruned = keeping.prune(Optional.ofNullable(maxSize), Optional.ofNullable(maxAge), dryRun);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("directory", cache.toString());
            document.put("dryRun", dryRun);
            document.put("removed", pruned.removed());
            document.put("inUse", pruned.inUse());
            document.put("bytesLeft", pruned.left());
            print(document);
            return;
        }
        pruned.removed().forEach(this::line);
        long freed = pruned.removed().stream().mapToLong(CacheItem::bytes).sum();
        screen.out()
                .println((dryRun ? "would remove " : "removed ") + size(freed) + ", " + size(pruned.left())
                        + (dryRun ? " would be" : " are") + " left in " + cache);
        pruned.inUse()
                .forEach(item -> screen.out()
                        .println("in use, stays: " + item.kind().name().toLowerCase(Locale.ROOT) + " "
                                + Words.harmless(item.words())));
    }

    private void line(CacheItem item) {
        screen.out()
                .println(String.format(
                        Locale.ROOT,
                        "%-9s  %9s  %s  %s",
                        item.kind().name().toLowerCase(Locale.ROOT),
                        size(item.bytes()),
                        TIME.format(item.lastUsed()),
                        Words.harmless(item.words())));
    }

    private static String size(long bytes) {
        if (bytes >= 1L << 30) {
            return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
        }
        return bytes >= 1L << 20
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20))
                : String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
    }

    private void print(Map<String, Object> document) {
        screen.out().println(Json.of(document));
    }
}
