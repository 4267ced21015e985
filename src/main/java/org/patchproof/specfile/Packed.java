package org.patchproof.specfile;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patches that a compressor made, as a spec's own functions tell them: by their names. */
final class Packed {
    private static final List<String> ENDINGS = List.of(".xz", ".gz", ".bz2", ".zst", ".lzma");

    private Packed() {}

    static boolean isNamedSo(String file) {
        return !ending(file).isEmpty();
    }

    /**
     * Whether the function that a call names decompresses such a file. One that counts the lines of a file
     * first, to skip those of nine or fewer, counts those of what is compressed: nobody could say what it does.
     */
    static boolean isUnpacked(SpecFile spec, PrepCall call, String file) {
        Matcher m = Calls.FUNCTION.matcher(call.text());
        if (!m.matches() || m.group(1).contains("Optional")) {
            return false;
        }
        String tools = tools(ending(file));
        return spec.functions().stream()
                .anyMatch(f -> f.name().equals(m.group(1)) && f.says("\\b(?:" + tools + ")\\b"));
    }

    private static String ending(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
    }

    private static String tools(String ending) {
        return switch (ending) {
            case ".gz" -> "gunzip|zcat|gzip\\s+-\\w*d";
            case ".bz2" -> "bunzip2|bzcat|bzip2\\s+-\\w*d";
            case ".zst" -> "unzstd|zstdcat|zstd\\s+-\\w*d";
            default -> "unxz|xzcat|xz\\s+-\\w*d|unlzma|lzcat";
        };
    }

    /** Apart, as most specs have none of them. */
    private static final class Calls {
        private static final Pattern FUNCTION = Pattern.compile("(?:.*[;&|\\s])?(Apply\\w*Patch\\w*)\\s+\\S.*");
    }
}
