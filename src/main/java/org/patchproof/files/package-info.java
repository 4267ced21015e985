/**
 * What several rooms do with files and must do alike: digests, the removal of a tree, and getting a file
 * of known digest from an address.
 *
 * <p>It knows nothing of what is in the files, and imports no other room.
 */
package org.patchproof.files;
