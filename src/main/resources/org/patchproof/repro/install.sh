#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the packages of the job as an administrator would, with the guest's own yum (dnf where
# there is no yum), from files: the guest has no network. In a guest that boots by itself, its boot
# loader is told then (bootloader, bootloader.environment).
# Exit: 0 installed, 1 the packages would not install, 3 the guest itself lacks something.
. ./lib.sh
. ./guest.sh
tool=$(command -v yum || command -v dnf) || {
    echo "this guest has neither yum nor dnf"
    exit 3
}
event installing with="${tool##*/}"
"$tool" -y --disablerepo='*' localinstall ./rpms/*.rpm
code=$?
require_healthy $code
[ $code = 0 ] || exit 1
for rpm in ./rpms/*.rpm; do
    nevra=$(rpm -qp --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' "$rpm") || exit 1
    rpm -q "$nevra" || exit 1
    event installed nevra="$nevra"
done
tell_boot_loader
