// A long text in the code view: the beginning is there at once, the rest comes in slices, and nobody can tell.

#include <QTextBlock>

#include "tests/widgets/widget_test.h"
#include "widgets/code_edit.h"
#include "widgets/code_view.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

namespace {

constexpr int kLines = 9000;

QString linesOf(const QString& word) {
    QString text;
    for (int i = 0; i < kLines; ++i) {
        text += i % 10 == 0 ? QStringLiteral("%1%2:\n").arg(word).arg(i) : QStringLiteral("  a%1: b\n").arg(i);
    }
    return text;
}

}  // namespace

class TestCodeSlices : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, Theme::suiting(true, false)); }

    void init() {
        view_ = std::make_unique<CodeView>();
        view_->resize(600, 400);
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    }

    void theBeginningIsThereAtOnceAndTheRestSoon() {
        const QString text = linesOf(QStringLiteral("key"));
        view_->setText(text);
        QVERIFY(document()->blockCount() > 100);
        QVERIFY(document()->blockCount() < kLines);
        QCOMPARE(view_->edit()->code().lineCount(), kLines);
        QTRY_COMPARE_WITH_TIMEOUT(document()->blockCount(), kLines, 30'000);
        QCOMPARE(document()->toPlainText() + QLatin1Char('\n'), text);
        QCOMPARE(view_->edit()->textCursor().position(), 0);
    }

    void aPlaceThatIsNotThereYetComesWhenItIsAskedFor() {
        view_->setText(linesOf(QStringLiteral("key")));
        view_->edit()->showPlace(8000, 3);
        QCOMPARE(view_->edit()->textCursor().blockNumber(), 8000);
        QCOMPARE(document()->blockCount(), kLines);
    }

    void keysReachTheEndAtOnce() {
        view_->setText(linesOf(QStringLiteral("key")));
        view_->edit()->setFocus();
        QTest::keyClick(view_->edit(), Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(view_->edit()->textCursor().blockNumber(), kLines - 1);
    }

    void foldsHoldForWhatComesLater() {
        view_->setText(linesOf(QStringLiteral("key")));
        view_->edit()->foldToLevel(1);
        QCOMPARE(document()->blockCount(), kLines);
        QVERIFY(view_->edit()->isFolded(8000));
        QVERIFY(!document()->findBlockByNumber(8001).isVisible());
    }

    void anotherTextMeanwhileReplacesAllOfIt() {
        view_->setText(linesOf(QStringLiteral("key")));
        const QString other = linesOf(QStringLiteral("word"));
        view_->setText(other);
        QTRY_COMPARE_WITH_TIMEOUT(document()->blockCount(), kLines, 30'000);
        QCOMPARE(document()->toPlainText() + QLatin1Char('\n'), other);
        view_->setText(QStringLiteral("short: 1\n"));
        QCOMPARE(document()->toPlainText(), QStringLiteral("short: 1"));
    }

private:
    [[nodiscard]] const QTextDocument* document() const { return view_->edit()->document(); }

    std::unique_ptr<CodeView> view_;
};

QTEST_MAIN(TestCodeSlices)
#include "test_code_slices.moc"
