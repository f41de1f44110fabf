// What grows with the size of the text, beside the text: icons, boxes to tick, cells; and tables whose columns then
// have too little room.

#include <QAbstractTableModel>
#include <QCheckBox>
#include <QHeaderView>
#include <QImage>
#include <QSignalSpy>
#include <functional>

#include "tests/widgets/widget_test.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/dock_parts.h"
#include "widgets/heat_row.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/rail_button.h"
#include "widgets/style.h"
#include "widgets/table_roles.h"
#include "widgets/table_view.h"

using namespace quarterdeck::widgets;

namespace {

constexpr double kLarge = 1.5;

// Where the widget differs from its upper left corner.
QSize inkOf(const QWidget& widget) {
    QImage image(widget.size(), QImage::Format_ARGB32);
    image.fill(Qt::white);
    const_cast<QWidget&>(widget).render(&image, {}, {}, QWidget::DrawChildren);
    const QRgb ground = image.pixel(0, 0);
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != ground) {
                ink |= QRect(x, y, 1, 1);
            }
        }
    }
    return ink.size();
}

// Five columns: the name stays, then numbers that fold in the order 3, 4, 2, and one that goes last.
class Grid : public QAbstractTableModel {
public:
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 3; }
    int columnCount(const QModelIndex& = {}) const override { return 5; }
    QVariant data(const QModelIndex& index, int role) const override {
        switch (role) {
            case Qt::DisplayRole:
                return QStringLiteral("%1.%2").arg(index.row()).arg(index.column());
            case UidRole:
                return QString::number(index.row());
            case ToneRole:
                return index.column() == 0 ? QVariant::fromValue(Tone::Critical) : QVariant();
            default:
                return {};
        }
    }
};

struct Folding {
    Folding() {
        view.setModel(&model);
        view.setColumnSpecs({{100, 200, 2},
                             {50, 80, 0, ColumnSpec::Elide::Right, 1},
                             {50, 80, 0, ColumnSpec::Elide::Right, 2},
                             {50, 80, 0, ColumnSpec::Elide::Right, 3},
                             {50, 80, 0, ColumnSpec::Elide::Right, 2}});
        setWidth(600);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }
    void setWidth(int px) { view.resize(px, 300); }
    bool scrollsSideways() const { return view.horizontalHeader()->length() > view.viewport()->width(); }
    Grid model;
    TableView view;
};

}  // namespace

