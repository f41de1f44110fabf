#include "ui/tables/requested.h"

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

}  // namespace quarterdeck::ui
