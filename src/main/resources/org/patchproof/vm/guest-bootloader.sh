#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes IMAGE what the guest boots from now on, with ARGUMENTS, by the guest's own tools; then asks them
# whether they understood. BOOT_LOADER says whose tools: grubby, grub2 or grub.
# Exit: 0 done, else the last line printed says what lacks.
set -e
: "${BOOT_LOADER:?}" "${IMAGE:?}" "${ARGUMENTS:?}" "${ROOT:=}"
release=${IMAGE##*/vmlinuz-}
modules=$ROOT/lib/modules/$release

fail() {
    echo "$*"
    exit 1
}

# A package without scriptlets brings no initial RAM disk; one without modules may need none.
initramfs() { # file, command...
    local file=$1
    shift
    if [ ! -e "$ROOT$file" ] && [ -d "$modules" ] && command -v "$1" > /dev/null; then
        "$@" > /dev/null || fail "$1 did not make $file"
    fi
}

by_grubby() {
    local ramdisk=/boot/initramfs-$release.img
    initramfs "$ramdisk" dracut --force "$ramdisk" "$release"
    if ! grubby --info="$IMAGE" > /dev/null 2>&1; then
        local options=(--add-kernel="$IMAGE" --title="Linux $release" --copy-default)
        [ ! -e "$ROOT$ramdisk" ] || options+=(--initrd="$ramdisk")
        grubby "${options[@]}" || fail "grubby did not add $IMAGE"
    fi
    grubby --update-kernel="$IMAGE" --remove-args="quiet rhgb crashkernel" --args="$ARGUMENTS"
    grubby --set-default="$IMAGE"
    local now
    now=$(grubby --default-kernel)
    [ "$now" = "$IMAGE" ] || fail "grubby says that $now is the default, not $IMAGE"
}

by_grub() { # grub2 or grub: what its tools and its folder are called
    local grub=$1 config=$ROOT/boot/$1/grub.cfg defaults=$ROOT/etc/default/grub id
    initramfs "/boot/initrd.img-$release" update-initramfs -c -k "$release"
    initramfs "/boot/initramfs-$release.img" dracut --force "/boot/initramfs-$release.img" "$release"
    touch "$defaults"
    sed -i '/# patchproof$/d' "$defaults"
    {
        echo "GRUB_DEFAULT=saved # patchproof"
        echo "GRUB_TIMEOUT=0 # patchproof"
        printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX "%q # patchproof\n' "$ARGUMENTS"
    } >> "$defaults"
    "$grub-mkconfig" -o "$config" > /dev/null 2>&1 || fail "$grub-mkconfig failed"
    # The entry that loads our image, and the submenu around it.
    id=$(awk -v image="/vmlinuz-$release" '
        function identity(line) {
            if (match(line, /menuentry_id_option '\''[^'\'']*'\''/)) {
                return substr(line, RSTART + 21, RLENGTH - 22)
            }
            return ""
        }
        /^submenu / { menu = identity($0) ">" }
        /^}/ { menu = "" }
        /^[ \t]*menuentry / { entry = identity($0); if ($0 !~ /^[ \t]/) menu = "" }
        /^[ \t]*linux/ {
            if (substr($2, length($2) - length(image) + 1) == image && entry !~ /-recovery-/) {
                print menu entry
                exit
            }
        }' "$config")
    [ -n "$id" ] || fail "$config has no entry for $IMAGE"
    "$grub-set-default" "$id"
    "$grub-editenv" list | grep -qxF "saved_entry=$id" || fail "$grub-set-default did not save $id"
}

case $BOOT_LOADER in
grubby) by_grubby ;;
grub2 | grub) by_grub "$BOOT_LOADER" ;;
*) fail "no such boot loader: $BOOT_LOADER" ;;
esac
sync
