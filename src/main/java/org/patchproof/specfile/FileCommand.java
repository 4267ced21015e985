package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a command does to files, by its name and its words: what it writes, replaces or takes away. */
final class FileCommand {
    private static final Set<String> PREFIXES = Set.of(
            "then", "do", "else", "elif", "if", "while", "until", "!", "{", "time", "command", "sudo", "env", "exec",
            "xargs", "nice");

    /**
     * A place that a command changes.
     *
     * @param path as the command names it
     * @param source the file whose name it has below {@code path}; empty where {@code path} is all
     * @param below whether what is below it may be changed, too
     * @param whole whether the tree as a whole may be meant: a tree that gets another name is still all there
     */
    record Target(String path, String source, boolean below, boolean whole) {
        Target(String path, boolean below, boolean whole) {
            this(path, "", below, whole);
        }
    }

    private final String name;
    private final List<String> options = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private String folder = "";
    private boolean afterDashes;
    private final List<Target> targets = new ArrayList<>();

    private FileCommand(List<String> words) {
        int at = 0;
        while (at < words.size()
                && (PREFIXES.contains(words.get(at)) || words.get(at).matches("\\w+=.*"))) {
            at++;
        }
        String first = at < words.size() ? words.get(at) : "";
        String plain = first.replaceFirst("^%\\{?__(\\w+)\\}?$", "$1");
        name = plain.substring(plain.lastIndexOf('/') + 1);
        read(words, at + 1);
    }

    private void read(List<String> words, int from) {
        for (int i = from; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            if (word.startsWith(">")) {
                if (word.equals(">") && !next.startsWith(">") && !next.startsWith("&") && !next.isEmpty()) {
                    targets.add(new Target(next, false, false));
                }
                i += next.startsWith(">") ? 0 : 1;
            } else if (afterDashes || !word.startsWith("-") || word.equals("-")) {
                operands.add(word);
            } else if (word.equals("--")) {
                afterDashes = true;
            } else {
                options.add(word);
                if (takesValue(word)) {
                    folder = isFolder(word) ? next : folder;
                    i++;
                } else if (word.matches("--(?:directory|target-directory)=.*")) {
                    folder = word.substring(word.indexOf('=') + 1);
                }
            }
        }
    }

    private boolean takesValue(String option) {
        return switch (name) {
            case "cp", "mv", "ln" -> option.matches("-\\w*[tS]|--target-directory");
            case "install" -> option.matches("-\\w*[tSmog]|--target-directory|--mode|--owner|--group");
            case "tar", "bsdtar" -> option.matches("-\\w*[fCTX]|--directory|--file|--exclude");
            case "git" -> option.matches("-[cC]");
            case "unzip" -> option.equals("-d");
            case "cpio" -> option.matches("-\\w*[DFEHIR]|--directory");
            default -> false;
        };
    }

    private static boolean isFolder(String option) {
        return option.matches("-\\w*[tCdD]|--(?:target-)?directory");
    }

    /** What a command changes; none where that is nothing, or not known. */
    static List<Target> targets(List<String> words) {
        FileCommand command = new FileCommand(words);
        command.read();
        return command.targets;
    }

    /** The name of the program, or of the function, that a command runs. */
    static String name(List<String> words) {
        return new FileCommand(words).name;
    }

    /** Its words that are no options. */
    static List<String> operands(List<String> words) {
        return new FileCommand(words).operands;
    }

    private void read() {
        switch (name) {
            case "tar", "bsdtar" -> tar();
            case "unzip" -> below(folder);
            case "cpio" -> {
                if (has("-\\w*i.*|--extract")) {
                    below(folder);
                }
            }
            case "cp", "mv", "ln", "install", "rsync" -> copy();
            case "rm" -> operands.forEach(o -> targets.add(new Target(o, has("-\\w*[rR].*|--recursive"), true)));
            case "git" -> git();
            case "patch" -> {
                if (has("-\\w*R.*|--reverse")) {
                    below("");
                }
            }
            case "quilt" -> {
                if (operands.contains("pop")) {
                    below("");
                }
            }
            default -> {}
        }
    }

    private boolean has(String regex) {
        return options.stream().anyMatch(o -> o.matches(regex));
    }

    private void below(String path) {
        targets.add(new Target(path.isEmpty() ? "." : path, true, true));
    }

    private void tar() {
        if (has("-\\w*O.*|--to-stdout")
                || !operands.isEmpty() && operands.get(0).matches("x\\w*O\\w*")) {
            return;
        }
        boolean old =
                !operands.isEmpty() && options.stream().noneMatch(o -> o.matches("-\\w*[xtc].*|--(?:extract|get).*"));
        if (has("-\\w*x.*|--extract|--get") || old && operands.get(0).matches("[a-zA-Z]*x[a-zA-Z]*")) {
            below(folder);
        }
    }

    private void copy() {
        if (has("-\\w*d|--directory") && name.equals("install") || operands.isEmpty()) {
            return;
        }
        boolean single = operands.size() == 1;
        String dest = !folder.isEmpty() ? folder : single ? "." : operands.get(operands.size() - 1);
        List<String> sources = folder.isEmpty() && !single ? operands.subList(0, operands.size() - 1) : operands;
        boolean deep = name.equals("mv")
                || name.equals("rsync")
                || name.equals("cp") && has("-\\w*[aRrd].*|--(?:archive|recursive)");
        for (String source : sources) {
            boolean contents = deep && (source.matches("(?:.*/)?\\.") || name.equals("rsync") && source.endsWith("/"))
                    || has("-\\w*T.*");
            if (contents || sources.size() == 1 && folder.isEmpty() && !dest.matches("(?:.*/)?\\.?")) {
                targets.add(new Target(dest, contents, contents));
            }
            targets.add(new Target(dest, source, deep, contents));
            if (name.equals("mv")) {
                targets.add(new Target(source, true, false));
            }
        }
    }

    private void git() {
        String what = operands.isEmpty() ? "" : operands.get(0);
        List<String> rest = operands.isEmpty() ? List.of() : operands.subList(1, operands.size());
        boolean undoes = switch (what) {
            case "reset" -> has("--(?:hard|merge|keep)");
            case "stash" -> rest.isEmpty() || rest.get(0).matches("push|save");
            case "clean" -> has("-\\w*f.*|--force");
            case "checkout", "switch" -> !has("-b|-B|-c|-C|--orphan") && (rest.isEmpty() || what.equals("switch"));
            case "apply" -> has("-\\w*R.*|--reverse");
            case "revert" -> true;
            default -> false;
        };
        if (undoes) {
            below("");
        } else if (what.matches("rm|restore") || what.equals("checkout") && !has("-b|-B|--orphan")) {
            boolean commit = what.equals("checkout") && !afterDashes;
            rest.forEach(path -> targets.add(new Target(commit ? "." : path, true, true)));
        }
    }
}
