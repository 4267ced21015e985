package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fixture with what an injection makes of it; {@code -Dgolden.update=true} writes the latter anew. */
class GoldenTest {
    static Stream<String> all() {
        return Specs.ALL.stream();
    }

    private static String report(InjectionOutcome.Injected injected) {
        StringBuilder text = new StringBuilder();
        text.append("dialect: ").append(injected.dialect()).append('\n');
        text.append("style: ").append(injected.patchStyle()).append('\n');
        text.append("rule: ").append(injected.rule()).append('\n');
        text.append("defines: ").append(injected.rpmbuildDefines()).append('\n');
        injected.explanation().forEach(l -> text.append("- ").append(l).append('\n'));
        injected.placements()
                .forEach(
                        p -> text.append(p.line()).append(": ").append(p.text()).append('\n'));
        return text.toString();
    }

    private static void golden(Path file, String is) throws Exception {
        if (Boolean.getBoolean("golden.update")) {
            Files.write(file, is.getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(is).isEqualTo(Specs.read(file));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theInjectedSpecAndItsReasons(String name) throws Exception {
        InjectionOutcome.Injected injected = Specs.injected(Specs.fixture(name));
        golden(Specs.ROOT.resolve(name).resolve("injected.spec"), Specs.text(injected.spec()));
        golden(Specs.ROOT.resolve(name).resolve("injected.txt"), report(injected));
    }

    @ParameterizedTest
    @MethodSource("all")
    void twiceIsOnce(String name) {
        InjectionOutcome.Injected injected = Specs.injected(Specs.fixture(name));
        InjectionOutcome again = SpecInjector.inject(injected.spec(), Specs.request());
        assertThat(again).isEqualTo(new InjectionOutcome.AlreadyInjected(injected));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyOtherLineIsAsItWas(String name) {
        SpecFile fixture = Specs.fixture(name);
        InjectionOutcome.Injected injected = Specs.injected(fixture);
        assertThat(Marks.strip(injected.spec())).isEqualTo(fixture);
        List<String> placed =
                injected.placements().stream().map(Placement::text).toList();
        assertThat(injected.placements())
                .allMatch(p -> injected.spec().texts().get(p.line() - 1).equals(p.text()));
        assertThat(placed).filteredOn(t -> t.matches("Patch\\d+: .*")).hasSize(2);
    }
}
