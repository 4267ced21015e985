package org.patchproof.specfile;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/** What became of an injection. */
public sealed interface InjectionOutcome {

    /**
     * The series is in the spec, declared and applied last.
     *
     * @param spec the new spec
     * @param dialect the dialect's name
     * @param patchStyle how the patches must be written into SOURCES; anything else may be skipped in
     *     silence
     * @param rule how this spec applies patches, for a preflight
     * @param placements every line added or changed, in file order
     * @param explanation for a person: which dialect, where and why, and what must hold at build time
     * @param rpmbuildDefines values for {@code rpmbuild --define}, as {@code buildid .refleak}; without
     *     them the release suffix is lost
     */
    record Injected(
            SpecFile spec,
            String dialect,
            PatchStyle patchStyle,
            ApplyRule rule,
            List<Placement> placements,
            List<String> explanation,
            List<String> rpmbuildDefines)
            implements InjectionOutcome {
        public Injected {
            Objects.requireNonNull(spec);
            Objects.requireNonNull(dialect);
            Objects.requireNonNull(patchStyle);
            Objects.requireNonNull(rule);
            placements = List.copyOf(placements);
            explanation = List.copyOf(explanation);
            rpmbuildDefines = List.copyOf(rpmbuildDefines);
        }
    }

    /**
     * The spec is what an injection of this very request gives; nothing was changed.
     *
     * @param asInjected what the injection gave; its spec equals the given one
     */
    record AlreadyInjected(Injected asInjected) implements InjectionOutcome {
        public AlreadyInjected {
            Objects.requireNonNull(asInjected);
        }
    }

    /**
     * The spec was left alone.
     *
     * @param seen what was seen in the spec, with line numbers
     * @param remedy what to do
     */
    record Refused(String seen, String remedy) implements InjectionOutcome {
        public Refused {
            Objects.requireNonNull(seen);
            Objects.requireNonNull(remedy);
        }
    }

    /** One of three functions, by what this is. */
    default <T> T match(
            Function<Injected, T> injected, Function<AlreadyInjected, T> already, Function<Refused, T> refused) {
        if (this instanceof Injected i) {
            return injected.apply(i);
        }
        if (this instanceof AlreadyInjected a) {
            return already.apply(a);
        }
        return refused.apply((Refused) this);
    }
}
