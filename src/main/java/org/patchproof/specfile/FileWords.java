package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a line of shell may change one of some files, by the words in it. What is not sure is said to be so; what
 * only reads is not.
 */
final class FileWords {
    private static final List<String> READERS = List.of("chmod ", "touch ", "grep ", "test ", "ls ");
    private static final List<String> CHANGERS =
            List.of("rm ", "mv ", "cp ", "ln ", "sed ", "perl ", "rsync ", "install ", "truncate ");

    private static final int LONGEST_GLOB = 200;

    /** The files, and what they are called from within a folder that the script goes into. */
    private final Set<String> files;

    /** The folders that they are in, likewise. */
    private final Set<String> folders = new TreeSet<>();

    /**
     * For some files.
     *
     * @param moves the lines that go into folders, as far as the script has any
     */
    FileWords(Set<String> paths, Collection<String> moves) {
        files = new TreeSet<>(paths);
        for (String move : moves) {
            for (String word : words(move)) {
                paths.forEach(path -> fromWithin(path, word));
            }
        }
        for (String file : files) {
            for (int slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
                folders.add(file.substring(0, slash));
            }
        }
    }

    /** Whether a line goes into another folder. */
    static boolean moves(String text) {
        return text.contains("cd ") || text.contains("pushd ");
    }

    private void fromWithin(String path, String folder) {
        int at = behind(path, folder);
        if (at >= 0) {
            files.add(path.substring(at));
        }
    }

    /** Where a path goes on behind a folder of that name; negative where it has none. */
    private static int behind(String path, String folder) {
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        int at = last.isEmpty() ? -1 : ("/" + path).indexOf("/" + last + "/");
        return at < 0 ? -1 : at + last.length() + 1;
    }

    /** Whether a line names a folder that one of the files is in. */
    boolean namesFolder(String text) {
        return words(text).stream().anyMatch(word -> files.stream().anyMatch(file -> behind(file, word) >= 0));
    }

    /** Whether {@code text} may change one of the files. */
    boolean mayBeChangedBy(String text) {
        String command = text.strip();
        if (READERS.stream().anyMatch(command::startsWith)) {
            return false;
        }
        return files.stream().anyMatch(file -> names(command, file))
                || CHANGERS.stream().anyMatch(command::contains) && coveredBy(command);
    }

    private boolean coveredBy(String command) {
        boolean anywhere = command.contains("find ");
        boolean all = anywhere && command.contains("find .") && !command.contains("name ");
        return all || words(command).stream().anyMatch(word -> covers(word, anywhere));
    }

    /**
     * Whether a word stands for several files of which one may be ours: a folder, or a pattern.
     *
     * @param anywhere whether a pattern is one for names in whatever folder
     */
    private boolean covers(String word, boolean anywhere) {
        if (folders.contains(word)) {
            return true;
        }
        boolean pattern = word.indexOf('*') >= 0 || word.indexOf('?') >= 0 || word.indexOf('[') >= 0;
        boolean braces = word.indexOf('{') >= 0 && word.indexOf('%') < 0 && word.indexOf('$') < 0;
        if (!pattern && !braces || word.length() > LONGEST_GLOB || word.equals("{}")) {
            return false;
        }
        String glob = word.replaceAll("\\{[^{}]*\\}|\\[[^\\[\\]]*\\]", "*").replaceAll("\\*+", "*");
        return files.stream().anyMatch(file -> PathPattern.matches(glob, anywhere ? baseName(file) : file))
                || folders.stream().anyMatch(folder -> PathPattern.matches(glob, folder));
    }

    private static String baseName(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** The words of a line, without quotes, {@code ./} before and a slash behind them. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[\\s;&|()<>'\"`]+")) {
            String plain = word.startsWith("./") ? word.substring(2) : word;
            words.add(plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain);
        }
        return words;
    }

    /** Whether a word of the line is that one; a path may stand behind a folder's, a file of the top not. */
    static boolean names(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            boolean begins = at == 0
                    || text.startsWith("./", at - 2) && (at == 2 || !inWord(text.charAt(at - 3)))
                    || !inWord(text.charAt(at - 1)) && (text.charAt(at - 1) != '/' || word.indexOf('/') >= 0);
            int end = at + word.length();
            if (begins && (end == text.length() || !inWord(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
    }
}
