package org.patchproof.specfile;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of a source package's tarballs is the kernel's: the one that its first {@code %setup} unpacks. */
public final class KernelTarball {
    private static final Pattern NUMBER = Pattern.compile("\\s-[a-zA-Z]*[ab]\\s*(\\d{1,9})(?=\\s|$)");
    private static final Pattern NO_DEFAULT = Pattern.compile("\\s-[a-zA-Z]*T(?=[a-zA-Z]*\\b)");
    private static final Pattern NAMED = Pattern.compile("(?:linux|kernel)-v?\\d.*");

    private KernelTarball() {}

    /**
     * The one of {@code tarballs}; empty where that is not sure.
     *
     * @param tarballs the names of all tarballs in the package
     */
    public static Optional<String> of(SpecFile spec, Collection<String> tarballs) {
        List<String> unpacked = tarballs.stream()
                .filter(name -> patterns(spec).stream().anyMatch(p -> PathPattern.matches(p, name)))
                .toList();
        if (unpacked.size() == 1) {
            return Optional.of(unpacked.get(0));
        }
        List<String> among = unpacked.isEmpty() ? List.copyOf(tarballs) : unpacked;
        List<String> named =
                among.stream().filter(name -> NAMED.matcher(name).matches()).toList();
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        return among.size() == 1 ? Optional.of(among.get(0)) : Optional.empty();
    }

    private static List<String> patterns(SpecFile spec) {
        ScriptNames names = new ScriptNames(spec, spec.macros());
        return names.each("%{SOURCE" + number(spec) + "}").stream()
                .map(PathPattern::baseName)
                .distinct()
                .toList();
    }

    /** A {@code %setup} unpacks Source0 unless {@code -T} says otherwise. */
    private static String number(SpecFile spec) {
        String options = spec.calls().stream()
                .filter(c -> c.kind() == PrepCall.Kind.SETUP || c.kind() == PrepCall.Kind.AUTOSETUP)
                .findFirst()
                .map(PrepCall::text)
                .orElse("");
        Matcher other = NUMBER.matcher(options);
        return NO_DEFAULT.matcher(options).find() && other.find() ? other.group(1) : "0";
    }
}
