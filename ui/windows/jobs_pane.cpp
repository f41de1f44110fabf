#include "ui/windows/jobs_pane.h"

#include <algorithm>

#include <QVBoxLayout>

#include "widgets/label.h"

namespace quarterdeck::ui {

namespace {

/// Removes the rows of what is not there any more.
template <class Rows, class Known>
void dropOld(Rows& rows, Known known) {
    for (auto it = rows.begin(); it != rows.end();) {
        if (known(it->first)) {
            ++it;
            continue;
        }
        it->second->hide();
        it->second->deleteLater();
        it = rows.erase(it);
    }
}

struct Place {
    bool active = false;
    Instant at{};
    QWidget* row = nullptr;
};

}  // namespace

JobsPane::JobsPane(Desk& desk, QWidget* parent) : ScrollPane(parent), desk_(desk) {
    setObjectName(QStringLiteral("dock.jobs"));
    setAccessibleName(tr("Jobs and messages"));
    setWidgetResizable(true);
    auto* content = new QWidget(this);
    auto* outer = new QVBoxLayout(content);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    layout_ = new QVBoxLayout;
    layout_->setSpacing(0);
    outer->addLayout(layout_);
    empty_ =
        new widgets::TextLabel(tr("Nothing is under way. Long work shows its progress here, and can be cancelled."),
                               widgets::TextSize::Secondary, widgets::Role::TextMuted, QFont::Normal, content);
    empty_->setObjectName(QStringLiteral("dock.jobs.empty"));
    empty_->setContentsMargins(16, 12, 16, 12);
    empty_->setWordWrap(true);
    outer->addWidget(empty_);
    outer->addStretch(1);
    setBody(content);
    connect(&desk_.jobs(), &jobs::JobRunner::changed, this, &JobsPane::refresh);
    connect(&desk_, &Desk::messagesChanged, this, &JobsPane::refresh);
    refresh();
}

void JobsPane::setTime(Instant now, ZoneChoice zone) {
    now_ = now;
    const bool turned = std::exchange(zone_, zone) != zone;
    if (isVisible() || turned) {
        refresh();
    }
}

void JobsPane::refresh() {
    const std::vector<jobs::Job>& all = desk_.jobs().jobs();
    const std::deque<Message>& said = desk_.messages();
    dropOld(jobs_, [&](jobs::JobId id) { return desk_.jobs().job(id) != nullptr; });
    dropOld(messages_, [&](std::uint64_t id) { return !said.empty() && id >= said.front().id; });
    std::vector<Place> places;
    for (const jobs::Job& job : all) {
        JobRow*& row = jobs_[job.id];
        if (row == nullptr) {
            row = new JobRow(job.id, widget());
            for (QWidget* part : row->findChildren<QWidget*>()) {
                if ((part->focusPolicy() & Qt::TabFocus) != 0) {
                    follow(part);
                }
            }
            connect(row, &JobRow::cancelRequested, this, [this, id = job.id] { desk_.jobs().cancel(id); });
        }
        row->show(job, std::max(now_, job.started), zone_);
        places.push_back({!job.ended(), job.ended() ? job.finished : job.started, row});
    }
    for (const Message& message : said) {
        MessageRow*& row = messages_[message.id];
        if (row == nullptr) {
            row = new MessageRow(message, widget());
        }
        row->show(message, zone_);
        places.push_back({false, message.at, row});
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& left, const Place& right) {
        return left.active != right.active ? left.active : left.at > right.at;
    });
    for (std::size_t i = 0; i < places.size(); ++i) {
        const int index = static_cast<int>(i);
        if (layout_->indexOf(places[i].row) != index) {
            layout_->removeWidget(places[i].row);
            layout_->insertWidget(index, places[i].row);
            static_cast<QWidget*>(places[i].row)->show();
        }
    }
    empty_->setVisible(places.empty());
}

}  // namespace quarterdeck::ui
