// Pictures, hostile contents, columns and the header of the table.

#include <QCheckBox>
#include <QHeaderView>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QToolTip>
#include <cmath>

#include "tests/widgets/widget_test.h"
#include "widgets/column_chooser.h"
#include "widgets/shown_text.h"
#include "widgets/sparkline.h"
#include "widgets/style.h"
#include "widgets/table_header_view.h"
#include "widgets/table_roles.h"
#include "widgets/table_view.h"

using namespace quarterdeck::widgets;

namespace {

struct Table {
    explicit Table(int rows = 30, int columns = 4) : model(rows, columns) {
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                auto* item = new QStandardItem(QStringLiteral("%1/%2").arg(row).arg(column));
                item->setData(QStringLiteral("u%1").arg(row), UidRole);
                model.setItem(row, column, item);
            }
        }
        QStringList titles;
        for (int column = 0; column < columns; ++column) {
            titles += QStringLiteral("c%1").arg(column);
        }
        model.setHorizontalHeaderLabels(titles);
        view.setModel(&model);
        view.setColumnSpecs(QVector<ColumnSpec>(columns, ColumnSpec{60, 100, 1}));
        view.resize(600, 300);
        view.show();
        view.activateWindow();
        view.setFocus(Qt::TabFocusReason);
        QVERIFY(QTest::qWaitForWindowActive(&view));
    }
    QVector<int> order() const {
        QVector<int> shown;
        for (const ColumnPlace& place : view.columnPlaces()) {
            if (!place.hidden) {
                shown += place.column;
            }
        }
        return shown;
    }
    QPoint headerPoint(int column, int x = 10) const {
        return {view.header()->sectionViewportPosition(column) + x, view.header()->height() / 2};
    }
    QStandardItemModel model;
    TableView view;
};

QImage drawn(const std::function<void(QPainter&)>& paint) {
    QImage image(80, 24, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paint(painter);
    return image;
}

int pixelsOf(const QImage& image, const QColor& color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += image.pixelColor(x, y) == color ? 1 : 0;
        }
    }
    return count;
}

const Theme& dark() {
    static const Theme theme = Theme::named(QStringLiteral("dark"));
    return theme;
}

}  // namespace

class TestTableParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, dark()); }

    void hiddenCharactersAreShownAsWhatTheyAre_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QStringLiteral("orders-1") << QStringLiteral("orders-1");
        QTest::newRow("umlaut") << QStringLiteral("Zweibr\u00fccken") << QStringLiteral("Zweibr\u00fccken");
        QTest::newRow("lines") << QStringLiteral("a\nb\tc\rd") << QStringLiteral("a\\nb\\tc\\rd");
        QTest::newRow("override") << QStringLiteral("\u202egpj.exe") << QStringLiteral("\\u202Egpj.exe");
        QTest::newRow("isolate") << QStringLiteral("a\u2066b") << QStringLiteral("a\\u2066b");
        QTest::newRow("zero width") << QStringLiteral("a\u200bb") << QStringLiteral("a\\u200Bb");
        QTest::newRow("escape") << QStringLiteral("\u001b[31m") << QStringLiteral("\\u001B[31m");
        QTest::newRow("nul") << QString(QChar(0)) << QStringLiteral("\\u0000");
        QTest::newRow("pair") << QString::fromUtf8("\xf0\x9f\x9a\x80") << QString::fromUtf8("\xf0\x9f\x9a\x80");
        QTest::newRow("lone") << QString(QChar(0xD83D)) << QString(QChar(QChar::ReplacementCharacter));
    }
    void hiddenCharactersAreShownAsWhatTheyAre() {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(shownText(text), shown);
    }

    void longTextsEndInAnEllipsisAtNoCost() {
        const QString megabyte(1024 * 1024, QLatin1Char('x'));
        QCOMPARE(shownText(megabyte, Lines::One).size(), kShownLength + 1);
        QVERIFY(shownText(megabyte, Lines::One).endsWith(QChar(0x2026)));
        QVERIFY(shownText(QString(1024 * 1024, QChar(0x202E)), Lines::One).size() < kShownLength + 8);
        // A pair is not cut in half.
        const QString rockets = QString::fromUtf8("\xf0\x9f\x9a\x80").repeated(600);
        const QString cut = shownText(rockets, Lines::One, 511);
        QVERIFY(cut.endsWith(QChar(0x2026)) && cut.at(cut.size() - 2).isLowSurrogate());
        QVERIFY(shownToolTip(megabyte).size() < kToolTipLength + 100);
    }

    void toolTipsAreNeverHtmlOfTheCluster() {
        const QString tip = shownToolTip(QStringLiteral("<img src=x>\nsecond"));
        QVERIFY(tip.contains(QStringLiteral("&lt;img")));
        QVERIFY(tip.contains(QLatin1Char('\n')));
        QVERIFY(shownToolTip({}).isEmpty());
    }

    void hostileCellsCostNoMoreThanOthers() {
        Table plain(40);
        Table hostile(40);
        for (int row = 0; row < 40; ++row) {
            hostile.model.item(row, 0)->setText(QString(1024 * 1024, row % 2 == 0 ? QChar(0x202E) : QChar(u'w')));
            hostile.model.item(row, 1)->setText(QStringLiteral("a\nb\nc").repeated(300));
        }
        const auto time = [](TableView& view) {
            view.viewport()->grab();
            qint64 best = std::numeric_limits<qint64>::max();
            for (int i = 0; i < 5; ++i) {
                QElapsedTimer timer;
                timer.start();
                view.viewport()->grab();
                best = std::min(best, timer.nsecsElapsed());
            }
            return double(best) / 1e6;
        };
        const double few = time(plain.view);
        const double many = time(hostile.view);
        qInfo("paint: %.2f ms plain, %.2f ms hostile", few, many);
        // What is laid out is bounded, whatever the cell holds.
        QVERIFY(hostile.view.sizeHintForIndex(hostile.model.index(0, 0)).width() < 10'000);
        QVERIFY(hostile.view.rowHeight(0) == plain.view.rowHeight(0));
    }

    void aCutOffCellTellsTheRestInItsToolTip() {
        Table t;
        t.model.item(0, 0)->setText(QStringLiteral("<b>") + QString(253, QLatin1Char('n')));
        const QPoint place = t.view.visualRect(t.model.index(0, 0)).center();
        QHelpEvent help(QEvent::ToolTip, place, t.view.viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(t.view.viewport(), &help);
        QVERIFY(QToolTip::text().contains(QStringLiteral("&lt;b&gt;nnn")));
        QToolTip::hideText();
    }

    void aSparklineHasLineAreaDotAndDashes() {
        const Sparkline line{{1, 4, 2, 8, 3}, 5.0F, 10.0F, Tone::None};
        const QImage image =
            drawn([&](QPainter& painter) { paintSparkline(painter, QRectF(0, 0, 40, 20), line, dark(), false); });
        QVERIFY(pixelsOf(image, dark().color(Role::Series1)) > 3);
        QVERIFY(pixelsOf(image, dark().color(Role::BorderStrong)) > 5);
        QVERIFY(pixelsOf(image, dark().color(Role::Critical)) > 10);
        // The area has 18 % of the line's colour.
        QVERIFY(std::abs(image.pixelColor(30, 16).alpha() - 46) <= 2);
        // Nothing is painted outside.
        for (int y = 0; y < image.height(); ++y) {
            QCOMPARE(image.pixelColor(44, y).alpha(), 0);
        }
        const Sparkline warning{{1, 2}, {}, {}, Tone::Warning};
        QVERIFY(pixelsOf(drawn([&](QPainter& p) { paintSparkline(p, QRectF(0, 0, 40, 20), warning, dark(), false); }),
                         dark().color(Role::Warning)) > 0);
        QVERIFY(pixelsOf(drawn([&](QPainter& p) { paintSparkline(p, QRectF(0, 0, 40, 20), warning, dark(), true); }),
                         dark().color(Role::Warning)) == 0);
    }

    void aSparklineTakesGapsNothingAndOneValue() {
        const float gap = std::nanf("");
        for (const QVector<float>& values :
             {QVector<float>{}, {gap}, {5}, {1, gap, 3}, {gap, 1, 2, gap}, {0, 0, 0}, {INFINITY, 1}}) {
            drawn([&](QPainter& p) {
                paintSparkline(p, QRectF(0, 0, 40, 20), {values, {}, {}, Tone::None}, dark(), false);
            });
        }
        const QImage image = drawn([&](QPainter& p) {
            paintSparkline(p, QRectF(0, 0, 40, 20), {{4, 4, gap, gap, gap, gap, 4, 4}, {}, {}, Tone::None}, dark(),
                           false);
        });
        QCOMPARE(image.pixelColor(19, 10).alpha(), 0);
        QVERIFY(image.pixelColor(3, 10).alpha() > 0);
    }

    void aBarFillsItsShareOfTheTrack() {
        const auto bar = [](double fraction) {
            const QImage image = drawn([&](QPainter& p) {
                paintBar(p, QRectF(0, 0, 60, 20), {fraction, 0.9, Tone::None}, dark(), false);
            });
            int filled = 0;
            for (int x = 0; x < 60; ++x) {
                filled += image.pixelColor(x, 10) == dark().color(Role::Series1) ? 1 : 0;
            }
            return filled;
        };
        QCOMPARE(bar(0), 0);
        QVERIFY2(std::abs(bar(0.5) - 30) <= 1, "the round end may take a pixel");
        QVERIFY(bar(3) >= 56);  // the mark and the ends take some
        QVERIFY(bar(std::nan("")) == 0);
        const QImage marked = drawn([&](QPainter& p) {
            paintBar(p, QRectF(0, 0, 60, 20), {0.2, 0.5, Tone::None}, dark(), false);
        });
        QCOMPARE(marked.pixelColor(30, 6), dark().color(Role::Text));
    }

    void picturesArePaintedOncePerContent() {
        Table t(5);
        const auto spark = [](float last) { return QVariant::fromValue(Sparkline{{1, 2, last}, {}, {}, Tone::None}); };
        for (int row = 0; row < 5; ++row) {
            t.model.item(row, 1)->setData(spark(static_cast<float>(row) + 40), SparklineRole);
            t.model.item(row, 2)->setData(QVariant::fromValue(Bar{0.2 + 0.1 * row, {}, Tone::None}), BarRole);
        }
        t.view.viewport()->grab();
        const int first = paintedPixmaps();
        t.view.viewport()->grab();
        QCOMPARE(paintedPixmaps(), first);
        t.model.item(2, 1)->setData(spark(90), SparklineRole);
        t.view.viewport()->grab();
        QCOMPARE(paintedPixmaps(), first + 1);
        t.view.setStale(true);
        t.view.viewport()->grab();
        QCOMPARE(paintedPixmaps(), first + 11);
        t.view.setStale(false);
        // The text stands after the picture.
        const QRect cell = t.view.visualRect(t.model.index(0, 2));
        const QImage image = t.view.viewport()->grab(cell).toImage();
        QCOMPARE(image.pixelColor(12, image.height() / 2), dark().color(Role::Series1));
    }

    void columnPlacesComeBackAsTheyWereGiven() {
        Table t;
        const QVector<ColumnPlace> places{{2, false, 0}, {0, true, 0}, {3, false, 0}, {1, false, 0}};
        t.view.setColumnPlaces(places);
        QCOMPARE(t.view.columnPlaces(), places);
        QVERIFY(t.view.isColumnHidden(0));
        t.view.setColumnPlaces({{0, false, 77}, {1, false, 120}, {2, false, 80}, {3, false, 90}});
        QCOMPARE(t.view.columnWidth(0), 77);
        QCOMPARE(t.view.columnPlaces().at(1).width, 120);
    }

    void draggingAHeaderMovesTheColumnAndIsTold() {
        Table t;
        QSignalSpy changed(&t.view, &TableView::columnsChanged);
        QWidget* header = t.view.header()->viewport();
        const QPoint from = t.headerPoint(0, 40);
        const QPoint to = t.headerPoint(2, 80);
        QTest::mousePress(header, Qt::LeftButton, {}, from);
        QTest::mouseMove(header, from + QPoint(30, 0));
        QTest::mouseMove(header, to);
        QTest::mouseRelease(header, Qt::LeftButton, {}, to);
        QCOMPARE(t.order(), (QVector<int>{1, 2, 0, 3}));
        QVERIFY(changed.count() > 0);
    }

    void aDoubleClickOnTheEdgeFitsTheColumn() {
        Table t;
        t.model.item(3, 1)->setText(QStringLiteral("a rather long text that needs some room in its cell"));
        const int edge = t.view.header()->sectionViewportPosition(1) + t.view.columnWidth(1) - 1;
        const int before = t.view.columnWidth(1);
        QSignalSpy changed(&t.view, &TableView::columnsChanged);
        QTest::mouseDClick(t.view.header()->viewport(), Qt::LeftButton, {}, QPoint(edge, 10));
        QVERIFY(t.view.columnWidth(1) > before);
        QCOMPARE(t.view.columnWidth(1), t.view.sizeHintForIndex(t.model.index(3, 1)).width());
        QVERIFY(changed.count() > 0);
        t.model.item(3, 1)->setText(QString(100000, QLatin1Char('w')));
        QTest::mouseDClick(t.view.header()->viewport(), Qt::LeftButton, {},
                           QPoint(t.view.header()->sectionViewportPosition(1) + t.view.columnWidth(1) - 1, 10));
        QCOMPARE(t.view.columnWidth(1), 640);
    }

    void theChooserHidesByKeyboard() {
        Table t;
        ColumnChooser chooser(t.view, &t.view);
        QSignalSpy changed(&t.view, &TableView::columnsChanged);
        chooser.openAt(t.view.mapToGlobal(QPoint(300, 0)));
        auto* list = chooser.findChild<QListWidget*>();
        QTRY_VERIFY(list->hasFocus());
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Space);
        QVERIFY(t.view.isColumnHidden(1));
        QCOMPARE(changed.count(), 1);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(t.view.columnPlaces().first().column, 1);
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(t.order(), (QVector<int>{0, 2, 1, 3}));
        QTest::keyClick(list, Qt::Key_Escape);
        QVERIFY(!chooser.isVisible());
    }

    void theChooserKeepsOneColumn() {
        Table t(3, 2);
        ColumnChooser chooser(t.view, &t.view);
        chooser.openAt({});
        auto* list = chooser.findChild<QListWidget*>();
        QTest::keyClick(list, Qt::Key_Space);
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(t.order(), QVector<int>{1});
        QCOMPARE(list->item(1)->checkState(), Qt::Checked);
    }

    void theChooserAsksForAReset() {
        Table t;
        ColumnChooser chooser(t.view, &t.view);
        QSignalSpy asked(&chooser, &ColumnChooser::resetRequested);
        chooser.openAt({});
        QTest::mouseClick(chooser.findChild<QPushButton*>(QStringLiteral("columns.reset")), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
    }

    void theSortedColumnBearsAnArrow() {
        Table t;
        const auto header = [&] { return t.view.header()->grab().toImage(); };
        const QImage without = header();
        t.view.setSortIndicator(1, Qt::AscendingOrder);
        const QImage up = header();
        QVERIFY(up != without);
        t.view.setSortIndicator(1, Qt::DescendingOrder);
        QVERIFY(header() != up);
    }

    void theHeaderIsWorkedByKeyboard() {
        Table t;
        TableHeaderView* header = t.view.header();
        QCOMPARE(header->ringedSection(), -1);
        QTest::keyClick(&t.view, Qt::Key_Backtab);
        QTRY_VERIFY(header->hasFocus());
        QCOMPARE(header->ringedSection(), 0);
        QTest::keyClick(header, Qt::Key_Right);
        QCOMPARE(header->ringedSection(), 1);
        QSignalSpy sort(&t.view, &TableView::sortRequested);
        QTest::keyClick(header, Qt::Key_Return);
        QCOMPARE(sort.count(), 1);
        QCOMPARE(sort.first().first().toInt(), 1);
        QTest::keyClick(header, Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(t.order(), (QVector<int>{0, 2, 1, 3}));
        QCOMPARE(header->ringedSection(), 1);  // the ring goes with it
        QSignalSpy menu(&t.view, &TableView::headerMenuRequested);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), header->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(header, &event);
        QCOMPARE(menu.count(), 1);
        const QImage image = header->grab().toImage();
        const int x = header->sectionViewportPosition(1);
        QCOMPARE(image.pixelColor(x + 20, 0), dark().color(Role::Accent));
        QTest::keyClick(header, Qt::Key_Down);
        QVERIFY(t.view.hasFocus());
    }

    void rowsAreSelectedByKeyboard() {
        Table t(100);
        const auto count = [&] { return t.view.selectedUids().size(); };
        QTest::keyClick(&t.view, Qt::Key_Home);
        QTest::keyClick(&t.view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&t.view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(count(), 3);
        QTest::keyClick(&t.view, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(count(), 2);
        QTest::keyClick(&t.view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(count(), 100);
        QTest::keyClick(&t.view, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(count(), 99);
        QTest::keyClick(&t.view, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(count(), 100);
        QTest::keyClick(&t.view, Qt::Key_Space);
        QCOMPARE(count(), 1);
        QTest::keyClick(&t.view, Qt::Key_Home);
        QTest::keyClick(&t.view, Qt::Key_PageDown);
        const int page = t.view.currentIndex().row();
        QVERIFY(page > 3);
        QTest::keyClick(&t.view, Qt::Key_PageDown, Qt::ShiftModifier);
        QVERIFY(count() > 3);
        QTest::keyClick(&t.view, Qt::Key_PageUp);
        QVERIFY(t.view.currentIndex().row() <= page);
        QTest::keyClick(&t.view, Qt::Key_J);
        const int row = t.view.currentIndex().row();
        QTest::keyClick(&t.view, Qt::Key_K);
        QCOMPARE(t.view.currentIndex().row(), row - 1);
        QCOMPARE(count(), 1);
    }

    void ringAndBarAreSeenInEveryTheme_data() {
        QTest::addColumn<QString>("theme");
        for (const QString& id : Theme::ids()) {
            QTest::newRow(qPrintable(id)) << id;
        }
    }
    void ringAndBarAreSeenInEveryTheme() {
        QFETCH(QString, theme);
        const Theme colors = Theme::named(theme);
        applyTheme(*qApp, colors);
        Table t(5);
        QTest::keyClick(&t.view, Qt::Key_Home);
        QTest::keyClick(&t.view, Qt::Key_Down, Qt::ShiftModifier);
        const QImage image = t.view.viewport()->grab().toImage();
        const int row = t.view.rowHeight(0);
        QCOMPARE(image.pixelColor(1, row / 2), colors.color(Role::Accent));  // bar
        QCOMPARE(image.pixelColor(5, 4), colors.color(Role::Selection));
        QCOMPARE(image.pixelColor(100, row), colors.color(Role::Accent));  // ring of the second row
        QCOMPARE(image.pixelColor(100, 2 * row - 2), colors.color(Role::Accent));
        applyTheme(*qApp, dark());
    }
};

QUARTERDECK_WIDGET_TEST(TestTableParts)
#include "test_table_parts.moc"
