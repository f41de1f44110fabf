#pragma once

#include <functional>
#include <string>
#include <vector>

#include <QString>

#include "ui/location.h"
#include "widgets/theme.h"

namespace quarterdeck::ui {

enum class Urgency { Low, Normal, Critical };

/// Something that a person who looks elsewhere may want to know.
struct Notice {
    std::string id;     ///< stable for tests and logs: "context.lost"
    std::string group;  ///< notices of one group that come close together are one
    QString title;
    QString text;  ///< plain
    Urgency urgency = Urgency::Normal;
    Location place;   ///< where to look
    QString subject;  ///< what it is about, by its own name: "globeco-prod"
    /// The title where several notices of its group that say different things are told as one: "3 contexts do not
    /// answer: a, b, c". Null: this notice's own title, with a count.
    QString (*together)(const std::vector<Notice>& all) = nullptr;
    int count = 1;  ///< how many of its group this stands for
};

/// Where notices go when no window is in front. Interface thread; never blocks.
class NoticeSink {
public:
    virtual ~NoticeSink() = default;
    /// One whose count is above 1 takes the place of the group's one before.
    virtual void post(const Notice& notice) = 0;
    /// Called with the place of a notice that the person chose.
    virtual void setChosen(std::function<void(const Location&)> chosen) = 0;
};

}  // namespace quarterdeck::ui
