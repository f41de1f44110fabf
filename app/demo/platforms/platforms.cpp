#include "app/demo/platforms/platforms.h"

namespace quarterdeck::demo {

const std::vector<PlatformInfo>& platforms() {
    static const std::vector<PlatformInfo> all = {
        {"bakery-ia-prod", "bakery-ia", "v1.32.2", buildBakery},
        {"globeco-prod", "globeco", "v1.31.6", buildGlobeco},
        {"ai-imutis-staging", "ai-imutis", "v1.32.1", buildImutis},
    };
    return all;
}

}  // namespace quarterdeck::demo
