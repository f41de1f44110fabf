#include <QTest>

#include "tests/widgets/widget_test.h"
#include "widgets/shown_text.h"

using quarterdeck::widgets::shownText;

class TestShownText : public QObject {
    Q_OBJECT
private slots:
    void whatCouldHideOrReorderIsShownEscaped_data() {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const QString& raw, const QString& shown) {
            QTest::newRow(name) << raw << shown;
        };
        row("plain", QStringLiteral("web-7c9 (1/2)"), QStringLiteral("web-7c9 (1/2)"));
        row("empty", QString(), QString());
        row("line break", QStringLiteral("a\nb\r\tc"), QStringLiteral("a\\nb\\r\\tc"));
        row("escape", QStringLiteral("a\u001b[31mb"), QStringLiteral("a\\u001B[31mb"));
        row("C1", QString(QChar(0x9b)) + QStringLiteral("x"), QStringLiteral("\\u009Bx"));
        row("right to left", QStringLiteral("gnp.\u202Ecod"), QStringLiteral("gnp.\\u202Ecod"));
        row("isolate", QStringLiteral("\u2067x\u2069"), QStringLiteral("\\u2067x\\u2069"));
        row("mark", QStringLiteral("a\u200Fb"), QStringLiteral("a\\u200Fb"));
        row("zero width", QStringLiteral("ad\u200Bmin\uFEFF"), QStringLiteral("ad\\u200Bmin\\uFEFF"));
        row("joiner between latin letters", QStringLiteral("ad\u200Dmin"), QStringLiteral("ad\\u200Dmin"));
        row("soft hyphen", QStringLiteral("ad\u00ADmin"), QStringLiteral("ad\\u00ADmin"));
        row("line separator", QStringLiteral("a\u2028b"), QStringLiteral("a\\u2028b"));
        row("filler", QStringLiteral("a\u3164b"), QStringLiteral("a\\u3164b"));
        row("accents", QStringLiteral("Café naïve ß"), QStringLiteral("Café naïve ß"));
        row("arabic", QStringLiteral("مرحبا"), QStringLiteral("مرحبا"));
        row("emoji family", QStringLiteral("👩‍👩‍👧"), QStringLiteral("👩‍👩‍👧"));
        row("tag letter", QStringLiteral("a\U000E0041b"), QStringLiteral("a\\uE0041b"));
        row("lone surrogate", QStringLiteral("a") + QChar(0xD83D), QStringLiteral("a\uFFFD"));
    }
    void whatCouldHideOrReorderIsShownEscaped() {
        QFETCH(QString, raw);
        QFETCH(QString, shown);
        QCOMPARE(shownText(raw), shown);
    }

    void longTextIsCutAndSaysSo() {
        QCOMPARE(shownText(QString(253, QLatin1Char('a'))).size(), 253);
        const QString cut = shownText(QString(1'000'000, QLatin1Char('\n')), 100);
        QVERIFY(cut.size() <= 102);
        QVERIFY(cut.endsWith(QChar(0x2026)));
        QCOMPARE(shownText(QStringLiteral("abcdef"), 3), QStringLiteral("abc…"));
    }
};

QUARTERDECK_WIDGET_TEST(TestShownText)
#include "test_shown_text.moc"
