#include <QTest>

#include "ui/command_line.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

Result<CommandLine> parse(const QString& text) {
    return parseCommandLine(QStringList{QStringLiteral("quarterdeck")} +
                            text.split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

}  // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private slots:
    void allOptionsAreRead() {
        const auto line = parse(QStringLiteral(
            "--demo --demo-seed 7 --demo-time 2026-03-14T03:12:40Z --demo-incident bad-image --context a --context b "
            "--state-dir /x --theme dark --gallery --tour out --size 1280x720 --location quarterdeck://pods?filter=x"));
        QVERIFY(line.has_value());
        QVERIFY(line->demo);
        QCOMPARE(line->demoSeed, std::uint64_t{7});
        QVERIFY(line->demoTime.has_value());
        QCOMPARE(line->demoIncident, std::string("bad-image"));
        QCOMPARE(line->contexts, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(line->stateDir, std::string("/x"));
        QVERIFY(line->theme == settings::Theme::Dark);
        QVERIFY(line->gallery);
        QCOMPARE(line->tour, QStringLiteral("out"));
        QCOMPARE(line->size, QSize(1280, 720));
        QCOMPARE(line->location->page, std::string("pods"));
    }

    void aLinkMayStandAlone() {
        const auto line = parse(QStringLiteral("quarterdeck://pods?filter=x"));
        QVERIFY(line.has_value());
        QCOMPARE(line->link, std::string("quarterdeck://pods?filter=x"));
        QVERIFY(!line->location);
        // What is wrong with it is told in the window: a desktop shows nobody our standard error.
        QCOMPARE(parse(QStringLiteral("quarterdeck:pods"))->link, std::string("quarterdeck:pods"));
    }

    void nothingIsAskedByDefault() {
        const auto line = parse({});
        QVERIFY(line.has_value());
        QVERIFY(!line->demo && !line->help && !line->version && line->tour.isEmpty() && !line->location);
    }

    void badArgumentsAreRefused_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"--nonsense", "stray", "--demo-seed x", "--demo-time yesterday", "--theme pink",
                                 "--size 10", "--size 0x0", "--size 1440x", "--location pods",
                                 "quarterdeck://pods quarterdeck://nodes", "--demo --kubeconfig f"}) {
            QTest::newRow(text) << QString::fromUtf8(text);
        }
    }
    void badArgumentsAreRefused() {
        QFETCH(QString, text);
        const auto line = parse(text);
        QVERIFY(!line.has_value());
        QVERIFY(describe(line.error()).size() > 10);
    }

    void theHelpNamesEveryOption() {
        const QString help = helpText();
        for (const char* name : {"--demo", "--demo-seed", "--demo-time", "--demo-incident", "--kubeconfig", "--context",
                                 "--state-dir", "--theme", "--tour", "--size", "--location", "--version"}) {
            QVERIFY2(help.contains(QString::fromUtf8(name)), name);
        }
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
