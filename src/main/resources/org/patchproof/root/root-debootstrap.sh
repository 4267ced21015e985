#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes a root directory to build in from Debian packages.
#
# root-debootstrap.sh ROOT SUITE COMPONENTS PACKAGES MIRROR
set -euo pipefail
root=$1 suite=$2 components=$3 packages=$4 mirror=$5
export DEBIAN_FRONTEND=noninteractive
debootstrap --variant=minbase --components="$components" --include="$packages" "$suite" "$root" ${mirror:+"$mirror"}
rm -rf "$root"/usr/share/{doc,locale,man,info} "$root"/var/cache/{apt,ldconfig,debconf} "$root"/var/lib/apt/lists \
    "$root"/var/tmp/* "$root"/var/log/* "$root"/etc/resolv.conf "$root"/etc/machine-id
