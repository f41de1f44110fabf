#pragma once

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "app/demo/demo_platform.h"
#include "app/session/session_hub.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/table/table_page.h"
#include "ui/windows/main_window.h"
#include "widgets/table_view.h"

namespace quarterdeck::gui_tests {

using kube::FreshnessState;

inline constexpr int kPatience = 20'000;

inline const std::vector<std::string> kContexts{"ai-imutis-staging", "bakery-ia-prod", "globeco-prod"};

/// The window with the demo's three contexts open.
class Console {
public:
    /// `incident` is under way already; empty: a calm platform.
    explicit Console(const std::string& startPage = {}, bool openAll = true, const std::string& incident = {}) {
        demo::DemoOptions options;
        options.incident = incident;
        options.startTime = Instant(std::chrono::seconds(1'773'457'960));  // 2026-03-14T03:12:40Z
        auto started = demo::DemoPlatform::start(options);
        demo = std::move(*started);
        const std::string file = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << demo->kubeconfigYaml();
        session::SessionHub::Options hubOptions;
        hubOptions.kubeconfigPath = file;
        hubOptions.clock = demo->clock();
        hub = std::make_unique<session::SessionHub>(std::move(hubOptions));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = demo->clock();
        windowOptions.start.page = startPage;
        windowOptions.utcTimes = true;
        windowOptions.demo.incidents = demo::DemoPlatform::incidents();
        windowOptions.demo.start = [this](const std::string& id) { QVERIFY(demo->startIncident(id).has_value()); };
        windowOptions.demo.reset = [this] { demo->reset(); };
        window = std::make_unique<ui::MainWindow>(*hub, std::move(windowOptions));
        window->resize(1440, 900);
        window->show();
        if (openAll) {
            QObject::connect(hub.get(), &session::SessionHub::contextsChanged, window.get(), [this] {
                for (const std::string& id : kContexts) {
                    hub->open(id);
                }
            });
        }
    }
    ~Console() {
        window.reset();
        hub.reset();
        demo.reset();
    }
    template <class T>
    [[nodiscard]] T* part(const char* name) const {
        return window->findChild<T*>(QString::fromUtf8(name));
    }
    /// To the table of one kind, where the page is that of kinds.
    void showKind(const std::string& page, const std::string& resource = "certificates.cert-manager.io") const {
        if (page == "kind") {
            ui::Location place;
            place.page = page;
            place.resource = resource;
            window->go(place);
        }
    }
    [[nodiscard]] bool live() const {
        return window->page()->state() == FreshnessState::Live && window->page()->rows() > 0 &&
               window->page()->isSettled();
    }
    /// Column of the table in front with this title; -1 without one, for tests that wait for it or want it gone.
    [[nodiscard]] int findColumn(const char* title) const {
        const QAbstractItemModel* model = table() != nullptr ? table()->model() : nullptr;
        for (int column = 0; model != nullptr && column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() == QString::fromUtf8(title)) {
                return column;
            }
        }
        return -1;
    }
    /// The same, and the test fails where there is none.
    [[nodiscard]] int columnOf(const char* title) const {
        const int column = findColumn(title);
        if (column < 0) {
            QTest::qFail(qPrintable(QStringLiteral("no column is titled “%1”").arg(QString::fromUtf8(title))), __FILE__,
                         __LINE__);
        }
        return column;
    }
    /// Empty where there is no such row; the test fails where there is no such column.
    [[nodiscard]] QString cell(int row, int column) const {
        if (column < 0 || column >= table()->model()->columnCount()) {
            QTest::qFail(qPrintable(QStringLiteral("the table has no column %1").arg(column)), __FILE__, __LINE__);
        }
        return table()->model()->index(row, column).data().toString();
    }
    [[nodiscard]] widgets::TableView* table() const { return window->page()->findChild<widgets::TableView*>(); }
    /// What a table page shows.
    [[nodiscard]] const ui::ResourceTableModel& rows() const {
        return static_cast<const ui::TablePage*>(window->page())->model();
    }
    /// As a person opens the details of what stands first: by the keyboard.
    void openFirstRow() const {
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QTest::keyClick(table(), Qt::Key_Return);
    }
    [[nodiscard]] std::string pageId() const { return window->page()->id(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QTest::keyClick(window.get(), key, modifiers);
    }
    void trigger(const char* action) const { window->actions().action(action)->trigger(); }

private:
    QTemporaryDir folder_;

public:
    std::unique_ptr<demo::DemoPlatform> demo;
    std::unique_ptr<session::SessionHub> hub;
    std::unique_ptr<ui::MainWindow> window;
};

}  // namespace quarterdeck::gui_tests
