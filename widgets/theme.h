#pragma once

#include <QColor>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <array>
#include <cstddef>

namespace quarterdeck::widgets {

// What a colour is for. The hex values stand in resources/themes/tokens.json and nowhere else.
enum class Role {
    Window,
    Surface,
    Raised,
    Sunken,
    Border,
    BorderStrong,
    Text,
    TextMuted,
    Accent,
    OnAccent,
    AccentTint,
    Selection,
    Hover,
    Ok,
    OkTint,
    OkQuiet,
    Warning,
    WarningTint,
    Critical,
    CriticalTint,
    CriticalFill,
    OnCritical,
    Info,
    InfoTint,
    Unknown,
    UnknownTint,
    Production,
    ProductionTint,
    ChartGrid,
    ChartAxis,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6,
    Series7,
    Series8,
};
inline constexpr std::size_t kRoleCount = static_cast<std::size_t>(Role::Series8) + 1;

// The token's name in the theme file, e.g. "border-strong".
QString tokenName(Role role);

// The state something is in; each tone has a colour, a tint, an icon, and stands beside a word.
enum class Tone { None, Good, Muted, Info, Progress, Unknown, Warning, Critical };

Role toneTextRole(Tone tone);
Role toneTintRole(Tone tone);
// Lucide name; empty for None and Muted.
QString toneIconName(Tone tone);
// 0 for None up to Critical; for finding the worst of several.
int toneRank(Tone tone);

// One set of colours. A value: copy it freely.
class Theme {
public:
    // "light", "dark", "high-contrast-light" or "high-contrast-dark"; any other id gives "light".
    static Theme named(const QString& id);
    static QStringList ids();

    // The theme that suits these wishes.
    static Theme suiting(bool dark, bool highContrast);

    QString id() const { return id_; }
    bool isDark() const { return dark_; }
    // Tints are dropped then: whoever fills with a tint also draws a 1 px outline.
    bool isHighContrast() const { return highContrast_; }
    QColor color(Role role) const { return colors_[static_cast<std::size_t>(role)]; }

    friend bool operator==(const Theme& a, const Theme& b) { return a.id_ == b.id_ && a.colors_ == b.colors_; }

private:
    QString id_;
    bool dark_ = false;
    bool highContrast_ = false;
    std::array<QColor, kRoleCount> colors_;
};

}  // namespace quarterdeck::widgets

Q_DECLARE_METATYPE(quarterdeck::widgets::Tone)
