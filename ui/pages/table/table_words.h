#pragma once

#include <string>

#include <QString>

namespace quarterdeck::ui {

/// The words of one kind's page, in the person's language. Whole sentences, so that each language can bend them.
struct TableWords {
    QString title;          ///< "Pods"
    QString none;           ///< "There are no pods."
    QString noneShown;      ///< "No pods match the filter."
    QString noneInSpaces;   ///< "There are no pods in the chosen namespaces."
    QString noneInRange;    ///< "No events were seen in the chosen time."; empty where no range narrows the page
    QString awaited;        ///< "Waiting for the pods of %1 …"
    QString failed;         ///< "The pods could not be loaded"
    QString filterExample;  ///< placeholder of the filter line
};

/// For the ids of allTables().
[[nodiscard]] TableWords tableWords(const std::string& tableId);

/// A kind's plural ("ConfigMaps") in the person's language, as far as it is one of Kubernetes' own.
[[nodiscard]] QString kindTitle(const std::string& plural);

/// For a kind without words of its own; `title` is its name.
[[nodiscard]] TableWords plainTableWords(const QString& title);

}  // namespace quarterdeck::ui
