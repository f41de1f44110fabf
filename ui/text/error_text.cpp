#include "ui/text/error_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace quarterdeck::ui {

QString errorText(const Error& error) {
    if (error.code == nullptr) {
        return QCoreApplication::translate("Error", "Unknown error.");
    }
    const std::string cause = error.cause ? errorText(*error.cause).toStdString() : std::string();
    const std::string sentence = QCoreApplication::translate("Error", error.code->sentence).toStdString();
    return QString::fromStdString(fillSentence(sentence, error, cause));
}

QString shortErrorText(const Error& error) {
    const QString text = errorText(error);
    // A full stop inside a name or number is not followed by a space.
    const qsizetype end = text.indexOf(QStringLiteral(". "));
    return end < 0 ? text : text.left(end + 1);
}

QString errorDetails(const Error& error) {
    QStringList lines;
    for (const Error* one = &error; one != nullptr; one = one->cause.get()) {
        lines += one->code != nullptr ? QString::fromUtf8(one->code->id) : QStringLiteral("unknown");
        if (one->httpStatus != 0) {
            lines += QStringLiteral("  status: %1").arg(one->httpStatus);
        }
        for (const auto& [name, value] : one->parameters) {
            lines += QStringLiteral("  %1: %2").arg(fromUtf8(name), fromUtf8(escapeForDisplay(value)));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace quarterdeck::ui
