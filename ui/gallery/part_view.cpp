#include "ui/gallery/part_view.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>

#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

namespace {

constexpr int kPerLine = 4;

}  // namespace

PartView::PartView(const GalleryPart& part, QWidget* parent) : QWidget(parent), samples_(this) {
    setObjectName(QStringLiteral("gallery.") + QString::fromUtf8(part.id));
    part.fill(samples_);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new widgets::TextLabel(QCoreApplication::translate("Gallery", part.title), widgets::TextSize::Title,
                                           widgets::Role::Text, QFont::DemiBold),
                    0, 0, 1, 2);
    std::optional<SampleState> state;
    QHBoxLayout* line = nullptr;
    int inLine = 0;
    for (const Sample& sample : samples_.all()) {
        const bool otherState = state != sample.state;
        if (otherState) {
            state = sample.state;
            grid->addWidget(new widgets::TextLabel(sampleStateName(sample.state), widgets::TextSize::Caption,
                                                   widgets::Role::TextMuted),
                            grid->rowCount(), 0, Qt::AlignTop);
        }
        if (sample.wide || otherState || line == nullptr || inLine == kPerLine) {
            line = new QHBoxLayout;
            line->setSpacing(8);
            inLine = 0;
            const int row = otherState ? grid->rowCount() - 1 : grid->rowCount();
            grid->addLayout(line, row, 1);
        }
        if (sample.wide) {
            line->addWidget(sample.widget);
            line = nullptr;
            continue;
        }
        if (inLine == 0) {
            line->addStretch(1);
        }
        sample.widget->setMinimumWidth(sample.widget->sizeHint().width());
        line->insertWidget(inLine++, sample.widget, 0, Qt::AlignTop);
    }
    grid->setRowStretch(grid->rowCount(), 1);
}

QWidget* PartView::focusSample() const {
    for (const Sample& sample : samples_.all()) {
        if (sample.state == SampleState::Focus) {
            return sample.widget;
        }
    }
    return nullptr;
}

}  // namespace quarterdeck::ui
