# A real node: containerd and kubelet in a mount and process namespace of their own (lib/node_init.sh is its first
# process), so that one kill ends every container and shim and takes every mount with it.

instance=$(printf %s "$testbed_state" | sha256sum | cut -c1-10)
cgroup_name=quarterdeck-testbed-$instance

# cgroup_folders: the folder of this testbed in each hierarchy (one with version 2).
cgroup_folders() {
    if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
        printf '/sys/fs/cgroup/%s\n' "$cgroup_name"
    else
        awk '$3 ~ /^cgroup2?$/ { print $2 }' /proc/mounts | sort -u | sed "s|\$|/$cgroup_name|"
    fi
}

make_cgroups() {
    local folder parent
    while read -r folder; do
        parent=${folder%/*}
        mkdir -p "$folder"
        # A new cpuset is unusable until it has processors and memory; version 2 hands its controllers down explicitly.
        if [ -e "$folder/cpuset.cpus" ] && [ ! -e "$parent/cgroup.controllers" ]; then
            cat "$parent/cpuset.cpus" >"$folder/cpuset.cpus"
            cat "$parent/cpuset.mems" >"$folder/cpuset.mems"
        fi
        if [ -e "$parent/cgroup.controllers" ]; then
            sed 's/\([^ ]\+\)/+\1/g' "$parent/cgroup.controllers" >"$parent/cgroup.subtree_control" 2>/dev/null || true
            sed 's/\([^ ]\+\)/+\1/g' "$folder/cgroup.controllers" >"$folder/cgroup.subtree_control" 2>/dev/null || true
        fi
    done < <(cgroup_folders)
}

remove_cgroups() {
    local folder attempt
    while read -r folder; do
        for attempt in {1..50}; do
            [ -d "$folder" ] || break
            find "$folder" -depth -type d -exec rmdir {} \; 2>/dev/null || true
            [ ! -d "$folder" ] || sleep 0.1
        done
        [ ! -d "$folder" ] || say "tests/cluster: the control group $folder could not be removed (attempt $attempt)."
    done < <(cgroup_folders)
}

# What a kubelet and the network plugins change in the kernel, put back afterwards.
tunables=(vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys
    kernel/keys/root_maxbytes net/ipv4/ip_forward)

save_tunables() {
    local name
    for name in "${tunables[@]}"; do
        [ ! -r "/proc/sys/$name" ] || printf '%s %s\n' "$name" "$(cat "/proc/sys/$name")"
    done >"$testbed_state/tunables"
}

restore_tunables() {
    local name value
    [ -s "$testbed_state/tunables" ] || return 0
    while read -r name value; do
        [ "$(cat "/proc/sys/$name" 2>/dev/null)" = "$value" ] || echo "$value" >"/proc/sys/$name" || true
    done <"$testbed_state/tunables"
}

# choose_network: a pod network that no route of this machine knows, and the node's own address in it.
choose_network() {
    local second third
    while :; do
        second=$((170 + RANDOM % 80))
        third=$((RANDOM % 250))
        ip -4 route show table all | grep -qE "(^| )10\.$second\." || break
    done
    printf 'pod_network=10.%d.%d.0/24\nnode_ip=10.%d.254.%d\n' "$second" "$third" "$second" "$((third + 1))" \
        >>"$testbed_state/ports"
}

write_containerd_config() {
    local node=$testbed_state/node
    mkdir -p "$node/containerd" "$node/network"
    cat >"$node/containerd.toml" <<TOML
version = 2
root = "$node/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = "$node/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "testbed.local/pause:1"
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$node/network"
TOML
    cat >"$node/network/10-testbed.conflist" <<JSON
{
  "cniVersion": "0.4.0",
  "name": "$cgroup_name",
  "plugins": [
    {"type": "ptp", "ipMasq": false, "mtu": 1500,
     "ipam": {"type": "host-local", "dataDir": "$node/addresses", "ranges": [[{"subnet": "$pod_network"}]],
              "routes": [{"dst": "0.0.0.0/0"}]}},
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
JSON
}

write_kubelet_config() {
    local node=$testbed_state/node
    : >"$node/resolv.conf"
    cat >"$node/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $node_ip
port: $port_kubelet
readOnlyPort: 0
healthzBindAddress: 127.0.0.1
healthzPort: $port_kubelet_health
tlsCertFile: $pki/kubelet.crt
tlsPrivateKeyFile: $pki/kubelet.key
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $pki/ca.crt}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix://$node/containerd.sock
volumePluginDir: $node/volume-plugins
staticPodPath: ""
clusterDNS: [10.96.0.10]
resolvConf: $node/resolv.conf
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup_name
failSwapOn: false
failCgroupV1: false
makeIPTablesUtilChains: false
oomScoreAdj: 0
maxPods: 200
syncFrequency: 10s
nodeStatusUpdateFrequency: 5s
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 50Mi, nodefs.available: 1%, nodefs.inodesFree: 1%, imagefs.available: 1%}
logging: {verbosity: 1}
YAML
}

node_up() {
    local node=$testbed_state/node
    case $testbed_state/ in
    /run/* | /var/run/* | /var/lib/* | /var/log/*)
        fail "The state folder must not lie under /run, /var/lib or /var/log: the node has its own of these." ;;
    esac
    mkdir -p "$node" "$testbed_state/kubelet"
    save_tunables
    make_cgroups
    ip address add "$node_ip/32" dev lo
    write_containerd_config
    write_kubelet_config
    start node unshare --mount --pid --fork --kill-child --mount-proc --propagation private \
        bash "$testbed_source/lib/node_init.sh" "$testbed_state" "$(tool kubelet)" "$testbed_node" "$node_ip"
    wait_for "containerd's start" 60 node ctr --address "$node/containerd.sock" version
    import_images
    touch "$node/images-imported"
    wait_for "The node's readiness" 120 node kubectl wait --for=condition=Ready --timeout=1s "node/$testbed_node"
    say "Node ready."
}

# node_clean_up: what the end of the node's processes leaves: control groups, its address, kernel settings.
node_clean_up() {
    remove_cgroups
    [ ! -r "$testbed_state/ports" ] || . "$testbed_state/ports"
    [ -z "${node_ip:-}" ] || ip address del "$node_ip/32" dev lo 2>/dev/null || true
    restore_tunables
}
