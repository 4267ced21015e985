#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# What guest-init.sh is in a guest without a boot loader, as a service of a guest that boots by itself: runs
# the job that came on the second disk and says the same lines on the channel (the second serial port).
# A job that is to leave its disk behind has a file keep-disk: then the end is said by at-shutdown, when all
# file systems are unmounted. The disk of any other is thrown away.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C TERM=dumb
channel=/dev/ttyS1
stty -F "$channel" raw -echo || exit 0 # nobody listens: a person looks at this disk
exec 3<>"$channel"
say() { printf '%s\n' "$*" >&3; }

say "hello $(uname -r)"
mkdir -p /run/job
tries=0
until device=$(blkid -c /dev/null -t LABEL=patchproof-job -o device | head -n 1) && [ -n "$device" ]; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || { say "failed the job's disk does not appear"; exit 1; }
    sleep 0.2
done
mount -o ro "$device" /run/job || { say "failed cannot mount the job's disk"; exit 1; }
say ready
cd /run/job || exit 1
# The job's output is prefixed, so that nothing it prints can be taken for a word of ours.
{
    ./run <&3 2>&1
    echo "$?" > /run/job.exit
} | while IFS= read -r line || [ -n "$line" ]; do say "| ${line:0:2000}"; done
word="exit $(cat /run/job.exit 2>/dev/null || echo 255)"
if [ -e keep-disk ]; then
    echo "$word" > /run/patchproof.last
    systemctl poweroff
else
    say "$word"
    sleep infinity # the host ends the machine
fi
