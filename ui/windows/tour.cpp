#include "ui/windows/tour.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPixmap>
#include <QSaveFile>

#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/gallery_window.h"
#include "ui/pages/page_catalog.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using kube::FreshnessState;

namespace {

/// Untranslated: tour.json is read by programs.
QString stateId(FreshnessState state) {
    switch (state) {
        case FreshnessState::Loading:
            return QStringLiteral("Loading");
        case FreshnessState::Live:
            return QStringLiteral("Live");
        case FreshnessState::Empty:
            return QStringLiteral("Empty");
        case FreshnessState::Forbidden:
            return QStringLiteral("Forbidden");
        case FreshnessState::Stale:
            return QStringLiteral("Stale");
        case FreshnessState::Failed:
            return QStringLiteral("Failed");
    }
    return {};
}

QString themeId(settings::Theme theme) {
    return theme == settings::Theme::Dark ? QStringLiteral("dark") : QStringLiteral("light");
}

}  // namespace

Tour::Tour(MainWindow& window, Options options, std::function<void(settings::Theme)> applyTheme, QObject* parent)
    : QObject(parent), window_(window), options_(std::move(options)), applyTheme_(std::move(applyTheme)) {
    for (const PageEntry& entry : pageCatalog()) {
        if (entry.make != nullptr && entry.inRail) {
            stops_.push_back({entry.id, settings::Theme::Light});
            stops_.push_back({entry.id, settings::Theme::Dark});
        }
    }
    deadline_.setSingleShot(true);
    deadline_.setInterval(options_.deadline);
    connect(&deadline_, &QTimer::timeout, this, &Tour::onDeadline);
    connect(&window_, &MainWindow::pageStateChanged, this, &Tour::look);
}

void Tour::start() {
    if (!QDir().mkpath(options_.directory)) {
        faults_ += tr("The folder %1 cannot be made. Choose another one for the pictures.").arg(options_.directory);
        end();
        return;
    }
    deadline_.start();
    visitNext();
}

void Tour::visitNext() {
    if (at_ == stops_.size()) {
        visitGallery();
        end();
        return;
    }
    const Stop& stop = stops_[at_];
    applyTheme_(stop.theme);
    Location place;
    place.page = stop.page;
    window_.go(place);
    look();
}

void Tour::look() {
    if (ended_ || taking_ || at_ == stops_.size() || window_.page()->id() != stops_[at_].page ||
        !window_.page()->isComplete()) {
        return;
    }
    taking_ = true;
    // Queued: layouts and polish that were posted by the change come first.
    QMetaObject::invokeMethod(this, &Tour::take, Qt::QueuedConnection);
}

void Tour::take() {
    taking_ = false;
    if (ended_ || !window_.page()->isComplete()) {
        return;  // it changed meanwhile; the next change calls again
    }
    record(true);
    ++at_;
    visitNext();
}

void Tour::record(bool withPicture) {
    const Stop& stop = stops_[at_];
    Record entry{
        fromUtf8(stop.page), themeId(stop.theme), stateId(window_.page()->state()), window_.page()->rows(), {}};
    if (withPicture) {
        takePicture(entry, window_);
    }
    records_.push_back(entry);
}

void Tour::takePicture(Record& entry, QWidget& of) {
    entry.file = entry.page + QLatin1Char('-') + entry.theme + QStringLiteral(".png");
    const QString path = QDir(options_.directory).filePath(entry.file);
    if (!of.grab().save(path)) {
        faults_ += tr("The picture %1 cannot be written. Check the folder's permissions and free space.").arg(path);
    }
}

void Tour::visitGallery() {
    for (const settings::Theme theme : {settings::Theme::Light, settings::Theme::Dark}) {
        applyTheme_(theme);
        GalleryWindow gallery;
        gallery.resize(window_.size());
        gallery.ensurePolished();
        Record entry{QStringLiteral("gallery"),
                     themeId(theme),
                     stateId(FreshnessState::Live),
                     static_cast<int>(galleryParts().size()),
                     {}};
        takePicture(entry, gallery);
        records_.push_back(entry);
    }
}

void Tour::onDeadline() {
    const Stop& stop = stops_[at_];
    QString fault = tr("Page %1 (%2) was not live with rows in time: state %3, %4 rows.")
                        .arg(fromUtf8(stop.page), themeId(stop.theme), stateId(window_.page()->state()))
                        .arg(window_.page()->rows());
    for (const ContextFreshness& part : window_.page()->freshness()) {
        fault += QStringLiteral("\n  ") + fromUtf8(part.context) + QStringLiteral(": ") + stateId(part.freshness.state);
        if (part.freshness.reason) {
            fault += QStringLiteral(", ") + errorText(*part.freshness.reason);
        }
    }
    faults_ += fault;
    record(true);  // what it looked like helps to see why
    for (++at_; at_ < stops_.size(); ++at_) {
        faults_ += tr("Page %1 (%2) was not visited.").arg(fromUtf8(stops_[at_].page), themeId(stops_[at_].theme));
    }
    end();
}

void Tour::end() {
    ended_ = true;
    deadline_.stop();
    QJsonArray pages;
    for (const Record& entry : records_) {
        pages.append(QJsonObject{{QStringLiteral("page"), entry.page},
                                 {QStringLiteral("theme"), entry.theme},
                                 {QStringLiteral("state"), entry.state},
                                 {QStringLiteral("rows"), entry.rows},
                                 {QStringLiteral("file"), entry.file}});
    }
    QSaveFile file(QDir(options_.directory).filePath(QStringLiteral("tour.json")));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(pages).toJson()) < 0 || !file.commit()) {
        faults_ += tr("tour.json cannot be written: %1.").arg(file.errorString());
    }
    emit finished(faults_.isEmpty() ? 0 : 1);
}

}  // namespace quarterdeck::ui
