#include <QAbstractTableModel>
#include <QClipboard>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QSignalSpy>

#include "tests/widgets/widget_test.h"
#include "widgets/style.h"
#include "widgets/table_roles.h"
#include "widgets/table_view.h"

using namespace quarterdeck::widgets;

namespace {

// Rows of a uid and three columns: name, count, age.
class Rows : public QAbstractTableModel {
public:
    explicit Rows(QStringList uids) : uids_(std::move(uids)) {}
    explicit Rows(int count) {
        for (int i = 0; i < count; ++i) {
            uids_.append(QStringLiteral("u%1").arg(i));
        }
    }
    void replace(const QStringList& uids) {
        beginResetModel();
        uids_ = uids;
        endResetModel();
    }
    void prepend(const QString& uid) {
        beginInsertRows({}, 0, 0);
        uids_.prepend(uid);
        endInsertRows();
    }
    void remove(int row) {
        beginRemoveRows({}, row, row);
        uids_.removeAt(row);
        endRemoveRows();
    }
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(uids_.size());
    }
    int columnCount(const QModelIndex& = {}) const override { return 3; }
    QVariant headerData(int section, Qt::Orientation, int role) const override {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("column %1").arg(section)) : QVariant();
    }
    QVariant data(const QModelIndex& index, int role) const override {
        const QString uid = uids_.at(index.row());
        switch (role) {
            case Qt::DisplayRole:
                return index.column() == 0   ? QStringLiteral("name-") + uid
                       : index.column() == 1 ? QStringLiteral("7")
                                             : QStringLiteral("5m");
            case CopyTextRole:
                return index.column() == 2 ? QVariant(QStringLiteral("2026-03-14T03:12:40Z\tx")) : QVariant();
            case UidRole:
                return uid;
            case ToneRole:
                return index.column() == 0 ? QVariant::fromValue(Tone::Critical) : QVariant();
            case Qt::TextAlignmentRole:
                return index.column() == 1 ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
            default:
                return {};
        }
    }

private:
    QStringList uids_;
};

QStringList uids(std::initializer_list<const char*> names) {
    QStringList list;
    for (const char* name : names) {
        list.append(QString::fromLatin1(name));
    }
    return list;
}

struct Table {
    explicit Table(int rows) : model(rows) { show(); }
    explicit Table(const QStringList& rows) : model(rows) { show(); }
    void show() {
        view.setModel(&model);
        view.setColumnSpecs({{100, 160, 2, ColumnSpec::Elide::Middle}, {50, 70, 0}, {50, 80, 1}});
        view.resize(600, 300);
        view.show();
        view.activateWindow();
        view.setFocus(Qt::TabFocusReason);
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }
    Rows model;
    TableView view;
};

}  // namespace

class TestTableView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void arrowKeysHomeAndEndMoveTheSelection() {
        Table t(50);
        QTest::keyClick(&t.view, Qt::Key_Home);
        QCOMPARE(t.view.selectedUids(), uids({"u0"}));
        QTest::keyClick(&t.view, Qt::Key_Down);
        QCOMPARE(t.view.selectedUids(), uids({"u1"}));
        QTest::keyClick(&t.view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(t.view.selectedUids(), uids({"u1", "u2"}));
        QTest::keyClick(&t.view, Qt::Key_End);
        QCOMPARE(t.view.selectedUids(), uids({"u49"}));
        QCOMPARE(t.view.currentUid(), QStringLiteral("u49"));
        QVERIFY(t.view.showsFocusRing());
    }

