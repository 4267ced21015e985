# SPDX-License-Identifier: Apache-2.0
#
# Says what a guest has, one KEY=VALUE a line: what is decided by it, the host decides.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
for tool in systemctl grubby grub2-mkconfig grub2-set-default grub-mkconfig grub-set-default rpm yum dnf; do
    command -v "$tool" > /dev/null 2>&1 && echo "tool=$tool"
done
[ -d /boot/loader/entries ] && [ -n "$(ls -A /boot/loader/entries 2> /dev/null)" ] && echo bls=yes
echo "release=$(uname -r)"
(. /etc/os-release 2> /dev/null && echo "name=$PRETTY_NAME")
true
