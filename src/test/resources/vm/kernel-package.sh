#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes OUT/kernel.rpm around a kernel of Debian's that is another one than the guest's own: as a vendor's
# package it brings image, modules and a scriptlet. OUT/release is what it says in uname -r.
#
# kernel-package.sh OUT
set -euo pipefail
out=$1
work=$out.work
rm -rf "$work" "$out"
mkdir -p "$work/root"
trap 'rm -rf "$work"' EXIT

# The guest has the oldest cloud kernel of its release; this one is of a later series.
package=$(apt-cache depends linux-image-6.12-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9][^ ]*\)$/\1/p' | head -n 1)
[ -n "$package" ] || { echo 'no linux-image-6.12-cloud-amd64: run apt-get update on a Debian 12'; exit 1; }
(cd "$work" && apt-get -q download "$package")
dpkg-deb -x "$work/$package"_*.deb "$work/deb"
release=$(basename "$work"/deb/boot/vmlinuz-*)
release=${release#vmlinuz-}

tree=$work/deb/lib/modules/$release
[ -d "$tree" ] || tree=$work/deb/usr/lib/modules/$release
modules=$work/root/lib/modules/$release
mkdir -p "$work/root/boot" "$modules"
cp "$work/deb/boot/vmlinuz-$release" "$work/deb/boot/config-$release" "$work/root/boot/"
(cd "$tree" && { find modules.builtin* modules.order kernel/fs/ext4 kernel/fs/jbd2 kernel/fs/mbcache* kernel/lib \
    kernel/crypto kernel/arch kernel/drivers/virtio kernel/drivers/block/virtio_blk* kernel/drivers/char/hw_random \
    -type f 2> /dev/null || true; } | cpio --quiet -pdm "$modules")

cat > "$work/kernel.spec" <<SPEC
%define debug_package %{nil}
%define __os_install_post %{nil}
%define _build_id_links none
%define _binary_payload w1.gzdio
Name: kernel
Summary: A kernel of another series
Version: 6.12
Release: 1
License: GPL-2.0-only
BuildArch: x86_64
AutoReqProv: no
Provides: installonlypkg(kernel)
# The scriptlet's shell: the guest's is Debian's, of which its rpm knows nothing.
Provides: /bin/sh
%description
Debian's $package as an RPM.
%install
cp -r $work/root/. %{buildroot}/
%posttrans
/sbin/depmod -a $release || exit \$?
%files
/boot/vmlinuz-$release
/boot/config-$release
/lib/modules/$release
SPEC
rpmbuild -bb --quiet --target x86_64 --define "_topdir $work/rpmbuild" "$work/kernel.spec"
mkdir "$out.part"
mv "$work"/rpmbuild/RPMS/x86_64/kernel-*.rpm "$out.part/kernel.rpm"
echo "$release" > "$out.part/release"
sha256sum "$work/root/boot/vmlinuz-$release" | cut -d' ' -f1 > "$out.part/sha256"
mv "$out.part" "$out"
