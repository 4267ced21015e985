#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# What a customer's administrator does on a machine that runs the unfixed kernel, with the guest's own dnf (yum
# where there is no dnf): trusts the key, adds the release's .repo, updates. Before that, each tampered copy of the
# repository is offered in its place, and must be refused. The repositories lie on the job's disk: the guest has no
# network, and nothing but their addresses differs from the .repo that is shipped.
#
# In: published/ (repo/, RPM-GPG-KEY, ID.repo), tampered/KIND/ (repo/, ID.repo), environment: OLD_NEVRA, NEW_NEVRA,
# NEW_RELEASE, REPOSITORY, TAMPERED (the kinds, blanks between them).
# Exit: 0 updated, 1 it was not as it must be (event refused why=...), 3 the guest itself lacks something.
. ./lib.sh
. ./guest.sh
set -a
. ./environment
set +a
say_what_booted
tool=$(command -v dnf || command -v yum) || {
    echo "this guest has neither dnf nor yum"
    exit 3
}
event customer with="${tool##*/}" version="$("$tool" --version 2>/dev/null | head -n 1 | tr -d ' \n')"
room=/var/tmp/patchproof-customer
rm -rf $room
mkdir -p $room /etc/yum.repos.d

failed() { # why
    event refused why="$1"
    exit 1
}

has() { rpm -q "$1" > /dev/null 2>&1; }

has "$OLD_NEVRA" || { echo "the unfixed kernel is not installed"; exit 3; }
if has "$NEW_NEVRA"; then echo "$NEW_NEVRA is installed already"; exit 3; fi
rpm --import published/RPM-GPG-KEY || failed key-not-imported

# Repositories of the guest's own are not asked, nor are caches and keys of another try.
for kind in $TAMPERED; do
    mkdir -p "$room/$kind/repos" "$room/$kind/cache"
    cp "tampered/$kind/$REPOSITORY.repo" "$room/$kind/repos/" || exit 3
    "$tool" -y --setopt=reposdir="$room/$kind/repos" --setopt=cachedir="$room/$kind/cache" \
        install "$NEW_NEVRA" > "$room/log" 2>&1 < /dev/null
    code=$?
    require_healthy $code
    echo "== $kind"
    grep -v '^[[:space:]]*$' "$room/log" | tail -n 4
    if has "$NEW_NEVRA"; then
        event tampered kind="$kind" taken=yes code=$code
        failed tampered-taken
    elif [ $code = 0 ]; then
        event tampered kind="$kind" taken=unsaid code=$code
        failed tampered-unsaid
    fi
    event tampered kind="$kind" taken=no code=$code
    rm -rf "${room:?}/$kind"
done

cp "published/$REPOSITORY.repo" /etc/yum.repos.d/ || exit 3
by=update
echo "== update"
"$tool" -y --disablerepo='*' --enablerepo="$REPOSITORY" update > "$room/log" 2>&1 < /dev/null
code=$?
require_healthy $code
if [ $code = 0 ] && ! has "$NEW_NEVRA"; then
    # A vendor that gives each kernel a name of its own: there is nothing to update then.
    by=install
    "$tool" -y --disablerepo='*' --enablerepo="$REPOSITORY" install "$NEW_NEVRA" > "$room/log" 2>&1 < /dev/null
    code=$?
    require_healthy $code
fi
grep -v '^[[:space:]]*$' "$room/log" | tail -n 40
event updated by=$by code=$code
[ $code = 0 ] || failed update-failed
has "$NEW_NEVRA" || failed update-brought-another
has "$OLD_NEVRA" || failed old-kernel-gone
[ -s "/boot/vmlinuz-$NEW_RELEASE" ] || failed no-image
rm -rf $room
tell_boot_loader
