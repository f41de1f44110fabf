# The images of the real node, made here without a registry, kept in the cache by the hash of what they are made from.

images_folder() {
    printf '%s/images-%s' "$testbed_cache" "$(files_hash "$testbed_source"/images/*/* "$testbed_source"/images/pack \
        "$testbed_source"/images/start-postgres "$testbed_source"/lib/images.sh)"
}

# busybox_root FOLDER: a root folder with a static busybox under its usual names.
busybox_root() {
    mkdir -p "$1"/{bin,tmp,etc,home/app}
    chmod 1777 "$1/tmp"
    cp "$(command -v busybox)" "$1/bin/busybox"
    local name
    for name in sh ash ls cat echo sleep true false ps env id df du head tail grep sed awk wc tr date mkdir rm cp mv \
        touch find tar gzip gunzip sha256sum dd yes seq kill nc wget stty vi; do
        ln -s busybox "$1/bin/$name"
    done
    printf 'root:x:0:0:root:/:/bin/sh\napp:x:1000:1000:app:/home/app:/bin/sh\n' >"$1/etc/passwd"
    printf 'root:x:0:\napp:x:1000:\n' >"$1/etc/group"
    chown 1000:1000 "$1/home/app"
}

# databases_root FOLDER: Debian's PostgreSQL and Redis in a small Debian.
databases_root() {
    local codename mirror
    codename=$(. /etc/os-release && printf %s "$VERSION_CODENAME")
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
        awk -v codename="$codename" '$2 == codename { print $1; exit }')
    debootstrap --variant=minbase --include=postgresql,redis-server "$codename" "$1" \
        "${mirror:-http://deb.debian.org/debian}" >"$testbed_cache/debootstrap.log" 2>&1 ||
        { tail -n 15 "$testbed_cache/debootstrap.log" >&2; fail "debootstrap failed; its last lines stand above."; }
    rm -rf "$1"/var/cache/apt "$1"/var/lib/apt/lists "$1"/usr/share/{doc,man,locale,info} "$1"/var/lib/postgresql/* \
        "$1"/dev "$1"/proc "$1"/sys
    # The compiler of queries is a third of the size; without it PostgreSQL goes on without compiling.
    rm -rf "$1"/usr/lib/*/libLLVM* "$1"/usr/lib/postgresql/*/lib/{llvmjit*,bitcode} "$1"/usr/lib/llvm* \
        "$1"/usr/lib/*/libz3* "$1"/usr/lib/*/libicudata.a
    mkdir -p "$1"/dev "$1"/proc "$1"/sys "$1"/var/cache/apt/archives/partial "$1"/var/lib/apt/lists/partial
    cp "$testbed_source/images/start-postgres" "$1/usr/local/bin/"
}

build_images() {
    local folder begun work
    folder=$(images_folder)
    [ -d "$folder" ] && return 0
    mkdir -p "$testbed_cache"
    (
        flock 8
        [ -d "$folder" ] && exit 0
        begun=$(seconds)
        say "Making the images (web service, PostgreSQL, Redis) …"
        work=$(mktemp -d "$testbed_cache/images.XXXXXX")
        trap 'rm -rf --one-file-system "$work"' EXIT
        find_go
        mkdir -p "$work/done"
        busybox_root "$work/pause"
        "$testbed_source/images/pack" "$work/pause" "$work/done/pause.tar" testbed.local/pause:1 \
            --entrypoint /bin/sleep 2147483647
        busybox_root "$work/web"
        (cd "$testbed_source/images/web" && go_run build -trimpath -ldflags '-s -w' -o "$work/web/web" .)
        "$testbed_source/images/pack" "$work/web" "$work/done/web.tar" testbed.local/web:1 --user 1000 --entrypoint /web
        databases_root "$work/databases"
        "$testbed_source/images/pack" "$work/databases" "$work/done/databases.tar" \
            testbed.local/postgres:15 testbed.local/redis:7
        mv "$work/done" "$folder"
        say "Made the images in $(($(seconds) - begun)) s."
    ) 8>"$testbed_cache/.images.lock"
}

import_images() {
    local archive
    for archive in "$(images_folder)"/*.tar; do
        ctr --address "$testbed_state/node/containerd.sock" -n k8s.io images import "$archive" \
            >>"$testbed_state/log/import.log" 2>&1 ||
            { tail -n 5 "$testbed_state/log/import.log" >&2; fail "The image $archive could not be imported."; }
    done
}
