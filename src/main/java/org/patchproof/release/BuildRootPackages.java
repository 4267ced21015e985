package org.patchproof.release;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/** What is installed where the packages were built, as package URLs. */
public final class BuildRootPackages {
    private final CommandRunner runner;

    public BuildRootPackages(CommandRunner runner) {
        this.runner = runner;
    }

    /** All installed packages, sorted; empty on a host that has neither dpkg nor an rpm database. */
    public List<String> list() {
        CommandResult debian = runner.run(Command.of(
                "dpkg-query", "-W", "-f", "${db:Status-Abbrev}\\t${Package}\\t${Version}\\t${Architecture}\\n"));
        if (debian.ok()) {
            return debian.output()
                    .lines()
                    .filter(line -> line.startsWith("ii"))
                    .map(line -> line.split("\t"))
                    .filter(part -> part.length == 4)
                    .map(part -> purl("deb", "debian", part[1], part[2], part[3]))
                    .sorted()
                    .toList();
        }
        CommandResult rpm = runner.run(Command.of("rpm", "-qa", "--qf", "%{NAME}\\t%{EVR}\\t%{ARCH}\\n"));
        List<String> all = new ArrayList<>();
        if (rpm.ok()) {
            rpm.output()
                    .lines()
                    .map(line -> line.split("\t"))
                    .filter(part -> part.length == 3)
                    .forEach(part -> all.add(purl("rpm", "", part[0], part[1], part[2])));
        }
        return all.stream().sorted().toList();
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
