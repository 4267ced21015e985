#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Provokes the leak as the article that described it does, until it is told to stop (SIGTERM): four
# netperf flows from a client through a gateway, all of whose links change their MTU every two
# seconds, so that the client gets route exceptions that expire after a second, while the instrumented
# kernel holds each user of one in a busy-wait. Whether one CPU deletes an exception while another
# still waits with it is left to chance.
#
# Two things are found out that the article assumes: HZ (its 3000 are jiffies, 3 s where HZ is 1000)
# and the place of mtu_expires.
#
# In (environment): DELAY_MS, FLOWS, MTUS, STEP_SECONDS: 3000, 4, "1400 1300 1100 1000" and 2 there.
# Out: events topology-up, traffic-flowed bytes=N, provoking, mtu-set mtu=N sent=BYTES.
. ./lib.sh
. ./common.sh

build_topology || exit 1
event topology-up

in_ns svr netserver -L $server > /dev/null || exit 1
for ((i = 0; i < FLOWS; i++)); do
    in_ns cli netperf -H $server -l 3600 > /dev/null 2>&1 &
done

before=$(sent_bytes)
sleep 1
sent=$(($(sent_bytes) - before))
event traffic-flowed bytes=$sent
if [ $sent -lt 100000 ]; then
    echo "traffic does not flow: $sent bytes in a second"
    exit 1
fi

hold_lookups || exit 1
set_mtu_expires 1 || exit 1

while :; do
    for mtu in $MTUS; do
        in_ns svr ifconfig svr-veth mtu "$mtu"
        in_ns cli ifconfig cli-veth mtu "$mtu"
        in_ns gw ifconfig svrgw-veth mtu "$mtu"
        in_ns gw ifconfig cligw-veth mtu "$mtu"
        event mtu-set mtu="$mtu" sent="$(sent_bytes)"
        sleep "$STEP_SECONDS"
    done
done
