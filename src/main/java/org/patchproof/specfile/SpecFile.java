package org.patchproof.specfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A spec file, lossless for any bytes: what is parsed is printed again byte for byte. */
public final class SpecFile {
    /** The largest spec that is parsed, in bytes; kernel specs reach some 5 MB, by their changelogs. */
    public static final int SIZE_LIMIT = 32 << 20;

    private final String fileName;
    private final List<String> texts;
    private final List<SpecLine> lines;
    private final List<Integer> strayEndifs;
    private final int open;
    private final Includes includes;
    /** Read when first asked for: most specs are only printed. */
    private List<ShellFunction> functions;

    private List<PrepCall> calls;

    private List<PatchTag> declared;

    private SpecMacros macros;

    private SpecConditions conditions;

    private SpecFile(String fileName, List<String> texts, Includes includes) {
        this.fileName = Objects.requireNonNull(fileName);
        this.includes = Objects.requireNonNull(includes);
        this.texts = Collections.unmodifiableList(texts);
        SpecScanner scanner = new SpecScanner(texts);
        this.lines = Collections.unmodifiableList(scanner.lines());
        this.strayEndifs = List.copyOf(scanner.strayEndifs());
        this.open = scanner.open();
    }

    /**
     * Parses a spec file. Nothing in it is an error: what is odd is found when it matters.
     *
     * @param fileName its name without a directory: the listing check of a vendor's spec greps in the
     *     file of that very name
     * @throws IllegalArgumentException when it is larger than {@link #SIZE_LIMIT}
     */
    public static SpecFile parse(String fileName, byte[] bytes) {
        return parse(fileName, bytes, Includes.NONE);
    }

    /**
     * Parses a spec file whose included files are at hand.
     *
     * @param includes asked for each {@code %include}d file whose name can be told
     */
    public static SpecFile parse(String fileName, byte[] bytes, Includes includes) {
        if (bytes.length > SIZE_LIMIT) {
            throw new IllegalArgumentException(fileName + " has " + bytes.length + " bytes, more than the " + SIZE_LIMIT
                    + " of any spec: give the .spec file itself");
        }
        return new SpecFile(fileName, split(new String(bytes, StandardCharsets.ISO_8859_1)), includes);
    }

    private static List<String> split(String text) {
        List<String> texts = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            texts.add(text.substring(from, end));
            from = end + 1;
        }
        texts.add(text.substring(from));
        return texts;
    }

    /** The same file with other lines. */
    SpecFile with(List<String> newTexts) {
        return new SpecFile(fileName, new ArrayList<>(newTexts), includes);
    }

    /** The file's name. */
    public String fileName() {
        return fileName;
    }

    /** The names, without directory, of the files that it takes in by {@code %include}, as far as they can be told. */
    public List<String> included() {
        return IncludedFiles.of(this).stream()
                .flatMap(i -> i.name().stream())
                .distinct()
                .toList();
    }

    Includes includes() {
        return includes;
    }

    /** The file's bytes: those that were parsed. */
    public byte[] print() {
        return String.join("\n", texts).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The lines as they stand; what follows the last newline is the last one. */
    List<String> texts() {
        return texts;
    }

    /** The lines with what they are. */
    List<SpecLine> lines() {
        return lines;
    }

    /** A line by its number. */
    SpecLine line(int number) {
        return lines.get(number - 1);
    }

    /** The lines of a section, wherever it goes on. */
    Stream<SpecLine> in(Section section) {
        return lines.stream().filter(l -> l.section() == section);
    }

    /** The patches that it declares, with those of included files, in order. */
    synchronized List<PatchTag> declared() {
        if (declared == null) {
            declared = List.copyOf(IncludedFiles.declared(this));
        }
        return declared;
    }

    /** The macros that it defines. */
    synchronized SpecMacros macros() {
        if (macros == null) {
            macros = new SpecMacros(this);
        }
        return macros;
    }

    /** What its conditions decide in every build. */
    synchronized SpecConditions conditions() {
        if (conditions == null) {
            conditions = new SpecConditions(this);
        }
        return conditions;
    }

    /** The shell functions that it defines. */
    synchronized List<ShellFunction> functions() {
        if (functions == null) {
            functions = List.copyOf(ShellFunction.find(this));
        }
        return functions;
    }

    /** What in its {@code %prep} unpacks a tree or applies patches, in order, without the bodies of functions. */
    synchronized List<PrepCall> calls() {
        if (calls == null) {
            calls = List.copyOf(PrepCall.find(this, functions()));
        }
        return calls;
    }

    /** Lines with an {@code %endif} that closes nothing; a vendor has shipped one. */
    List<Integer> strayEndifs() {
        return strayEndifs;
    }

    /** How many {@code %if} are never closed. */
    int unclosedIfs() {
        return open;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpecFile s && s.fileName.equals(fileName) && s.texts.equals(texts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fileName, texts);
    }

    @Override
    public String toString() {
        return fileName + " (" + texts.size() + " lines)";
    }
}
