#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Takes everything down and waits until each device is known to be gone.
#
# Deleting a device returns when the kernel has let go of it, and hangs as long as somebody holds
# a reference: that is the bug, and "it returned" is better evidence of its absence than "no
# message yet". Traffic is killed first and seen dead: a living socket holds the device on a
# healthy kernel too.
#
# In (environment): WATCH_SECONDS, how long a device may take before it counts as stuck.
# Out: events traffic-dead, teardown-done, then devices-gone (each device that was made is known to
# be gone, and nothing was complained of for 12 s after that) or device-stuck dev=NAME.
. ./lib.sh
. ./common.sh

[ ! -e $route/ref_leak_test ] || echo 0 > $route/ref_leak_test
pkill -KILL iperf3
pkill -KILL netperf
pkill -KILL netserver
for ns in $namespaces; do
    for ((i = 0; i < 300; i++)); do
        pids=$(ip netns pids $ns)
        [ -n "$pids" ] || break
        kill -KILL $pids 2>/dev/null
        sleep 0.1
    done
    if [ -n "$pids" ]; then
        echo "processes of $ns do not die: $pids"
        exit 1
    fi
done
event traffic-dead

for pair in $all_devices; do in_ns "${pair%%:*}" ifconfig "${pair#*:}" down; done
deleters=()
for pair in $devices; do
    ip -n "${pair%%:*}" link del "${pair#*:}" &
    deleters+=("$!:${pair#*:}")
done
event teardown-done

stuck=0
for entry in "${deleters[@]}"; do
    for ((i = 0; i < WATCH_SECONDS * 10; i++)); do
        kill -0 "${entry%%:*}" 2>/dev/null || break
        sleep 0.1
    done
    if kill -0 "${entry%%:*}" 2>/dev/null; then
        event device-stuck dev="${entry#*:}"
        stuck=1
    elif ! wait "${entry%%:*}"; then
        echo "deleting ${entry#*:} failed"
        exit 1
    fi
done
for ns in $namespaces; do ip netns del $ns; done
[ $stuck = 0 ] || exit 0

# The namespaces' own devices (lo) go in the background, and the kernel complains of one that does
# not only after ten seconds: silence means something only when it lasted longer than that.
sleep 12
event devices-gone
