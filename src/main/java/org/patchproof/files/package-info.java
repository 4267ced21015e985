/**
 * What several rooms do with files and must do alike: digests, the removal of a tree, getting a file
 * of known digest from an address, and directories that are gone when this process is, whatever ends it.
 *
 * <p>It knows nothing of what is in the files, and imports no other room.
 */
package org.patchproof.files;
