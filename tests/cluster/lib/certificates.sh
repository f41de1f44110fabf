# Two authorities (the cluster's and the front proxy's) and what they sign, under pki/.

pki=$testbed_state/pki

authority() { # NAME COMMON-NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$2" \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
        -keyout "$pki/$1.key" -out "$pki/$1.crt" 2>/dev/null
}

# certificate AUTHORITY NAME SUBJECT [SUBJECT-ALTERNATIVE-NAMES]
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$3" \
        -keyout "$pki/$2.key" -out "$pki/$2.csr" 2>/dev/null
    {
        printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\n'
        [ -z "${4:-}" ] || printf 'subjectAltName=%s\n' "$4"
    } >"$pki/$2.ext"
    openssl x509 -req -in "$pki/$2.csr" -CA "$pki/$1.crt" -CAkey "$pki/$1.key" -set_serial "0x$(openssl rand -hex 8)" \
        -days 30 -extfile "$pki/$2.ext" -out "$pki/$2.crt" 2>/dev/null
    rm -f "$pki/$2.csr" "$pki/$2.ext"
}

make_certificates() {
    [ -e "$pki/complete" ] && return 0
    mkdir -p "$pki"
    chmod 700 "$pki"
    local user
    authority ca quarterdeck-testbed
    authority front-proxy-ca quarterdeck-testbed-front-proxy
    certificate ca apiserver /CN=kube-apiserver \
        IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc
    certificate ca apiserver-kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
    certificate ca admin /O=system:masters/CN=testbed-admin
    certificate ca controller-manager /CN=system:kube-controller-manager
    certificate ca scheduler /CN=system:kube-scheduler
    certificate ca kubelet "/O=system:nodes/CN=system:node:$testbed_node" "IP:$node_ip,DNS:$testbed_node"
    certificate ca metrics-server /O=system:masters/CN=testbed-metrics IP:127.0.0.1,DNS:metrics-server.kube-system.svc
    certificate front-proxy-ca front-proxy /CN=front-proxy-client
    for user in "${limited_users[@]}"; do
        certificate ca "$user" "/CN=$user"
    done
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$pki/service-account.key" 2>/dev/null
    openssl pkey -in "$pki/service-account.key" -pubout -out "$pki/service-account.pub"
    touch "$pki/complete"
}
