// Nothing is told by its colour alone: not in tables, not in cells of a heat map, not by the marks of a context.

#include <QHash>
#include <QTest>

#include "tests/gui/demo_console.h"
#include "widgets/badge.h"
#include "widgets/chip.h"
#include "widgets/heat_row.h"
#include "widgets/pill.h"
#include "widgets/style.h"
#include "widgets/table_roles.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using widgets::Role;
using widgets::Tone;

namespace {

constexpr int kLong = 90'000;

QImage grabbed(QWidget& widget) {
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

/// Where a picture is not as most of it is: its shapes, without its colours.
QVector<bool> shapesOf(const QImage& image) {
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            ++counts[image.pixel(x, y)];
        }
    }
    QRgb ground = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        ground = it.value() > counts.value(ground) ? it.key() : ground;
    }
    QVector<bool> shapes;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            const int apart = std::abs(qRed(pixel) - qRed(ground)) + std::abs(qGreen(pixel) - qGreen(ground)) +
                              std::abs(qBlue(pixel) - qBlue(ground));
            shapes.append(apart > 90);
        }
    }
    return shapes;
}

int differences(const QVector<bool>& one, const QVector<bool>& other) {
    int count = 0;
    for (qsizetype i = 0; i < std::min(one.size(), other.size()); ++i) {
        count += one.at(i) != other.at(i) ? 1 : 0;
    }
    return count;
}

struct Said {
    QString name;
    Tone tone = Tone::None;
};

}  // namespace

