#include "ui/tables/column.h"

namespace quarterdeck::ui {

int TableSpec::columnIndex(std::string_view columnId) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].id == columnId) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

widgets::Tone toneOf(kube::Health health) {
    switch (health) {
        case kube::Health::Critical:
            return widgets::Tone::Critical;
        case kube::Health::Warning:
            return widgets::Tone::Warning;
        case kube::Health::Unknown:
            return widgets::Tone::Unknown;
        case kube::Health::Progressing:
            return widgets::Tone::Progress;
        case kube::Health::Good:
            return widgets::Tone::Good;
        case kube::Health::Finished:
            return widgets::Tone::Muted;
    }
    return widgets::Tone::Unknown;
}

}  // namespace quarterdeck::ui
