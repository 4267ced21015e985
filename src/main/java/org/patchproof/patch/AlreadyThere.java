package org.patchproof.patch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a tree may have a patch already. To take a hunk out, GNU patch wants all its lines as they are after it, in
 * one piece and without fuzz. Where those of one hunk stand nowhere in the file, it need not be asked.
 */
final class AlreadyThere {
    private AlreadyThere() {}

    /**
     * Whether {@code patch} may be in: false is certain, true is not.
     *
     * @param tree the files by path, those that are there; each character is one byte
     */
    static boolean possible(Patch patch, Map<String, String> tree) {
        for (TouchedFile file : patch.files()) {
            Optional<String> content = Optional.ofNullable(tree.get(file.path()));
            if (file.change() == TouchedFile.Change.MODIFIED && content.isPresent() && !stand(file, content.get())) {
                return false;
            }
        }
        return true;
    }

    /** A newline that the file or the hunk lacks at its end is taken to be there: the tool may think otherwise. */
    private static boolean stand(TouchedFile file, String content) {
        String lines = "\n" + content + "\n";
        for (Hunk hunk : file.hunks()) {
            List<String> after = hunk.newLines();
            if (!after.isEmpty() && !lines.contains("\n" + String.join("\n", after) + "\n")) {
                return false;
            }
        }
        return true;
    }
}
