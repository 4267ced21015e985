package org.patchproof.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** One YAML file, bounded and as nodes: nothing in it is constructed, and no tag means anything. */
final class YamlFile {
    /** A megabyte of YAML is no spec. */
    static final int SIZE_LIMIT = 1 << 20;

    private static final int NESTING_LIMIT = 20;
    private static final int ALIAS_LIMIT = 50;

    private final Path shown;
    private final Problems problems;

    private YamlFile(Path shown, Problems problems) {
        this.shown = shown;
        this.problems = problems;
    }

    /** The file's only document; empty, with a problem, when there is none that can be read. */
    static Optional<YamlValue> read(Workspace workspace, Path file, Problems problems) {
        YamlFile yaml = new YamlFile(workspace.shown(file), problems);
        return yaml.bytes(workspace, file).flatMap(yaml::decode).flatMap(yaml::compose);
    }

    /** The document in a text; the file's name is for messages only. */
    static Optional<YamlValue> parse(Path shown, String text, Problems problems) {
        return new YamlFile(shown, problems).compose(text);
    }

    void problem(int line, int column, String message, String remedy) {
        problems.add(new Problem(shown, line, column, message, remedy));
    }

    private <T> Optional<T> wrong(String message, String remedy) {
        problem(0, 0, message, remedy);
        return Optional.empty();
    }

    private Optional<byte[]> bytes(Workspace workspace, Path file) {
        try {
            if (!file.toRealPath().startsWith(workspace.root())) {
                return wrong("is a link that leads out of the workspace", "Put the file itself here.");
            }
            if (!Files.isRegularFile(file)) {
                return wrong("is no file", "Put a YAML file here.");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(SIZE_LIMIT + 1);
                return bytes.length > SIZE_LIMIT
                        ? wrong("is larger than " + SIZE_LIMIT + " bytes", "Shorten it.")
                        : Optional.of(bytes);
            }
        } catch (NoSuchFileException e) {
            return wrong("is not there", "Write it, or correct the name.");
        } catch (IOException e) {
            return wrong("cannot be read: " + e.getMessage(), "Check the file and its permissions.");
        }
    }

    private Optional<String> decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult end = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (end.isError()) {
            Place place = Place.after(text);
            problem(place.line(), place.column(), "this is not UTF-8", "Save the file as UTF-8.");
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private Optional<YamlValue> compose(String text) {
        try {
            Node root = nodes(text);
            if (root == null) {
                problem(1, 1, "the file is empty", "Write the spec, or remove the file.");
                return Optional.empty();
            }
            return Optional.of(new YamlValue(this, root, "the file"));
        } catch (MarkedYAMLException e) {
            syntax(text, e);
        } catch (ReaderException e) {
            Place place = Place.after(text.substring(0, Math.min(text.length(), e.getPosition())));
            String character = String.format("U+%04X", e.getCodePoint());
            problem(place.line(), place.column(), "character " + character + " may not stand here", "Remove it.");
        } catch (YAMLException e) {
            wrong("is no YAML: " + Shown.plain(String.valueOf(e.getMessage())), "Write it more simply.");
        }
        return Optional.empty();
    }

    /** What snakeyaml's own {@code Yaml.compose} does, without the constructors and the logging that it begins with. */
    private static Node nodes(String text) {
        LoaderOptions options = options();
        ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
        return new Composer(parser, new Resolver(), options).getSingleNode();
    }

    private void syntax(String text, MarkedYAMLException e) {
        Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
        int line = mark == null ? 0 : mark.getLine() + 1;
        int column = mark == null ? 0 : mark.getColumn() + 1;
        String why = Shown.plain(String.valueOf(e.getProblem()));
        String context = e.getContext() == null ? "" : Shown.plain(e.getContext()) + ": ";
        if (mark != null && Place.characterAt(text, line, column) == '\t') {
            problem(line, column, "a tab stands where YAML wants spaces", "Indent with spaces.");
        } else {
            problem(line, column, "YAML syntax: " + context + why, "Mend the syntax; the line above may be the cause.");
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SIZE_LIMIT);
        options.setNestingDepthLimit(NESTING_LIMIT);
        options.setMaxAliasesForCollections(ALIAS_LIMIT);
        options.setAllowRecursiveKeys(false);
        options.setProcessComments(false);
        // Nodes only, nothing is constructed: let tags through to YamlValue, which refuses them with a remedy.
        options.setTagInspector(tag -> true);
        return options;
    }
}
