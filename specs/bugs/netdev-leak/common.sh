# SPDX-License-Identifier: Apache-2.0
# Sourced by begin and end: the topology's names and the knobs, which differ between kernels.
#
#   client <-- cli-veth | cligw-veth --> gateway <-- svrgw-veth | svr-veth --> server
#   10.0.123.1           10.0.123.254            192.168.123.254  192.168.123.1

namespaces="cli gw svr"
# namespace:device; a veth takes its peer along, so one of each pair is enough to delete
devices="cli:cli-veth svr:svr-veth"
all_devices="cli:cli-veth gw:cligw-veth gw:svrgw-veth svr:svr-veth"
server=192.168.123.1
route=/proc/sys/net/ipv4/route

in_ns() {
    local ns=$1
    shift
    ip netns exec "$ns" "$@"
}

# The kernel's HZ: from the config that came with the kernel, else measured. Values of
# ref_leak_test are jiffies, 3000 is 3 s only where HZ is 1000.
kernel_hz() {
    local hz
    hz=$(sed -n 's/^CONFIG_HZ=//p' "/boot/config-$(uname -r)" 2>/dev/null)
    [ -n "$hz" ] || hz=$(zcat /proc/config.gz 2>/dev/null | sed -n 's/^CONFIG_HZ=//p')
    if [ -z "$hz" ] && [ -r /proc/timer_list ]; then
        local before after
        before=$(awk '/^jiffies:/ { print $2; exit }' /proc/timer_list)
        sleep 1
        after=$(awk '/^jiffies:/ { print $2; exit }' /proc/timer_list)
        hz=$((after - before))
    fi
    echo "${hz:-1000}"
}

# mtu_expires is per network namespace from about 5.18 on, global before: write it where it is.
set_mtu_expires() {
    if in_ns cli test -e "$route/mtu_expires"; then
        in_ns cli sh -c "echo $1 > $route/mtu_expires"
    else
        echo "$1" > "$route/mtu_expires"
    fi
}

# From here on the instrumented kernel waits for DELAY_MS between finding a route exception and using it.
# With 0 nobody waits: a kernel for customers has no instrumentation.
hold_lookups() {
    local hz
    if [ "$DELAY_MS" = 0 ]; then
        event provoking delay-ms=0
        return
    fi
    hz=$(kernel_hz)
    event provoking delay-ms="$DELAY_MS" hz="$hz"
    echo $((DELAY_MS * hz / 1000)) > $route/ref_leak_test
}

sent_bytes() { in_ns cli cat /sys/class/net/cli-veth/statistics/tx_bytes; }

# Client, gateway and server, each in a namespace of its own.
build_topology() {
    local ns pair
    for ns in $namespaces; do ip netns add "$ns" || return 1; done
    in_ns gw sysctl -q -w net.ipv4.ip_forward=1
    ip link add svr-veth type veth peer name svrgw-veth || return 1
    ip link add cli-veth type veth peer name cligw-veth || return 1
    for pair in $all_devices; do ip link set "${pair#*:}" netns "${pair%%:*}" || return 1; done
    in_ns svr ifconfig svr-veth $server netmask 255.255.255.0
    in_ns gw ifconfig svrgw-veth 192.168.123.254 netmask 255.255.255.0
    in_ns gw ifconfig cligw-veth 10.0.123.254 netmask 255.255.255.0
    in_ns cli ifconfig cli-veth 10.0.123.1 netmask 255.255.255.0
    in_ns cli route add default gw 10.0.123.254
    in_ns svr route add default gw 192.168.123.254
}
