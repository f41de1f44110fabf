#pragma once

namespace quarterdeck::widgets {

// Tells screen readers what our own parts are: buttons that can be pressed, texts, groups. Once per application is
// enough; applyTheme() does it. Interface thread only.
void installAccessibleParts();

}  // namespace quarterdeck::widgets
