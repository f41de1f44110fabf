# etcd, API server, controller manager and scheduler on 127.0.0.1, with the users of few rights.

start_etcd() {
    is_running etcd && return 0
    start etcd "$(tool etcd)" --name=testbed --data-dir="$testbed_state/etcd" --unsafe-no-fsync \
        --listen-client-urls="http://127.0.0.1:$port_etcd" --advertise-client-urls="http://127.0.0.1:$port_etcd" \
        --listen-peer-urls="http://127.0.0.1:$port_etcd_peer" \
        --initial-advertise-peer-urls="http://127.0.0.1:$port_etcd_peer" \
        --initial-cluster="testbed=http://127.0.0.1:$port_etcd_peer" --quota-backend-bytes=4294967296 --log-level=warn
}

start_apiserver() {
    is_running apiserver && return 0
    start apiserver "$(tool kube-apiserver)" \
        --etcd-servers="http://127.0.0.1:$port_etcd" --bind-address=127.0.0.1 --advertise-address=127.0.0.1 \
        --secure-port="$port_apiserver" --cert-dir="$testbed_state/apiserver" \
        --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
        --client-ca-file="$pki/ca.crt" \
        --token-auth-file="$testbed_state/tokens.csv" --authorization-mode=Node,RBAC \
        --service-account-key-file="$pki/service-account.pub" \
        --service-account-signing-key-file="$pki/service-account.key" \
        --service-account-issuer=https://kubernetes.default.svc --service-cluster-ip-range=10.96.0.0/16 \
        --requestheader-client-ca-file="$pki/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client \
        --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
        --requestheader-extra-headers-prefix=X-Remote-Extra- \
        --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
        --kubelet-client-certificate="$pki/apiserver-kubelet-client.crt" \
        --kubelet-client-key="$pki/apiserver-kubelet-client.key" --kubelet-certificate-authority="$pki/ca.crt" \
        --kubelet-preferred-address-types=InternalIP --allow-privileged=true --endpoint-reconciler-type=none \
        --max-requests-inflight=1200 --max-mutating-requests-inflight=600
}

start_controllers() {
    is_running controller-manager ||
        start controller-manager "$(tool kube-controller-manager)" \
            --kubeconfig="$testbed_state/kubeconfigs/controller-manager" --bind-address=127.0.0.1 \
            --secure-port="$port_controller_manager" --cert-dir="$testbed_state/controller-manager" \
            --root-ca-file="$pki/ca.crt" --service-account-private-key-file="$pki/service-account.key" \
            --use-service-account-credentials=true --leader-elect=false --horizontal-pod-autoscaler-sync-period=5s \
            --kube-api-qps=400 --kube-api-burst=800 --concurrent-deployment-syncs=10 --concurrent-replicaset-syncs=20 \
            --node-monitor-grace-period="${node_grace:-50s}"
    is_running scheduler ||
        start scheduler "$(tool kube-scheduler)" --kubeconfig="$testbed_state/kubeconfigs/scheduler" \
            --bind-address=127.0.0.1 --secure-port="$port_scheduler" --cert-dir="$testbed_state/scheduler" \
            --leader-elect=false --kube-api-qps=400 --kube-api-burst=800
}

control_plane_up() {
    local component
    for component in admin controller-manager scheduler metrics-server kubelet; do
        component_kubeconfig "$component"
    done
    write_tokens
    write_exec_plugin
    people_kubeconfig
    start_etcd
    start_apiserver
    wait_for "The API server's readiness" 120 apiserver kubectl get --raw=/readyz
    start_controllers
    kubectl apply -f "$testbed_source/manifests/access.yaml" >>"$testbed_state/log/apply.log" 2>&1 ||
        { tail -n 5 "$testbed_state/log/apply.log" >&2; fail "The users' rights could not be set."; }
}
