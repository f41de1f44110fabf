#include "widgets/theme.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtDebug>
#include <map>

namespace quarterdeck::widgets {

namespace {

constexpr std::array<const char*, kRoleCount> kTokenNames{
    "window",      "surface",    "raised",    "sunken",       "border",       "border-strong", "text",
    "text-muted",  "accent",     "on-accent", "accent-tint",  "selection",    "hover",         "ok",
    "ok-tint",     "ok-quiet",   "warning",   "warning-tint", "critical",     "critical-tint", "critical-fill",
    "on-critical", "info",       "info-tint", "unknown",      "unknown-tint", "production",    "production-tint",
    "chart-grid",  "chart-axis", "series-1",  "series-2",     "series-3",     "series-4",      "series-5",
    "series-6",    "series-7",   "series-8",
};

QJsonObject readTokens() {
    QFile file(QStringLiteral(":/quarterdeck/themes/tokens.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qCritical("The theme file :/quarterdeck/themes/tokens.json is not part of this program.");
        return {};
    }
    return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("themes")).toObject();
}

const QJsonObject& tokens() {
    static const QJsonObject all = readTokens();
    return all;
}

}  // namespace

QString tokenName(Role role) {
    return QString::fromLatin1(kTokenNames[static_cast<std::size_t>(role)]);
}

Role toneTextRole(Tone tone) {
    switch (tone) {
        case Tone::None:
            return Role::Text;
        case Tone::Good:
            return Role::Ok;
        case Tone::Muted:
            return Role::TextMuted;
        case Tone::Info:
        case Tone::Progress:
            return Role::Info;
        case Tone::Unknown:
            return Role::Unknown;
        case Tone::Warning:
            return Role::Warning;
        case Tone::Critical:
            return Role::Critical;
    }
    return Role::Text;
}

Role toneTintRole(Tone tone) {
    switch (tone) {
        case Tone::Good:
            return Role::OkTint;
        case Tone::Info:
        case Tone::Progress:
            return Role::InfoTint;
        case Tone::Warning:
            return Role::WarningTint;
        case Tone::Critical:
            return Role::CriticalTint;
        case Tone::None:
        case Tone::Muted:
        case Tone::Unknown:
            return Role::UnknownTint;
    }
    return Role::UnknownTint;
}

QString toneIconName(Tone tone) {
    switch (tone) {
        case Tone::None:
        case Tone::Muted:
            return {};
        case Tone::Good:
            return QStringLiteral("circle-check");
        case Tone::Info:
            return QStringLiteral("info");
        case Tone::Progress:
            return QStringLiteral("loader");
        case Tone::Unknown:
            return QStringLiteral("circle-question-mark");
        case Tone::Warning:
            return QStringLiteral("triangle-alert");
        case Tone::Critical:
            return QStringLiteral("octagon-x");
    }
    return {};
}

int toneRank(Tone tone) {
    switch (tone) {
        case Tone::None:
            return 0;
        case Tone::Muted:
            return 1;
        case Tone::Good:
            return 2;
        case Tone::Info:
            return 3;
        case Tone::Progress:
            return 4;
        case Tone::Unknown:
            return 5;
        case Tone::Warning:
            return 6;
        case Tone::Critical:
            return 7;
    }
    return 0;
}

Theme Theme::named(const QString& id) {
    Theme theme;
    theme.id_ = tokens().contains(id) ? id : QStringLiteral("light");
    const QJsonObject own = tokens().value(theme.id_).toObject();
    theme.dark_ = own.value(QLatin1String("dark")).toBool();
    theme.highContrast_ = own.value(QLatin1String("highContrast")).toBool();
    const QJsonObject base = tokens()
                                 .value(own.value(QLatin1String("extends")).toString())
                                 .toObject()
                                 .value(QLatin1String("colors"))
                                 .toObject();
    const QJsonObject colors = own.value(QLatin1String("colors")).toObject();
    for (std::size_t i = 0; i < kRoleCount; ++i) {
        const QLatin1String name(kTokenNames[i]);
        const QColor color(colors.contains(name) ? colors.value(name).toString() : base.value(name).toString());
        if (!color.isValid()) {
            qCritical("Theme %s: the colour %s is missing or not a colour.", qPrintable(theme.id_), kTokenNames[i]);
        }
        theme.colors_[i] = color;
    }
    return theme;
}

QStringList Theme::ids() {
    return {QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("high-contrast-light"),
            QStringLiteral("high-contrast-dark")};
}

Theme Theme::suiting(bool dark, bool highContrast) {
    const QString base = dark ? QStringLiteral("dark") : QStringLiteral("light");
    return named(highContrast ? QStringLiteral("high-contrast-") + base : base);
}

}  // namespace quarterdeck::widgets
