#pragma once

#include <QTranslator>

namespace quarterdeck::ui {

/// The singular forms of the English sentences that count; the sources hold the plural. Other languages bring both in
/// their translation files.
class EnglishPlurals : public QTranslator {
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* sourceText, const char* disambiguation,
                                    int n) const override;
};

}  // namespace quarterdeck::ui
