#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes a guest from Debian packages: OUT/disk.qcow2 (root file system with our init),
# OUT/vmlinuz and OUT/initrd (Debian's own kernel, which runs the guest while the kernel under
# test is being installed, as a vendor's kernel does on a real machine).
#
# guest-debootstrap.sh OUT SUITE COMPONENTS PACKAGES DISK_BYTES MIRROR INIT
set -euo pipefail
out=$1 suite=$2 components=$3 packages=$4 bytes=$5 mirror=$6 init=$7
root=$out/root
export DEBIAN_FRONTEND=noninteractive

echo "== debootstrap $suite"
debootstrap --variant=minbase --components="$components" \
    --include="$packages,busybox-static" "$suite" "$root" ${mirror:+"$mirror"}

echo "== the guest's own kernel"
image=$(chroot "$root" apt-cache depends linux-image-cloud-amd64 |
    sed -n 's/^ *Depends: \(linux-image-[0-9][^ ]*\)$/\1/p' | head -n 1)
[ -n "$image" ] || { echo "no linux-image-cloud-amd64 in $suite"; exit 1; }
chroot "$root" sh -c 'cd /var/tmp && apt-get -q download "$1"' sh "$image"
mkdir "$out/image"
dpkg-deb -x "$root"/var/tmp/"$image"_*.deb "$out/image"
version=${image#linux-image-}
cp "$out/image/boot/vmlinuz-$version" "$out/vmlinuz"

echo "== initrd with the drivers of the disk"
ird=$out/ird
mkdir -p "$ird"/{bin,modules,dev,root}
cp "$root/bin/busybox" "$ird/bin/busybox"
order="virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk"
for module in $order; do
    find "$out/image" -name "$module.ko" -exec cp {} "$ird/modules/" \;
    [ -f "$ird/modules/$module.ko" ] || { echo "$image has no module $module"; exit 1; }
done
cat > "$ird/init" <<EOF
#!/bin/busybox sh
bb=/bin/busybox
\$bb mount -t devtmpfs dev /dev
for module in $order; do \$bb insmod /modules/\$module.ko; done
n=0
while [ ! -b /dev/vda ] && [ \$n -lt 100 ]; do \$bb sleep 0.1; n=\$((n + 1)); done
\$bb mount -t ext4 -o rw /dev/vda /root
exec \$bb switch_root /root /usr/lib/patchproof/init
EOF
chmod 755 "$ird/init"
(cd "$ird" && find . | cpio --quiet -o -H newc | gzip -1) > "$out/initrd"

echo "== root file system"
install -D -m 755 "$init" "$root/usr/lib/patchproof/init"
rm -rf "$root"/usr/share/{doc,locale,man,info} "$root"/var/cache/apt "$root"/var/lib/apt/lists \
    "$root"/var/tmp/* "$root"/var/log/*.log
truncate -s "$bytes" "$out/disk.raw"
# Without metadata_csum: a kernel under test may lack the checksum's algorithm.
mke2fs -q -t ext4 -O ^metadata_csum -L patchproof -d "$root" "$out/disk.raw"
qemu-img convert -O qcow2 "$out/disk.raw" "$out/disk.qcow2"
rm -rf "$root" "$out/image" "$ird" "$out/disk.raw"
