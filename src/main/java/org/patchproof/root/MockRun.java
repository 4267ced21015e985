package org.patchproof.root;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.patchproof.process.Command;

/**
 * How mock is called, as a value (mock(1), mock 1.4 to 6).
 *
 * <p>{@code mock --rebuild} prepares, builds and packs in one go, in a tree of its own: what it compiled could
 * not be proved. So mock makes the chroot ({@code --init}) and brings the package's BuildRequires ({@code
 * --installdeps}), and our own rpmbuild runs in it ({@code --chroot}), first with {@code -bp}, then with {@code
 * -bb --noprep}, in a topdir of this host that is mounted at the same path: the tree that is proved between the
 * two is the tree that is compiled.
 *
 * <p>{@code --isolation=simple} is chroot(2): with systemd-nspawn the command would run in a unit of systemd's
 * and not die with us. {@code --unpriv} runs it as the caller, to whom its files then belong. rpmbuild's network
 * is off unless the configuration says otherwise.
 *
 * @param config as {@code --root} takes it
 * @param extension tells this run's chroot from others of the same configuration
 */
record MockRun(String config, String extension) {
    private static final Duration SETTING_UP = Duration.ofMinutes(60);
    private static final Duration ASKING = Duration.ofMinutes(10);

    /** What stands in a Python literal, and in a mount, for itself. */
    private static final Pattern PLAIN = Pattern.compile("(?:/[A-Za-z0-9._+-]+)+");

    MockRun {
        Objects.requireNonNull(config);
        Objects.requireNonNull(extension);
    }

    /** Makes the chroot. */
    Command init() {
        return call("--init").within(SETTING_UP);
    }

    /** Brings what {@code srpm} needs to be built. */
    Command installDependencies(Path srpm) {
        return call("--installdeps", srpm.toString()).within(SETTING_UP);
    }

    /** Brings what every build needs, whether a package names it or not. */
    Command installRpmbuild() {
        return call("--install", "rpm-build").within(SETTING_UP);
    }

    /**
     * Runs {@code command} in the chroot. Its arguments reach it as they are, no shell reads them.
     *
     * @param topdir is there at the same path; empty for a command that needs none
     * @throws RootException when mock cannot mount such a path
     */
    Command command(Command command, Optional<Path> topdir) {
        List<String> options = new ArrayList<>(List.of("--isolation=simple", "--unpriv", "--cwd=/"));
        topdir.ifPresent(path -> options.addAll(List.of("--enable-plugin=bind_mount", mount(path))));
        options.addAll(List.of("--chroot", "--", "/usr/bin/env", "LC_ALL=C"));
        command.environment().forEach((key, value) -> options.add(key + "=" + value));
        options.addAll(command.argv());
        Command call = call(options.toArray(String[]::new)).within(command.timeout());
        return command.log().map(call::loggingTo).orElse(call);
    }

    /** Ends what still runs in the chroot: of mock's children some are not ours to kill. */
    Command killOrphans() {
        return call("--orphanskill").within(ASKING);
    }

    /** Removes the chroot, not what mock keeps for the next one. */
    Command remove() {
        return call("--scrub=chroot").within(ASKING);
    }

    private Command call(String... options) {
        List<String> argv = new ArrayList<>(List.of("mock", "--root=" + config, "--uniqueext=" + extension, "--quiet"));
        argv.addAll(Arrays.asList(options));
        return new Command(argv, Optional.empty(), new TreeMap<>(), Command.DEFAULT_TIMEOUT, Optional.empty());
    }

    private static String mount(Path path) {
        if (!PLAIN.matcher(path.toString()).matches()) {
            throw new RootException(
                    "mock cannot mount " + path, "Put the runs where the path is of plain letters: --out DIR.");
        }
        return "--plugin-option=bind_mount:dirs=[(\"" + path + "\", \"" + path + "\")]";
    }
}
