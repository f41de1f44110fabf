#include "ui/text/quantity_text.h"

#include <array>

#include <QCoreApplication>
#include <QLocale>

namespace quarterdeck::ui {

namespace {

constexpr double kGi = 1024.0 * 1024.0 * 1024.0;

/// One digit after the point at most, none where it would be 0.
QString oneDigit(double value) {
    const double tenths = static_cast<double>(qRound64(value * 10)) / 10;
    const bool whole = qFuzzyIsNull(tenths - static_cast<double>(qRound64(tenths)));
    return QLocale().toString(tenths, 'f', whole ? 0 : 1);
}

}  // namespace

double requestedShare(std::int64_t requested, std::int64_t allocatable) {
    return allocatable <= 0 ? 0.0 : static_cast<double>(requested) / static_cast<double>(allocatable);
}

QString plain(std::int64_t count) {
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString cores(std::int64_t milli) {
    return oneDigit(static_cast<double>(milli) / 1000.0);
}

QString coresWithUnit(std::int64_t milli) {
    return QCoreApplication::translate("Quantity", "%1 cores").arg(cores(milli));
}

QString gibibytes(std::int64_t bytes) {
    return oneDigit(static_cast<double>(bytes) / kGi);
}

QString memory(std::int64_t bytes) {
    return QCoreApplication::translate("Quantity", "%1 Gi").arg(gibibytes(bytes));
}

QString cpuText(std::int64_t milli) {
    const QLocale locale;
    return milli < 1000
               ? QCoreApplication::translate("Quantity", "%1 m").arg(locale.toString(static_cast<qlonglong>(milli)))
               : locale.toString(static_cast<double>(milli) / 1000.0, 'g', 4);
}

QString bytesText(std::int64_t bytes) {
    constexpr std::array<const char*, 5> kUnits{"B", "Ki", "Mi", "Gi", "Ti"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024.0 && unit + 1 < kUnits.size()) {
        value /= 1024.0;
        ++unit;
    }
    QString number = QLocale().toString(value, 'f', value < 10.0 && unit > 0 ? 2 : value < 100.0 && unit > 0 ? 1 : 0);
    const QChar point = QLocale().decimalPoint().at(0);
    if (number.contains(point)) {
        while (number.endsWith(QLatin1Char('0'))) {
            number.chop(1);
        }
        if (number.endsWith(point)) {
            number.chop(1);
        }
    }
    return number + QLatin1Char(' ') + QString::fromUtf8(kUnits[unit]);
}

}  // namespace quarterdeck::ui
