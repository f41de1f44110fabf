#pragma once

#include <QLineEdit>
#include <QMenu>
#include <QTextBlock>

#include "tests/widgets/widget_test.h"
#include "widgets/code_edit.h"
#include "widgets/code_view.h"
#include "widgets/label.h"

namespace quarterdeck::widgets {

inline QString s(const char* text) {
    return QString::fromUtf8(text);
}

inline QString lines(const QStringList& list) {
    return list.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

inline const QStringList& pod() {
    static const QStringList list{
        s("apiVersion: v1"),             // 0
        s("kind: Pod"),                  // 1
        s("metadata:"),                  // 2
        s("  name: orders"),             // 3
        s("  labels:"),                  // 4
        s("    app: orders"),            // 5
        s("spec:"),                      // 6
        s("  containers:"),              // 7
        s("  - name: orders"),           // 8
        s("    image: orders:2.9.0"),    // 9
        s("    args:"),                  // 10
        s("    - |"),                    // 11
        s("      # no comment: text"),   // 12
        s(""),                           // 13
        s("      exec orders"),          // 14
        s("    tty: true"),              // 15
        s("  - name: sidecar"),          // 16
        s("    image: sidecar:1"),       // 17
        s("  nodeName: mk8s-01"),        // 18
        s("status:"),                    // 19
        s("  phase: Running # so far"),  // 20
    };
    return list;
}

inline QString manyLines(int count) {
    QString text;
    for (int i = 0; i < count; ++i) {
        text += i % 10 == 0 ? QStringLiteral("key%1:\n").arg(i) : QStringLiteral("  child%1: \"value %1\"\n").arg(i);
    }
    return text;
}

inline bool isShown(const CodeView& view, int line) {
    return view.edit()->document()->findBlockByNumber(line).isVisible();
}

inline int topLine(const CodeView& view) {
    return view.edit()->cursorForPosition(QPoint(2, 10)).blockNumber();
}

inline void goTo(CodeView& view, int line) {
    QTextCursor cursor(view.edit()->document()->findBlockByNumber(line));
    view.edit()->setTextCursor(cursor);
}

inline QString countOf(const CodeView& view) {
    return view.findChild<TextLabel*>(s("code.count"))->text();
}

inline QLineEdit* searchLine(const CodeView& view) {
    return view.findChild<QLineEdit*>(s("code.search"));
}

inline QAction* actionNamed(const QMenu* menu, const QString& name) {
    for (QAction* action : menu->actions()) {
        if (action->text() == name) {
            return action;
        }
    }
    return nullptr;
}

inline void show(CodeView& view) {
    view.resize(500, 500);
    view.show();
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    view.edit()->setFocus();
}

}  // namespace quarterdeck::widgets
