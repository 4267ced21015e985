#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the packages of the job as an administrator would, with the guest's own yum (dnf where
# there is no yum), from files: the guest has no network. In a guest that boots by itself, its boot
# loader is told then (bootloader, bootloader.environment).
# Exit: 0 installed, 1 the packages would not install, 3 the guest itself lacks something.
. ./lib.sh
tool=$(command -v yum || command -v dnf) || {
    echo "this guest has neither yum nor dnf"
    exit 3
}
event installing with="${tool##*/}"
"$tool" -y --disablerepo='*' localinstall ./rpms/*.rpm
code=$?
# Killed, or no room: the guest's trouble, not the package's.
[ $code -lt 128 ] || exit 3
for room in $(df --output=avail / /boot | tail -n +2); do
    [ "$room" -gt 1024 ] || { df / /boot; exit 3; }
done
[ $code = 0 ] || exit 1
for rpm in ./rpms/*.rpm; do
    nevra=$(rpm -qp --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' "$rpm") || exit 1
    rpm -q "$nevra" || exit 1
    event installed nevra="$nevra"
done
if [ -e bootloader ]; then
    set -a
    . ./bootloader.environment
    set +a
    # How it is told is our business: where that fails, the kernel is not to blame.
    ./bootloader || exit 3
fi
