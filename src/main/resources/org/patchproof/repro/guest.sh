# SPDX-License-Identifier: Apache-2.0
# Sourced by our jobs, after lib.sh.

# Says what runs here: asked of the running kernel and of the guest's own package database.
say_what_booted() {
    local release image
    release=$(uname -r)
    image=/boot/vmlinuz-$release
    event booted release="$release" \
        nevra="$(rpm -qf --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' "$image" 2>/dev/null | tr -d ' \n')" \
        sha256="$(sha256sum "$image" 2>/dev/null | cut -d' ' -f1)" \
        notes="$(od -An -v -tx1 /sys/kernel/notes 2>/dev/null | tr -d ' \n' | head -c 4096)" \
        processors="$(nproc)"
}

# Lets the guest's boot loader, where it has one, boot the kernel that the job names.
# How it is told is our business: where that fails, no kernel is to blame.
tell_boot_loader() {
    [ -e bootloader ] || return 0
    (
        set -a
        . ./bootloader.environment
        ./bootloader
    ) || exit 3
}

# Killed, or no room left: the guest's trouble, and nobody else's.
require_healthy() { # exit code of a package manager
    [ "$1" -lt 128 ] || exit 3
    local room
    for room in $(df --output=avail / /boot | tail -n +2); do
        [ "$room" -gt 1024 ] || { df / /boot; exit 3; }
    done
}