    void shiftEndSelectsToTheLastRow() {
        Table t(5);
        t.view.setSelectedUids(uids({"u2"}));
        QTest::keyClick(&t.view, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(t.view.selectedUids(), uids({"u2", "u3", "u4"}));
    }

    void upOnTheFirstRowLeavesTheTable() {
        Table t(3);
        QSignalSpy left(&t.view, &TableView::leaveUp);
        t.view.setSelectedUids(uids({"u1"}));
        QTest::keyClick(&t.view, Qt::Key_Up);
        QCOMPARE(left.count(), 0);
        QTest::keyClick(&t.view, Qt::Key_Up);
        QCOMPARE(left.count(), 1);
    }

    void enterAndDoubleClickActivateTheRow() {
        Table t(3);
        QSignalSpy activated(&t.view, &TableView::rowActivated);
        t.view.setSelectedUids(uids({"u1"}));
        QTest::keyClick(&t.view, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.at(0).at(0).toString(), QStringLiteral("u1"));
        const QPoint place = t.view.visualRect(t.model.index(2, 0)).center();
        QTest::mouseClick(t.view.viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(t.view.viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(activated.count(), 2);
        QCOMPARE(activated.at(1).at(0).toString(), QStringLiteral("u2"));
        QVERIFY(!t.view.showsFocusRing());
    }

    void tabLeavesTheTableInsteadOfWalkingThroughCells() {
        Table t(3);
        QVERIFY(!t.view.tabKeyNavigation());
    }

    void copyTakesTheCopyTextsInVisualOrder() {
        Table t(uids({"a", "b", "c"}));
        t.view.setSelectedUids(uids({"c", "a"}));
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(&t.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("name-a\t7\t2026-03-14T03:12:40Z x\nname-c\t7\t2026-03-14T03:12:40Z x"));
        t.view.horizontalHeader()->moveSection(2, 0);
        t.view.setColumnHidden(1, true);
        t.view.setSelectedUids(uids({"b"}));
        QCOMPARE(t.view.selectedText(), QStringLiteral("2026-03-14T03:12:40Z x\tname-b"));
    }

    void theSelectionFollowsItsRows() {
        Table t(uids({"a", "b", "c"}));
        t.view.setSelectedUids(uids({"b"}));
        t.model.prepend(QStringLiteral("z"));
        QCOMPARE(t.view.selectedUids(), uids({"b"}));
        QCOMPARE(t.view.currentUid(), QStringLiteral("b"));
        QSignalSpy changed(&t.view, &TableView::selectedUidsChanged);
        t.model.remove(2);
        QCOMPARE(t.view.selectedUids(), QStringList());
        QVERIFY(changed.count() > 0);
    }

    void theSelectionOutlivesAResetByUid() {
        Table t(uids({"a", "b", "c", "d"}));
        t.view.setSelectedUids(uids({"b", "d"}));
        t.model.replace(uids({"d", "x", "c", "b"}));
        QCOMPARE(t.view.selectedUids(), uids({"d", "b"}));
        QCOMPARE(t.view.currentUid(), QStringLiteral("b"));
        QSignalSpy changed(&t.view, &TableView::selectedUidsChanged);
        t.model.replace(uids({"x"}));
        QCOMPARE(t.view.selectedUids(), QStringList());
        QVERIFY(changed.count() > 0);
    }

    void unknownUidsAreIgnored() {
        Table t(uids({"a", "b"}));
        t.view.setSelectedUids(uids({"nobody", "b"}));
        QCOMPARE(t.view.selectedUids(), uids({"b"}));
    }

    void aClickOnAHeaderAsksForAnOrderAndLeavesTheRowsAlone() {
        Table t(uids({"b", "a", "c"}));
        QSignalSpy asked(&t.view, &TableView::sortRequested);
        QHeaderView* header = t.view.horizontalHeader();
        const QPoint place(header->sectionViewportPosition(1) + 10, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(asked.count(), 2);
        QCOMPARE(asked.at(0).at(0).toInt(), 1);
        QCOMPARE(asked.at(0).at(1).value<Qt::SortOrder>(), Qt::AscendingOrder);
        QCOMPARE(asked.at(1).at(1).value<Qt::SortOrder>(), Qt::DescendingOrder);
        QCOMPARE(t.view.sortColumn(), 1);
        QCOMPARE(t.model.index(0, 0).data(UidRole).toString(), QStringLiteral("b"));
    }

    void altAndADigitSortByThatColumnOfThoseShown() {
        Table t(3);
        QSignalSpy asked(&t.view, &TableView::sortRequested);
        QTest::keyClick(&t.view, Qt::Key_3, Qt::AltModifier);
        QTest::keyClick(&t.view, Qt::Key_3, Qt::AltModifier);
        QCOMPARE(asked.count(), 2);
        QCOMPARE(asked.at(1).at(0).toInt(), 2);
        QCOMPARE(asked.at(1).at(1).value<Qt::SortOrder>(), Qt::DescendingOrder);
        t.view.setColumnHidden(0, true);
        QTest::keyClick(&t.view, Qt::Key_1, Qt::AltModifier);
        QCOMPARE(asked.count(), 3);
        QCOMPARE(asked.at(2).at(0).toInt(), 1);
        QTest::keyClick(&t.view, Qt::Key_9, Qt::AltModifier);      // so many are not there
        QTest::keyClick(&t.view, Qt::Key_1, Qt::ControlModifier);  // the window's
        QCOMPARE(asked.count(), 3);
    }

    void columnsFillTheWidthAndStayWithinTheirMinimum() {
        Table t(5);
        int sum = 0;
        for (int i = 0; i < 3; ++i) {
            sum += t.view.columnWidth(i);
        }
        QCOMPARE(sum, t.view.viewport()->width());
        QCOMPARE(t.view.columnWidth(1), 70);
        t.view.resize(150, 300);
        QCOMPARE(t.view.columnWidth(0), 100);
        QCOMPARE(t.view.columnWidth(1), 50);
        QCOMPARE(t.view.columnWidth(2), 50);
    }

    void aWidthDraggedByThePersonStays() {
        Table t(5);
        t.view.horizontalHeader()->resizeSection(0, 222);
        t.view.resize(900, 300);
        t.model.replace(uids({"x", "y"}));
        QCOMPARE(t.view.columnWidth(0), 222);
        t.view.refitColumns();
        QVERIFY(t.view.columnWidth(0) != 222);
    }

    void rowsAreTwentyEightPixelsHighAndGrowWithTheTextScale() {
        Table t(5);
        QCOMPARE(t.view.rowHeight(0), 28);
        applyTheme(*qApp, Theme::named(QStringLiteral("dark")), 1.5);
        QCOMPARE(t.view.rowHeight(0), 42);
        applyTheme(*qApp, Theme::named(QStringLiteral("dark")), 1.0);
        QCOMPARE(t.view.rowHeight(0), 28);
    }

    void theRowUnderThePointerIsKnownByUid() {
        Table t(5);
        QSignalSpy hovered(&t.view, &TableView::hoveredUidChanged);
        const QPointF place = t.view.visualRect(t.model.index(3, 1)).center();
        QHoverEvent move(QEvent::HoverMove, place, place, QPointF());
        QApplication::sendEvent(t.view.viewport(), &move);
        QCOMPARE(t.view.hoveredUid(), QStringLiteral("u3"));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(t.view.viewport(), &leave);
        QCOMPARE(t.view.hoveredUid(), QString());
        QCOMPARE(hovered.count(), 2);
    }

    void lettersGoToTheWindow() {
        Table t(5);
        QKeyEvent letter(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"));
        letter.accept();
        QApplication::sendEvent(&t.view, &letter);
        QVERIFY(!letter.isAccepted());
    }

    void selectedRowsHaveFillAndBarInTheThemesColours() {
        Table t(5);
        const Theme theme = Theme::named(QStringLiteral("dark"));
        QTest::mouseClick(t.view.viewport(), Qt::LeftButton, {}, t.view.visualRect(t.model.index(1, 1)).center());
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(t.view.viewport(), &leave);
        const QImage image = t.view.viewport()->grab().toImage();
        const int y = t.view.rowViewportPosition(1) + 3;
        QCOMPARE(image.pixelColor(1, y), theme.color(Role::Accent));
        QCOMPARE(image.pixelColor(5, y), theme.color(Role::Selection));
        QCOMPARE(image.pixelColor(5, t.view.rowViewportPosition(2) + 3), theme.color(Role::Surface));
        QCOMPARE(image.pixelColor(200, t.view.rowViewportPosition(3) - 1), theme.color(Role::Border));
    }

    void oldValuesLoseTheirColour() {
        Table t(2);
        const QRect cell = t.view.visualRect(t.model.index(0, 0));
        const auto redness = [&] {
            int most = 0;
            const QImage image = t.view.viewport()->grab(cell.adjusted(4, 0, 0, 0)).toImage();
            for (int x = 0; x < 28; ++x) {
                for (int y = 0; y < image.height(); ++y) {
                    const QColor c = image.pixelColor(x, y);
                    most = std::max(most, c.red() - c.blue());
                }
            }
            return most;
        };
        QVERIFY(redness() > 80);
        t.view.setStale(true);
        QVERIFY(redness() < 40);
    }

    void tenThousandRowsPaintOnlyWhatIsSeen() {
        Table small(40);
        Table large(10000);
        const auto time = [](TableView& view) {
            view.viewport()->grab();
            qint64 best = std::numeric_limits<qint64>::max();
            for (int i = 0; i < 8; ++i) {
                QElapsedTimer timer;
                timer.start();
                view.viewport()->grab();
                best = std::min(best, timer.nsecsElapsed());
            }
            return double(best) / 1e6;
        };
        const double few = time(small.view);
        const double many = time(large.view);
        qInfo("paint: %.2f ms with 40 rows, %.2f ms with 10,000", few, many);
        QVERIFY2(many < few * 3 + 1, "painting must not depend on the number of rows");
    }
};

QUARTERDECK_WIDGET_TEST(TestTableView)
#include "test_table_view.moc"
