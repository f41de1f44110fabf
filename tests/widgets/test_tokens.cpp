#include <QDirIterator>
#include <QRegularExpression>
#include <cmath>

#include "tests/widgets/widget_test.h"
#include "widgets/theme.h"

using namespace quarterdeck::widgets;

namespace {

double channel(double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a) + 0.05;
    const double y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

QStringList cellsOf(const QString& line) {
    QStringList cells;
    const QStringList parts = line.trimmed().split(QLatin1Char('|'));
    for (int i = 1; i + 1 < parts.size(); ++i) {
        cells.append(parts.at(i).trimmed());
    }
    return cells;
}

QStringList designLines() {
    QFile file(QStringLiteral(QUARTERDECK_SOURCE_DIR "/tests/widgets/design_tokens.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')) : QStringList();
}

bool isHex(const QString& text) {
    static const QRegularExpression hex(QStringLiteral("^#[0-9A-F]{6}$"));
    return hex.match(text).hasMatch();
}

std::optional<Role> roleNamed(const QString& name) {
    for (std::size_t i = 0; i < kRoleCount; ++i) {
        if (tokenName(static_cast<Role>(i)) == name) {
            return static_cast<Role>(i);
        }
    }
    return std::nullopt;
}

// The first piece of a line that writes a colour down; empty when there is none.
QString colourLiteralIn(const QString& line) {
    static const QRegularExpression literal(
        QStringLiteral("[\"( ]#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?(?:[0-9A-Fa-f]{2})?[\"; ]") +
        QStringLiteral("|\\bQColor\\w*\\s*[({]\\s*(?:0x|[0-9]|\"|QStringLiteral|QLatin1String|Qt::)") +
        QStringLiteral("|\\bQColor\\s+\\w+\\s*[({]\\s*(?:0x|[0-9]|\")") +
        QStringLiteral("|\\bQColor::fromRg\\w+\\s*\\(\\s*(?:0x|[0-9])") +
        QStringLiteral("|\\bqRgba?\\s*\\(|\\brgba?\\(\\s*[0-9]|QColorConstants|setNamedColor") +
        QStringLiteral("|\\bQt::(?:white|black|dark(?:Red|Green|Blue|Cyan|Magenta|Yellow|Gray)|lightGray)\\b") +
        QStringLiteral("|\\bQt::(?:red|green|blue|cyan|magenta|yellow|gray|color0|color1)\\b"));
    return literal.match(line).captured();
}

}  // namespace

class TestTokens : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFileHoldsTheColoursOfTheDesign() {
        const Theme light = Theme::named(QStringLiteral("light"));
        const Theme dark = Theme::named(QStringLiteral("dark"));
        QSet<QString> seen;
        const auto compare = [&](const QString& name, const QString& lightHex, const QString& darkHex) {
            const auto role = roleNamed(name);
            QVERIFY2(role.has_value(), qPrintable(name + QStringLiteral(" is no role")));
            QCOMPARE(light.color(*role).name().toUpper(), lightHex);
            QCOMPARE(dark.color(*role).name().toUpper(), darkHex);
            seen.insert(name);
        };
        QStringList series[2];
        for (const QString& line : designLines()) {
            const QStringList cells = cellsOf(line);
            if (cells.size() == 9 && isHex(cells.at(1)) && isHex(cells.at(8))) {
                series[cells.at(0) == QLatin1String("dark") ? 1 : 0] = cells.mid(1);
                continue;
            }
            for (const int at : {0, 5}) {
                if (cells.size() > at + 2 && isHex(cells.at(at + 1)) && isHex(cells.at(at + 2))) {
                    compare(cells.at(at), cells.at(at + 1), cells.at(at + 2));
                }
            }
        }
        QCOMPARE(series[0].size(), 8);
        QCOMPARE(series[1].size(), 8);
        for (int i = 0; i < 8; ++i) {
            compare(QStringLiteral("series-%1").arg(i + 1), series[0].at(i), series[1].at(i));
        }
        QCOMPARE(std::size_t(seen.size()), kRoleCount);
    }

    void theContrastOfThePairsIsWhatTheDesignSays() {
        const Theme themes[] = {Theme::named(QStringLiteral("light")), Theme::named(QStringLiteral("dark"))};
        QStringList backgrounds;
        int compared = 0;
        for (const QString& line : designLines()) {
            const QStringList cells = cellsOf(line);
            if (cells.size() != 9) {
                continue;
            }
            if (cells.at(0) == QLatin1String("text") && cells.at(1) == QLatin1String("window")) {
                backgrounds = cells;
                continue;
            }
            if (backgrounds.isEmpty() || !cells.at(1).contains(QLatin1String(" / ")) || !roleNamed(cells.at(0))) {
                continue;
            }
            for (int i = 1; i < 9; ++i) {
                const QString name = i == 8 ? cells.at(0) + QStringLiteral("-tint") : backgrounds.at(i);
                const QStringList expected = cells.at(i).split(QStringLiteral(" / "));
                if (expected.size() != 2) {
                    continue;
                }
                for (int t = 0; t < 2; ++t) {
                    const double is =
                        contrast(themes[t].color(*roleNamed(cells.at(0))), themes[t].color(*roleNamed(name)));
                    QVERIFY2(std::abs(is - expected.at(t).toDouble()) < 0.06,
                             qPrintable(QStringLiteral("%1 on %2: %3").arg(cells.at(0), name).arg(is)));
                    ++compared;
                }
            }
        }
        QCOMPARE(compared, 9 * 7 * 2 + 6 * 2);
    }

    void everyTextPairIsReadable_data() {
        QTest::addColumn<QString>("id");
        for (const QString& id : Theme::ids()) {
            QTest::newRow(qPrintable(id)) << id;
        }
    }
    void everyTextPairIsReadable() {
        QFETCH(QString, id);
        const Theme theme = Theme::named(id);
        QCOMPARE(theme.id(), id);
        const auto check = [&](Role text, Role background) {
            const double is = contrast(theme.color(text), theme.color(background));
            QVERIFY2(is >= 4.5,
                     qPrintable(QStringLiteral("%1 on %2: %3").arg(tokenName(text), tokenName(background)).arg(is)));
        };
        for (const Role text : {Role::Text, Role::TextMuted, Role::Accent, Role::Ok, Role::Warning, Role::Critical,
                                Role::Info, Role::Unknown, Role::Production}) {
            for (const Role background : {Role::Window, Role::Surface, Role::Raised, Role::Sunken, Role::Hover,
                                          Role::Selection, Role::AccentTint}) {
                check(text, background);
            }
        }
        for (const Tone tone : {Tone::Good, Tone::Info, Tone::Progress, Tone::Unknown, Tone::Warning, Tone::Critical}) {
            check(toneTextRole(tone), toneTintRole(tone));
            check(Role::Text, toneTintRole(tone));
            check(Role::TextMuted, toneTintRole(tone));
        }
        check(Role::Production, Role::ProductionTint);
        check(Role::Text, Role::ProductionTint);
        check(Role::OnAccent, Role::Accent);
        check(Role::OnCritical, Role::CriticalFill);
        for (const Role background : {Role::Window, Role::Surface, Role::Raised}) {
            QVERIFY(contrast(theme.color(Role::BorderStrong), theme.color(background)) >= 3.0);
        }
    }

    void everyMarkStandsOutFromWhatItLiesOn_data() { everyTextPairIsReadable_data(); }
    void everyMarkStandsOutFromWhatItLiesOn() {
        QFETCH(QString, id);
        const Theme theme = Theme::named(id);
        const auto check = [&](Role mark, Role background) {
            const double is = contrast(theme.color(mark), theme.color(background));
            QVERIFY2(is >= 3.0,
                     qPrintable(QStringLiteral("%1 on %2: %3").arg(tokenName(mark), tokenName(background)).arg(is)));
        };
        for (const Role background : {Role::Window, Role::Surface, Role::Raised}) {
            check(Role::Accent, background);  // the focus ring
            check(Role::CriticalFill, background);
        }
        for (const Role background : {Role::Surface, Role::Raised}) {
            check(Role::OkQuiet, background);
            for (const Role mark : {Role::Series1, Role::Series2, Role::Series3, Role::Series4, Role::Series5,
                                    Role::Series6, Role::Series7, Role::Series8}) {
                check(mark, background);
            }
        }
        // Signs in heat cells, check marks, slider and progress.
        check(Role::OnCritical, Role::CriticalFill);
        for (const Role cell : {Role::Warning, Role::Info, Role::Unknown}) {
            check(Role::Window, cell);
        }
        check(Role::OnAccent, Role::Accent);
        check(Role::TextMuted, Role::Sunken);  // disabled text and check marks
        check(Role::Info, Role::ChartGrid);
        check(Role::Accent, Role::ChartGrid);
    }

    void highContrastDropsTintsAndDrawsBordersInTextColour() {
        for (const bool dark : {false, true}) {
            const Theme theme = Theme::suiting(dark, true);
            QVERIFY(theme.isHighContrast());
            QCOMPARE(theme.isDark(), dark);
            QCOMPARE(theme.color(Role::Window).lightness(), dark ? 0 : 255);
            QCOMPARE(theme.color(Role::CriticalTint), theme.color(Role::Surface));
            QCOMPARE(theme.color(Role::Border), theme.color(Role::Text));
        }
    }

    void anUnknownIdGivesTheLightTheme() {
        QCOMPARE(Theme::named(QStringLiteral("mauve")).id(), QStringLiteral("light"));
    }

    void theScanFindsEachWayToWriteAColour_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("breach");
        const auto row = [](const char* line, bool breach) {
            QTest::newRow(line) << QString::fromLatin1(line) << breach;
        };
        row("palette.setColor(QPalette::Base, QColor(\"#181C22\"));", true);
        row("button->setStyleSheet(\"border: 1px solid #fff;\");", true);
        row("const QColor c(24, 28, 34);", true);
        row("auto c = QColor{0xff0000};", true);
        row("painter.setPen(QColor(Qt::GlobalColor(3)));", true);
        row("painter.setPen(Qt::red);", true);
        row("painter.fillRect(r, Qt::darkGray);", true);
        row("auto c = qRgb(1, 2, 3);", true);
        row("auto c = QColor::fromRgb(1, 2, 3);", true);
        row("auto c = QColorConstants::Svg::navy;", true);
        row("auto c = QColor(QStringLiteral(\"red\"));", true);
        row("sheet = \"color: rgba(1, 2, 3, 4)\";", true);
        row("painter.fillRect(r, theme.color(Role::Accent));", false);
        row("pixmap.fill(Qt::transparent);", false);
        row("#include \"widgets/theme.h\"", false);
        row("return QColor();", false);
    }
    void theScanFindsEachWayToWriteAColour() {
        QFETCH(QString, line);
        QFETCH(bool, breach);
        QCOMPARE(!colourLiteralIn(line).isEmpty(), breach);
    }

