// Whether every text can be extracted by lupdate under the context that is asked for at run time. lupdate reads
// literals: tr("…") in classes, translate("Context", "…") and QT_TRANSLATE_NOOP("Context", "…").

#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// What sources say about translations.
struct Usage {
    QSet<QString> marked;    ///< contexts of QT_TRANSLATE_NOOP
    QSet<QString> dynamic;   ///< contexts of translate() with a text that is no literal
    QSet<QString> literal;   ///< contexts of translate() with a literal
    QSet<QString> declared;  ///< contexts of Q_DECLARE_TR_FUNCTIONS, whose tr() takes marked texts
    QStringList faults;      ///< what lupdate cannot read, as "file:line: text"
};

void read(const QString& name, const QString& text, Usage& usage) {
    static const QRegularExpression marked(QStringLiteral("QT_TRANSLATE_NOOP\\(\\s*\"([^\"]*)\""));
    static const QRegularExpression translated(
        QStringLiteral("(?<![.>])\\btranslate\\(\\s*(\"([^\"]*)\"|\\w+)\\s*,\\s*(\"|[^\\s])"));
    static const QRegularExpression declared(QStringLiteral("Q_DECLARE_TR_FUNCTIONS\\((\\w+)\\)"));
    // A tr() of one's own hides texts from lupdate, which takes it for QObject's.
    static const QRegularExpression own(QStringLiteral("\\btr\\s*\\(\\s*const\\s+char|\\btr\\s*=\\s*\\["));
    const auto place = [&](const QRegularExpressionMatch& match) {
        return QStringLiteral("%1:%2: %3")
            .arg(name)
            .arg(text.left(match.capturedStart()).count(QLatin1Char('\n')) + 1)
            .arg(match.captured());
    };
    for (auto it = marked.globalMatch(text); it.hasNext();) {
        usage.marked.insert(it.next().captured(1));
    }
    for (auto it = declared.globalMatch(text); it.hasNext();) {
        usage.declared.insert(it.next().captured(1));
    }
    for (auto it = own.globalMatch(text); it.hasNext();) {
        usage.faults += place(it.next());
    }
    for (auto it = translated.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const bool definition = match.captured(1) == QStringLiteral("const");
        if (definition) {
            continue;  // of a translator
        }
        if (!match.captured(1).startsWith(QLatin1Char('"'))) {
            usage.faults += place(match);
        } else if (match.captured(3) == QStringLiteral("\"")) {
            usage.literal.insert(match.captured(2));
        } else {
            usage.dynamic.insert(match.captured(2));
        }
    }
}

Usage usageOfProduct() {
    Usage usage;
    for (const char* folder : {"app", "ui", "widgets"}) {
        QDirIterator it(QStringLiteral(QUARTERDECK_SOURCE_DIR "/") + QString::fromLatin1(folder),
                        {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly)) {
                read(file.fileName(), QString::fromUtf8(file.readAll()), usage);
            }
        }
    }
    return usage;
}

QString joined(const QSet<QString>& texts) {
    QStringList list(texts.begin(), texts.end());
    list.sort();
    return list.join(QStringLiteral(", "));
}

}  // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    void everyTextIsWrittenAsLupdateReadsIt() {
        const Usage usage = usageOfProduct();
        QVERIFY2(usage.faults.isEmpty(), qPrintable(usage.faults.join(QLatin1Char('\n'))));
        QVERIFY(usage.marked.size() >= 5 && usage.dynamic.size() >= 5);
    }

    void whatIsAskedForByValueIsMarkedUnderTheSameContext() {
        const Usage usage = usageOfProduct();
        const QSet<QString> unmarked = usage.dynamic - usage.marked;
        QVERIFY2(unmarked.isEmpty(), qPrintable(QStringLiteral("asked for, but marked nowhere: ") + joined(unmarked)));
        const QSet<QString> unasked = usage.marked - usage.dynamic - usage.declared;
        QVERIFY2(unasked.isEmpty(), qPrintable(QStringLiteral("marked, but never asked for: ") + joined(unasked)));
    }

    void lupdateItselfFindsNothingToWarnOf() {
        const QString tool = QStandardPaths::findExecutable(
            QStringLiteral("lupdate"),
            {QLibraryInfo::path(QLibraryInfo::BinariesPath), QLibraryInfo::path(QLibraryInfo::LibraryExecutablesPath)});
        if (tool.isEmpty()) {
            QSKIP("lupdate (qt6-l10n-tools) is not installed");
        }
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("all.ts"));
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(QUARTERDECK_SOURCE_DIR));
        lupdate.start(tool, {QStringLiteral("-I"), QStringLiteral("."), QStringLiteral("app"), QStringLiteral("ui"),
                             QStringLiteral("widgets"), QStringLiteral("-ts"), file});
        QVERIFY(lupdate.waitForFinished(120'000));
        QCOMPARE(lupdate.exitCode(), 0);
        // Its warnings begin with the place: "common_sections.cpp:26: Qualifying with unknown namespace".
        static const QRegularExpression warning(QStringLiteral("^\\S+:\\d+: .*$"), QRegularExpression::MultilineOption);
        const QString said = QString::fromUtf8(lupdate.readAllStandardError() + lupdate.readAllStandardOutput());
        QVERIFY2(!warning.match(said).hasMatch(), qPrintable(warning.match(said).captured()));

        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QString texts = QString::fromUtf8(written.readAll());
        const Usage usage = usageOfProduct();
        const QSet<QString> named = usage.declared + usage.marked + usage.literal;
        static const QRegularExpression name(QStringLiteral("<context>\\s*<name>([^<]*)</name>"));
        int contexts = 0;
        for (auto it = name.globalMatch(texts); it.hasNext(); ++contexts) {
            const QString context = it.next().captured(1);
            // Of a class: as its meta-object is called, or nothing would be found at run time.
            QVERIFY2(context.startsWith(QStringLiteral("quarterdeck::")) || named.contains(context),
                     qPrintable(context));
        }
        QVERIFY(contexts > 50);
    }

    void theCheckFindsEachKindOfFault() {
        Usage usage;
        read(QStringLiteral("x.cpp"),
             QStringLiteral("QString tr(const char* text);\n"
                            "auto tr = [](const char* t) { return t; };\n"
                            "QCoreApplication::translate(context, \"Text\");\n"
                            "QCoreApplication::translate(\"Known\", value);\n"
                            "QCoreApplication::translate(\n    \"Literal\", \"Text\");\n"
                            "QString translate(const char* context, const char* source);\n"
                            "QT_TRANSLATE_NOOP(\"Other\", \"Text\");\n"),
             usage);
        QCOMPARE(usage.faults.size(), 3);
        QCOMPARE(usage.dynamic, QSet<QString>{QStringLiteral("Known")});
        QCOMPARE(usage.literal, QSet<QString>{QStringLiteral("Literal")});
        QCOMPARE(usage.marked, QSet<QString>{QStringLiteral("Other")});
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
