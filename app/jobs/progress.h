#pragma once

#include <functional>
#include <optional>
#include <string>

namespace quarterdeck::jobs {

/// What a worker tells about its work. Any thread; a burst of reports costs the interface one wake-up.
class Progress {
public:
    struct Report {
        std::optional<double> share;  ///< nothing: as before
        std::optional<std::string> text;
    };
    explicit Progress(std::function<void(Report)> report) : report_(std::move(report)) {}

    /// 0 to 1; beyond is cut.
    void set(double share) { report_({share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share, std::nullopt}); }
    /// What is being done now, one line.
    void say(std::string text) { report_({std::nullopt, std::move(text)}); }

private:
    std::function<void(Report)> report_;
};

}  // namespace quarterdeck::jobs
