#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Provokes the leak until it is told to stop (SIGTERM): traffic from a client through a gateway
# whose links change their MTU, so that the client gets route exceptions that expire after a
# second, while the instrumented kernel holds each user of one in a busy-wait.
#
# After the script of the article that described the bug; what is added and why:
#  - lookups at a steady pace beside the traffic: the race needs one CPU that deletes an expired
#    exception while another is still in the busy-wait, and flows alone soon all wait at once;
#  - HZ and the place of mtu_expires are found out, not assumed.
#
# In (environment): FLOWS, DELAY_MS, MTUS, STEP_SECONDS, LOOKUP_MS, TRAFFIC (iperf3|netperf).
# Out: events topology-up, traffic-started, traffic-flowed bytes=N.
. ./lib.sh
. ./common.sh

# Traffic stays on the first processor: while it waits there, no packet flows that could renew the
# exception it holds. The lookups have the others.
processors=$(nproc)
taskset -cp 0 $$ > /dev/null

for ns in $namespaces; do ip netns add "$ns" || exit 1; done
in_ns gw sysctl -q -w net.ipv4.ip_forward=1
ip link add svr-veth type veth peer name svrgw-veth || exit 1
ip link add cli-veth type veth peer name cligw-veth || exit 1
for pair in $all_devices; do ip link set "${pair#*:}" netns "${pair%%:*}" || exit 1; done
in_ns svr ifconfig svr-veth $server netmask 255.255.255.0
in_ns gw ifconfig svrgw-veth 192.168.123.254 netmask 255.255.255.0
in_ns gw ifconfig cligw-veth 10.0.123.254 netmask 255.255.255.0
in_ns cli ifconfig cli-veth 10.0.123.1 netmask 255.255.255.0
in_ns cli route add default gw 10.0.123.254
in_ns svr route add default gw 192.168.123.254
event topology-up

start_traffic() {
    local port
    case "$TRAFFIC" in
        netperf)
            in_ns svr netserver -L $server > /dev/null || return 1
            for ((i = 0; i < FLOWS; i++)); do
                in_ns cli netperf -H $server -l 3600 > /dev/null 2>&1 &
            done
            ;;
        iperf3)
            for ((i = 0; i < FLOWS; i++)); do
                port=$((5201 + i))
                in_ns svr iperf3 -s -B $server -p $port > /dev/null 2>&1 &
            done
            sleep 0.5
            for ((i = 0; i < FLOWS; i++)); do
                port=$((5201 + i))
                in_ns cli iperf3 -c $server -p $port -t 3600 -b "$FLOW_RATE" > /dev/null 2>&1 &
            done
            ;;
        *)
            echo "TRAFFIC=$TRAFFIC: neither iperf3 nor netperf"
            return 1
            ;;
    esac
}

sent_bytes() { in_ns cli cat /sys/class/net/cli-veth/statistics/tx_bytes; }

start_traffic || exit 1
before=$(sent_bytes)
sleep 1
after=$(sent_bytes)
event traffic-flowed bytes=$((after - before))
if [ $((after - before)) -lt 100000 ]; then
    echo "traffic does not flow: $((after - before)) bytes in a second"
    exit 1
fi

# Lookups on processor $1, $2 milliseconds apart on average, without a fork for any. One that finds
# an exception without a route waits like everybody else; one that finds it expired deletes it. So
# the quick ones delete, and the slow ones arrive late enough to be still waiting then.
# Pinned, since the scheduler takes a processor that waits in a softirq for an idle one and puts
# the lookups just there.
lookups() {
    local pause
    taskset -cp "$1" $BASHPID > /dev/null
    exec 9<> <(:) # a pipe in which nothing ever comes: a clock
    while :; do
        echo "route get $server"
        printf -v pause '%d.%03d' $((($2 / 2 + RANDOM % $2) / 1000)) $((($2 / 2 + RANDOM % $2) % 1000))
        read -r -t "$pause" -u 9
    done | ip -n cli -force -batch - > /dev/null 2>&1
}
next=1
for pace in $LOOKUP_MS; do
    lookups $((next % processors)) "$pace" &
    next=$((next + 1))
done

set_mtu_expires 1 || exit 1
echo $((DELAY_MS * $(kernel_hz) / 1000)) > $route/ref_leak_test || exit 1
event provoking delay-ms="$DELAY_MS" hz="$(kernel_hz)"

while :; do
    for mtu in $MTUS; do
        in_ns gw ifconfig svrgw-veth mtu "$mtu"
        in_ns svr ifconfig svr-veth mtu "$mtu"
        event mtu-set mtu="$mtu" sent="$(sent_bytes)"
        sleep "$STEP_SECONDS"
    done
done
