package org.patchproof.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.patchproof.verdict.Lane;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code rpm}, {@code quick}. */
final class LaneConverter implements ITypeConverter<Lane> {
    @Override
    public Lane convert(String text) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no lane: give "
                        + Arrays.stream(Lane.values()).map(Lane::word).collect(Collectors.joining(" or "))));
    }
}
