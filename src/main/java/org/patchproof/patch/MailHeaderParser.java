package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the mail header of a {@code git format-patch} file; what is not there is empty. */
final class MailHeaderParser {
    private static final Pattern FROM_LINE = Pattern.compile("From ([0-9a-f]{40}|[0-9a-f]{64}) .*");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,60}): ?(.*)");
    private static final int LINE_LIMIT = 200;
    private static final int VALUE_LIMIT = 4_000;

    private MailHeaderParser() {}

    static MailHeader parse(PatchText text) {
        Optional<String> commit = Optional.empty();
        Map<String, String> fields = new HashMap<>();
        String current = "";
        for (int i = 0; i < LINE_LIMIT && !text.atEnd() && !text.peek(0).isEmpty(); i++) {
            String line = utf8(text.take());
            Matcher from = FROM_LINE.matcher(line);
            Matcher field = FIELD.matcher(line);
            if (i == 0 && from.matches()) {
                commit = Optional.of(from.group(1));
            } else if (field.matches()) {
                current = field.group(1).toLowerCase(Locale.ROOT);
                fields.putIfAbsent(current, cut(field.group(2)));
            } else if ((line.startsWith(" ") || line.startsWith("\t")) && !current.isEmpty()) {
                fields.computeIfPresent(current, (name, value) -> cut(value + " " + line.strip()));
            } else {
                break;
            }
        }
        return new MailHeader(
                Optional.ofNullable(fields.get("from")),
                Optional.ofNullable(fields.get("subject")),
                Optional.ofNullable(fields.get("date")),
                commit);
    }

    private static String cut(String value) {
        return value.length() > VALUE_LIMIT ? value.substring(0, VALUE_LIMIT) : value;
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
