package org.patchproof.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90s}, {@code 45m}, {@code 2h}, {@code 1h30m}, {@code 2d}. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:(?<d>[0-9]{1,4})d)?(?:(?<h>[0-9]{1,5})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,7})s)?");

    @Override
    public Duration convert(String value) {
        Matcher parts = GRAMMAR.matcher(value);
        if (value.isEmpty() || !parts.matches()) {
            throw new TypeConversionException("'" + value + "' is no duration: write 90s, 45m, 2h, 1h30m or 2d");
        }
        return Duration.ofDays(part(parts, "d"))
                .plusHours(part(parts, "h"))
                .plusMinutes(part(parts, "m"))
                .plusSeconds(part(parts, "s"));
    }

    private static long part(Matcher parts, String unit) {
        return parts.group(unit) == null ? 0 : Long.parseLong(parts.group(unit));
    }
}
