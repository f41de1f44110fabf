# The large shape: kwok plays the kubelets of 100 nodes, on which 10,000 varied pods live. large/workloads makes them
# up, large/stages.yaml says how they behave.

pod_count() { # of the whole cluster, without fetching them
    kubectl get --raw '/api/v1/pods?limit=1' | sed -n 's/.*"remainingItemCount":\([0-9]*\).*/\1/p' |
        awk '{ count = $1 + 1 } END { print count + 0 }'
}

pods_are() { [ "$(pod_count)" -eq "$1" ]; }

pods_pending_are() {
    [ "$(kubectl get pods -A --field-selector=status.phase=Pending -o name | wc -l)" -eq "$1" ]
}

create_large() { # FILE
    kubectl create -f "$testbed_state/large/$1.json" >>"$testbed_state/log/apply.log" 2>&1 ||
        { tail -n 5 "$testbed_state/log/apply.log" >&2; fail "The large shape's $1 could not be created."; }
}

large_up() {
    local nodes=${QUARTERDECK_TESTBED_NODES:-100} wanted=${QUARTERDECK_TESTBED_PODS:-10000}
    local pause=3 pods pending terminating
    mkdir -p "$testbed_state/large"
    "$testbed_source/large/workloads" "$testbed_state/large" "$nodes" "$wanted"
    . "$testbed_state/large/counts"
    start kwok "$(tool kwok)" --kubeconfig="$testbed_state/kubeconfigs/admin" \
        --config="$testbed_source/large/stages.yaml" \
        --manage-all-nodes=true --node-lease-duration-seconds=120 --node-ip=127.0.0.1 --cidr=10.0.0.0/8 --v=WARN
    create_large nodes
    create_large namespaces
    create_large workloads
    say "Waiting for $pods pods on $nodes nodes …"
    wait_for "The creation of all pods" 900 kwok pods_are "$pods"
    wait_for "The start of all pods" 900 kwok pods_pending_are "$pending"
    kubectl delete pods -A -l "$terminating" --wait=false >>"$testbed_state/log/apply.log"
    say "$pods pods are there, $pending of them Pending."
}
