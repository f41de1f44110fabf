//go:build tools

// Package tools names the command that the testbed builds from this module.
package tools

import _ "sigs.k8s.io/metrics-server/cmd/metrics-server"
