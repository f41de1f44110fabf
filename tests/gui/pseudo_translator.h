#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace quarterdeck::gui_tests {

/// A language that does not exist: every text accented, about 40 % longer and in ⟦brackets⟧. Placeholders (%1, %n,
/// {name}) and mnemonics stay. What is shown without brackets did not pass through a translation.
class PseudoTranslator : public QTranslator {
public:
    using QTranslator::QTranslator;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char*, int) const override {
        asked_.insert(QByteArray(context));
        return pseudo(QString::fromUtf8(source));
    }
    /// The contexts that were asked for so far.
    [[nodiscard]] const QSet<QByteArray>& askedContexts() const { return asked_; }

    static QString pseudo(const QString& source) {
        static const QString plain = QStringLiteral("AEIOUYaeiouyncszlr");
        static const QString accented = QStringLiteral("ÅÉÎÖÛÝåéîöûýñçšžļŕ");
        if (source.trimmed().isEmpty()) {
            return source;
        }
        QString result;
        bool inName = false;
        for (qsizetype i = 0; i < source.size(); ++i) {
            const QChar character = source[i];
            inName = (inName && character != QLatin1Char('}')) || character == QLatin1Char('{');
            const bool placeholder = inName || (i > 0 && source[i - 1] == QLatin1Char('%')) ||
                                     (i > 1 && source[i - 2] == QLatin1Char('%') && source[i - 1] == QLatin1Char('L'));
            const qsizetype at = placeholder ? -1 : plain.indexOf(character);
            result += at < 0 ? character : accented[at];
        }
        const qsizetype longer = (source.size() * 2 + 4) / 5;
        return QStringLiteral("⟦") + result + QString(std::max<qsizetype>(1, longer - 2), QLatin1Char('~')) +
               QStringLiteral("⟧");
    }

private:
    mutable QSet<QByteArray> asked_;
};

}  // namespace quarterdeck::gui_tests
