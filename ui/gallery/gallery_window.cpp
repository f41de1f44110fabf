#include "ui/gallery/gallery_window.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/part_view.h"
#include "widgets/card.h"
#include "widgets/icon_set.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

namespace {

constexpr int kColumns = 2;
constexpr int kWide = 1240;  ///< from this width on the parts stand in columns

QString themeTitle(const QString& id) {
    if (id == QStringLiteral("dark")) {
        return GalleryWindow::tr("Dark");
    }
    if (id == QStringLiteral("high-contrast-light")) {
        return GalleryWindow::tr("High contrast, light");
    }
    return id == QStringLiteral("high-contrast-dark") ? GalleryWindow::tr("High contrast, dark")
                                                      : GalleryWindow::tr("Light");
}

}  // namespace

GalleryWindow::GalleryWindow(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("gallery"));
    setWindowTitle(tr("Gallery — Quarterdeck"));
    setWindowIcon(widgets::applicationIcon());
    build();
    connect(list_, &QListWidget::currentRowChanged, this, [this](int row) { showPart(row - 1); });
    list_->setCurrentRow(0);
    connect(theme_, &QComboBox::currentIndexChanged, this, &GalleryWindow::applyChoices);
    connect(scale_, &QComboBox::currentIndexChanged, this, &GalleryWindow::applyChoices);
}

void GalleryWindow::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new widgets::Surface(widgets::Role::Surface, this);
    bar->setLines(Qt::BottomEdge);
    auto* barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(16, 10, 16, 10);
    barLayout->setSpacing(8);
    barLayout->addWidget(new widgets::TextLabel(tr("Gallery of parts"), widgets::TextSize::DrawerTitle,
                                                widgets::Role::Text, QFont::DemiBold));
    barLayout->addStretch(1);
    theme_ = new QComboBox(bar);
    theme_->setObjectName(QStringLiteral("gallery.theme"));
    theme_->setAccessibleName(tr("Theme"));
    for (const QString& id : widgets::Theme::ids()) {
        theme_->addItem(themeTitle(id), id);
    }
    theme_->setCurrentIndex(theme_->findData(widgets::themeOf(this).id()));
    scale_ = new QComboBox(bar);
    scale_->setObjectName(QStringLiteral("gallery.scale"));
    scale_->setAccessibleName(tr("Text scale"));
    for (const int percent : {80, 100, 125, 150, 200}) {
        scale_->addItem(tr("Text %1 %").arg(percent), percent / 100.0);
    }
    scale_->setCurrentIndex(1);
    barLayout->addWidget(theme_);
    barLayout->addWidget(scale_);
    column->addWidget(bar);

    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    list_ = new QListWidget(this);
    list_->setObjectName(QStringLiteral("gallery.list"));
    list_->setAccessibleName(tr("Parts"));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setFixedWidth(184);
    list_->addItem(tr("All parts"));
    for (const GalleryPart& part : galleryParts()) {
        list_->addItem(QCoreApplication::translate("Gallery", part.title));
    }
    stage_ = new QScrollArea(this);
    stage_->setObjectName(QStringLiteral("gallery.stage"));
    stage_->setAccessibleName(tr("Samples"));
    stage_->setFrameShape(QFrame::NoFrame);
    stage_->setWidgetResizable(true);
    row->addWidget(list_);
    row->addWidget(new widgets::HairLine(Qt::Vertical, this));
    row->addWidget(stage_, 1);
    column->addLayout(row, 1);
}

QWidget* GalleryWindow::makeOverview() const {
    auto* overview = new QWidget;
    auto* row = new QHBoxLayout(overview);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    QVBoxLayout* columns[kColumns];
    int heights[kColumns] = {};
    for (QVBoxLayout*& column : columns) {
        column = new QVBoxLayout;
        row->addLayout(column, wide_ || row->count() == 0 ? 1 : 0);
    }
    for (const GalleryPart& part : galleryParts()) {
        const auto shortest =
            wide_ ? std::min_element(std::begin(heights), std::end(heights)) - std::begin(heights) : 0;
        auto* view = new PartView(part);
        heights[shortest] += view->sizeHint().height();
        columns[shortest]->addWidget(view);
    }
    for (QVBoxLayout* column : columns) {
        column->addStretch(1);
    }
    return overview;
}

void GalleryWindow::showPart(int index) {
    QWidget* shown = nullptr;
    if (index < 0) {
        shown = makeOverview();
    } else {
        shown = new PartView(galleryParts().at(static_cast<std::size_t>(index)));
    }
    stage_->setWidget(shown);
}

void GalleryWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (const bool wide = width() >= kWide; wide != wide_) {
        wide_ = wide;
        showPart(list_->currentRow() - 1);
    }
}

void GalleryWindow::applyChoices() {
    widgets::applyTheme(*qApp, widgets::Theme::named(theme_->currentData().toString()),
                        scale_->currentData().toDouble());
    showPart(list_->currentRow() - 1);  // fixed heights grow with the text
}

}  // namespace quarterdeck::ui
