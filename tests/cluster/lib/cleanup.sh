# Taking everything down. Needs no record: processes are known by their environment, mounts by their path, control
# groups and network links by the instance's name.

# keep_logs: saves the logs beside the state folder before it goes.
keep_logs() {
    [ -d "$testbed_state/log" ] || return 0
    rm -rf "$testbed_state.logs"
    cp -r "$testbed_state/log" "$testbed_state.logs"
    say "Logs: $testbed_state.logs"
}

unmount_all() {
    local point
    # Deepest first; the kernel escapes blanks, which the state folder must not have.
    awk -v under="$testbed_state/" 'index($5, under) == 1 { print length($5), $5 }' /proc/self/mountinfo | sort -rn |
        while read -r _ point; do
            umount -l "$point" || say "tests/cluster: $point stays mounted."
        done
}

# check_state_folder: only a folder that is ours is ever emptied.
check_state_folder() {
    case $testbed_state in
    *[[:space:]]* | [!/]*) fail "The state folder must be an absolute path without blanks: $testbed_state" ;;
    esac
    [ ! -d "$testbed_state" ] || [ -e "$testbed_state/quarterdeck-testbed" ] ||
        [ -z "$(ls -A "$testbed_state")" ] || fail "$testbed_state holds something else; name another folder."
}

clean_up() {
    check_state_folder
    [ -d "$testbed_state" ] || return 0
    stop_processes
    [ "$(id -u)" != 0 ] || node_clean_up
    unmount_all
    if [ -s "$testbed_state/port-claim" ]; then
        rmdir "$(cat "$testbed_state/port-claim")" 2>/dev/null || true
    fi
    rm -rf --one-file-system "$testbed_state"
}
