// The window in a language whose texts are 40 % longer: nothing is cut, and nothing is left untranslated.

#include <QAbstractItemView>
#include <QHeaderView>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>

#include "tests/gui/demo_console.h"
#include "tests/gui/layout_check.h"
#include "tests/gui/pseudo_translator.h"
#include "ui/pages/page_catalog.h"
#include "widgets/chip.h"
#include "widgets/heat_row.h"
#include "widgets/navigation_rail.h"
#include "widgets/style.h"

using namespace quarterdeck;
using gui_tests::Console;
using gui_tests::PseudoTranslator;

namespace {

/// Texts that are the same in every language: names of the demo's world, numbers, units, versions, keys.
bool isData(const QWidget* widget, const QString& text) {
    static const QRegularExpression word(QStringLiteral("\\p{L}{2,}"));
    static const QRegularExpression data(
        QStringLiteral("^(Quarterdeck|UTC|CPU|\\+\\d+|v?\\d[\\w.+-]*|[\\d.,:% ]+\\s?(UTC|[KMGT]i?B?|m|s|ms)?)$"));
    if (!word.match(text).hasMatch() || data.match(text.trimmed()).hasMatch()) {
        return true;
    }
    if (qobject_cast<const widgets::ContextChip*>(widget) != nullptr ||
        qobject_cast<const widgets::Tag*>(widget) != nullptr ||
        qobject_cast<const widgets::HeatRow*>(widget) != nullptr) {  // named after contexts, namespaces …
        return true;
    }
    for (const std::string& context : gui_tests::kContexts) {
        if (text == QString::fromStdString(context)) {
            return true;
        }
    }
    return false;
}

/// Texts a person reads that did not pass through a translation.
QStringList untranslated(const QWidget* root) {
    QStringList faults;
    const auto check = [&](const QWidget* widget, const QString& text, const char* what) {
        if (!text.contains(QStringLiteral("⟦")) && !isData(widget, text)) {
            faults += QStringLiteral("%1 has an untranslated %2: “%3”")
                          .arg(gui_tests::pathOf(widget), QString::fromLatin1(what), text.left(80));
        }
    };
    for (const QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(root)) {
            continue;
        }
        const auto* input = qobject_cast<const QLineEdit*>(widget);
        if (input == nullptr) {  // what is typed is the person's
            check(widget, widget->property("text").toString(), "text");
        } else {
            check(widget, input->placeholderText(), "placeholder");
        }
        check(widget, widget->accessibleName(), "name");
        if (const auto* header = qobject_cast<const QHeaderView*>(widget); header != nullptr && header->model()) {
            for (int i = 0; i < header->count() && header->orientation() == Qt::Horizontal; ++i) {
                check(widget, header->model()->headerData(i, Qt::Horizontal).toString(), "column");
            }
        }
    }
    return faults;
}

}  // namespace

class TestPseudoLocale : public QObject {
    Q_OBJECT

    PseudoTranslator translator_;

private slots:
    void initTestCase() {
        widgets::applyTheme(*qApp, widgets::Theme::suiting(false, false));
        QVERIFY(QCoreApplication::installTranslator(&translator_));
    }

    void placeholdersAndMnemonicsSurvive() {
        QCOMPARE(PseudoTranslator::pseudo(QStringLiteral("&Copy %1 of {name}, %n left")),
                 QStringLiteral("⟦&Cöpý %1 öf {name}, %n ļéft~~~~~~~~~⟧"));
        QVERIFY(PseudoTranslator::pseudo(QStringLiteral("Retry")).size() >= 8);
        QCOMPARE(PseudoTranslator::pseudo({}), QString());
    }

    void everyPageFitsAndIsTranslated_data() {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        for (const ui::PageEntry& entry : ui::pageCatalog()) {
            if (entry.make != nullptr) {
                for (const QSize size : {QSize(1440, 900), QSize(1280, 720), QSize(1024, 768)}) {
                    QTest::addRow("%s at %d", entry.id, size.width()) << QString::fromUtf8(entry.id) << size;
                }
            }
        }
    }
    void everyPageFitsAndIsTranslated() {
        QFETCH(QString, page);
        QFETCH(QSize, size);
        const Console console(page.toStdString());
        console.showKind(page.toStdString());
        console.window->resize(size);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(console.window->size(), size);
        const QStringList faults = gui_tests::layoutFaults(console.window.get()) + untranslated(console.window.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void menusAndActionsAreTranslated() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        QStringList faults;
        QList<QAction*> all = console.window->QWidget::actions();
        for (const QMenu* menu : console.window->findChildren<QMenu*>()) {
            all += menu->actions();
        }
        for (const QAction* action : all) {
            if (!action->isSeparator() && !action->text().contains(QStringLiteral("⟦"))) {
                faults += action->objectName() + QLatin1Char(' ') + action->text();
            }
        }
        QVERIFY(all.size() > 15);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void theCheckFindsATextThatIsNotTranslated() {
        QWidget window;
        auto* label = new QLabel(QStringLiteral("Bare words"), &window);
        label->resize(200, 20);
        auto* version = new QLabel(QStringLiteral("v1.34.0"), &window);
        version->move(0, 30);
        window.show();
        const QStringList faults = untranslated(&window);
        QCOMPARE(faults.size(), 1);
        QVERIFY(faults.front().contains(QStringLiteral("Bare words")));
    }

    void cleanupTestCase() { QCoreApplication::removeTranslator(&translator_); }
};

QTEST_MAIN(TestPseudoLocale)
#include "test_pseudo_locale.moc"
