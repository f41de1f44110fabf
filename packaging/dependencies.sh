# Sourced by packaging/run and tests/run: which packages the project needs and how they come onto the machine.
# Debian's names; the reason for each library stands in README.md.

system_id='' system_version='' system_name='this system'
# QUARTERDECK_OS_RELEASE stands in for the system's own description under test.
os_release=${QUARTERDECK_OS_RELEASE:-/etc/os-release}
if [ -r "$os_release" ]; then
    system_id=$(. "$os_release" && printf %s "${ID:-}")
    system_version=$(. "$os_release" && printf %s "${VERSION_ID:-}")
    system_name=$(. "$os_release" && printf %s "${PRETTY_NAME:-this system}")
fi
# The newest clang-tidy of a release that copes with C++20 library headers.
case $system_id-$system_version in
debian-12) tidy_package=clang-tidy-16 ;;
*) tidy_package=clang-tidy ;;
esac
# Qt Charts asks CMake for Qt's OpenGL module, which Debian 12 keeps in a package of its own; later qt6-base-dev has it.
case $system_id-$system_version in
debian-12) charts_packages=(qt6-charts-dev libqt6opengl6-dev) ;;
*) charts_packages=(qt6-charts-dev) ;;
esac

run_packages=(
    g++ cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-svg-dev "${charts_packages[@]}" libgl-dev
    libcurl4-openssl-dev libssl-dev nlohmann-json3-dev libyaml-cpp-dev libsimdjson-dev libexpected-dev libfmt-dev
    libboost-dev zlib1g-dev libprotozero-dev
    qt6-qpa-plugins fonts-noto-core fonts-dejavu-core ca-certificates
)
test_packages=(nghttp2-proxy xvfb xauth dbus-daemon desktop-file-utils qt6-l10n-tools)
# A real cluster under the tests (tests/cluster).
cluster_packages=(
    containernetworking-plugins curl debootstrap busybox-static iproute2 openssl procps python3 python3-venv
)
# Docker's packages bring these two under other names.
command -v containerd >/dev/null 2>&1 || cluster_packages+=(containerd)
command -v runc >/dev/null 2>&1 || cluster_packages+=(runc)
# Only for tests/run --fuzz, --asan and --tsan: libFuzzer comes with clang, which also builds sanitized code in half the
# time of GCC or less. llvm names the lines in their reports.
case $system_id-$system_version in
debian-12) clang=clang++-16 clang_packages=(clang-16 libclang-rt-16-dev llvm-16) ;;
*) clang=clang++-19 clang_packages=(clang-19 libclang-rt-19-dev llvm-19) ;;
esac

say() { printf '%s\n' "$*" >&2; }

# as_root COMMAND …: runs it as root, by sudo where that is needed.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        say "Packages must be installed, which needs root. Run as root, or install sudo, or install them yourself:"
        say "  apt-get install --no-install-recommends ${missing[*]}"
        exit 2
    fi
}

# missing_packages NAME …: fills the array `missing`.
missing_packages() {
    local -A present=()
    local name state
    while read -r name state; do
        [ "$state" = installed ] && present[${name%%:*}]=1
    done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null)
    missing=()
    for name in "$@"; do
        [ -n "${present[$name]:-}" ] || missing+=("$name")
    done
}

# install_packages NAME …: installs what is missing on Debian 12 and 13; elsewhere names what is missing and stops.
install_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        if [ -n "${QUARTERDECK_PACKAGES_PRESENT:-}" ]; then
            return 0
        fi
        say "$system_name has no Debian packages. Quarterdeck needs what these hold:"
        say "  $*"
        say "Install them by this system's own means, then run again with QUARTERDECK_PACKAGES_PRESENT=1."
        exit 2
    fi
    missing_packages "$@"
    if [ ${#missing[@]} = 0 ]; then
        return 0
    fi
    if [ "$system_id-$system_version" != debian-12 ] && [ "$system_id-$system_version" != debian-13 ]; then
        say "$system_name is not Debian 12 or 13. These packages are missing; install them, then run again:"
        say "  ${missing[*]}"
        exit 2
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 ||
        { say "apt-get update failed: check the network and /etc/apt/sources.list."; exit 2; }
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 ||
        { say "The packages could not be installed; the lines above say why."; exit 2; }
}

# build PRESET TARGET … : configures when needed and builds with progress; QUARTERDECK_COMPILER in place of c++.
build() {
    local preset=$1 folder
    shift
    folder=build/$preset
    local -a settings=(-DQUARTERDECK_WERROR="${QUARTERDECK_WERROR:-OFF}")
    [ -z "${QUARTERDECK_COMPILER:-}" ] || settings+=(-DCMAKE_CXX_COMPILER="$QUARTERDECK_COMPILER")
    local stamp
    stamp="${settings[*]} presets $(cksum <CMakePresets.json)" # a preset that changed is taken up
    if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.settings" 2>/dev/null)" != "$stamp" ]; then
        cmake --preset "$preset" "${settings[@]}" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; return 1; }
        printf %s "$stamp" >"$folder/.settings"
    fi
    export NINJA_STATUS='[%f/%t, %e s] '
    cmake --build "$folder" --target "$@"
}
