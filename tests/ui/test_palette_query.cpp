#include <QTest>

#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "ui/palette/fuzzy.h"
#include "ui/palette/palette_query.h"
#include "ui/tables/filter_expression.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

PaletteQuery parse(const QString& text) {
    return parsePaletteQuery(text.toStdString(),
                             [](std::string_view word) { return word == "bakery-ia" || word == "monitoring"; });
}

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words) {
        list += QString::fromStdString(word);
    }
    return list.join(QLatin1Char('|'));
}

}  // namespace

class TestPaletteQuery : public QObject {
    Q_OBJECT

private slots:
    void theGrammarIsRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("namespaces");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("contexts");
        const auto row = [](const char* text, const char* words, const char* kind = "", const char* namespaces = "",
                            const char* filter = "", const char* contexts = "") {
            QTest::newRow(*text == '\0' ? "nothing" : text)
                << QString::fromUtf8(text) << QString::fromUtf8(words) << QString::fromUtf8(kind)
                << QString::fromUtf8(namespaces) << QString::fromUtf8(filter) << QString::fromUtf8(contexts);
        };
        row("", "");
        row("  Orders   API ", "orders|api");
        row(":pods bakery-ia /orders @prod", "orders", "pods", "bakery-ia", "orders", "prod");
        row("@prod /orders :po bakery-ia", "orders", "pods", "bakery-ia", "orders", "prod");
        row(":Pod", "", "pods");
        row(":no", "", "nodes");
        row(":deploy orders", "orders", "deployments");
        row(":pods bakery-ia monitoring x", "x", "pods", "bakery-ia|monitoring");
        row(":pods bak", "bak", "pods");
        row("bakery-ia", "bakery-ia");
        row(":pods x bakery-ia", "x|bakery-ia", "pods");
        row(":nothing x", "x", "?nothing");
        row("/is:unhealthy orders !api @a", "orders", "", "", "is:unhealthy orders !api", "a");
        row("/app=x /y", "/y", "", "", "app=x /y");
        row("@A @b x", "x", "", "", "", "a|b");
        row(": @ /", "");
        row("a b c d e f g h i j", "a|b|c|d|e|f|g|h");
        row("name/with", "name/with");
    }
    void theGrammarIsRead() {
        QFETCH(QString, text);
        const PaletteQuery query = parse(text);
        QTEST(joined(query.words), "words");
        const QString kind = query.kind != nullptr ? QString::fromStdString(query.kind->type.resource)
                             : query.unknownKind() ? QStringLiteral("?") + QString::fromStdString(query.kindWord)
                                                   : QString();
        QTEST(kind, "kind");
        QTEST(joined(query.namespaces), "namespaces");
        QTEST(QString::fromStdString(query.filter), "filter");
        QTEST(joined(query.contextParts), "contexts");
        QVERIFY(!query.actionsOnly);
    }

    void theSignOfActionsStandsAloneOrBeforeAWord() {
        QVERIFY(parse(QStringLiteral(">")).actionsOnly);
        QVERIFY(!parse(QStringLiteral(">")).empty());
        QCOMPARE(joined(parse(QStringLiteral("> Dark theme")).words), QStringLiteral("dark|theme"));
        QCOMPARE(joined(parse(QStringLiteral(">:pods")).words), QStringLiteral(":pods"));
        QVERIFY(!parse(QStringLiteral("x >")).actionsOnly);
    }

    void aContextIsWantedByAPartOfItsName() {
        const PaletteQuery query = parse(QStringLiteral("@PROD @stag"));
        QVERIFY(wantsContext(query, "bakery-ia-Prod"));
        QVERIFY(wantsContext(query, "ai-imutis-staging"));
        QVERIFY(!wantsContext(query, "test"));
        QVERIFY(wantsContext(parse({}), "test"));
    }

    void veryLongTextIsCutAndBytesOfAnyKindAreTaken() {
        const PaletteQuery query =
            parsePaletteQuery(std::string(100'000, 'x') + " y", [](std::string_view) { return false; });
        QCOMPARE(query.words.size(), std::size_t{1});
        QVERIFY(query.words.front().size() <= 512);
        const PaletteQuery broken =
            parsePaletteQuery("\xff\xfe :\x01 /\x80 @\xc3", [](std::string_view) { return true; });
        QVERIFY(broken.unknownKind());
    }

    void fitsAreToldApart_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("fit");
        QTest::addColumn<QString>("matched");
        const auto row = [](const char* word, const char* text, Fit fit, const char* matched) {
            QTest::newRow((std::string(word) + " in " + text).c_str())
                << QString::fromUtf8(word) << QString::fromUtf8(text) << static_cast<int>(fit)
                << QString::fromUtf8(matched);
        };
        row("orders", "orders", Fit::Whole, "012345");
        row("ord", "orders-service", Fit::Prefix, "012");
        row("service", "orders-service", Fit::WordStart, "789");
        row("b", "ab-b", Fit::WordStart, "3");
        row("rder", "orders-service", Fit::Inside, "1234");
        row("os", "orders-service", Fit::Initials, "07");
        row("ordser", "orders-service", Fit::Initials, "012789");
        row("odsv", "orders-service", Fit::Scattered, "0");
        row("xo", "orders", Fit::None, "");
        row("orders-service-x", "orders", Fit::None, "");
        row("", "orders", Fit::None, "");
        row("a", "", Fit::None, "");
    }
    void fitsAreToldApart() {
        QFETCH(QString, word);
        QFETCH(QString, text);
        QFETCH(QString, matched);
        QTEST(static_cast<int>(fitOf(word.toStdString(), text.toStdString()).fit), "fit");
        const auto places = matchedBytes(word.toStdString(), text.toStdString());
        QVERIFY(std::is_sorted(places.begin(), places.end()));
        QCOMPARE(places.size(), matched.isEmpty() ? std::size_t{0} : static_cast<std::size_t>(word.size()));
        for (int i = 0; i < matched.size(); ++i) {  // as many as fit into one digit each
            QCOMPARE(places[static_cast<std::size_t>(i)], static_cast<std::size_t>(matched.at(i).digitValue()));
        }
    }

    void aTightFitIsFinerAndTheMaskNeverLies() {
        QVERIFY(fitOf("orders", "orders-db").fine > fitOf("orders", "orders-db-with-a-long-name").fine);
        for (const char* text : {"orders-service.7", "ÄÖ", "a_b", ""}) {
            for (const char* word : {"os", "7", ".", "ö", "_", "z"}) {
                const std::string folded = foldCase(text);
                const std::string part = foldCase(word);
                if (fitOf(part, folded).fit != Fit::None) {
                    QCOMPARE(letterMask(part) & ~letterMask(folded), std::uint64_t{0});
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPaletteQuery)
#include "test_palette_query.moc"
