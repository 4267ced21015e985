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
 */
public record InjectionRequest(
        PatchSeries series, Optional<ReleaseSuffix> releaseSuffix, Optional<ChangelogEntry> changelog) {
    public InjectionRequest {
        Objects.requireNonNull(series);
        Objects.requireNonNull(releaseSuffix);
        Objects.requireNonNull(changelog);
    }

    /** The series and a release suffix, as {@code .refleak}. */
    public static InjectionRequest of(PatchSeries series, String releaseSuffix) {
        return new InjectionRequest(series, Optional.of(new ReleaseSuffix(releaseSuffix)), Optional.empty());
    }
}
