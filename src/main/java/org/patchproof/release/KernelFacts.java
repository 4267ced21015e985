package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What others rely on in a kernel's packages. Version, release and {@code uname -r} are written as
 * {@code @VR@} and {@code @UNAME@}: two builds of one kernel differ in them.
 *
 * @param symbols exported symbols: name -> CRC, module, kind of export (Module.symvers)
 * @param configuration option -> value
 * @param modules paths below /lib/modules/RELEASE, without compression's suffix
 * @param packages names of the packages
 * @param provides {@code PACKAGE: what}
 * @param requires {@code PACKAGE: what}
 * @param scriptlets {@code PACKAGE: kind} -> text
 */
public record KernelFacts(
        SortedMap<String, Symbol> symbols,
        SortedMap<String, String> configuration,
        SortedSet<String> modules,
        SortedSet<String> packages,
        SortedSet<String> provides,
        SortedSet<String> requires,
        SortedMap<String, String> scriptlets) {

    /** An exported symbol; the CRC is {@code 0x00000000} where the kernel keeps none (MODVERSIONS is off). */
    public record Symbol(String crc, String module, String export) {
        public Symbol {
            requireNonNull(crc);
            requireNonNull(module);
            requireNonNull(export);
        }

        @Override
        public String toString() {
            return crc + " " + module + " " + export;
        }
    }

    public KernelFacts {
        symbols = Collections.unmodifiableSortedMap(new TreeMap<>(symbols));
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        modules = Collections.unmodifiableSortedSet(new TreeSet<>(modules));
        packages = Collections.unmodifiableSortedSet(new TreeSet<>(packages));
        provides = Collections.unmodifiableSortedSet(new TreeSet<>(provides));
        requires = Collections.unmodifiableSortedSet(new TreeSet<>(requires));
        scriptlets = Collections.unmodifiableSortedMap(new TreeMap<>(scriptlets));
    }

    /** Whether any exported symbol has a CRC: without, only names can be compared. */
    public boolean hasCrcs() {
        return symbols.values().stream().anyMatch(symbol -> !symbol.crc().matches("0x0+"));
    }
}
