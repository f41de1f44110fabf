// Where the letters that were looked for stand in a title.
#include <set>

#include "ui/palette/fuzzy.h"
#include "ui/palette/palette_content.h"
#include "ui/tables/filter_expression.h"

namespace quarterdeck::ui {

QVector<int> marksIn(const QString& title, const std::vector<std::string>& words) {
    const std::string plain = title.toStdString();
    const std::string text = foldCase(plain);
    if (text.size() != plain.size()) {
        return {};  // folding moved the letters
    }
    std::set<std::size_t> bytes;
    for (const std::string& word : words) {
        for (const std::size_t at : matchedBytes(word, text)) {
            bytes.insert(at);
        }
    }
    QVector<int> marks;
    std::size_t byte = 0;
    for (qsizetype i = 0; i < title.size();) {
        const bool pair = title.at(i).isHighSurrogate() && i + 1 < title.size();
        const qsizetype units = pair ? 2 : 1;
        const auto length = static_cast<std::size_t>(QStringView(title).mid(i, units).toUtf8().size());
        if (const auto next = bytes.lower_bound(byte); next != bytes.end() && *next < byte + length) {
            for (qsizetype unit = 0; unit < units; ++unit) {
                marks.append(static_cast<int>(i + unit));
            }
        }
        byte += length;
        i += units;
    }
    return marks;
}

}  // namespace quarterdeck::ui
