package org.patchproof.release;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** What is installed where the packages were built, as package URLs. */
public final class BuildRootPackages {
    private final CommandRunner runner;
    private final UnaryOperator<Command> inside;

    /** @param inside makes a command run where the packages were built */
    public BuildRootPackages(CommandRunner runner, UnaryOperator<Command> inside) {
        this.runner = runner;
        this.inside = inside;
    }

    /** All installed packages, sorted; none where there is neither dpkg nor an rpm database. */
    public List<String> list() {
        List<String> all = new ArrayList<>();
        ask(
                Command.of(
                        "dpkg-query", "-W", "-f", "${db:Status-Abbrev}\\t${Package}\\t${Version}\\t${Architecture}\\n"),
                line -> line.startsWith("ii") ? line.substring(line.indexOf('\t') + 1) : "",
                part -> all.add(purl("deb", "debian", part[0], part[1], part[2])));
        // Debian's rpm has no packages of its own, and EL's dpkg none.
        ask(
                Command.of("rpm", "-qa", "--qf", "%{NAME}\\t%{EVR}\\t%{ARCH}\\n"),
                line -> line,
                part -> all.add(purl("rpm", "", part[0], part[1], part[2])));
        return all.stream().distinct().sorted().toList();
    }

    /** A program that is not there answers nothing. */
    private void ask(Command question, UnaryOperator<String> read, Consumer<String[]> found) {
        List<String> lines = new ArrayList<>();
        if (runner.run(inside.apply(question), lines::add).ok()) {
            lines.stream()
                    .map(read)
                    .map(line -> line.split("\t"))
                    .filter(part -> part.length == 3)
                    .forEach(found);
        }
    }

    private static String purl(String type, String space, String name, String version, String arch) {
        TreeMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", arch);
        try {
            return new PackageURL(type, space, name, version, qualifiers, null).canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("not a package: " + name, e);
        }
    }
}
