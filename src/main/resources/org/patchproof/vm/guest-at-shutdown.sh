#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# systemd runs this when all file systems are unmounted or read-only: only now is the disk whole.
[ -e /run/patchproof.last ] || exit 0
cat /run/patchproof.last > /dev/ttyS1
# The host kills the machine when it has read that line; else it powers off by itself.
sleep 10
