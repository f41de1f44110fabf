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
        {"view.utc", QT_TRANSLATE_NOOP("Action", "Times in UTC"), {"Ctrl+Shift+U"}, "clock", {}, Effect::Read, true},
        {"theme.system", QT_TRANSLATE_NOOP("Action", "Theme as the system"), {}, "", {}, Effect::Read, true},
        {"theme.light", QT_TRANSLATE_NOOP("Action", "Light theme"), {}, "", {}, Effect::Read, true},
        {"theme.dark", QT_TRANSLATE_NOOP("Action", "Dark theme"), {}, "", {}, Effect::Read, true},
        {"data.retry", QT_TRANSLATE_NOOP("Action", "Try again now"), {"F5"}, "refresh-cw", {}, Effect::Read, false},
        {"table.copy", QT_TRANSLATE_NOOP("Action", "Copy rows"), {"Ctrl+C"}, "copy", {}, Effect::Read, false},
        {"table.copyName", QT_TRANSLATE_NOOP("Action", "Copy name"), {"Ctrl+Shift+C"}, "copy", {}, Effect::Read, false},
        {"table.csv", QT_TRANSLATE_NOOP("Action", "Export as CSV…"), {"Ctrl+E"}, "download", {}, Effect::Read, false},
        {"details.open", QT_TRANSLATE_NOOP("Action", "Details"), {"Alt+Return"}, "info", {}, Effect::Read, false},
        {"details.close",
         QT_TRANSLATE_NOOP("Action", "Close the details"),
         {"Shift+Esc"},
         "x",
         {},
         Effect::Read,
         false},
        {"details.nextTab",
         QT_TRANSLATE_NOOP("Action", "Next tab of the details"),
         {"Alt+PgDown"},
         "",
         {},
         Effect::Read,
         false},
        {"details.previousTab",
         QT_TRANSLATE_NOOP("Action", "Previous tab of the details"),
         {"Alt+PgUp"},
         "",
         {},
         Effect::Read,
         false},
        {"app.quit", QT_TRANSLATE_NOOP("Action", "Quit"), {"Ctrl+Q"}, "", {}, Effect::Read, false},
    };
    return actions;
}

}  // namespace quarterdeck::ui
