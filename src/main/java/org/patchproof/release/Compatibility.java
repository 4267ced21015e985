package org.patchproof.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What changes for others between the unfixed and the fixed kernel. Pure. */
public final class Compatibility {
    private Compatibility() {}

    /** In what two kernels differ. */
    public enum Kind {
        /** An exported symbol is gone: modules that use it do not load. */
        SYMBOL_GONE(true, "exported symbol gone"),
        /** Its CRC, its module or its kind of export is another: modules that use it may not load. */
        SYMBOL_CHANGED(true, "exported symbol changed"),
        SYMBOL_NEW(false, "exported symbol new"),
        CONFIGURATION(false, "configuration"),
        MODULE_GONE(false, "module gone"),
        MODULE_NEW(false, "module new"),
        PACKAGE(false, "package"),
        PROVIDES(false, "Provides"),
        REQUIRES(false, "Requires"),
        SCRIPTLET(false, "scriptlet");

        private final boolean breaksModules;
        private final String words;

        Kind(boolean breaksModules, String words) {
            this.breaksModules = breaksModules;
            this.words = words;
        }

        /** Whether modules built for the unfixed kernel may fail on the fixed one. */
        public boolean breaksModules() {
            return breaksModules;
        }
    }

    /** One difference; empty on the side where it is not there. */
    public record Difference(Kind kind, String name, Optional<String> before, Optional<String> after) {
        public Difference {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(name);
            Objects.requireNonNull(before);
            Objects.requireNonNull(after);
        }

        @Override
        public String toString() {
            return kind.words + " " + name + ": " + before.orElse("(none)") + " -> " + after.orElse("(none)");
        }
    }

    /** All differences, the breaking ones first. */
    public static List<Difference> compare(KernelFacts unfixed, KernelFacts fixed) {
        List<Difference> all = new ArrayList<>();
        maps(unfixed.symbols(), fixed.symbols(), Kind.SYMBOL_GONE, Kind.SYMBOL_CHANGED, Kind.SYMBOL_NEW, all);
        same(Kind.CONFIGURATION, unfixed.configuration(), fixed.configuration(), all);
        sets(unfixed.modules(), fixed.modules(), Kind.MODULE_GONE, Kind.MODULE_NEW, all);
        sets(unfixed.packages(), fixed.packages(), Kind.PACKAGE, Kind.PACKAGE, all);
        sets(unfixed.provides(), fixed.provides(), Kind.PROVIDES, Kind.PROVIDES, all);
        sets(unfixed.requires(), fixed.requires(), Kind.REQUIRES, Kind.REQUIRES, all);
        same(Kind.SCRIPTLET, unfixed.scriptlets(), fixed.scriptlets(), all);
        return all;
    }

    /** Symbols that break modules and that nobody allowed to. */
    public static List<Difference> notAllowed(List<Difference> differences, Set<String> allowed) {
        return differences.stream()
                .filter(difference -> difference.kind().breaksModules() && !allowed.contains(difference.name()))
                .toList();
    }

    private static <V> void same(
            Kind kind, SortedMap<String, V> before, SortedMap<String, V> after, List<Difference> into) {
        maps(before, after, kind, kind, kind, into);
    }

    private static <V> void maps(
            SortedMap<String, V> before,
            SortedMap<String, V> after,
            Kind gone,
            Kind changed,
            Kind fresh,
            List<Difference> into) {
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            V one = before.get(name);
            V two = after.get(name);
            if (!Objects.equals(one, two)) {
                Kind kind = two == null ? gone : one == null ? fresh : changed;
                into.add(new Difference(
                        kind,
                        name,
                        Optional.ofNullable(one).map(Object::toString),
                        Optional.ofNullable(two).map(Object::toString)));
            }
        }
    }

    private static void sets(
            SortedSet<String> before, SortedSet<String> after, Kind gone, Kind fresh, List<Difference> into) {
        before.stream()
                .filter(name -> !after.contains(name))
                .forEach(name -> into.add(new Difference(gone, name, Optional.of("there"), Optional.empty())));
        after.stream()
                .filter(name -> !before.contains(name))
                .forEach(name -> into.add(new Difference(fresh, name, Optional.empty(), Optional.of("there"))));
    }
}
