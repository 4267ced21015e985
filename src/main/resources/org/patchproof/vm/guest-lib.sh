# SPDX-License-Identifier: Apache-2.0
# Sourced by every job. event NAME KEY=VALUE...: tells the host (channel) and the console log
# (through the kernel's own log, so that it stands in order among the kernel's messages).
event() {
    printf '@ %s\n' "$*" > /dev/ttyS1
    printf '<6>patchproof: %s\n' "$*" > /dev/kmsg
}
