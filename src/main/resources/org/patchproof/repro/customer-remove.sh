#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# What a customer does to go back, once the old kernel runs again: removes the fixed one and the .repo.
#
# In (environment): OLD_NEVRA, NEW_NEVRA, NEW_RELEASE, REPOSITORY.
# Exit: 0 removed, 1 it was not as it must be (event refused why=...), 3 the guest itself lacks something.
. ./lib.sh
. ./guest.sh
set -a
. ./environment
set +a
say_what_booted
tool=$(command -v dnf || command -v yum) || exit 3

failed() { # why
    event refused why="$1"
    exit 1
}

has() { rpm -q "$1" > /dev/null 2>&1; }

has "$NEW_NEVRA" || { echo "$NEW_NEVRA is not installed any more"; exit 3; }
echo "== remove"
"$tool" -y --disablerepo='*' remove "$NEW_NEVRA" 2>&1 < /dev/null | grep -v '^[[:space:]]*$' | tail -n 40
code=${PIPESTATUS[0]}
require_healthy "$code"
event removed code="$code"
[ "$code" = 0 ] || failed remove-failed
if has "$NEW_NEVRA"; then failed still-installed; fi
[ ! -e "/boot/vmlinuz-$NEW_RELEASE" ] || failed image-left
has "$OLD_NEVRA" || failed old-kernel-gone
rm -f "/etc/yum.repos.d/$REPOSITORY.repo"
