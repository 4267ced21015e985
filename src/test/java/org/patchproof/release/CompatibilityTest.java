package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.patchproof.release.Compatibility.Difference;
import org.patchproof.release.KernelFacts.Symbol;

class CompatibilityTest {
    private static final Symbol FIND = new Symbol("0x11111111", "vmlinux", "EXPORT_SYMBOL");

    private static KernelFacts facts(Map<String, Symbol> symbols, Map<String, String> options, String... modules) {
        return new KernelFacts(
                new TreeMap<>(symbols),
                new TreeMap<>(options),
                new TreeSet<>(Set.of(modules)),
                new TreeSet<>(Set.of("kernel.x86_64")),
                new TreeSet<>(Set.of("kernel: kernel = @VR@")),
                new TreeSet<>(),
                new TreeMap<>(Map.of("kernel: postinstall", "depmod @UNAME@")));
    }

    @Test
    void equalKernelsDifferInNothing() {
        KernelFacts one = facts(Map.of("find", FIND), Map.of("CONFIG_NET", "y"), "net/a.ko");
        assertThat(Compatibility.compare(one, one)).isEmpty();
        assertThat(one.hasCrcs()).isTrue();
        assertThat(facts(Map.of("find", new Symbol("0x00000000", "vmlinux", "EXPORT_SYMBOL")), Map.of())
                        .hasCrcs())
                .isFalse();
    }

    @Test
    void everyKindOfDifferenceIsListedAndOnlySymbolsBreak() {
        KernelFacts one = facts(Map.of("find", FIND, "gone", FIND), Map.of("CONFIG_NET", "y"), "net/a.ko");
        KernelFacts two = new KernelFacts(
                new TreeMap<>(Map.of("find", new Symbol("0x22222222", "vmlinux", "EXPORT_SYMBOL"), "fresh", FIND)),
                new TreeMap<>(Map.of("CONFIG_NET", "m")),
                new TreeSet<>(Set.of("net/b.ko")),
                new TreeSet<>(Set.of("kernel-core.x86_64")),
                new TreeSet<>(),
                new TreeSet<>(Set.of("kernel: /bin/sh")),
                new TreeMap<>());
        var all = Compatibility.compare(one, two);
        assertThat(all)
                .extracting(Difference::toString)
                .containsExactly(
                        "exported symbol changed find: 0x11111111 vmlinux EXPORT_SYMBOL -> 0x22222222 vmlinux EXPORT_SYMBOL",
                        "exported symbol new fresh: (none) -> 0x11111111 vmlinux EXPORT_SYMBOL",
                        "exported symbol gone gone: 0x11111111 vmlinux EXPORT_SYMBOL -> (none)",
                        "configuration CONFIG_NET: y -> m",
                        "module gone net/a.ko: there -> (none)",
                        "module new net/b.ko: (none) -> there",
                        "package kernel.x86_64: there -> (none)",
                        "package kernel-core.x86_64: (none) -> there",
                        "Provides kernel: kernel = @VR@: there -> (none)",
                        "Requires kernel: /bin/sh: (none) -> there",
                        "scriptlet kernel: postinstall: depmod @UNAME@ -> (none)");
        assertThat(Compatibility.notAllowed(all, Set.of()))
                .extracting(Difference::name)
                .containsExactly("find", "gone");
        assertThat(Compatibility.notAllowed(all, Set.of("gone")))
                .extracting(Difference::name)
                .containsExactly("find");
    }

    /** A module that moved, or an export that became GPL-only, breaks modules as well. */
    @Test
    void theKindOfExportCounts() {
        KernelFacts one = facts(Map.of("find", FIND), Map.of());
        KernelFacts two = facts(Map.of("find", new Symbol("0x11111111", "vmlinux", "EXPORT_SYMBOL_GPL")), Map.of());
        assertThat(Compatibility.notAllowed(Compatibility.compare(one, two), Set.of()))
                .hasSize(1);
    }
}
