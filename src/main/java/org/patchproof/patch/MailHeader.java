package org.patchproof.patch;

import java.util.Objects;
import java.util.Optional;

/**
 * What a patch says of itself when it is a mail ({@code git format-patch}); all of it is hearsay and
 * none of it is needed to apply the patch.
 *
 * @param from the author, as it stands after {@code From:}
 * @param subject the unfolded {@code Subject:}, with its {@code [PATCH]} prefix
 * @param date as it stands after {@code Date:}
 * @param commit the commit id of the {@code From <id>} line: 40 or 64 hexadecimal digits
 */
public record MailHeader(
        Optional<String> from, Optional<String> subject, Optional<String> date, Optional<String> commit) {

    /** A patch that says nothing of itself. */
    public static final MailHeader NONE =
            new MailHeader(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public MailHeader {
        Objects.requireNonNull(from);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(date);
        Objects.requireNonNull(commit);
    }
}
