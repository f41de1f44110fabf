#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

namespace quarterdeck::widgets {

// Longest part of a line that is shown, in characters.
inline constexpr qsizetype kShownLine = 2000;

// Text in lines as a code view shows it: control characters, direction marks and what else cannot be seen stand as
// \u001b or \u202e, and what is longer than kShownLine is cut with a note that says by how much. Columns of the shown
// lines can be translated to columns of the true ones and back, so that copies and searches have the true text. A tab
// stays a tab.
class CodeText {
public:
    CodeText() = default;
    // Lines end with \n or \r\n.
    explicit CodeText(const QString& text);

    const QString& text() const { return text_; }
    int lineCount() const { return static_cast<int>(shown_.size()); }
    const QString& shown(int line) const { return shown_.at(line); }
    const QStringList& shownLines() const { return shown_; }

    // A place inside of an escape or of the cut belongs to its start, or with `behind` to its end.
    qsizetype trueColumn(int line, qsizetype shownColumn, bool behind) const;
    qsizetype shownColumn(int line, qsizetype trueColumn, bool behind) const;

    // Parts of a shown line that are not in the true text as they stand: start and length.
    struct Mark {
        qsizetype shownStart;
        qsizetype shownLength;
        qsizetype trueStart;
        qsizetype trueLength;
    };
    const QVector<Mark>& marks(int line) const;

    // The true text between two places of the shown one.
    QString trueText(int fromLine, qsizetype fromColumn, int toLine, qsizetype toColumn) const;

    struct Match {
        int line;
        int column;  // shown
        int length;  // shown, at least 1
    };
    // Where the text occurs in the true lines, in any case of letters; at most `most`, one more than that tells that
    // there are others.
    QVector<Match> find(const QString& needle, int most) const;

private:
    void addLine(QStringView line);

    QString text_;
    QVector<qsizetype> starts_;  // of the true lines in text_
    QVector<qsizetype> lengths_;
    QStringList shown_;
    QHash<int, QVector<Mark>> marks_;
};

// Which lines hold others, by their indentation. A list item counts as deeper than the key above it, as in YAML where
// both may start in the same column.
class CodeFolds {
public:
    CodeFolds() = default;
    explicit CodeFolds(const CodeText& text);

    // The last line that belongs to this one; the line itself when it holds none.
    int end(int line) const { return ends_.at(line); }
    bool isHead(int line) const { return ends_.at(line) > line; }
    // The line that holds this one; -1: none does.
    int parent(int line) const { return parents_.at(line); }
    int level(int line) const;  // 1: held by none
    // A line of a block of text (after | or >), which is no YAML by itself.
    bool isBlockText(int line) const { return blockText_.at(line); }
    // The same for the same keys on the way from the outermost line, whatever stands before or behind.
    quint64 path(int line) const { return paths_.at(line); }

private:
    QVector<int> ends_;
    QVector<int> parents_;
    QVector<bool> blockText_;
    QVector<quint64> paths_;
};

}  // namespace quarterdeck::widgets
