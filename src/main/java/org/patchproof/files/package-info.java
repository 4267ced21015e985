/**
 * What several rooms do with files and must do alike: digests, and the removal of a tree.
 *
 * <p>It knows nothing of what is in the files, and imports no other room.
 */
package org.patchproof.files;
