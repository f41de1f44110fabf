#include "widgets/role_pairs.h"

namespace quarterdeck::widgets {

namespace {

class Pairs {
public:
    void lay(std::initializer_list<Role> inks, std::initializer_list<Role> grounds, double least) {
        for (const Role ink : inks) {
            for (const Role ground : grounds) {
                all.push_back({ink, ground, least});
            }
        }
    }
    std::vector<RolePair> all;
};

}  // namespace

std::vector<RolePair> rolePairs() {
    using enum Role;
    Pairs pairs;
    // Words, and icons beside them, on everything that rows, bars, fields and chips may be.
    pairs.lay({Text, TextMuted, Accent, Ok, Warning, Critical, Info, Unknown, Production},
              {Window, Surface, Raised, Sunken, Hover, Selection, AccentTint}, kTextContrast);
    // Pills and banners: the status in its own colour, sentences beside it.
    pairs.lay({Ok}, {OkTint}, kTextContrast);
    pairs.lay({Info}, {InfoTint}, kTextContrast);
    pairs.lay({Unknown}, {UnknownTint}, kTextContrast);
    pairs.lay({Warning}, {WarningTint}, kTextContrast);
    pairs.lay({Critical}, {CriticalTint}, kTextContrast);
    pairs.lay({Production}, {ProductionTint}, kTextContrast);
    pairs.lay({Text, TextMuted}, {OkTint, InfoTint, UnknownTint, WarningTint, CriticalTint, ProductionTint},
              kTextContrast);
    // Buttons, badges, flags in charts.
    pairs.lay({OnAccent}, {Accent}, kTextContrast);
    pairs.lay({OnCritical}, {CriticalFill}, kTextContrast);
    // Axes of charts, wherever a chart stands; numbers in code.
    pairs.lay({ChartAxis}, {Window, Surface, Raised}, kTextContrast);
    pairs.lay({Series2}, {Sunken}, kTextContrast);
    // Outlines of what can be pressed, of badges, of hollow cells; dashes of sparklines.
    pairs.lay({BorderStrong}, {Window, Surface, Raised, Sunken, Hover}, kMarkContrast);
    // Cells of heat maps, and the signs in them; filled badges.
    pairs.lay({OkQuiet}, {Surface, Raised}, kMarkContrast);
    pairs.lay({CriticalFill}, {Window, Surface, Raised, Hover}, kMarkContrast);
    pairs.lay({Window}, {Warning, Info, Unknown}, kMarkContrast);
    // Lines of charts; the first and the third are bars and sparklines of rows, too.
    pairs.lay({Series1, Series2, Series3, Series4, Series5, Series6, Series7, Series8}, {Window, Surface, Raised},
              kMarkContrast);
    pairs.lay({Series1, Series3}, {Hover, Selection}, kMarkContrast);
    // How far bars, sliders and progress have come.
    pairs.lay({Series1, Accent, Ok, Info, Unknown, Warning, Critical, Text}, {ChartGrid}, kMarkContrast);
    return pairs.all;
}

const std::vector<Decoration>& decorations() {
    static const std::vector<Decoration> all{
        {Role::Border, "hairlines between parts that space sets apart as well; in high contrast it is the text's"},
        {Role::ChartGrid, "lines behind a chart whose axes have numbers, and tracks whose value is written"},
    };
    return all;
}

}  // namespace quarterdeck::widgets
