package org.patchproof.specfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchproof.testing.StubKernel;

/** The fixtures: one small spec per dialect, and what an injection makes of it. */
final class Specs {
    static final Path ROOT = Path.of("src/test/resources/specfile");
    static final List<String> ALL = List.of(
            "el6",
            "el7",
            "el8",
            "el9",
            "ark",
            "ours",
            "by-path",
            "by-loop",
            "fedora19",
            "fedora32",
            "centos-altarch",
            "mariner",
            "elrepo",
            "elrepo-lt",
            "opencloudos",
            "xenserver",
            "openeuler",
            "openeuler2003",
            "openeuler2403",
            "openeuler-series",
            "suse",
            "azure",
            "qubes",
            "photon",
            "photon-numbered",
            "xcpng");

    private Specs() {}

    static SpecFile fixture(String name) {
        byte[] bytes = read(ROOT.resolve(name).resolve("kernel.spec")).getBytes(StandardCharsets.ISO_8859_1);
        return SpecFile.parse("kernel.spec", bytes, includes(name));
    }

    /** What a fixture's own {@code sources} folder holds. */
    static Includes includes(String name) {
        Path sources = ROOT.resolve(name).resolve("sources");
        return file -> Files.isRegularFile(sources.resolve(file))
                ? Optional.of(read(sources.resolve(file)).getBytes(StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    static String read(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static SpecFile parse(String text) {
        return SpecFile.parse("kernel.spec", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String text(SpecFile spec) {
        return new String(spec.print(), StandardCharsets.ISO_8859_1);
    }

    static InjectionRequest request() {
        return InjectionRequest.of(StubKernel.series(), ".refleak");
    }

    static InjectionOutcome.Injected injected(SpecFile spec) {
        return injected(spec, request());
    }

    static InjectionOutcome.Injected injected(SpecFile spec, InjectionRequest request) {
        return SpecInjector.inject(spec, request)
                .match(
                        i -> i,
                        a -> {
                            throw new AssertionError("already injected");
                        },
                        r -> {
                            throw new AssertionError(r.toString());
                        });
    }

    static InjectionOutcome.Refused refused(SpecFile spec) {
        return refused(spec, request());
    }

    static InjectionOutcome.Refused refused(SpecFile spec, InjectionRequest request) {
        return SpecInjector.inject(spec, request)
                .match(
                        i -> {
                            throw new AssertionError("injected:\n" + text(i.spec()));
                        },
                        a -> {
                            throw new AssertionError("already injected");
                        },
                        r -> r);
    }
}
