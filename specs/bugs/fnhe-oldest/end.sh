#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Takes everything down and waits until the client's device is known to be gone: deleting it hangs as
# long as somebody holds a reference.
#
# In (environment): WATCH_SECONDS, how long it may take before it counts as stuck.
# Out: events traffic-dead, teardown-done, then devices-gone or device-stuck dev=cli-veth.
. ./lib.sh

echo 0 > /proc/sys/net/ipv4/route/fnhe_oldest_test
for ((i = 0; i < 300; i++)); do
    pids=$(ip netns pids cli)
    [ -n "$pids" ] || break
    kill -KILL $pids 2> /dev/null
    sleep 0.1
done
if [ -n "$pids" ]; then
    echo "processes of cli do not die: $pids"
    exit 1
fi
event traffic-dead

ip -n cli link del cli-veth &
deleter=$!
event teardown-done
for ((i = 0; i < WATCH_SECONDS * 10; i++)); do
    kill -0 $deleter 2> /dev/null || break
    sleep 0.1
done
if kill -0 $deleter 2> /dev/null; then
    event device-stuck dev=cli-veth
    exit 0
elif ! wait $deleter; then
    echo "deleting cli-veth failed"
    exit 1
fi
ip netns del cli
ip netns del gw

# The namespaces' own devices (lo) go in the background, and the kernel complains of one that does
# not only after ten seconds: silence means something only when it lasted longer than that.
sleep 12
event devices-gone
