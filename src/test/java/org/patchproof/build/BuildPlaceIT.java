package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchproof.files.Trees;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;

/** Layers as somebody who is not root makes them, whoever runs this test. */
class BuildPlaceIT {
    private static final String NOBODY = "65534";

    /** The user's own part: layers over {@code arguments[0]}/below, and whether all goes that it left. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path below = Files.createDirectories(home.resolve("below"));
        CommandRunner runner = new LeashedRunner();
        BuildPlace place = BuildPlace.find(runner, below).orElseThrow();
        if (!place.canLayer(runner, below, home)) {
            throw new IllegalStateException("no layer over " + below);
        }
        LayeredTopdir topdir = new LayeredTopdir(runner, place, below, home.resolve("discarded"), List.of());
        topdir.create();
        runner.run(topdir.enter(Command.of("true"))).orThrow();
        topdir.discard();
        // A run that was killed meanwhile discards nothing: the next one removes its work folder.
        LayeredTopdir left = new LayeredTopdir(runner, place, below, home.resolve("left/layered"), List.of());
        left.create();
        runner.run(left.enter(Command.of("true"))).orThrow();
        Trees.delete(home.resolve("left"));
        System.out.println("all gone");
    }

    @Test
    void aLayerLeavesNothingThatAUserCannotRemove() throws Exception {
        // A disk that can hold layers: not each file system below which tests have their folders can.
        Path home = Files.createTempDirectory(Path.of("/var/tmp"), "patchproof-it");
        try {
            Path classes = Files.createDirectory(home.resolve("classes"));
            List<String> classPath = new ArrayList<>();
            for (Class<?> one : List.of(BuildPlace.class, BuildPlaceIT.class)) {
                classPath.add(copied(one, classes).toString());
            }
            Path users = Files.createDirectory(home.resolve("user"));
            List<String> argv = new ArrayList<>();
            if (Files.getAttribute(home, "unix:uid").equals(0)) {
                own(home, users);
                argv.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
            }
            argv.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    String.join(":", classPath),
                    BuildPlaceIT.class.getName(),
                    users.toString()));

            CommandResult result = new LeashedRunner().run(Command.of(argv));

            assertThat(result.transcript()).contains("all gone");
            try (Stream<Path> rest = Files.list(users)) {
                assertThat(rest.map(Path::getFileName).map(Path::toString)).containsExactly("below");
            }
        } finally {
            Trees.delete(home);
        }
    }

    /** Where that class came from, where everybody can read it. */
    private static Path copied(Class<?> one, Path classes) throws Exception {
        Path from =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path to = classes.resolve(one.getSimpleName() + "-" + from.getFileName());
        new LeashedRunner()
                .run(Command.of("cp", "-r", "--", from.toString(), to.toString()))
                .orThrow();
        return to;
    }

    private static void own(Path home, Path users) throws IOException {
        CommandRunner runner = new LeashedRunner();
        runner.run(Command.of("chmod", "-R", "a+rX", home.toString())).orThrow();
        runner.run(Command.of("chown", NOBODY + ":" + NOBODY, users.toString())).orThrow();
    }
}
