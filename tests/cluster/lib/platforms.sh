# What runs on the real node: metrics as host processes, and the platforms' workloads.

metrics_up() {
    start metrics-server "$(tool metrics-server)" --kubeconfig="$testbed_state/kubeconfigs/metrics-server" \
        --authentication-kubeconfig="$testbed_state/kubeconfigs/metrics-server" \
        --authorization-kubeconfig="$testbed_state/kubeconfigs/metrics-server" --bind-address=127.0.0.1 \
        --secure-port="$port_metrics_server" --tls-cert-file="$pki/metrics-server.crt" \
        --tls-private-key-file="$pki/metrics-server.key" --kubelet-certificate-authority="$pki/ca.crt" \
        --kubelet-preferred-address-types=InternalIP --kubelet-use-node-status-port \
        --metric-resolution=10s --kubelet-request-timeout=5s
    start kube-state-metrics "$(tool kube-state-metrics)" --kubeconfig="$testbed_state/kubeconfigs/metrics-server" \
        --host=127.0.0.1 --port="$port_state_metrics" --telemetry-host=127.0.0.1 \
        --telemetry-port="$port_state_metrics_self"
    # The API server reaches metrics-server by a Service of type ExternalName: it is no pod.
    kubectl apply -f - >>"$testbed_state/log/apply.log" 2>&1 <<YAML
apiVersion: v1
kind: Service
metadata: {name: metrics-server, namespace: kube-system}
spec: {type: ExternalName, externalName: 127.0.0.1, ports: [{port: $port_metrics_server}]}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  caBundle: $(base64 -w0 "$pki/ca.crt")
  service: {name: metrics-server, namespace: kube-system, port: $port_metrics_server}
YAML
}

# The platforms with what goes wrong on them; ready when all that should be ready is.
platforms_up() {
    kubectl apply -f "$testbed_source/manifests/globeco.yaml" -f "$testbed_source/manifests/bakery.yaml" \
        >>"$testbed_state/log/apply.log" 2>&1 ||
        { tail -n 5 "$testbed_state/log/apply.log" >&2; fail "The platforms' manifests were not accepted."; }
    wait_for "The readiness of globeco" 180 node kubectl -n globeco rollout status --timeout=1s \
        deployment/globeco-order-generation-service
    wait_for "The readiness of bakery-ia" 180 node kubectl -n bakery-ia wait --for=condition=Available --timeout=1s \
        deployment -l testbed/healthy=true
    wait_for "The metrics of objects" 90 kube-state-metrics \
        curl -sf --noproxy '*' "http://127.0.0.1:$port_state_metrics/metrics"
    wait_for "The first metrics" 90 metrics-server kubectl get --raw "/apis/metrics.k8s.io/v1beta1/nodes/$testbed_node"
}
