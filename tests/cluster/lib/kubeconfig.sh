# Kubeconfig files: one for the people's contexts, one for each component, and `env` for the tests.

# kubeconfig_head FILE
kubeconfig_head() {
    cat >"$1" <<YAML
apiVersion: v1
kind: Config
preferences: {}
clusters:
- name: testbed
  cluster:
    server: https://127.0.0.1:$port_apiserver
    certificate-authority: $pki/ca.crt
YAML
}

# component_kubeconfig NAME: with the certificate of that name, in kubeconfigs/NAME.
component_kubeconfig() {
    local file=$testbed_state/kubeconfigs/$1
    mkdir -p "$testbed_state/kubeconfigs"
    kubeconfig_head "$file"
    cat >>"$file" <<YAML
users:
- name: $1
  user: {client-certificate: $pki/$1.crt, client-key: $pki/$1.key}
contexts:
- name: $1
  context: {cluster: testbed, user: $1}
current-context: $1
YAML
}

# Tokens of the API server's token file; all contain the word that no output may hold.
write_tokens() {
    local file=$testbed_state/tokens.csv user
    [ -e "$file" ] && return 0
    umask 077
    {
        printf 'CANARY-%s,token-admin,token-admin,"system:masters"\n' "$(openssl rand -hex 16)"
        printf 'CANARY-%s,exec-admin,exec-admin,"system:masters"\n' "$(openssl rand -hex 16)"
    } >"$file"
    umask 022
    sed -n 's/,token-admin,.*//p' "$file" | tr -d '\n' >"$testbed_state/token"
    sed -n 's/,exec-admin,.*//p' "$file" | tr -d '\n' >"$testbed_state/exec-token"
    chmod 600 "$testbed_state/token" "$testbed_state/exec-token"
}

# An exec plugin as cloud providers ship them: prints a credential with an end, notes each call in exec-plugin.log.
write_exec_plugin() {
    cat >"$testbed_state/exec-plugin" <<'SH'
#!/bin/sh
# ExecCredential for the testbed; QUARTERDECK_TESTBED_TOKEN_SECONDS says how long it holds.
here=$(cd "$(dirname "$0")" && pwd)
date -u +%s.%N >>"$here/exec-plugin.log"
end=$(date -u -d "+${QUARTERDECK_TESTBED_TOKEN_SECONDS:-3600} seconds" +%Y-%m-%dT%H:%M:%SZ)
printf '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
  "status": {"token": "%s", "expirationTimestamp": "%s"}}\n' "$(cat "$here/exec-token")" "$end"
SH
    chmod 755 "$testbed_state/exec-plugin"
}

# people_kubeconfig: all contexts of the testbed in one file.
people_kubeconfig() {
    local file=$testbed_state/kubeconfig user namespace
    kubeconfig_head "$file"
    {
        printf 'users:\n'
        for user in admin "${limited_users[@]}"; do
            printf -- '- name: %s\n  user: {client-certificate: %s, client-key: %s}\n' \
                "$user" "$pki/$user.crt" "$pki/$user.key"
        done
        printf -- '- name: token-file\n  user: {tokenFile: %s}\n' "$testbed_state/token"
        printf -- '- name: exec-plugin\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n'
        printf '      command: %s\n      interactiveMode: Never\n' "$testbed_state/exec-plugin"
        printf 'contexts:\n'
        for user in admin token-file exec-plugin "${limited_users[@]}"; do
            namespace=default
            [ "$user" != one-namespace ] || namespace=bakery-ia
            printf -- '- name: %s\n  context: {cluster: testbed, user: %s, namespace: %s}\n' \
                "$user" "$user" "$namespace"
        done
        printf 'current-context: admin\n'
    } >>"$file"
}

# write_env SHAPE: what tests and people need to know, to be sourced.
write_env() {
    {
        printf 'QUARTERDECK_TESTBED=%q\n' "$testbed_state"
        printf 'QUARTERDECK_TESTBED_SHAPE=%q\n' "$1"
        printf 'QUARTERDECK_TESTBED_CACHE=%q\n' "$testbed_cache"
        printf 'QUARTERDECK_TESTBED_KUBECONFIG=%q\n' "$testbed_state/kubeconfig"
        printf 'QUARTERDECK_TESTBED_KUBECTL=%q\n' "$(tool kubectl)"
        printf 'QUARTERDECK_TESTBED_SERVER=%q\n' "https://127.0.0.1:$port_apiserver"
        [ "$1" != real ] ||
            printf 'QUARTERDECK_TESTBED_STATE_METRICS=%q\n' "http://127.0.0.1:$port_state_metrics"
    } | sed 's/^/export /' >"$testbed_state/env"
}

# kubectl ARGS …: as the administrator, with no cache outside the state folder.
kubectl() {
    "$(tool kubectl)" --kubeconfig="$testbed_state/kubeconfig" --context=admin \
        --cache-dir="$testbed_state/kubectl-cache" "$@"
}
