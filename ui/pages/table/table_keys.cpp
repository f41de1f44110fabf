#include "ui/pages/table/table_keys.h"

#include <QCoreApplication>

namespace quarterdeck::ui {

namespace {

struct Entry {
    const char* text;
    std::vector<const char*> keys;
};

}  // namespace

std::vector<PageKey> tableKeys() {
    static const std::vector<Entry> entries{
        {QT_TRANSLATE_NOOP("TableKeys", "Move by a row"), {"Up", "Down"}},
        {QT_TRANSLATE_NOOP("TableKeys", "Move by a screenful"), {"PgUp", "PgDown"}},
        {QT_TRANSLATE_NOOP("TableKeys", "First and last row"), {"Home", "End"}},
        {QT_TRANSLATE_NOOP("TableKeys", "Select more rows"), {"Shift+Up", "Shift+Down"}},
        {QT_TRANSLATE_NOOP("TableKeys", "Select all rows"), {"Ctrl+A"}},
        {QT_TRANSLATE_NOOP("TableKeys", "Select or unselect this row"), {"Ctrl+Space"}},
        {QT_TRANSLATE_NOOP("TableKeys", "Menu of the row"), {"Menu"}},
        {QT_TRANSLATE_NOOP("TableKeys", "Sort by the first … ninth column"), {"Alt+1", "Alt+9"}},
        {QT_TRANSLATE_NOOP("TableKeys", "From the filter to the rows"), {"Return"}},
        {QT_TRANSLATE_NOOP("TableKeys", "Clear the filter, while in it"), {"Esc"}},
    };
    std::vector<PageKey> keys;
    for (const Entry& entry : entries) {
        PageKey key{QCoreApplication::translate("TableKeys", entry.text), {}};
        for (const char* one : entry.keys) {
            key.keys.append(QKeySequence(QString::fromUtf8(one), QKeySequence::PortableText));
        }
        keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace quarterdeck::ui