    void noSourceWritesAColourDown() {
        int files = 0;
        for (const char* folder : {"widgets", "ui"}) {
            QDirIterator it(QStringLiteral(QUARTERDECK_SOURCE_DIR "/") + QString::fromLatin1(folder),
                            {QStringLiteral("*.cpp"), QStringLiteral("*.h"), QStringLiteral("*.qss")}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                ++files;
                int number = 0;
                for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
                    ++number;
                    const QString found = colourLiteralIn(line);
                    QVERIFY2(found.isEmpty(),
                             qPrintable(QStringLiteral("%1:%2: %3").arg(file.fileName()).arg(number).arg(found)));
                }
            }
        }
        QVERIFY(files > 20);
    }

    void iconsHaveNoColourOfTheirOwn() {
        QDirIterator it(QStringLiteral(":/quarterdeck/icons"), {QStringLiteral("*.svg")});
        static const QRegularExpression colour(QStringLiteral("(?:fill|stroke)=\"(?!none|currentColor)"));
        int icons = 0;
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!colour.match(QString::fromUtf8(file.readAll())).hasMatch(), qPrintable(file.fileName()));
            ++icons;
        }
        QVERIFY(icons >= 50);
    }
};

QUARTERDECK_WIDGET_TEST(TestTokens)
#include "test_tokens.moc"
