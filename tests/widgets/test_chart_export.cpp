#include <QClipboard>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include "tests/widgets/chart_fixture.h"
#include "widgets/label.h"

using namespace chart_test;

class TestChartExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { applyTheme(*qApp, Theme::named(s("light"))); }

    void picturesAndValuesAreExported() {
        Fixture f;
        QTemporaryDir folder;
        QSignalSpy exported(f.first, &TimeSeriesChart::exported);
        const auto path = [&](const char* name) { return folder.filePath(QLatin1String(name)); };
        QString suggested;
        f.first->setPathChooser([&](const QString& suggestion, const std::function<void(QString)>& answer) {
            suggested = suggestion;
            answer(path("cpu.png"));
        });
        f.action("chart.export")->trigger();
        QCOMPARE(suggested, s("cpu"));
        QCOMPARE(exported.count(), 1);
        const QImage picture(path("cpu.png"));
        QCOMPARE(picture.size(), f.first->size() * 2);
        QVERIFY(pixelsOf(picture, Theme::named(s("light")).color(Role::Series1)) > 100);

        QVERIFY(f.first->exportTo(path("cpu.svg")));
        QFile svg(path("cpu.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QXmlStreamReader reader(&svg);
        int shapes = 0;
        QString words;
        while (!reader.atEnd()) {
            reader.readNext();
            shapes += reader.isStartElement() && reader.name() == QLatin1String("polyline") ? 1 : 0;
            words += reader.isCharacters() ? reader.text().toString() : QString();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(shapes > 5);
        QVERIFY(words.contains(s("CPU")) && words.contains(s("03:00")));
        QVERIFY(QSvgRenderer(path("cpu.svg")).isValid());

        QVERIFY(f.first->exportTo(path("cpu.csv")));
        QFile csv(path("cpu.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = csv.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), kPoints + 1);
        QVERIFY(lines[1].startsWith("2026-03-14T02:00:00.000Z,0.1"));
        QCOMPARE(exported.count(), 3);
    }

    void anExportThatFailsSaysWhy() {
        Fixture f;
        QSignalSpy failed(f.first, &TimeSeriesChart::exportFailed);
        auto* note = f.first->findChild<TextLabel*>(s("chart.note"));
        QVERIFY(!f.first->exportTo(s("/nonexistent/folder/cpu.png")));
        QCOMPARE(failed.count(), 1);
        QVERIFY(failed[0][0].toString().contains(s("/nonexistent/folder/cpu.png")));
        QVERIFY(note->isVisible());
        QVERIFY(!f.first->exportTo(s("/tmp/cpu.gif")));
        QCOMPARE(failed.count(), 2);
    }

    void thePictureIsCopied() {
        Fixture f;
        f.action("chart.copy")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->image().size(), f.first->size() * 2);
    }
};

QUARTERDECK_WIDGET_TEST(TestChartExport)
#include "test_chart_export.moc"
