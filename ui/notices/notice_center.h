#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "app/base/clock.h"
#include "ui/notices/notice.h"

namespace quarterdeck::ui {

/// A part of the day, in minutes from local midnight; may reach over midnight. Quiet means quiet: nothing at all goes
/// to the desktop then.
struct QuietHours {
    int from = 0;
    int to = 0;
    [[nodiscard]] bool covers(int minuteOfDay) const {
        return from <= to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
    }
    friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

/// What notices are about, each once, as a list for a sentence: "a, b, c", of many the first ones and a number.
[[nodiscard]] QString subjectsOf(const std::vector<Notice>& notices);

/// Decides which notices leave the window: none while a window is active or in quiet hours, and those of one group
/// within ten seconds as one that tells of all of them. All are told by noticed(), for the window's own history.
class NoticeCenter : public QObject {
    Q_OBJECT
public:
    struct Options {
        std::shared_ptr<const Clock> clock;
        std::unique_ptr<NoticeSink> sink;  ///< null: nothing ever leaves
        /// Whether a window of ours has the person's attention.
        std::function<bool()> active;
    };
    explicit NoticeCenter(Options options, QObject* parent = nullptr);

    void post(Notice notice);
    void setQuietHours(std::optional<QuietHours> quiet) { quiet_ = quiet; }

signals:
    void noticed(const quarterdeck::ui::Notice& notice);
    /// The person chose one on the desktop.
    void chosen(const quarterdeck::ui::Location& place);

private:
    struct Group {
        Instant begun{};
        std::vector<Notice> notices;
    };
    [[nodiscard]] static Notice joined(const std::vector<Notice>& notices);

    Options options_;
    std::optional<QuietHours> quiet_;
    std::map<std::string, Group> groups_;
};

}  // namespace quarterdeck::ui
