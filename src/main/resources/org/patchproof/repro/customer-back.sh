#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Says what booted, and lets the boot loader, where there is one, boot the kernel that the job names.
. ./lib.sh
. ./guest.sh
say_what_booted
tell_boot_loader
