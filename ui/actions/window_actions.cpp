// The table of actions. One line per action; ids are stable.
#include "ui/actions/action_registry.h"

#include <QtGlobal>

namespace quarterdeck::ui {

const std::vector<ActionSpec>& windowActions() {
    using http::Effect;
    static const std::vector<ActionSpec> actions{
        {"go.back", QT_TRANSLATE_NOOP("Action", "Back"), {"Alt+Left"}, "arrow-left", {}, Effect::Read, false},
        {"go.forward", QT_TRANSLATE_NOOP("Action", "Forward"), {"Alt+Right"}, "arrow-right", {}, Effect::Read, false},
        {"go.fleet", QT_TRANSLATE_NOOP("Action", "Fleet"), {"Ctrl+1"}, "layers", {}, Effect::Read, false},
        {"go.pods", QT_TRANSLATE_NOOP("Action", "Pods"), {"Ctrl+2"}, "boxes", {}, Effect::Read, false},
        {"go.nodes", QT_TRANSLATE_NOOP("Action", "Nodes"), {"Ctrl+3"}, "server", {}, Effect::Read, false},
        {"go.events", QT_TRANSLATE_NOOP("Action", "Events"), {"Ctrl+4"}, "calendar-check", {}, Effect::Read, false},
        {"view.filter",
         QT_TRANSLATE_NOOP("Action", "Filter the list"),
         {"Ctrl+F", "/"},
         "filter",
         {},
         Effect::Read,
         false},
        {"view.faults",
         QT_TRANSLATE_NOOP("Action", "Only faults"),
         {"Ctrl+Shift+F"},
         "triangle-alert",
         {},
         Effect::Read,
         true},
        {"view.rail",
         QT_TRANSLATE_NOOP("Action", "Collapse the rail"),
         {"Ctrl+B"},
         "panel-left-close",
         {},
         Effect::Read,
         true},
        {"view.dock", QT_TRANSLATE_NOOP("Action", "Dock"), {"Ctrl+J"}, "chevron-up", {}, Effect::Read, true},
        {"edit.undo",
         QT_TRANSLATE_NOOP("Action", "Undo what was just done"),
         {"Ctrl+Z"},
         "undo-2",
         {},
         Effect::Read,
         false},
        {"view.utc", QT_TRANSLATE_NOOP("Action", "Times in UTC"), {"Ctrl+Shift+U"}, "clock", {}, Effect::Read, true},
        {"view.connections",
         QT_TRANSLATE_NOOP("Action", "Connections"),
         {"Ctrl+Shift+I"},
         "plug",
         {},
         Effect::Read,
         false},
        {"app.settings", QT_TRANSLATE_NOOP("Action", "Settings"), {"Ctrl+,"}, "settings", {}, Effect::Read, false},
        {"window.new", QT_TRANSLATE_NOOP("Action", "New window"), {"Ctrl+Shift+N"}, "plus", {}, Effect::Read, false},
        {"window.close", QT_TRANSLATE_NOOP("Action", "Close window"), {"Ctrl+W"}, "x", {}, Effect::Read, false},
        {"theme.system", QT_TRANSLATE_NOOP("Action", "Theme as the system"), {}, "", {}, Effect::Read, true},
        {"theme.light", QT_TRANSLATE_NOOP("Action", "Light theme"), {}, "", {}, Effect::Read, true},
        {"theme.dark", QT_TRANSLATE_NOOP("Action", "Dark theme"), {}, "", {}, Effect::Read, true},
        {"contrast.system", QT_TRANSLATE_NOOP("Action", "Contrast as the system"), {}, "", {}, Effect::Read, true},
        {"contrast.normal", QT_TRANSLATE_NOOP("Action", "Normal contrast"), {}, "", {}, Effect::Read, true},
        {"contrast.high", QT_TRANSLATE_NOOP("Action", "High contrast"), {}, "", {}, Effect::Read, true},
        {"text.90", QT_TRANSLATE_NOOP("Action", "Text at 90 %"), {}, "", {}, Effect::Read, true},
        {"text.100", QT_TRANSLATE_NOOP("Action", "Text at 100 %"), {}, "", {}, Effect::Read, true},
        {"text.110", QT_TRANSLATE_NOOP("Action", "Text at 110 %"), {}, "", {}, Effect::Read, true},
        {"text.125", QT_TRANSLATE_NOOP("Action", "Text at 125 %"), {}, "", {}, Effect::Read, true},
        {"text.150", QT_TRANSLATE_NOOP("Action", "Text at 150 %"), {}, "", {}, Effect::Read, true},
        {"data.retry", QT_TRANSLATE_NOOP("Action", "Try again now"), {"F5"}, "refresh-cw", {}, Effect::Read, false},
        {"table.copy", QT_TRANSLATE_NOOP("Action", "Copy rows"), {"Ctrl+C"}, "copy", {}, Effect::Read, false},
        {"table.copyName", QT_TRANSLATE_NOOP("Action", "Copy name"), {"Ctrl+Shift+C"}, "copy", {}, Effect::Read, false},
        {"table.csv", QT_TRANSLATE_NOOP("Action", "Export as CSV…"), {"Ctrl+E"}, "download", {}, Effect::Read, false},
        {"app.quit", QT_TRANSLATE_NOOP("Action", "Quit"), {"Ctrl+Q"}, "", {}, Effect::Read, false},
    };
    return actions;
}

}  // namespace quarterdeck::ui
