package org.patchproof.specfile;

import java.util.Objects;
import java.util.Optional;
import org.patchproof.patch.PatchSeries;

/**
 * What to inject.
 *
 * @param series the patches, in order
 * @param releaseSuffix what to add to the release; empty to leave the release alone
 * @param changelog an entry to add; empty to leave the changelog alone
 * @param suffixHome where the suffix goes in a spec that has a place for it on rpmbuild's command line
 */
public record InjectionRequest(
        PatchSeries series,
        Optional<ReleaseSuffix> releaseSuffix,
        Optional<ChangelogEntry> changelog,
        SuffixHome suffixHome) {
    public InjectionRequest {
        Objects.requireNonNull(series);
        Objects.requireNonNull(releaseSuffix);
        Objects.requireNonNull(changelog);
        Objects.requireNonNull(suffixHome);
    }

    /** As a build of ours takes it: see {@link SuffixHome#COMMAND_LINE}. */
    public InjectionRequest(
            PatchSeries series, Optional<ReleaseSuffix> releaseSuffix, Optional<ChangelogEntry> changelog) {
        this(series, releaseSuffix, changelog, SuffixHome.COMMAND_LINE);
    }

    /** The series and a release suffix, as {@code .refleak}. */
    public static InjectionRequest of(PatchSeries series, String releaseSuffix) {
        return new InjectionRequest(series, Optional.of(new ReleaseSuffix(releaseSuffix)), Optional.empty());
    }

    /** For a source package that others rebuild: all that was done is in it. */
    public static InjectionRequest forSourcePackage(
            PatchSeries series, ReleaseSuffix releaseSuffix, ChangelogEntry changelog) {
        return new InjectionRequest(series, Optional.of(releaseSuffix), Optional.of(changelog), SuffixHome.SPEC);
    }
}
