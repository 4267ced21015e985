package org.patchproof.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of the good workspace, to be spoiled. Understands the {@code case.txt} files:
 *
 * <pre>
 * edit FILE        the lines with "- " become those with "+ "
 * write FILE       ... with the lines with "+ "
 * fill FILE SIZE   with so many letters
 * bytes FILE HEX
 * delete FILE
 * link FILE        to a file outside of the workspace
 * request bug=B kernels=K,K variants=V,V profile=P override=K|LOCATION|SHA256
 * </pre>
 */
final class Workbench {
    static final Path GOOD = Path.of("src/test/resources/plan/good");

    private final Path root;
    private PlanRequest request = PlanRequest.of("demo");

    private Workbench(Path root) {
        this.root = root;
    }

    static Workbench in(Path folder) throws IOException {
        Path root = Files.createDirectory(folder.toRealPath().resolve("workspace"));
        try (Stream<Path> walk = Files.walk(GOOD)) {
            for (Path from : walk.toList()) {
                Path to = root.resolve(GOOD.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                }
            }
        }
        return new Workbench(root);
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    Workspace workspace() {
        return Workspace.at(root);
    }

    PlanRequest request() {
        return request;
    }

    /** What loading says: the problems, or that there is none. */
    String outcome() {
        try {
            PlanLoader.load(workspace(), request);
            return "no problem";
        } catch (PlanException e) {
            return e.getMessage();
        }
    }

    void edit(String file, String old, String fresh) {
        String text = read(path(file));
        if (!text.contains(old)) {
            throw new AssertionError(file + " has no such text: " + old);
        }
        write(file, text.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(fresh)));
    }

    void write(String file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String file, byte[] bytes) {
        try {
            Files.createDirectories(path(file).getParent());
            Files.write(path(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void apply(List<String> lines) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            List<String> old = new ArrayList<>();
            List<String> fresh = new ArrayList<>();
            String command = lines.get(i);
            while (i + 1 < lines.size() && lines.get(i + 1).matches("[-+]( .*)?")) {
                String line = lines.get(++i);
                (line.startsWith("-") ? old : fresh).add(line.length() < 2 ? "" : line.substring(2));
            }
            if (!command.isEmpty()) {
                perform(command.split(" "), String.join("\n", old), String.join("\n", fresh));
            }
        }
    }

    private void perform(String[] words, String old, String fresh) throws IOException {
        switch (words[0]) {
            case "edit" -> edit(words[1], old, fresh);
            case "write" -> write(words[1], fresh.isEmpty() ? "" : fresh + "\n");
            case "fill" -> write(words[1], "x".repeat(Integer.parseInt(words[2])));
            case "bytes" -> write(words[1], HexFormat.of().parseHex(words[2]));
            case "delete" -> Files.delete(path(words[1]));
            case "link" ->
                Files.createSymbolicLink(path(words[1]), Files.writeString(root.resolveSibling("outside"), "x"));
            case "request" -> ask(List.of(words).subList(1, words.length));
            default -> throw new AssertionError("no such command: " + words[0]);
        }
    }

    private void ask(List<String> words) {
        for (String word : words) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, word.indexOf('='))) {
                case "bug" -> request = PlanRequest.of(value);
                case "kernels" -> request = request.withKernels(List.of(value.split(",")));
                case "profile" -> request = request.withProfile(value);
                case "variants" -> request = request.withVariants(List.of(value.split(",")));
                case "override" -> {
                    String[] parts = value.split("\\|", 3);
                    Optional<String> sha256 = Optional.of(parts[2]).filter(s -> !s.isEmpty());
                    request = request.withOverrides(Map.of(parts[0], new SrpmOverride(parts[1], sha256)));
                }
                default -> throw new AssertionError("no such part of a request: " + word);
            }
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
