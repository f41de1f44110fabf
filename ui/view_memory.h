#pragma once

#include <map>
#include <string>
#include <utility>

namespace quarterdeck::ui {

/// What parts of the windows remember between runs (chosen columns, widths), by part: "pods.columns". All windows
/// share one; the application reads and writes it as Settings::views. Each part has its own text form and falls back
/// to its defaults for what it cannot read. Interface thread.
class ViewMemory {
public:
    using Views = std::map<std::string, std::string>;
    ViewMemory() = default;
    explicit ViewMemory(Views views) : views_(std::move(views)) {}

    /// Empty where nothing is remembered.
    [[nodiscard]] std::string get(const std::string& part) const {
        const auto found = views_.find(part);
        return found == views_.end() ? std::string() : found->second;
    }
    /// An empty text forgets.
    void put(const std::string& part, std::string text) {
        if (text.empty()) {
            views_.erase(part);
        } else {
            views_.insert_or_assign(part, std::move(text));
        }
    }
    [[nodiscard]] const Views& all() const { return views_; }

private:
    Views views_;
};

}  // namespace quarterdeck::ui
