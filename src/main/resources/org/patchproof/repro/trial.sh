#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# One trial inside the guest: what booted, begin until enough or until the time is up, end.
# Standard input brings words of the host: "stop" ends the provoking.
# In (environment file): BEGIN, END, PROVOKE_SECONDS and what the bug's spec sets.
. ./lib.sh
. ./guest.sh
set -a
. ./environment
set +a

say_what_booted
echo 7 > /proc/sys/kernel/printk
event begin
# a process group of its own, so that all that begin started can be stopped with it
set -m
"./$BEGIN" < /dev/null &
provoking=$!
word=timeout
deadline=$((SECONDS + PROVOKE_SECONDS))
line=
while [ $SECONDS -lt $deadline ]; do
    # A read that times out in the middle of a word has taken the first half: keep it.
    if IFS= read -r -t 0.5 part; then
        line+=$part
        [ "$line" = stop ] && word=enough && break
        line=
    else
        line+=$part
    fi
    if ! kill -0 $provoking 2>/dev/null; then
        wait $provoking
        event failed script="$BEGIN" code=$?
        exit 1
    fi
done
event provoked why=$word
kill -TERM -- -$provoking 2>/dev/null
wait $provoking 2>/dev/null
"./$END" || {
    event failed script="$END" code=$?
    exit 1
}
event end
