package org.patchproof.patch;

import java.util.Objects;

/**
 * Where a hunk stands.
 *
 * @param patch the patch's name
 * @param path the file, relative to the tree
 * @param number the hunk's number in that file, counted from 1
 * @param line its first line in the file right after its patch, counted from 1
 * @param offset how many lines that is away from where the patch says
 */
public record HunkProof(String patch, String path, int number, int line, int offset) {
    public HunkProof {
        Objects.requireNonNull(patch);
        Objects.requireNonNull(path);
    }
}
