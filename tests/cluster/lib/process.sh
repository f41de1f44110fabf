# Processes of one testbed. Each carries its state folder in its environment, by which `down` knows it again even when
# the script that started it was killed before it could write anything down.

marker="QUARTERDECK_TESTBED_INSTANCE=$testbed_state"

# start NAME COMMAND …: in the background, detached, output in log/NAME.log, process id in pids/NAME.
start() {
    local name=$1
    shift
    mkdir -p "$testbed_state/pids" "$testbed_state/log"
    (
        cd "$testbed_state"
        close_descriptors
        # shellcheck disable=SC2016 # expands in the child
        exec env "$marker" setsid bash -c 'echo $$ >"$0"; exec "$@"' "$testbed_state/pids/$name" "$@" \
            </dev/null >>"$testbed_state/log/$name.log" 2>&1
    ) &
    disown
}

# Nothing that runs on keeps a lock or pipe of who started it.
close_descriptors() {
    local descriptor
    for descriptor in /proc/"$BASHPID"/fd/*; do
        descriptor=${descriptor##*/}
        [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
    done
}

# is_ours PID: whether the process is alive and of this testbed.
is_ours() {
    [ -r "/proc/$1/environ" ] && tr '\0' '\n' 2>/dev/null <"/proc/$1/environ" | grep -qxF "$marker"
}

# is_running NAME
is_running() {
    local pid
    pid=$(cat "$testbed_state/pids/$1" 2>/dev/null) && [ -n "$pid" ] && is_ours "$pid"
}

# all_running: whether every process that was started is still there.
all_running() {
    local pid
    for pid in "$testbed_state"/pids/*; do
        is_running "${pid##*/}" || return 1
    done
}

# our_processes: ids of all processes of this testbed.
our_processes() (
    unset QUARTERDECK_TESTBED_INSTANCE # what looks for them is none of them
    grep -lszxF "$marker" /proc/[0-9]*/environ | cut -d/ -f3 | grep -vx "$$" || true
)

# stop_processes: asks all of them to end, waits, then kills what remains.
stop_processes() {
    local -a pids
    local attempt
    for attempt in {1..150}; do
        mapfile -t pids < <(our_processes)
        [ ${#pids[@]} != 0 ] || return 0
        case $attempt in
        1) kill -TERM "${pids[@]}" 2>/dev/null || true ;;
        30 | 60 | 90 | 120) kill -KILL "${pids[@]}" 2>/dev/null || true ;;
        esac
        sleep 0.1
    done
    say "tests/cluster: these processes could not be ended: ${pids[*]}"
    return 1
}

# take_lock up|down: one of them at a time works on a state folder. `down` tells an `up` that still runs to stop, which
# takes down what it started. Of one that was killed, what it was running in the foreground holds the lock: it is ended.
take_lock() {
    local holder
    exec 7>>"$testbed_state.lock"
    if ! flock -n 7; then
        holder=$(cat "$testbed_state.lock")
        case $(tr '\0' ' ' 2>/dev/null <"/proc/${holder:-none}/cmdline" || true) in
        *cluster/up*) [ "$1" = up ] || kill -TERM "$holder" 2>/dev/null || true ;;
        *cluster/down*) ;;
        *) holder='' && stop_processes ;;
        esac
        if [ -n "$holder" ] && [ "$1" = up ] || ! flock -w 300 7; then
            fail "another up or down works on $testbed_state."
        fi
    fi
    printf '%s\n' "$$" >"$testbed_state.lock"
}

# wait_for WHAT SECONDS NAME COMMAND …: until COMMAND succeeds; fails early when the process NAME ended. Asks every
# `pause` seconds (0.3): a question costs as much as what is waited for.
wait_for() {
    local what=$1 limit=$2 name=$3 begun
    shift 3
    begun=$(seconds)
    until "$@" >/dev/null 2>&1; do
        if [ -n "$name" ] && [ -s "$testbed_state/pids/$name" ] && ! is_running "$name"; then
            tail -n 15 "$testbed_state/log/$name.log" >&2
            fail "$name ended; its last lines stand above (all: $testbed_state/log/$name.log)."
        fi
        if [ $(($(seconds) - begun)) -ge "$limit" ]; then
            [ -z "$name" ] || tail -n 15 "$testbed_state/log/$name.log" >&2
            fail "$what did not happen within $limit s (logs: $testbed_state/log)."
        fi
        sleep "${pause:-0.3}"
    done
}

# choose_ports NAME …: free ports of 127.0.0.1 below the range the kernel hands out, kept in `ports` for later runs.
choose_ports() {
    local base index name
    local taken
    taken=$(ss -Htln | awk '{ sub(/.*:/, "", $4); print $4 }')
    while :; do
        base=$((15000 + RANDOM % 1500 * 10))
        for ((index = 0; index < $#; index++)); do
            grep -qx "$((base + index))" <<<"$taken" && continue 2
        done
        # A folder is made by one only: two that start at once never share ports.
        mkdir "${TMPDIR:-/tmp}/.quarterdeck-testbed-ports-$base" 2>/dev/null && break
    done
    printf '%s\n' "${TMPDIR:-/tmp}/.quarterdeck-testbed-ports-$base" >"$testbed_state/port-claim"
    for name in "$@"; do
        printf 'port_%s=%d\n' "$name" "$base"
        base=$((base + 1))
    done >"$testbed_state/ports"
}
