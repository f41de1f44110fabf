#!/usr/bin/env bash
# The first process of the node's namespaces: node_init.sh STATE KUBELET NODE-NAME NODE-ADDRESS
# Hides the host's run-time folders behind empty ones, starts containerd and, when the images are in, the kubelet.
# When it ends or is killed, the kernel ends everything in the namespace and drops its mounts.
set -euo pipefail
state=$1 kubelet=$2 name=$3 address=$4
node=$state/node

mount --make-rshared /
for folder in /run /var/lib /var/log; do
    mkdir -p "$node/hidden$folder"
    mount --bind "$node/hidden$folder" "$folder"
done
mkdir -p /run/lock /var/lib/kubelet /var/log/pods /var/log/containers
trap 'exit 0' TERM INT

containerd --config "$node/containerd.toml" >>"$state/log/containerd.log" 2>&1 &
until [ -e "$node/images-imported" ]; do
    kill -0 $! || exit 1
    sleep 0.1
done
"$kubelet" --kubeconfig="$state/kubeconfigs/kubelet" --config="$node/kubelet.yaml" --root-dir="$state/kubelet" \
    --hostname-override="$name" --node-ip="$address" >>"$state/log/kubelet.log" 2>&1 &
wait -n
echo "containerd or the kubelet ended; see $state/log/containerd.log and kubelet.log"
exit 1
