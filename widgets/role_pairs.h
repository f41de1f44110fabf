#pragma once

#include <vector>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

// What lies on what: every pair of colours that the parts draw and by which something is told. A part that lays an ink
// on another ground belongs in here; a test holds each theme to the whole list and each role to a place in it.
struct RolePair {
    Role ink;
    Role ground;
    double least;  // WCAG contrast
};
inline constexpr double kTextContrast = 4.5;
inline constexpr double kMarkContrast = 3.0;

std::vector<RolePair> rolePairs();

// A colour by which nothing is told, as an ink: what it draws is said otherwise, too.
struct Decoration {
    Role role;
    const char* because;
};
const std::vector<Decoration>& decorations();

}  // namespace quarterdeck::widgets
