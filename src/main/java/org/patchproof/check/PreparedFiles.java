package org.patchproof.check;

import java.util.List;
import java.util.Objects;
import org.patchproof.patch.TreeFiles;

/**
 * Files as a kernel's spec has them when it comes to apply ours.
 *
 * @param files the files
 * @param unfollowed as in {@link KernelReport}: where it is not empty, the files may be others
 * @param notes for a person, which vendor's patches are in them
 */
public record PreparedFiles(TreeFiles files, List<String> unfollowed, List<String> notes) {
    public PreparedFiles {
        Objects.requireNonNull(files);
        unfollowed = List.copyOf(unfollowed);
        notes = List.copyOf(notes);
    }
}