class TestColourAlone : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void cellsOfTablesSayInWordsWhatTheyAreColouredFor_data() {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QByteArray>("incident");
        for (const char* incident : {"crash-loop", "out-of-memory", "bad-image"}) {
            QTest::addRow("pods, %s", incident) << QByteArray("pods") << QByteArray(incident);
        }
        QTest::newRow("nodes") << QByteArray("nodes") << QByteArray("node-not-ready");
        QTest::newRow("events") << QByteArray("events") << QByteArray("node-not-ready");
        QTest::newRow("kinds") << QByteArray("kinds") << QByteArray();
        QTest::newRow("kind") << QByteArray("kind") << QByteArray();
    }
    void cellsOfTablesSayInWordsWhatTheyAreColouredFor() {
        QFETCH(QByteArray, page);
        QFETCH(QByteArray, incident);
        const Console console(page.toStdString(), true, incident.toStdString());
        console.showKind(page.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        const QAbstractItemModel& model = *console.table()->model();
        const auto faulty = [&] {
            for (int row = 0; row < model.rowCount(); ++row) {
                const auto tone = model.index(row, 0).data(widgets::ToneRole).value<Tone>();
                if (tone == Tone::Critical || tone == Tone::Warning) {
                    return true;
                }
            }
            return false;
        };
        if (!incident.isEmpty()) {
            QTRY_VERIFY_WITH_TIMEOUT(faulty(), kLong);
        }
        int toned = 0;
        for (int column = 0; column < model.columnCount(); ++column) {
            QHash<QString, Tone> toneOf;
            for (int row = 0; row < model.rowCount(); ++row) {
                const QModelIndex index = model.index(row, column);
                const auto tone = index.data(widgets::ToneRole).value<Tone>();
                const QString text = index.data().toString();
                const QString where = QStringLiteral("%1, row %2: “%3”")
                                          .arg(model.headerData(column, Qt::Horizontal).toString())
                                          .arg(row)
                                          .arg(text);
                if (tone != Tone::None) {
                    ++toned;
                    QVERIFY2(!text.isEmpty(), qPrintable(where + QStringLiteral(" has a colour and no word")));
                }
                // Of what reads the same, an icon or heavier letters tell apart what is coloured differently.
                const bool icon = !index.data(widgets::NoIconRole).toBool() && !widgets::toneIconName(tone).isEmpty();
                const QString seen = text + QLatin1Char('|') + (icon ? widgets::toneIconName(tone) : QString()) +
                                     QLatin1Char('|') +
                                     (index.data(widgets::EmphasisRole).toBool() ? QStringLiteral("heavy") : QString());
                const Tone known = toneOf.value(seen, tone);
                const bool sameColour = widgets::toneTextRole(known) == widgets::toneTextRole(tone);
                QVERIFY2(sameColour, qPrintable(where + QStringLiteral(" is told from others by its colour alone")));
                toneOf.insert(seen, tone);
            }
        }
        QVERIFY(toned > 0 || incident.isEmpty());
    }

    void cellsOfAHeatMapDifferInShape_data() {
        QTest::addColumn<bool>("small");
        QTest::addColumn<QString>("theme");
        for (const QString& theme : widgets::Theme::ids()) {
            QTest::addRow("small, %s", qPrintable(theme)) << true << theme;
            QTest::addRow("large, %s", qPrintable(theme)) << false << theme;
        }
    }
    void cellsOfAHeatMapDifferInShape() {
        QFETCH(bool, small);
        QFETCH(QString, theme);
        widgets::applyTheme(*qApp, widgets::Theme::named(theme));
        const QVector<Said> tones{
            {QStringLiteral("healthy"), Tone::Good},      {QStringLiteral("finished"), Tone::Muted},
            {QStringLiteral("starting"), Tone::Progress}, {QStringLiteral("unknown"), Tone::Unknown},
            {QStringLiteral("warning"), Tone::Warning},   {QStringLiteral("critical"), Tone::Critical}};
        QVector<QVector<bool>> shapes;
        for (const Said& one : tones) {
            QWidget ground;
            widgets::HeatRow row{QString(), &ground};
            row.setLabelWidth(0);
            row.setSmall(small);
            row.setCells({{QStringLiteral("id"), one.name, one.tone}});
            row.setFixedSize(small ? QSize(20, 22) : QSize(29, 23));
            ground.resize(row.size());
            ground.show();
            // The cell without its edge, which lies on the ground.
            const QRect cell = small ? QRect(9, 6, 8, 10) : QRect(9, 3, 17, 16);
            shapes.append(shapesOf(grabbed(ground).copy(cell)));
        }
        for (qsizetype i = 0; i < tones.size(); ++i) {
            for (qsizetype j = 0; j < i; ++j) {
                QVERIFY2(differences(shapes.at(i), shapes.at(j)) >= 3,
                         qPrintable(tones.at(i).name + QStringLiteral(" looks like ") + tones.at(j).name));
            }
        }
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false));
    }

    void cellsOfAHeatMapAreSpokenWithTheirState() {
        const Console console("fleet", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        int cells = 0;
        for (const auto* row : console.window->page()->findChildren<widgets::HeatRow*>()) {
            QVERIFY(row->cells().isEmpty() || !row->accessibleDescription().isEmpty());
            for (const widgets::HeatCell& cell : row->cells()) {
                ++cells;
                QVERIFY2(cell.toolTip.contains(QStringLiteral(": ")) && !cell.toolTip.endsWith(QStringLiteral(": ")),
                         qPrintable(cell.toolTip));
            }
        }
        QVERIFY(cells > 10);
    }

    void chipsShowAndSayHowTheirContextIs() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        auto* chip = console.part<widgets::ContextChip>("topbar.context.bakery-ia-prod");
        QVERIFY(chip != nullptr && chip->isChecked());
        QTRY_COMPARE_WITH_TIMEOUT(chip->accessibleDescription(), QStringLiteral("production, Connected"), kLong);
        // On and off differ in shape: dashes around what is off.
        const QVector<bool> on = shapesOf(grabbed(*chip).copy(0, 0, chip->width(), 2));
        QTest::mouseClick(chip, Qt::LeftButton);
        QTRY_VERIFY(!chip->isChecked());
        QVERIFY(differences(on, shapesOf(grabbed(*chip).copy(0, 0, chip->width(), 2))) > 10);
    }

    void badgesDifferInShape() {
        QVector<QVector<bool>> shapes;
        for (const Tone tone : {Tone::Critical, Tone::Warning}) {
            widgets::Badge badge;
            badge.setData({QStringLiteral("3"), tone});
            badge.resize(badge.sizeHint());
            badge.show();
            shapes.append(shapesOf(grabbed(badge)));
        }
        QVERIFY(differences(shapes.at(0), shapes.at(1)) > 10);
    }

    void everyToneHasAnIconOfItsOwn() {
        QStringList icons;
        for (const Tone tone : {Tone::Good, Tone::Info, Tone::Progress, Tone::Unknown, Tone::Warning, Tone::Critical}) {
            const QString icon = widgets::toneIconName(tone);
            QVERIFY(!icon.isEmpty() && !icons.contains(icon));
            icons += icon;
        }
    }
};

QTEST_MAIN(TestColourAlone)
#include "test_colour_alone.moc"
