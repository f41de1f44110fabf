#include <QElapsedTimer>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QVBoxLayout>

#include "tests/widgets/widget_test.h"
#include "widgets/badge.h"
#include "widgets/banner.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/chip.h"
#include "widgets/heat_row.h"
#include "widgets/icon_set.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/style.h"
#include "widgets/system_theme.h"

using namespace quarterdeck::widgets;

namespace {

int warnings = 0;

void countWarnings(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type != QtDebugMsg && type != QtInfoMsg && !message.startsWith(QLatin1String("This plugin does not"))) {
        ++warnings;
        fprintf(stderr, "%s\n", qPrintable(message));
    }
}

bool holds(const QImage& image, const QColor& color) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color) {
                return true;
            }
        }
    }
    return false;
}

const Tone kTones[] = {Tone::None,     Tone::Good,    Tone::Muted,   Tone::Info,
                       Tone::Progress, Tone::Unknown, Tone::Warning, Tone::Critical};

}  // namespace

class TestLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { applyTheme(*qApp, Theme::named(QStringLiteral("light"))); }

    void iconsAreSharpAtEveryScaleAndInTheRolesColour_data() {
        QTest::addColumn<double>("ratio");
        for (const double ratio : {1.0, 1.25, 1.5, 2.0}) {
            QTest::addRow("%.2f", ratio) << ratio;
        }
    }
    void iconsAreSharpAtEveryScaleAndInTheRolesColour() {
        QFETCH(double, ratio);
        for (const Role role : {Role::Critical, Role::Accent}) {
            for (const QString& id : Theme::ids()) {
                const Theme theme = Theme::named(id);
                const QPixmap pixmap =
                    themedIcon(QStringLiteral("octagon-x"), theme, role, 16).pixmap(QSize(16, 16), ratio);
                QCOMPARE(pixmap.width(), qRound(16 * ratio));
                QCOMPARE(pixmap.devicePixelRatio(), ratio);
                const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
                int opaque = 0;
                const QColor want = theme.color(role);
                for (int y = 0; y < image.height(); ++y) {
                    for (int x = 0; x < image.width(); ++x) {
                        const QColor is = image.pixelColor(x, y);
                        if (is.alpha() == 255) {
                            ++opaque;
                            QCOMPARE(is.name(), want.name());
                        }
                    }
                }
                QVERIFY(opaque > 5);
            }
        }
    }

    void everyToneHasAnIconThatExists() {
        for (const Tone tone : kTones) {
            if (!toneIconName(tone).isEmpty()) {
                QVERIFY(hasIcon(toneIconName(tone)));
            }
        }
        QVERIFY(!applicationIcon().isNull());
        QVERIFY(toneIconName(Tone::None).isEmpty());
    }

    void anUnknownIconIsNullAndSaysSo() {
        QTest::ignoreMessage(QtWarningMsg, "No icon is named no-such-icon.");
        QVERIFY(themedIcon(QStringLiteral("no-such-icon"), themeOf(nullptr), Role::Text, 16).isNull());
    }

    void everyPartPaintsInEveryThemeWithoutAWarning() {
        warnings = 0;
        const QtMessageHandler before = qInstallMessageHandler(countWarnings);
        for (const QString& id : Theme::ids()) {
            applyTheme(*qApp, Theme::named(id), id.startsWith(QLatin1String("high")) ? 1.5 : 1.0);
            QWidget window;
            auto* column = new QVBoxLayout(&window);
            QVector<HeatCell> cells;
            for (const Tone tone : kTones) {
                auto* pill = new Pill(QStringLiteral("word"), tone);
                auto* plain = new Pill(QStringLiteral("word"), tone);
                plain->setPlain(true);
                auto* banner = new Banner;
                banner->setTone(tone);
                banner->setSentence(QStringLiteral("Something happened"));
                banner->setAction(QStringLiteral("Retry"));
                auto* badge = new Badge;
                badge->setData({QStringLiteral("7"), tone});
                auto* row = new KeyValueRow(QStringLiteral("key"), QStringLiteral("value"));
                row->setTone(tone);
                for (QWidget* part :
                     {static_cast<QWidget*>(pill), static_cast<QWidget*>(plain), static_cast<QWidget*>(banner),
                      static_cast<QWidget*>(badge), static_cast<QWidget*>(row)}) {
                    column->addWidget(part);
                }
                cells.append({QStringLiteral("c"), QStringLiteral("tip"), tone});
            }
            for (const ButtonKind kind : {ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Ghost,
                                          ButtonKind::Danger, ButtonKind::Control}) {
                column->addWidget(makeButton(QStringLiteral("Press"), QStringLiteral("plus"), kind));
            }
            auto* heat = new HeatRow(QStringLiteral("Services"));
            heat->setCells(cells);
            auto* chip = new ContextChip(QStringLiteral("bakery"));
            chip->setProduction(true);
            auto* tag = new Tag(QStringLiteral("prod"));
            tag->setProduction(true);
            auto* card = new Card;
            card->setTopLine(Role::Production);
            for (QWidget* part : {static_cast<QWidget*>(heat), static_cast<QWidget*>(chip), static_cast<QWidget*>(tag),
                                  static_cast<QWidget*>(card)}) {
                column->addWidget(part);
            }
            window.show();
            QVERIFY(!window.grab().isNull());
        }
        qInstallMessageHandler(before);
        QCOMPARE(warnings, 0);
    }

    void pillsFillWithTheTintAndSayTheirWord() {
        Pill pill(QStringLiteral("Critical"), Tone::Critical);
        pill.resize(pill.sizeHint());
        QCOMPARE(pill.height(), 20);
        QCOMPARE(pill.accessibleName(), QStringLiteral("Critical"));
        const QImage image = pill.grab().toImage();
        QVERIFY(holds(image, themeOf(&pill).color(Role::CriticalTint)));
        QVERIFY(holds(image, themeOf(&pill).color(Role::Critical)));
    }

    void aChangeOfThemeReachesWhatIsShown() {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* label = new TextLabel(QStringLiteral("WWWW"), TextSize::Headline, Role::Critical, QFont::Bold);
        auto* button = makeButton(QStringLiteral("Go"), QStringLiteral("plus"), ButtonKind::Primary);
        auto* pill = new Pill(QStringLiteral("Warning"), Tone::Warning);
        auto* input = new QLineEdit;
        for (QWidget* part : {static_cast<QWidget*>(label), static_cast<QWidget*>(button), static_cast<QWidget*>(pill),
                              static_cast<QWidget*>(input)}) {
            column->addWidget(part);
        }
        window.show();
        for (const char* id : {"light", "dark", "high-contrast-dark", "light"}) {
            const Theme theme = Theme::named(QString::fromLatin1(id));
            applyTheme(*qApp, theme);
            QCOMPARE(themeOf(&window).id(), theme.id());
            const QImage image = window.grab().toImage();
            QCOMPARE(image.pixelColor(1, 1), theme.color(Role::Window));
            QVERIFY(holds(label->grab().toImage(), theme.color(Role::Critical)));
            QVERIFY(holds(button->grab().toImage(), theme.color(Role::Accent)));
            QVERIFY(holds(button->grab().toImage(), theme.color(Role::OnAccent)));
            QVERIFY(holds(pill->grab().toImage(), theme.color(Role::WarningTint)));
            QVERIFY(holds(input->grab().toImage(), theme.color(Role::Raised)));
        }
    }

    void buttonsHaveTheHeightsOfTheDesign() {
        Button button(QStringLiteral("Retry"), {}, ButtonKind::Secondary);
        QCOMPARE(button.sizeHint().height(), 28);
        button.setButtonSize(ButtonSize::Small);
        QCOMPARE(button.sizeHint().height(), 24);
        button.setButtonSize(ButtonSize::Large);
        QCOMPARE(button.sizeHint().height(), 32);
        IconButton icon(QStringLiteral("x"), QStringLiteral("Close"));
        QCOMPARE(icon.sizeHint(), QSize(28, 28));
        QCOMPARE(icon.accessibleName(), QStringLiteral("Close"));
        QCOMPARE(icon.toolTip(), QStringLiteral("Close"));
    }

    void aDisabledButtonSaysWhyAndForgetsItAfterwards() {
        Button button(QStringLiteral("Scale"), {}, ButtonKind::Secondary);
        button.setToolTip(QStringLiteral("Change the number of pods"));
        setDisabledReason(&button, QStringLiteral("Needs patch deployments"));
        setDisabledReason(&button, QStringLiteral("Needs patch deployments/scale"));
        QVERIFY(!button.isEnabled());
        QCOMPARE(button.toolTip(), QStringLiteral("Needs patch deployments/scale"));
        QCOMPARE(button.accessibleDescription(), QStringLiteral("Needs patch deployments/scale"));
        setDisabledReason(&button, {});
        QVERIFY(button.isEnabled());
        QCOMPARE(button.toolTip(), QStringLiteral("Change the number of pods"));
        QCOMPARE(button.accessibleDescription(), QString());
    }

    void theFocusRingFollowsTheKeyboardOnly() {
        QWidget window;
        auto* row = new QVBoxLayout(&window);
        auto* first = makeButton(QStringLiteral("One"), {}, ButtonKind::Secondary);
        auto* second = makeButton(QStringLiteral("Two"), {}, ButtonKind::Secondary);
        row->addWidget(first);
        row->addWidget(second);
        auto* chip = new ContextChip(QStringLiteral("bakery-ia-prod"));
        row->addWidget(chip);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QColor accent = themeOf(&window).color(Role::Accent);
        first->setFocus(Qt::MouseFocusReason);
        QVERIFY(!holds(window.grab().toImage(), accent));
        second->setFocus(Qt::TabFocusReason);
        const QImage ringed = window.grab().toImage();
        // 2 px wide, 1 px away from the button.
        const int y = second->geometry().center().y();
        QCOMPARE(ringed.pixelColor(second->geometry().left() - 2, y), accent);
        QCOMPARE(ringed.pixelColor(second->geometry().left() - 3, y), accent);
        QVERIFY(ringed.pixelColor(second->geometry().left() - 1, y) != accent);
        chip->setFocus(Qt::TabFocusReason);
        const QRect place = chip->geometry();
        QCOMPARE(window.grab().toImage().pixelColor(place.left() - 2, place.center().y()), accent);
        first->setFocus(Qt::MouseFocusReason);
        QVERIFY(!holds(window.grab().toImage(), accent));
    }

    void textsAreNeverReadAsHtml() {
        TextLabel label(QStringLiteral("<b>bold</b>"));
        QCOMPARE(label.textFormat(), Qt::PlainText);
    }

    void nothingMovesByItself() {
        for (const Qt::UIEffect effect :
             {Qt::UI_AnimateMenu, Qt::UI_FadeMenu, Qt::UI_AnimateCombo, Qt::UI_AnimateTooltip, Qt::UI_FadeTooltip}) {
            QVERIFY(!QApplication::isEffectEnabled(effect));
        }
        const QStyle* style = QApplication::style();
        QCOMPARE(style->styleHint(QStyle::SH_Widget_Animate), 0);
        QCOMPARE(style->styleHint(QStyle::SH_Widget_Animation_Duration), 0);
    }

    void digitsAreOfOneWidth() {
        const QFontMetricsF metrics(textFont(nullptr, TextSize::Body));
        for (char digit = '1'; digit <= '9'; ++digit) {
            QCOMPARE(metrics.horizontalAdvance(QLatin1Char(digit)), metrics.horizontalAdvance(QLatin1Char('0')));
        }
        QCOMPARE(textFont(nullptr, TextSize::Secondary).pixelSize(), 12);
    }

    void theCellsOfAHeatRowWrapAndAreReachedByKeys() {
        HeatRow row(QStringLiteral("Services"));
        QVector<HeatCell> cells;
        for (int i = 0; i < 30; ++i) {
            cells.append({QStringLiteral("p%1").arg(i), QStringLiteral("pod %1").arg(i), Tone::Good});
        }
        row.setCells(cells);
        row.setSummary(QStringLiteral("30 healthy"));
        row.resize(320, row.heightForWidth(320));
        QVERIFY(row.heightForWidth(320) > row.heightForWidth(2000));
        row.show();
        row.activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&row));
        row.setFocus(Qt::TabFocusReason);
        QSignalSpy chosen(&row, &HeatRow::cellActivated);
        QTest::keyClick(&row, Qt::Key_Right);
        QTest::keyClick(&row, Qt::Key_Right);
        QVERIFY(row.accessibleName().contains(QStringLiteral("pod 2")));
        QTest::keyClick(&row, Qt::Key_Return);
        QTest::keyClick(&row, Qt::Key_End);
        QTest::keyClick(&row, Qt::Key_Return);
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen.at(0).at(0).toString(), QStringLiteral("p2"));
        QCOMPARE(chosen.at(1).at(0).toString(), QStringLiteral("p29"));
        QCOMPARE(row.accessibleDescription(), QStringLiteral("30 healthy"));
    }

    void theSystemsWishIsFollowedWithoutABus() {
        QElapsedTimer timer;
        timer.start();
        SystemTheme system;
        QVERIFY(timer.elapsed() < 100);
        QSignalSpy changed(&system, &SystemTheme::changed);
        QVERIFY(!system.prefersDark());
        system.setColorScheme(1);
        QVERIFY(system.prefersDark());
        system.setColorScheme(1);
        system.setColorScheme(0);
        QVERIFY(!system.prefersDark());
        system.setContrast(1);
        QVERIFY(system.prefersHighContrast());
        QCOMPARE(changed.count(), 3);
    }
};

QUARTERDECK_WIDGET_TEST(TestLook)
#include "test_look.moc"
