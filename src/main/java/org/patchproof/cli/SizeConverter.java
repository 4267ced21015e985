package org.patchproof.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 20G}, {@code 500M}, {@code 1T}, {@code 64K}, {@code 4096}: powers of 1024. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern GRAMMAR = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>[KMGT]?)(?:iB|B)?");
    private static final String UNITS = "KMGT";

    @Override
    public Long convert(String value) {
        Matcher parts = GRAMMAR.matcher(value);
        if (!parts.matches()) {
            throw new TypeConversionException("'" + value + "' is no size: write 500M or 20G");
        }
        int unit = parts.group("unit").isEmpty() ? 0 : UNITS.indexOf(parts.group("unit")) + 1;
        return Math.multiplyExact(Long.parseLong(parts.group("number")), 1L << 10 * unit);
    }
}
