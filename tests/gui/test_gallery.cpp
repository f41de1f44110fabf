// Every part in every state, theme and scale, measured instead of compared with stored pictures: fonts differ between
// machines, and so would the pictures.

#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QListWidget>
#include <QScrollArea>
#include <QTest>

#include "tests/gui/layout_check.h"
#include "tests/gui/picture_check.h"
#include "tests/widgets/widget_test.h"
#include "ui/gallery/gallery_window.h"
#include "ui/gallery/part_view.h"
#include "widgets/style.h"

using namespace quarterdeck;
using gui_tests::coloursOf;
using gui_tests::cut;
using gui_tests::layoutFaults;
using gui_tests::pictureOf;
using gui_tests::strangeColours;
using ui::GalleryPart;
using ui::PartView;
using ui::Sample;
using ui::SampleState;
using widgets::Role;
using widgets::Theme;

namespace {

constexpr QSize kStage(760, 900);

QString nameOf(const GalleryPart& part, const Sample& sample) {
    return QString::fromUtf8(part.id) + QStringLiteral(", ") + ui::sampleStateName(sample.state);
}

/// What takes the keyboard focus in a sample.
QWidget* focusTarget(QWidget* widget) {
    if ((widget->focusPolicy() & Qt::TabFocus) != 0) {
        return widget;
    }
    for (QWidget* child : widget->findChildren<QWidget*>()) {
        if (child->isVisible() && (child->focusPolicy() & Qt::TabFocus) != 0) {
            return child;
        }
    }
    return nullptr;
}

/// A part on a window of its own.
struct Stage {
    explicit Stage(const GalleryPart& part, QSize size = kStage) {
        rest = new QWidget(&window);
        rest->setFocusPolicy(Qt::StrongFocus);
        rest->resize(0, 0);
        view = new PartView(part, &window);
        window.resize(size.width(), std::max(size.height(), view->minimumSizeHint().height()));
        view->setGeometry(window.rect());
        window.show();
        window.activateWindow();
        rest->setFocus();
        QCoreApplication::sendPostedEvents();
    }
    /// What is wrong with the layout; pills may shorten what is far too long for them.
    [[nodiscard]] QStringList faults() const {
        QSet<const QWidget*> mayBeCut;
        for (const Sample& sample : view->samples()) {
            const bool foreign = sample.state == SampleState::LongText || sample.state == SampleState::HostileText;
            if (foreign && qobject_cast<widgets::Pill*>(sample.widget) != nullptr) {
                mayBeCut.insert(sample.widget);
            }
        }
        return layoutFaults(&window, mayBeCut);
    }
    QWidget window;
    QWidget* rest = nullptr;  ///< holds the focus where no sample shall
    PartView* view = nullptr;
};

}  // namespace

class TestGallery : public QObject {
    Q_OBJECT

private slots:
    void init() { widgets::applyTheme(*qApp, Theme::named(QStringLiteral("light"))); }

    void everyPartIsThereOnceAndHasARestingState() {
        QSet<QString> ids;
        for (const GalleryPart& part : ui::galleryParts()) {
            const QString id = QString::fromUtf8(part.id);
            QVERIFY2(!ids.contains(id), part.id);
            ids.insert(id);
            const Stage stage(part);
            QVERIFY2(std::any_of(stage.view->samples().begin(), stage.view->samples().end(),
                                 [](const Sample& sample) { return sample.state == SampleState::Rest; }),
                     part.id);
        }
        QVERIFY(ids.size() >= 20);
    }

