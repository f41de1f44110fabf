#pragma once

#include <cstdio>
#include <cstdlib>

namespace quarterdeck::fuzz {

/// Ends the run as a finding where `holds` is false.
inline void check(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

}  // namespace quarterdeck::fuzz
