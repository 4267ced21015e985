/**
 * Guests and virtual machines.
 *
 * <p>In: a {@link org.patchproof.plan.GuestSpec}, a kernel to boot, a folder that is the job. Out: a
 * cached {@link org.patchproof.vm.GuestImage} of one of two kinds (kernels handed to QEMU, or a disk that
 * boots by itself), a running {@link org.patchproof.vm.VirtualMachine},
 * the words that its guest says on the channel, the bytes of its console. A machine runs on a
 * throw-away overlay, has no network card (only the first start of a user's image has one, which leads
 * nowhere), is bounded in what it may print, and dies with this process.
 *
 * <p>It knows no RPM and no bug, and it does not judge what the console says.
 */
package org.patchproof.vm;