    /// A part that is made and not put into the gallery is seen here; what is no part of its own is named.
    void everyHeaderOfPartsIsInTheGallery() {
        const QSet<QString> partsOfParts{QStringLiteral("accessible_parts"),
                                         QStringLiteral("appearance_portal"),
                                         QStringLiteral("chart_cursor"),
                                         QStringLiteral("chart_data"),
                                         QStringLiteral("chart_export"),
                                         QStringLiteral("chart_format"),
                                         QStringLiteral("chart_frame"),
                                         QStringLiteral("chart_legend"),
                                         QStringLiteral("chart_painter"),
                                         QStringLiteral("chart_plot"),
                                         QStringLiteral("chart_reduce"),
                                         QStringLiteral("chart_scene"),
                                         QStringLiteral("code_colors"),
                                         QStringLiteral("code_edit"),
                                         QStringLiteral("code_layout"),
                                         QStringLiteral("code_search"),
                                         QStringLiteral("code_text"),
                                         QStringLiteral("dock_parts"),
                                         QStringLiteral("filter_line_chip"),
                                         QStringLiteral("overlay"),
                                         QStringLiteral("paint"),
                                         QStringLiteral("palette_list"),
                                         QStringLiteral("property_parts"),
                                         QStringLiteral("property_row"),
                                         QStringLiteral("rail_button"),
                                         QStringLiteral("role_pairs"),
                                         QStringLiteral("scroll_pane"),
                                         QStringLiteral("session_bus"),
                                         QStringLiteral("shown_text"),
                                         QStringLiteral("style_painters"),
                                         QStringLiteral("system_theme"),
                                         QStringLiteral("tab_strip"),
                                         QStringLiteral("table_delegate"),
                                         QStringLiteral("table_header_view"),
                                         QStringLiteral("theme")};
        const QDir root(QStringLiteral(QUARTERDECK_SOURCE_DIR));
        QByteArray gallery;
        const QDir folder(root.filePath(QStringLiteral("ui/gallery")));
        for (const QString& name : folder.entryList({QStringLiteral("*.cpp")}, QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            gallery += file.readAll();
        }
        QVERIFY(!gallery.isEmpty());
        const QDir parts(root.filePath(QStringLiteral("widgets")));
        for (const QString& header : parts.entryList({QStringLiteral("*.h")}, QDir::Files)) {
            const QString name = header.chopped(2);
            const bool shown = gallery.contains("\"widgets/" + header.toUtf8() + '"');
            QVERIFY2(shown || partsOfParts.contains(name), qPrintable(name + QStringLiteral(" is not in the gallery")));
        }
    }

    void everyPartIsPaintedWholeInEveryThemeAndScale_data() {
        QTest::addColumn<QString>("theme");
        QTest::addColumn<double>("ratio");
        for (const QString& theme : Theme::ids()) {
            for (const double ratio : {1.0, 1.25, 1.5, 2.0}) {
                QTest::addRow("%s at %.2f", qPrintable(theme), ratio) << theme << ratio;
            }
        }
    }
    void everyPartIsPaintedWholeInEveryThemeAndScale() {
        QFETCH(QString, theme);
        QFETCH(double, ratio);
        widgets::applyTheme(*qApp, Theme::named(theme));
        QStringList faults;
        for (const GalleryPart& part : ui::galleryParts()) {
            Stage stage(part);
            faults += stage.faults();
            const QImage picture = pictureOf(stage.window, ratio);
            for (const Sample& sample : stage.view->samples()) {
                const QImage image = cut(picture, stage.window, *sample.widget);
                if (coloursOf(image).size() < 2) {
                    faults += nameOf(part, sample) + QStringLiteral(" is blank");
                }
                for (const QString& colour : strangeColours(image, widgets::themeOf(&stage.window))) {
                    faults += nameOf(part, sample) + QStringLiteral(" is painted in no token: ") + colour;
                }
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void nothingIsCutWhenTheTextIsLarger_data() {
        QTest::addColumn<double>("textScale");
        for (const double scale : {0.8, 1.25, 1.5, 2.0}) {
            QTest::addRow("%.2f", scale) << scale;
        }
    }
    void nothingIsCutWhenTheTextIsLarger() {
        QFETCH(double, textScale);
        widgets::applyTheme(*qApp, Theme::named(QStringLiteral("dark")), textScale);
        QStringList faults;
        for (const GalleryPart& part : ui::galleryParts()) {
            Stage stage(part, kStage * textScale);
            faults += stage.faults();
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void theFocusIsSeenOnEveryPartThatTakesIt_data() { themeRows(); }
    void theFocusIsSeenOnEveryPartThatTakesIt() {
        QFETCH(QString, theme);
        widgets::applyTheme(*qApp, Theme::named(theme));
        const QRgb accent = Theme::named(theme).color(Role::Accent).rgb() & 0xffffff;
        QStringList faults;
        int tried = 0;
        for (const GalleryPart& part : ui::galleryParts()) {
            Stage stage(part);
            QVERIFY(QTest::qWaitForWindowActive(&stage.window));
            for (const Sample& sample : stage.view->samples()) {
                QWidget* target = focusTarget(sample.widget);
                if (target == nullptr || !target->isEnabled()) {
                    continue;
                }
                stage.rest->setFocus(Qt::MouseFocusReason);
                const QImage before = cut(pictureOf(stage.window, 1), stage.window, *sample.widget, 4);
                target->setFocus(Qt::TabFocusReason);
                QVERIFY2(target->hasFocus(), qPrintable(nameOf(part, sample)));
                const QImage after = cut(pictureOf(stage.window, 1), stage.window, *sample.widget, 4);
                int ringed = 0;
                for (int y = 0; y < after.height(); ++y) {
                    for (int x = 0; x < after.width(); ++x) {
                        const bool now = (after.pixel(x, y) & 0xffffff) == accent;
                        ringed += now && (before.pixel(x, y) & 0xffffff) != accent ? 1 : 0;
                    }
                }
                ++tried;
                if (ringed < 32) {
                    faults += nameOf(part, sample) + QStringLiteral(" (%1) shows no focus: %2 pixels of the accent")
                                                         .arg(QString::fromLatin1(target->metaObject()->className()))
                                                         .arg(ringed);
                }
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QVERIFY(tried > 60);
    }

    void noTwoStatesLookTheSame_data() { themeRows(); }
    void noTwoStatesLookTheSame() {
        QFETCH(QString, theme);
        widgets::applyTheme(*qApp, Theme::named(theme));
        QStringList faults;
        int compared = 0;
        for (const GalleryPart& part : ui::galleryParts()) {
            Stage stage(part);
            const QImage picture = pictureOf(stage.window, 1);
            QMap<SampleState, QList<QWidget*>> byState;
            for (const Sample& sample : stage.view->samples()) {
                byState[sample.state].append(sample.widget);
            }
            // The samples of a state stand in the same order as those at rest.
            const QList<QWidget*> rest = byState.value(SampleState::Rest);
            for (const SampleState state : {SampleState::Hover, SampleState::Disabled, SampleState::Stale}) {
                const QList<QWidget*> others = byState.value(state);
                for (qsizetype i = 0; i < std::min(rest.size(), others.size()); ++i) {
                    if (rest[i]->metaObject() != others[i]->metaObject()) {
                        continue;
                    }
                    ++compared;
                    if (cut(picture, stage.window, *rest[i]) == cut(picture, stage.window, *others[i])) {
                        faults +=
                            QStringLiteral("%1 %2: %3 looks as at rest")
                                .arg(QString::fromUtf8(part.id), QString::number(i + 1), ui::sampleStateName(state));
                    }
                }
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QVERIFY(compared > 30);
    }

    void whatIsDisabledSaysWhy() {
        int disabled = 0;
        for (const GalleryPart& part : ui::galleryParts()) {
            const Stage stage(part);
            for (const Sample& sample : stage.view->samples()) {
                if (!sample.widget->isEnabled()) {
                    ++disabled;
                    QVERIFY2(!sample.widget->toolTip().isEmpty(), qPrintable(nameOf(part, sample)));
                    QVERIFY2(!sample.widget->accessibleDescription().isEmpty(), qPrintable(nameOf(part, sample)));
                }
            }
        }
        QVERIFY(disabled > 10);
    }

    void foreignTextIsShownEscaped() {
        int hostile = 0;
        for (const GalleryPart& part : ui::galleryParts()) {
            const Stage stage(part);
            for (const Sample& sample : stage.view->samples()) {
                if (sample.state != SampleState::HostileText) {
                    continue;
                }
                QList<QWidget*> parts = sample.widget->findChildren<QWidget*>();
                parts.append(sample.widget);
                for (const QWidget* widget : parts) {
                    // An input keeps what it holds: it is the text itself.
                    if (qobject_cast<const QLineEdit*>(widget) != nullptr) {
                        continue;
                    }
                    const QString said = widget->property("text").toString() + widget->accessibleName() +
                                         widget->accessibleDescription();
                    QVERIFY2(!said.contains(QChar(0x202E)) && !said.contains(QChar(0x1b)),
                             qPrintable(nameOf(part, sample) + QLatin1Char(' ') + gui_tests::pathOf(widget)));
                    hostile += said.contains(QStringLiteral("\\u202E")) ? 1 : 0;
                }
            }
        }
        QVERIFY(hostile >= 6);
    }

    void theWindowShowsEachPartAndAppliesThemeAndScale() {
        ui::GalleryWindow window;
        window.resize(1280, 720);
        window.show();
        auto* list = window.findChild<QListWidget*>(QStringLiteral("gallery.list"));
        QCOMPARE(list->count(), static_cast<int>(ui::galleryParts().size()) + 1);
        const auto shown = [&] {
            return window.findChild<QScrollArea*>(QStringLiteral("gallery.stage"))->widget()->findChildren<QWidget*>();
        };
        QVERIFY(!shown().isEmpty());
        for (int row = 1; row < list->count(); ++row) {
            list->setCurrentRow(row);
            const auto* view =
                qobject_cast<PartView*>(window.findChild<QScrollArea*>(QStringLiteral("gallery.stage"))->widget());
            QVERIFY(view != nullptr);
            QCOMPARE(view->objectName(),
                     QStringLiteral("gallery.") +
                         QString::fromUtf8(ui::galleryParts().at(static_cast<std::size_t>(row - 1)).id));
            const QStringList faults = gui_tests::overlapFaults(&window);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        }
        auto* theme = window.findChild<QComboBox*>(QStringLiteral("gallery.theme"));
        theme->setCurrentIndex(theme->findData(QStringLiteral("high-contrast-dark")));
        QCOMPARE(widgets::themeOf(&window).id(), QStringLiteral("high-contrast-dark"));
        window.findChild<QComboBox*>(QStringLiteral("gallery.scale"))->setCurrentIndex(3);
        QCOMPARE(widgets::textScaleOf(&window), 1.5);
    }

    void theChecksFindWhatTheyAreFor() {
        QWidget window;
        window.resize(300, 200);
        auto* first = new QPushButton(QStringLiteral("A long word on a button"), &window);
        first->setGeometry(0, 0, 60, 28);
        auto* second = new QPushButton(QStringLiteral("B"), &window);
        second->setGeometry(40, 10, 60, 28);
        auto* outside = new QLabel(QStringLiteral("here"), &window);
        outside->setGeometry(280, 100, 80, 20);
        auto* wrapped = new widgets::TextLabel(QStringLiteral("two words that need more than one line of room"));
        wrapped->setParent(&window);
        wrapped->setWordWrap(true);
        wrapped->setGeometry(0, 120, 80, 18);
        window.show();
        const QString faults = layoutFaults(&window).join(QLatin1Char('\n'));
        QVERIFY2(faults.contains(QStringLiteral("overlap")), qPrintable(faults));
        QVERIFY2(faults.contains(QStringLiteral("“A long word on a button” is cut")), qPrintable(faults));
        QVERIFY2(faults.contains(QStringLiteral("leaves its parent")), qPrintable(faults));
        QVERIFY2(faults.contains(QStringLiteral("“two words")), qPrintable(faults));

        const Theme theme = Theme::named(QStringLiteral("light"));
        QImage painted(40, 40, QImage::Format_RGB32);
        painted.fill(theme.color(Role::AccentTint));
        QVERIFY(strangeColours(painted, theme).isEmpty());
        painted.fill(QColor::fromHsv(300, 255, 255));
        QCOMPARE(strangeColours(painted, theme).size(), 1);
    }

private:
    static void themeRows() {
        QTest::addColumn<QString>("theme");
        for (const QString& theme : Theme::ids()) {
            QTest::newRow(qPrintable(theme)) << theme;
        }
    }
};

QUARTERDECK_WIDGET_TEST(TestGallery)
#include "test_gallery.moc"