class TestTextScale : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { applyTheme(*qApp, Theme::named(QStringLiteral("light"))); }
    void cleanupTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("light"))); }

    void iconsGrowWithTheText_data() {
        using Make = std::function<QWidget*()>;
        QTest::addColumn<Make>("make");
        const auto add = [](const char* name, Make make) { QTest::newRow(name) << std::move(make); };
        const QString icon = QStringLiteral("octagon-x");
        add("label", [icon] { return new IconLabel(icon, Role::Critical, 16); });
        add("bare button", [icon] { return new IconButton(icon, QStringLiteral("Stop")); });
        add("button", [icon] { return makeButton({}, icon, ButtonKind::Ghost); });
        add("pill", [] {
            auto* pill = new Pill(QString(), Tone::Critical);
            pill->setPlain(true);
            return pill;
        });
        add("rail", [icon] {
            auto* button = new RailButton(QStringLiteral("Pods"), icon, nullptr);
            button->setCollapsed(true);
            return button;
        });
        add("line of a card", [icon] {
            auto* row = new KeyValueRow({}, {});
            row->setIconName(icon);
            return row;
        });
        add("tab of the dock", [icon] { return new DockTab({}, icon, nullptr); });
        add("box to tick", [] { return new QCheckBox; });
        add("cell of a heat map", [] {
            auto* row = new HeatRow({});
            row->setCells({HeatCell{}});
            return row;
        });
    }
    void iconsGrowWithTheText() {
        QFETCH(std::function<QWidget*()>, make);
        const auto inkAt = [&](double scale) {
            applyTheme(*qApp, Theme::named(QStringLiteral("light")), scale);
            const std::unique_ptr<QWidget> widget(make());
            widget->resize(widget->sizeHint());
            return inkOf(*widget);
        };
        const QSize before = inkAt(1.0);
        const QSize after = inkAt(kLarge);
        QVERIFY2(before.height() >= 8, qPrintable(QString::number(before.height())));
        const double grown = double(after.height()) / before.height();
        QVERIFY2(grown > 1.3 && grown < 1.7, qPrintable(QString::number(grown)));
    }

    void whatIsShownAlreadyGrowsToo() {
        IconLabel label(QStringLiteral("octagon-x"), Role::Critical, 16);
        IconButton bare(QStringLiteral("x"), QStringLiteral("Close"));
        Button button(QStringLiteral("Retry"), QStringLiteral("refresh-cw"), ButtonKind::Secondary);
        applyTheme(*qApp, Theme::named(QStringLiteral("dark")), kLarge);
        QCOMPARE(label.sizeHint(), QSize(24, 24));
        QCOMPARE(bare.iconSize(), QSize(24, 24));
        QCOMPARE(button.iconSize(), QSize(21, 21));
    }

    void iconsOfRowsGrowWithTheText() {
        Folding t;
        const auto icon = [&] {
            const QRect cell(0, t.view.rowViewportPosition(0), 40, t.view.rowHeight(0) - 1);
            const QImage image = t.view.viewport()->grab(cell).toImage();
            QRect ink;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y).saturation() > 120) {
                        ink |= QRect(x, y, 1, 1);
                    }
                }
            }
            return ink.height();
        };
        const int before = icon();
        applyTheme(*qApp, Theme::named(QStringLiteral("light")), kLarge);
        const int after = icon();
        QVERIFY2(before >= 12 && after >= before * 13 / 10, qPrintable(QStringLiteral("%1 %2").arg(before).arg(after)));
    }

    void aButtonThatOpensAPanelBearsTheChevronOfAMenu() {
        Button button(QStringLiteral("All"), QStringLiteral("box"), ButtonKind::Control);
        const int before = button.sizeHint().width();
        button.setOpensPopup(true);
        QVERIFY(button.sizeHint().width() >= before + 14);
    }

    void columnsFoldByTheirRankWhereThereIsNoRoom() {
        Folding t;
        QSignalSpy told(&t.view, &TableView::foldedColumnsChanged);
        QCOMPARE(t.view.foldedColumns(), QVector<int>());
        t.setWidth(400);  // 200 + 80 + 3 × 50 are too many
        QCOMPARE(t.view.foldedColumns(), QVector<int>({3}));
        QCOMPARE(told.size(), 1);
        t.setWidth(360);
        QCOMPARE(t.view.foldedColumns(), QVector<int>({3, 4}));
        t.setWidth(300);
        QCOMPARE(t.view.foldedColumns(), QVector<int>({2, 3, 4}));
        t.setWidth(210);
        QCOMPARE(t.view.foldedColumns(), QVector<int>({1, 2, 3, 4}));
        QVERIFY(!t.scrollsSideways());
        QVERIFY(t.view.columnWidth(0) >= 200);
        t.setWidth(600);
        QCOMPARE(t.view.foldedColumns(), QVector<int>());
        QVERIFY(!t.view.isColumnHidden(3));
    }

    void nothingFoldsBeforeItIsShown() {
        Grid model;
        TableView view;
        view.setModel(&model);
        view.resize(60, 40);
        view.setColumnSpecs({{100, 200, 2}, {50, 80}, {50, 80}, {50, 80}, {50, 80, 0, ColumnSpec::Elide::Right, 1}});
        QCOMPARE(view.foldedColumns(), QVector<int>());
        view.resize(600, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(view.foldedColumns(), QVector<int>());
        view.hide();
        view.resize(300, 300);
        view.show();
        QCOMPARE(view.foldedColumns(), QVector<int>({4}));
    }

    void largerTextFoldsToo() {
        Folding t;
        t.setWidth(450);
        QCOMPARE(t.view.foldedColumns(), QVector<int>());
        applyTheme(*qApp, Theme::named(QStringLiteral("light")), kLarge);
        QVERIFY(!t.view.foldedColumns().isEmpty());
        QVERIFY(t.view.columnWidth(0) >= 300);
        QVERIFY(!t.scrollsSideways());
    }

    void aFoldedColumnIsStillChosenAndCopied() {
        Folding t;
        t.view.setSelectedUids({QStringLiteral("1")});
        const QString copied = t.view.selectedText();
        const QVector<ColumnPlace> places = t.view.columnPlaces();
        t.setWidth(300);
        QVERIFY(!t.view.foldedColumns().isEmpty());
        QCOMPARE(t.view.selectedText(), copied);
        QCOMPARE(t.view.columnPlaces(), places);
        // What the person hides is hidden, and makes room.
        QVector<ColumnPlace> fewer = places;
        fewer[1].hidden = true;
        fewer[2].hidden = true;
        fewer[3].hidden = true;
        QSignalSpy told(&t.view, &TableView::foldedColumnsChanged);
        t.view.setColumnPlaces(fewer);
        QCOMPARE(t.view.foldedColumns(), QVector<int>());
        QVERIFY(!told.isEmpty());
        QCOMPARE(t.view.columnPlaces(), fewer);
    }

    void theSortedColumnNeverFolds() {
        Folding t;
        t.view.setSortIndicator(3, Qt::AscendingOrder);
        t.setWidth(320);
        QVERIFY(!t.view.foldedColumns().contains(3));
        t.view.setSortIndicator(0, Qt::AscendingOrder);
        QVERIFY(t.view.foldedColumns().contains(3));
    }

    void widthsOfThePersonAreKeptOverFolding() {
        Folding t;
        t.view.horizontalHeader()->resizeSection(3, 140);
        const QVector<ColumnPlace> places = t.view.columnPlaces();
        QCOMPARE(places.at(3).width, 140);
        t.setWidth(300);
        QVERIFY(t.view.foldedColumns().contains(3));
        QCOMPARE(t.view.columnPlaces(), places);
        t.setWidth(900);
        QCOMPARE(t.view.foldedColumns(), QVector<int>());
        QCOMPARE(t.view.columnWidth(3), 140);
    }
};

QUARTERDECK_WIDGET_TEST(TestTextScale)
#include "test_text_scale.moc"
