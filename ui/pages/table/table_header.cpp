#include "ui/pages/table/table_header.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;
using widgets::Tone;

namespace {

constexpr int kHeight = 48;

}  // namespace

TableHeader::TableHeader(const QString& title, QAction* faults, QAction* csv, QWidget* parent) : QWidget(parent) {
    setFixedHeight(widgets::scaledPx(this, kHeight));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(12);
    auto* heading = new widgets::TextLabel(title, TextSize::Title, Role::Text, QFont::DemiBold, this);
    heading->setObjectName(QStringLiteral("header.title"));
    counts_ = new widgets::TextLabel({}, TextSize::Body, Role::TextMuted, QFont::Normal, this);
    counts_->setObjectName(QStringLiteral("header.counts"));
    counts_->setElideMode(Qt::ElideRight);
    layout->addWidget(heading);
    layout->addWidget(counts_, 1);
    const auto pill = [&](Tone tone, const char* name) {
        auto* one = new widgets::Pill({}, tone, this);
        one->setPlain(true);
        one->setObjectName(QString::fromUtf8(name));
        one->hide();
        layout->addWidget(one);
        return one;
    };
    critical_ = pill(Tone::Critical, "header.critical");
    warning_ = pill(Tone::Warning, "header.warning");
    good_ = pill(Tone::Good, "header.good");
    faults_ = widgets::makeButton(tr("Only faults"), QStringLiteral("triangle-alert"), ButtonKind::Secondary, this);
    faults_->setObjectName(QStringLiteral("header.faults"));
    faults_->setCheckable(true);
    faults_->setAccessibleName(tr("Only faults"));
    faults_->setToolTip(faults->text() + QStringLiteral("  ") + faults->shortcut().toString(QKeySequence::NativeText));
    connect(faults_, &QAbstractButton::clicked, faults, &QAction::trigger);
    layout->addWidget(faults_);
    auto* export_ = widgets::makeButton(tr("CSV"), QStringLiteral("download"), ButtonKind::Secondary, this);
    export_->setObjectName(QStringLiteral("header.csv"));
    export_->setAccessibleName(csv->text());
    export_->setToolTip(csv->text() + QStringLiteral("  ") + csv->shortcut().toString(QKeySequence::NativeText));
    connect(export_, &QAbstractButton::clicked, csv, &QAction::trigger);
    layout->addWidget(export_);
}

void TableHeader::setCounts(const OrderCounts& counts, bool knowsReadiness) {
    const QLocale locale;
    // Two plurals in one sentence: the number of rows is a word of its own.
    QString text =
        tr("%1 in %n contexts", nullptr, static_cast<int>(counts.contexts)).arg(locale.toString(counts.total));
    if (knowsReadiness) {
        text += QStringLiteral(" · ") + tr("%1 ready").arg(locale.toString(counts.ready));
        if (const std::uint32_t finished = counts.of(kube::Health::Finished); finished > 0) {
            text += QStringLiteral(" · ") + tr("%1 finished").arg(locale.toString(finished));
        }
    }
    countsWords_ = text;
    showCounts();
    const auto show = [&](widgets::Pill* pill, std::uint32_t count, const QString& spoken) {
        pill->setText(locale.toString(count));
        pill->setAccessibleName(spoken);
        pill->setToolTip(spoken);
        pill->setVisible(count > 0 && healthShown_);
    };
    const std::uint32_t critical = counts.of(kube::Health::Critical);
    const std::uint32_t warning = counts.of(kube::Health::Warning);
    const std::uint32_t good = counts.of(kube::Health::Good);
    show(critical_, critical, tr("%n critical", nullptr, static_cast<int>(critical)));
    show(warning_, warning, tr("%n with warnings", nullptr, static_cast<int>(warning)));
    show(good_, good, tr("%n healthy", nullptr, static_cast<int>(good)));
}

void TableHeader::setUnknown() {
    countsWords_.clear();
    showCounts();
    critical_->hide();
    warning_->hide();
    good_->hide();
}

void TableHeader::setFaultsOnly(bool on) {
    faults_->setChecked(on);
}

void TableHeader::setHealthShown(bool shown) {
    healthShown_ = shown;
    faults_->setVisible(shown);
}

void TableHeader::setOrigin(const QString& origin) {
    origin_ = origin;
    showCounts();
}

void TableHeader::setNote(const QString& note) {
    note_ = note;
    showCounts();
}

void TableHeader::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        setFixedHeight(widgets::scaledPx(this, kHeight));
    }
}

void TableHeader::showCounts() {
    QStringList words{origin_, countsWords_, note_};
    words.removeAll(QString());
    counts_->setText(words.join(QStringLiteral(" · ")));
}

void TableHeader::add(QWidget* control) {
    auto* row = static_cast<QHBoxLayout*>(layout());
    row->insertWidget(row->count() - 1, control);
}

QString TableHeader::countsText() const {
    return counts_->text();
}

}  // namespace quarterdeck::ui
