#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes OUT, a qcow2 that boots by itself as a cloud's image does: partition table, GRUB, Debian's own kernel,
# systemd, cloud-init, sshd; and dnf, as kernels come as RPMs. Nothing is mounted, no loop device is needed.
#
# bootable-image.sh OUT SUITE MIRROR
set -euo pipefail
out=$1 suite=$2 mirror=$3
work=$out.work
root=$work/root
mkdir -p "$work"
# In memory: ten times as fast, and gone with this mount namespace.
mount -t tmpfs -o size=6G tmpfs "$work"
trap 'umount -l "$work"; rmdir "$work"' EXIT
export DEBIAN_FRONTEND=noninteractive

debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"}
echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/lab"
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
# As small as a cloud's: the drivers of its disk, not of all disks.
mkdir -p "$root/etc/initramfs-tools/conf.d"
printf 'MODULES=list\nCOMPRESS=gzip\n' > "$root/etc/initramfs-tools/conf.d/lean"
printf 'virtio_pci\nvirtio_blk\next4\n' > "$root/etc/initramfs-tools/modules"
chroot "$root" apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-confold install \
    linux-image-cloud-amd64 systemd-sysv udev dbus openssh-server cloud-init netbase iproute2 procps kmod \
    grub-pc-bin grub2-common initramfs-tools e2fsprogs dnf rpm
kernel=$(basename "$root"/boot/vmlinuz-*)
version=${kernel#vmlinuz-}

echo cloud > "$root/etc/hostname"
echo '/dev/vda1 / ext4 defaults 0 1' > "$root/etc/fstab"
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/machine-id" "$root/usr/sbin/policy-rc.d"
: > "$root/etc/machine-id"
chroot "$root" systemctl -q enable systemd-networkd ssh
cat > "$root/etc/default/grub" <<'CFG'
GRUB_DEFAULT=0
GRUB_TIMEOUT=1
GRUB_DISTRIBUTOR=Debian
GRUB_CMDLINE_LINUX_DEFAULT=""
GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200"
CFG
# The first one by hand: update-grub wants to see the disk itself, and will in the guest.
mkdir -p "$root/boot/grub"
cat > "$root/boot/grub/grub.cfg" <<CFG
set timeout=0
menuentry 'Debian GNU/Linux' {
    linux /boot/$kernel root=/dev/vda1 ro console=tty0 console=ttyS0,115200
    initrd /boot/initrd.img-$version
}
CFG
cp -r "$root/usr/lib/grub/i386-pc" "$root/boot/grub/i386-pc"
chroot "$root" grub-mkimage -O i386-pc -o /boot/grub/core.img -p '(hd0,msdos1)/boot/grub' \
    biosdisk part_msdos ext2 normal configfile linux search test loadenv echo
mv "$root/boot/grub/core.img" "$work/core.img"
cp "$root/usr/lib/grub/i386-pc/boot.img" "$work/boot.img"
rm -rf "$root"/usr/share/{doc,locale,man,info} "$root"/var/cache/apt "$root"/var/lib/apt/lists "$root"/var/log/*.log

# One partition from the first MiB on; GRUB's second part in the gap before it.
size=$((2048 << 20)) first=$((1 << 20))
truncate -s $size "$work/disk.raw"
mke2fs -q -t ext4 -O ^metadata_csum_seed -L cloudroot -E offset=$first -d "$root" "$work/disk.raw" \
    $(((size - first) / 1024))k
dd if="$work/boot.img" of="$work/disk.raw" bs=440 count=1 conv=notrunc status=none
dd if="$work/core.img" of="$work/disk.raw" bs=512 seek=1 conv=notrunc status=none
le32() { printf '\\x%02x\\x%02x\\x%02x\\x%02x' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255)); }
entry="\\x80\\xfe\\xff\\xff\\x83\\xfe\\xff\\xff$(le32 $((first / 512)))$(le32 $(((size - first) / 512)))"
printf "$entry" | dd of="$work/disk.raw" bs=1 seek=446 conv=notrunc status=none
printf '\x55\xaa' | dd of="$work/disk.raw" bs=1 seek=510 conv=notrunc status=none
qemu-img convert -O qcow2 "$work/disk.raw" "$out.part"
mv "$out.part" "$out"
