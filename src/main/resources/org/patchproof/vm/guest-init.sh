#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# PID 1 of a patchproof guest: mounts what a system needs, opens the channel to the host
# (the second serial port), runs the job that came on the second disk, reports its end.
#
# Lines to the host:   hello KERNEL          this kernel runs our init
#                      ready                 the job's disk is mounted, the job begins
#                      | TEXT                what the job printed
#                      @ NAME KEY=VALUE...   an event of the job
#                      exit CODE             the job ended; the root file system is synced and read-only
#                      failed WHY            the guest itself is broken
# Lines from the host go to the job's standard input.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C TERM=dumb
mount -t proc proc /proc
mount -t sysfs sysfs /sys
grep -q ' /dev devtmpfs ' /proc/mounts || mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd

channel=/dev/ttyS1
stty -F "$channel" raw -echo
exec 3<>"$channel"
say() { printf '%s\n' "$*" >&3; }

finish() {
    sync
    mount -o remount,ro / && sync
    say "$*"
    # The host kills the machine when it has read that line; this is for a host that cannot.
    sleep 30
    echo b > /proc/sysrq-trigger
    while :; do sleep 60; done
}

say "hello $(uname -r)"
hostname patchproof
ip link set lo up
mkdir -p /run/job
mount -o ro /dev/vdb /run/job || finish "failed cannot mount the job's disk"
say ready
cd /run/job || finish "failed no /run/job"
# The job's output is prefixed, so that nothing it prints can be taken for a word of ours.
{
    ./run <&3 2>&1
    echo "$?" > /run/job.exit
} | while IFS= read -r line || [ -n "$line" ]; do say "| ${line:0:2000}"; done
finish "exit $(cat /run/job.exit 2>/dev/null || echo 255)"
