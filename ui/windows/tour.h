#pragma once

#include <string>
#include <vector>

#include <QObject>
#include <QString>
#include <QTimer>

#include "ui/windows/main_window.h"

namespace quarterdeck::ui {

/// Visits every page of the rail and the gallery in both themes by itself, takes a picture of each and writes down its
/// state: PAGE-THEME.png and tour.json. Waits for states, never for time; the deadline is a failure.
class Tour : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString directory;
        std::chrono::seconds deadline{90};
    };
    /// `applyTheme` sets the theme of the application: "light" or "dark". The window outlives the tour.
    Tour(MainWindow& window, Options options, std::function<void(settings::Theme)> applyTheme,
         QObject* parent = nullptr);

    /// Begins; ends with finished().
    void start();
    /// What was missing, one sentence each; empty after a good tour.
    [[nodiscard]] const QStringList& faults() const { return faults_; }

signals:
    /// Exit code: 0 only if each page reported Live with rows.
    void finished(int exitCode);

private:
    struct Stop {
        std::string page;
        settings::Theme theme = settings::Theme::Light;
    };
    struct Record {
        QString page;
        QString theme;
        QString state;
        int rows = 0;
        QString file;
    };
    void visitNext();
    void look();
    void take();
    void onDeadline();
    void end();
    void record(bool withPicture);
    void takePicture(Record& entry, QWidget& of);
    void visitGallery();

    MainWindow& window_;
    Options options_;
    std::function<void(settings::Theme)> applyTheme_;
    std::vector<Stop> stops_;
    std::size_t at_ = 0;
    std::vector<Record> records_;
    QStringList faults_;
    QTimer deadline_;
    bool taking_ = false;
    bool ended_ = false;
};

}  // namespace quarterdeck::ui
