package org.patchproof.patch;

import java.util.Objects;

/**
 * One hunk and what became of it.
 *
 * @param path the file, relative to the tree
 * @param number the hunk's number in that file, counted from 1
 * @param hunk the hunk
 * @param fate what became of it
 */
public record HunkCheck(String path, int number, Hunk hunk, HunkFate fate) {
    public HunkCheck {
        Objects.requireNonNull(path);
        Objects.requireNonNull(hunk);
        Objects.requireNonNull(fate);
    }
}
