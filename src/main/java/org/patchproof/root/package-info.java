/**
 * Where rpmbuild runs: this host, a container of podman's, a chroot of mock's.
 *
 * <p>In: a {@link org.patchproof.plan.BuildRoot} and a command. Out: an {@link org.patchproof.root.OpenRoot},
 * which wraps commands so that they run there with a topdir at the same path, and says of what it is made.
 * What is missing or cannot be used here is thrown as {@link org.patchproof.root.RootException}, with its remedy.
 *
 * <p>It knows no kernel, no spec and no patch.
 */
package org.patchproof.root;
