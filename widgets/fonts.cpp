#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QGuiApplication>

#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

bool hasTabularDigits(const QString& family) {
    QFont font(family);
    font.setPixelSize(200);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (std::abs(metrics.horizontalAdvance(QLatin1Char(digit)) - width) > 0.5) {
            return false;
        }
    }
    return true;
}

bool isGeneric(const QString& family) {
    return family.isEmpty() || family.compare(QLatin1String("sans"), Qt::CaseInsensitive) == 0 ||
           family.compare(QLatin1String("sans serif"), Qt::CaseInsensitive) == 0 ||
           family.compare(QLatin1String("sans-serif"), Qt::CaseInsensitive) == 0;
}

QString chooseSans() {
    const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    const QStringList installed = QFontDatabase::families();
    QStringList wanted;
    if (!isGeneric(system)) {
        wanted << system;
    }
    wanted << QStringLiteral("Noto Sans") << QStringLiteral("DejaVu Sans") << QStringLiteral("Liberation Sans");
    for (const QString& family : wanted) {
        if (installed.contains(family) && hasTabularDigits(family)) {
            return family;
        }
    }
    return QFontInfo(QFontDatabase::systemFont(QFontDatabase::GeneralFont)).family();
}

QString chooseMono() {
    const QStringList installed = QFontDatabase::families();
    const QString system = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    for (const QString& family : {system, QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                                  QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Liberation Mono")}) {
        if (installed.contains(family) && QFontDatabase::isFixedPitch(family)) {
            return family;
        }
    }
    return QStringLiteral("monospace");
}

QFont fontOf(const QWidget* widget, const QString& family, TextSize size, QFont::Weight weight) {
    QFont font(family);
    font.setPixelSize(scaledPx(widget, static_cast<int>(size)));
    font.setWeight(weight);
    return font;
}

}  // namespace

QFont textFont(const QWidget* widget, TextSize size, QFont::Weight weight) {
    static const QString family = chooseSans();
    return fontOf(widget, family, size, weight);
}

QFont monoFont(const QWidget* widget, TextSize size) {
    static const QString family = chooseMono();
    QFont font = fontOf(widget, family, size, QFont::Normal);
    font.setStyleHint(QFont::Monospace);
    return font;
}

}  // namespace quarterdeck::widgets
