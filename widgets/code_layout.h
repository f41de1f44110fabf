#pragma once

#include <QPlainTextDocumentLayout>

namespace quarterdeck::widgets {

// Lines of one height, whatever the font's own is; the text stands in the middle.
class CodeLayout : public QPlainTextDocumentLayout {
    Q_OBJECT
public:
    explicit CodeLayout(QTextDocument* document);

    void setLineHeight(int px) { lineHeight_ = px; }
    int lineHeight() const { return lineHeight_; }
    QRectF blockBoundingRect(const QTextBlock& block) const override;

    // After blocks were shown or hidden.
    void tellSize();

private:
    int lineHeight_ = 18;
};

}  // namespace quarterdeck::widgets
