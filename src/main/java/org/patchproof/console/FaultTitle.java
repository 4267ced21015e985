package org.patchproof.console;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Titles that stay the same from boot to boot. */
final class FaultTitle {
    private static final int LIMIT = 120;
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)\\}");

    /** What compilers append to a function that they split, cloned or outlined. */
    private static final Pattern CLONE =
            Pattern.compile("(?:\\.(?:isra|constprop|part|cold|llvm|lto_priv|\\d+)(?:\\.\\d+)?)+$");

    private static final Pattern OFFSET = Pattern.compile("\\+0x[0-9a-f]+(?:/0x[0-9a-f]+)?(?: ?\\[\\w+\\])?");
    private static final Pattern ADDRESS = Pattern.compile("\\b0x[0-9a-f]+\\b|\\b[0-9a-f]{8,}\\b|\\(_*ptrval_*\\)"
            + "|(?<![\\w.])\\d+\\.\\d+\\.\\d+\\.\\d+\\b|(?<![\\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\\b");
    private static final Pattern NUMBERED =
            Pattern.compile("(?i),?\\s*(?:\\bon )?\\b(?:pid|cpu|exitcode)(?:\\d+|\\b\\s*[#:=]?\\s*-?\\d*)(?=\\W|$)"
                    + "|,?\\s*\\berr(?:or|no)?\\b\\s*[#:=]?\\s*-?\\d+|\\[#\\d+\\]|\\bunknown-block\\([^)]*\\)");
    private static final Pattern WORKER =
            Pattern.compile("\\b(kworker|ksoftirqd|migration|swapper|cpuhp|rcu\\w+)/[\\w:+.-]+");

    /** The process after its name: {@code ip/123}, {@code ip[123]}, perhaps with a count or two. */
    private static final Pattern PROCESS = Pattern.compile("(?<=\\w)(?:/-?\\d*+){1,4}+(?![\\w.])|\\[\\d+\\]");

    /** A number by itself, with its unit; after a colon or equals sign, in hexadecimals too. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?<=[:=])[0-9a-f]*\\d[0-9a-f]*\\b|(?<![\\w.-])[-#]?\\d+(?:\\.\\d+)?(?:[mun]?s|[kMG]?B)?(?![\\w.]*\\w)");

    private static final Pattern TRAILING = Pattern.compile("[\\s:;,=.(\\[]+$");

    private FaultTitle() {}

    /** Fills the slots of {@code template} from the first line, the line below, or the function. */
    static String fill(String template, String function, Matcher first, Optional<Matcher> below) {
        String filled = SLOT.matcher(template).replaceAll(slot -> {
            String name = slot.group(1);
            String value = name.equals("function") && !function.isEmpty()
                    ? function
                    : below.flatMap(m -> Groups.get(m, name))
                            .or(() -> Groups.get(first, name))
                            .orElse("");
            return Matcher.quoteReplacement(name.equals("function") ? function(value) : stable(value));
        });
        String tidy = TRAILING.matcher(filled.replaceAll("\\s+", " ").strip()).replaceFirst("");
        return tidy.length() <= LIMIT ? tidy : tidy.substring(0, LIMIT).strip();
    }

    /** A function's name in the source. */
    static String function(String symbol) {
        return CLONE.matcher(symbol).replaceFirst("");
    }

    /** Takes away what differs from boot to boot. */
    private static String stable(String text) {
        String stable = OFFSET.matcher(text.substring(0, Math.min(text.length(), 4 * LIMIT)))
                .replaceAll("");
        stable = ADDRESS.matcher(stable).replaceAll("");
        stable = WORKER.matcher(stable).replaceAll("$1");
        stable = PROCESS.matcher(stable).replaceAll("");
        stable = NUMBERED.matcher(stable).replaceAll("");
        stable = NUMBER.matcher(stable).replaceAll("");
        return stable.replaceAll("\\(\\s*\\)", "").strip();
    }
}
