package org.patchproof.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which file an error is in.
 *
 * @param file as the tool named it: relative to the tree or absolute; a linker may know its last name
 *     only, or the object
 * @param includedFrom for an error in a header, the files that included it, the innermost first
 */
record ErrorPlace(String file, List<String> includedFrom) {
    /** What a kernel's build writes itself, in 3.10 as in 7.x. */
    private static final Pattern GENERATED = Pattern.compile(
            "(?:.*/)?(?:include/(?:generated|config)|arch/\\w+/include/generated)/.*|.*\\.(?:tab|lex)\\.[ch]|.*\\.mod\\.c");

    ErrorPlace {
        Objects.requireNonNull(file);
        includedFrom = List.copyOf(includedFrom);
    }

    ErrorPlace includedFrom(List<String> chain) {
        return new ErrorPlace(file, chain);
    }

    /** In words, what {@code touched}, the paths of a series, have to do with it. */
    String beside(Set<String> touched) {
        Optional<String> own = touching(file, touched);
        if (own.isPresent()) {
            return "(a patch of this variant touches " + own.get() + ")";
        }
        String shown = shown(file);
        Optional<String> above = includedFrom.stream()
                .flatMap(name -> touching(name, touched).stream())
                .findFirst();
        if (above.isPresent()) {
            return "(no patch of this variant touches " + shown + ", but one touches " + above.get()
                    + ", which includes it)";
        }
        return "(no patch of this variant touches " + shown
                + (GENERATED.matcher(shown).matches() ? ", which the build itself writes)" : ")");
    }

    /** The path of {@code touched} that {@code name} means. */
    private static Optional<String> touching(String name, Set<String> touched) {
        String plain = shown(name);
        return touched.stream()
                .sorted()
                .filter(path -> plain.equals(path)
                        || plain.endsWith("/" + path)
                        || !plain.contains("/") && path.endsWith("/" + plain)
                        || plain.endsWith(".o") && sameStem(plain, path))
                .findFirst();
    }

    private static boolean sameStem(String object, String path) {
        String stem = object.substring(0, object.length() - ".o".length());
        return path.equals(stem + ".c") || path.equals(stem + ".S");
    }

    private static String shown(String name) {
        String plain = Path.of(name).normalize().toString();
        while (plain.startsWith("../")) {
            plain = plain.substring("../".length());
        }
        return plain;
    }
}
