#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Provokes the leak until it is told to stop (SIGTERM), round after round and on purpose, where the
# article's script waits for chance. By the clock, so that no process has to tell another:
#
#   0.0 s  the makers, a processor each, send a datagram to an address of their own behind the gateway.
#          It is too large for the gateway's link; the client gets a route exception, which lives for a
#          second, and looks the route up again: the instrumented kernel holds the maker's processor in
#          its busy-wait, with the exception in its hands.
#   0.4 s  the follower, on a processor of its own, looks one of the addresses up and waits as well.
#   1.1 s  the deleter, on the first processor, looks the addresses up, and again, ten times a second.
#          The exceptions have expired: the kernel deletes them. From 4.14 on the first lookup does;
#          before, a route must have been bound to the exception, as happens when the maker has waited,
#          and it is the follower who still holds it.
#   DELAY  makers and follower go on with exceptions that are gone: an exposure each.
#
# A lookup is the connect() of a datagram socket, which sends nothing. "ip route get" would not do: it
# holds the kernel's rtnl lock while it waits, and nobody else could look up.
#
# In (environment): DELAY_MS, longer than the second that an exception lives; MTU of the gateway's link.
# Out: events topology-up, provoking, traffic-flowed bytes=N, once the datagrams make exceptions.
. ./lib.sh
. ./common.sh

round_us=$(((DELAY_MS + 700) * 1000))
exec 9<> <(:) # a pipe in which nothing ever comes: a clock that needs no process

# Microseconds, in $now. A bash before 5 has no clock of its own.
if [ -n "${EPOCHREALTIME:-}" ]; then
    clock() { now=${EPOCHREALTIME/./}; }
else
    clock() { now=$(date +%s%6N); }
fi

# Until so many microseconds into this round, or into the next one if that is over.
await() {
    local left seconds now
    clock
    left=$(($1 - now % round_us))
    [ $left -gt 0 ] || left=$((left + round_us))
    printf -v seconds '%d.%06d' $((left / 1000000)) $((left % 1000000))
    read -r -t "$seconds" -u 9
}

look_up() { : > "/dev/udp/$1/9"; }

maker() {
    local datagram
    printf -v datagram '%*s' $((MTU + 200)) ''
    while :; do
        await 0
        printf %s "$datagram" > "/dev/udp/$1/9"
    done
}

follower() {
    local address
    while :; do
        for address in "$@"; do
            await 400000
            look_up "$address"
        done
    done
}

deleter() {
    local address at
    while :; do
        for ((at = 1100000; at < round_us; at += 100000)); do
            await $at
            for address in "$@"; do look_up "$address"; done
        done
    done
}

if [ $# -gt 0 ]; then
    "$@" 2> /dev/null
    exit
fi

build_topology || exit 1
in_ns gw ifconfig svrgw-veth mtu "$MTU"
in_ns svr ifconfig svr-veth mtu "$MTU"
event topology-up

set_mtu_expires 1 || exit 1
hold_lookups || exit 1

on_processor() { taskset -c "$1" ip netns exec cli "$0" "${@:2}" & }

last=$(($(nproc) - 1))
addresses=()
for ((i = 1; i < last; i++)); do
    address=192.168.123.$((10 + i))
    addresses+=("$address")
    on_processor $i maker "$address"
done
on_processor $last follower "${addresses[@]}"
on_processor 0 deleter "${addresses[@]}"

# What the gateway refused to forward: each refusal makes a route exception. Found by name, since
# kernels differ in the columns they have.
refused() {
    in_ns gw awk '/^Icmp:/ {
        if (column) { print $column; exit }
        for (i = 1; i <= NF; i++) if ($i == "OutDestUnreachs") column = i
    }' /proc/net/snmp
}
for ((i = 0; i < 200; i++)); do
    [ "$(refused)" = 0 ] || break
    sleep 0.1
done
event traffic-flowed bytes="$(sent_bytes)" refused="$(refused)"
if [ "$(refused)" = 0 ]; then
    echo "the gateway refused no datagram: no route exception is made"
    exit 1
fi
wait
