#include "widgets/code_layout.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace quarterdeck::widgets {

CodeLayout::CodeLayout(QTextDocument* document) : QPlainTextDocumentLayout(document) {}

QRectF CodeLayout::blockBoundingRect(const QTextBlock& block) const {
    QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
    if (!block.isValid() || !block.isVisible()) {
        return rect;
    }
    const QTextLayout* layout = block.layout();
    for (int i = 0; i < layout->lineCount(); ++i) {
        QTextLine line = layout->lineAt(i);
        const double gap = std::max(0.0, std::floor((lineHeight_ - line.height()) / 2));
        line.setPosition(QPointF(line.x(), i * lineHeight_ + gap));
    }
    const double margin = block.next().isValid() ? 0 : document()->documentMargin();
    rect.setHeight(std::max(1, layout->lineCount()) * lineHeight_ + margin);
    return rect;
}

void CodeLayout::tellSize() {
    requestUpdate();
    Q_EMIT documentSizeChanged(documentSize());
}

}  // namespace quarterdeck::widgets
