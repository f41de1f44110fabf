#pragma once

#include <map>

#include "ui/windows/job_row.h"
#include "widgets/scroll_pane.h"

class QVBoxLayout;

namespace quarterdeck::widgets {
class TextLabel;
}

namespace quarterdeck::ui {

/// The dock's Jobs: what is under way first, then what ended and what was said, newest first.
class JobsPane : public widgets::ScrollPane {
    Q_OBJECT
public:
    explicit JobsPane(Desk& desk, QWidget* parent = nullptr);

    /// Times move on.
    void setTime(Instant now, ZoneChoice zone);

private:
    void refresh();

    Desk& desk_;
    Instant now_{};
    ZoneChoice zone_ = ZoneChoice::Local;
    QVBoxLayout* layout_ = nullptr;
    widgets::TextLabel* empty_ = nullptr;
    std::map<jobs::JobId, JobRow*> jobs_;
    std::map<std::uint64_t, MessageRow*> messages_;
};

}  // namespace quarterdeck::ui
