#include <QDirIterator>
#include <QRegularExpression>
#include <cmath>

#include "tests/widgets/widget_test.h"
#include "widgets/role_pairs.h"
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

    void everyPairStandsOut_data() {
        QTest::addColumn<QString>("id");
        for (const QString& id : Theme::ids()) {
            QTest::newRow(qPrintable(id)) << id;
        }
    }
    void everyPairStandsOut() {
        QFETCH(QString, id);
        const Theme theme = Theme::named(id);
        QCOMPARE(theme.id(), id);
        QVERIFY(rolePairs().size() > 100);
        for (const RolePair& pair : rolePairs()) {
            const double is = contrast(theme.color(pair.ink), theme.color(pair.ground));
            QVERIFY2(is >= pair.least, qPrintable(QStringLiteral("%1 on %2: %3, and %4 is needed")
                                                      .arg(tokenName(pair.ink), tokenName(pair.ground))
                                                      .arg(is)
                                                      .arg(pair.least)));
        }
    }

    void everyRoleIsPairedOrDecoration() {
        for (std::size_t i = 0; i < kRoleCount; ++i) {
            const auto role = static_cast<Role>(i);
            const std::vector<RolePair> pairs = rolePairs();
            const auto asInk = [&](const RolePair& pair) { return pair.ink == role; };
            const auto asGround = [&](const RolePair& pair) { return pair.ground == role; };
            const auto named = [&](const Decoration& one) { return one.role == role && *one.because != 0; };
            const bool ink = std::any_of(pairs.begin(), pairs.end(), asInk);
            const bool ground = std::any_of(pairs.begin(), pairs.end(), asGround);
            const bool decoration = std::any_of(decorations().begin(), decorations().end(), named);
            QVERIFY2(ink || ground || decoration, qPrintable(tokenName(role) + QStringLiteral(" is in no pair")));
            // What is told by a colour is not decoration at the same time.
            QVERIFY2(!(ink && decoration), qPrintable(tokenName(role)));
        }
        // What is written or marked in a colour is held to it as an ink, not only as a ground.
        for (const Role role : {Role::Text, Role::Accent, Role::ChartAxis, Role::OkQuiet, Role::BorderStrong,
                                Role::CriticalFill, Role::Series8}) {
            const std::vector<RolePair> pairs = rolePairs();
            QVERIFY2(std::any_of(pairs.begin(), pairs.end(), [&](const RolePair& pair) { return pair.ink == role; }),
                     qPrintable(tokenName(role)));
        }
    }

    void tonesAreDrawnInPairsOfTheList() {
        const std::vector<RolePair> pairs = rolePairs();
        const auto listed = [&](Role ink, Role ground) {
            return std::any_of(pairs.begin(), pairs.end(), [&](const RolePair& pair) {
                return pair.ink == ink && pair.ground == ground && pair.least >= kTextContrast;
            });
        };
        for (const Tone tone : {Tone::None, Tone::Good, Tone::Muted, Tone::Info, Tone::Progress, Tone::Unknown,
                                Tone::Warning, Tone::Critical}) {
            QVERIFY2(listed(toneTextRole(tone), toneTintRole(tone)), qPrintable(tokenName(toneTextRole(tone))));
            for (const Role ground : {Role::Surface, Role::Raised, Role::Hover, Role::Selection}) {
                QVERIFY2(listed(toneTextRole(tone), ground), qPrintable(tokenName(toneTextRole(tone))));
            }
        }
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
