# Sourced by all parts of the testbed: messages, and the folders everything lives in.

say() { printf '%s\n' "$*" >&2; }

# fail SENTENCE …: ends the script with status 1; `up` then takes down what it started.
fail() {
    say "tests/cluster: $*"
    exit 1
}

testbed_source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
testbed_cache=${QUARTERDECK_TESTBED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quarterdeck-testbed}
testbed_state=${QUARTERDECK_TESTBED_STATE:-/tmp/quarterdeck-testbed-$UID}

# need_root WHAT: the testbed makes network namespaces, mounts and control groups.
need_root() {
    [ "$(id -u)" = 0 ] && return 0
    say "$1 needs root: it starts a kubelet and containerd, which make mounts, control groups and network links."
    say "Run it as root, for example:"
    say "  sudo --preserve-env=QUARTERDECK_TESTBED_STATE,QUARTERDECK_TESTBED_CACHE $1"
    say "Without root, the shapes without a real node work: tests/cluster/up large, tests/cluster/up control"
    exit 2
}

# seconds: wall-clock seconds since the epoch, for progress lines.
seconds() { printf '%(%s)T' -1; }

# Users of few rights, by client certificate; manifests/access.yaml says what each may do.
limited_users=(view-only one-namespace no-namespaces no-exec no-secrets)
testbed_node=testbed-node
