#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Provokes the leak until it is told to stop (SIGTERM), round after round, by the clock:
#
#   0.0 s  the makers, a processor each, send a datagram that is too large for the gateway's link to an
#          address that ends in .1; the client gets a route exception, and the instrumented kernel holds
#          the maker with it for DELAY_MS;
#   0.3 s  the first processor does the same to a dozen other addresses, which nobody is held for: their
#          exceptions push the makers' out of the bucket;
#   DELAY  the makers go on with exceptions that are gone: an exposure each.
#
# In (environment): DELAY_MS; MTU of the gateway's link.
# Out: events topology-up, provoking, traffic-flowed refused=N.
. ./lib.sh

route=/proc/sys/net/ipv4/route
round_us=$(((DELAY_MS + 500) * 1000))
exec 9<> <(:) # a pipe in which nothing ever comes: a clock that needs no process

# Until so many microseconds into this round, or into the next one if that is over.
await() {
    local left=$(($1 - ${EPOCHREALTIME/./} % round_us)) seconds
    [ $left -gt 0 ] || left=$((left + round_us))
    printf -v seconds '%d.%06d' $((left / 1000000)) $((left % 1000000))
    read -r -t "$seconds" -u 9
}

send() { printf '%*s' $((MTU + 200)) '' > "/dev/udp/$1/9"; }

maker() {
    while :; do
        await 0
        send "10.1.$1.1"
    done
}

# Other addresses in each round: an exception that is there pushes nothing out.
pusher() {
    local round last
    while :; do
        await 300000
        round=$(((round + 1) % 200))
        for ((last = 2; last < 14; last++)); do send "10.1.$((50 + round)).$last"; done
    done
}

if [ $# -gt 0 ]; then
    "$@" 2> /dev/null
    exit
fi

ip netns add gw && ip netns add cli || exit 1
ip link add cli-veth type veth peer name cligw-veth || exit 1
ip link set cli-veth netns cli && ip link set cligw-veth netns gw || exit 1
ip -n gw link add out-veth type veth peer name outgw-veth || exit 1
ip netns exec gw sysctl -q -w net.ipv4.ip_forward=1
ip -n gw addr add 10.0.123.254/24 dev cligw-veth
ip -n gw addr add 10.1.255.254/16 dev out-veth
ip -n gw link set out-veth mtu "$MTU"
for device in cligw-veth out-veth outgw-veth; do ip -n gw link set $device up || exit 1; done
ip -n cli addr add 10.0.123.1/24 dev cli-veth
ip -n cli link set cli-veth up || exit 1
ip -n cli route add default via 10.0.123.254 || exit 1
event topology-up

hz=$(sed -n 's/^CONFIG_HZ=//p' "/boot/config-$(uname -r)")
echo $((DELAY_MS * ${hz:-1000} / 1000)) > $route/fnhe_oldest_test || exit 1
event provoking delay-ms="$DELAY_MS" hz="${hz:-1000}"

on_processor() { taskset -c "$1" ip netns exec cli "$0" "${@:2}" & }

for ((i = 1; i < $(nproc); i++)); do on_processor $i maker $i; done
on_processor 0 pusher

refused() {
    ip netns exec gw awk '/^Icmp:/ {
        if (column) { print $column; exit }
        for (i = 1; i <= NF; i++) if ($i == "OutDestUnreachs") column = i
    }' /proc/net/snmp
}
for ((i = 0; i < 200; i++)); do
    [ "$(refused)" = 0 ] || break
    sleep 0.1
done
event traffic-flowed refused="$(refused)"
if [ "$(refused)" = 0 ]; then
    echo "the gateway refused no datagram: no route exception is made"
    exit 1
fi
wait
