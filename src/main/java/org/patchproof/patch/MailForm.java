package org.patchproof.patch;

import java.util.regex.Pattern;

/**
 * A patch as a mail, for {@code git am}, which says "Patch format detection failed" to anything else.
 * A mail that git would read differently from us (a second message in it, lines in another encoding)
 * is written anew.
 */
final class MailForm {
    private static final Pattern START = Pattern.compile("(?s)From (?:[0-9a-f]{40}|[0-9a-f]{64}) .*|From: .*");
    private static final Pattern ANOTHER = Pattern.compile("(?m)\\n>?From ");
    private static final Pattern ENCODED =
            Pattern.compile("(?im)^Content-(?:Transfer-Encoding: *(?:quoted-printable|base64)|Type: *multipart)");

    private MailForm() {}

    static String of(Patch patch) {
        return isMail(patch) ? patch.content() : written(patch);
    }

    private static boolean isMail(Patch patch) {
        String content = patch.content();
        String head = content.substring(0, Math.max(0, content.indexOf("\n\n")));
        return START.matcher(content).matches()
                && !ANOTHER.matcher(content).find()
                && !ENCODED.matcher(head).find()
                && patch.header().subject().filter(s -> !s.isBlank()).isPresent()
                && patch.header().from().isPresent()
                && MailFields.sound(content);
    }

    /** The time is that of no clock, so that the same patch always gives the same bytes. */
    private static String written(Patch patch) {
        String subject = patch.header()
                .subject()
                .map(s -> s.replaceAll("[^\\x20-\\x7e]", "?").strip())
                .filter(s -> !s.isEmpty())
                .orElse(patch.name());
        return "From " + "0".repeat(40) + " Mon Sep 17 00:00:00 2001\n"
                + "From: patchproof <patchproof@localhost>\n"
                + "Date: Thu, 1 Jan 1970 00:00:00 +0000\n"
                + "Subject: " + subject + "\n\n---\n" + diff(patch);
    }

    /** The diff with git's own headers where it has them: they carry file modes. */
    private static String diff(Patch patch) {
        String content = "\n" + patch.content();
        int git = content.indexOf("\ndiff --git ");
        int plain = content.indexOf("\n--- ");
        boolean whole = git >= 0
                && git < plain
                && !ANOTHER.matcher(content.substring(git)).find();
        return whole ? content.substring(git + 1) : patch.plain();
    }
}
