#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarterdeck {

/// A Kubernetes resource quantity ("500m", "1Gi", "2e3"): the exact text and its value in thousandths of the unit,
/// rounded up as the API does. Source: k8s.io/apimachinery/pkg/api/resource.
class Quantity {
public:
    Quantity() = default;
    [[nodiscard]] static std::optional<Quantity> parse(std::string_view text);
    /// Thousandths (millicores for CPU); saturates at the range of int64.
    [[nodiscard]] std::int64_t milli() const { return milli_; }
    /// Whole units, rounded up (bytes for memory).
    [[nodiscard]] std::int64_t value() const;
    /// As the object wrote it.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
    std::int64_t milli_ = 0;
};

}  // namespace quarterdeck
