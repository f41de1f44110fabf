#include "widgets/chart_format.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace quarterdeck::widgets {

namespace {

struct Step {
    double from;  // from this amount on
    double divisor;
    const char16_t* symbol;
};

constexpr std::array kTimes{Step{1, 1, u"s"}, Step{1e-3, 1e-3, u"ms"}, Step{0, 1e-6, u"µs"}};
constexpr std::array kBytes{Step{0x1p40, 0x1p40, u"Ti"}, Step{0x1p30, 0x1p30, u"Gi"}, Step{0x1p20, 0x1p20, u"Mi"},
                            Step{0x1p10, 0x1p10, u"Ki"}, Step{0, 1, u"B"}};
constexpr std::array kCounts{Step{1e10, 1e9, u"G"}, Step{1e7, 1e6, u"M"}, Step{1e5, 1e3, u"k"}, Step{0, 1, u""}};
constexpr std::array kCores{Step{1, 1, u""}, Step{0, 1e-3, u"m"}};

template <std::size_t N>
ChartScale pick(const std::array<Step, N>& steps, double amount) {
    const auto fits = [amount](const Step& step) { return amount >= step.from; };
    const auto found = amount > 0 ? std::find_if(steps.begin(), steps.end(), fits) : steps.begin();
    const Step& step = found == steps.end() ? steps.back() : *found;
    return {step.divisor, QString::fromUtf16(step.symbol)};
}

class Words {
    Q_DECLARE_TR_FUNCTIONS(Chart)
};

// Separators of the locale, digits 0–9.
QString number(double value, int decimals, const QLocale& locale) {
    const double rounded = std::abs(value) < 0.5 * std::pow(10.0, -decimals) ? 0.0 : value;
    if (locale.zeroDigit() == QStringLiteral("0")) {
        return locale.toString(rounded, 'f', decimals);
    }
    return QLocale(QLocale::English).toString(rounded, 'f', decimals);
}

// The next round distance from `least` on.
double roundStep(double least, bool binary) {
    if (binary && least > 1) {
        return std::exp2(std::ceil(std::log2(least) - 1e-9));
    }
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= least * (1 - 1e-9)) {
            return power * factor;
        }
    }
    return power * 10;
}

QString withUnit(const QString& value, const QString& unit) {
    return unit.isEmpty() ? value : QStringLiteral("%1 %2").arg(value, unit);
}

}  // namespace

ChartScale scaleFor(const ChartUnit& unit, double highest) {
    const double amount = std::isfinite(highest) ? std::abs(highest) : 0;
    switch (unit.kind) {
        case ChartUnit::Kind::None:
            return {};
        case ChartUnit::Kind::Percent:
            return {0.01, QStringLiteral("%")};
        case ChartUnit::Kind::Seconds:
            return pick(kTimes, amount);
        case ChartUnit::Kind::Bytes:
            return amount > 0 ? pick(kBytes, amount) : ChartScale{1, QStringLiteral("B")};
        case ChartUnit::Kind::Cores:
            return pick(kCores, amount);
        case ChartUnit::Kind::Count:
        case ChartUnit::Kind::PerSecond:
            return amount > 0 ? pick(kCounts, amount) : ChartScale{};
    }
    return {};
}

QString unitCaption(const ChartUnit& unit, const ChartScale& scale) {
    QString symbol = scale.symbol;
    switch (unit.kind) {
        case ChartUnit::Kind::Cores:
            symbol = symbol.isEmpty() ? Words::tr("cores") : Words::tr("m, thousandths of a core");
            break;
        case ChartUnit::Kind::PerSecond:
        case ChartUnit::Kind::Count:
            if (symbol == QStringLiteral("k")) {
                symbol = Words::tr("thousand");
            } else if (symbol == QStringLiteral("M")) {
                symbol = Words::tr("million");
            } else if (symbol == QStringLiteral("G")) {
                symbol = Words::tr("billion");
            }
            if (unit.kind == ChartUnit::Kind::PerSecond) {
                symbol = symbol.isEmpty() ? Words::tr("per second") : Words::tr("%1 per second").arg(symbol);
            }
            break;
        default:
            break;
    }
    return symbol.isEmpty() ? unit.words : withUnit(symbol, unit.words).trimmed();
}

ValueTicks valueTicks(double lowest, double highest, int atMost, const ChartScale& scale, double leastStep) {
    const bool binary = scale.symbol.endsWith(QLatin1Char('i'));
    const double most = std::max(1, atMost);
    const double low = lowest / scale.divisor;
    double high = highest / scale.divisor;
    if (!(high > low)) {
        high = low + std::max(std::abs(low), 1.0);
    }
    // Numbers this close to each other could not be told apart.
    const double finest = std::max(std::abs(low), std::abs(high)) * 1e-9;
    double least = std::max({(high - low) / most, leastStep / scale.divisor, finest});
    double step = 0;
    double first = 0;
    double last = 0;
    do {  // again where the ends, moved outwards, make a step too many
        step = roundStep(least, binary);
        first = std::floor(low / step + 1e-9);
        last = std::ceil(high / step - 1e-9);
        least = step * 1.5;
    } while (last - first > most);
    ValueTicks ticks;
    ticks.decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 12);
    for (int i = 0; i <= static_cast<int>(last - first); ++i) {
        ticks.values.append((first + i) * step * scale.divisor);
    }
    if (ticks.values.size() < 2) {
        ticks.values.append((first + 1) * step * scale.divisor);
    }
    return ticks;
}

QString axisLabel(double value, int decimals, const ChartScale& scale, const QLocale& locale) {
    return number(value / scale.divisor, decimals, locale);
}

QString readOut(double value, const ChartScale& scale, const QLocale& locale) {
    if (!std::isfinite(value)) {
        return QStringLiteral("–");
    }
    const double shown = value / scale.divisor;
    const double amount = std::abs(shown);
    int decimals = 0;
    if (amount > 0 && amount < 999.5) {
        decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(amount) + 1e-12)), 0, 9);
    }
    QString text = number(shown, decimals, locale);
    // Noughts at the end say nothing: "40.0" is "40".
    const QString point = locale.zeroDigit() == QStringLiteral("0") ? locale.decimalPoint() : QStringLiteral(".");
    if (decimals > 0 && text.contains(point)) {
        while (text.endsWith(QLatin1Char('0'))) {
            text.chop(1);
        }
        if (text.endsWith(point)) {
            text.chop(point.size());
        }
    }
    return scale.symbol == QStringLiteral("%") ? withUnit(text, scale.symbol) : text;
}

QString valueInWords(double value, const ChartUnit& unit, const QLocale& locale) {
    const ChartScale scale = scaleFor(unit, value);
    QString text = readOut(value, scale, locale);
    if (unit.kind == ChartUnit::Kind::Cores) {
        // A thousandth of a core by itself reads better as a share of one.
        return withUnit(readOut(value, {}, locale), Words::tr("cores"));
    }
    if (unit.kind == ChartUnit::Kind::Percent) {
        return withUnit(text, unit.words);
    }
    return withUnit(text, unitCaption(unit, scale));
}

}  // namespace quarterdeck::widgets
