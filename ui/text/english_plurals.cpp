#include "ui/text/english_plurals.h"

#include <array>
#include <cstring>

namespace quarterdeck::ui {

namespace {

struct Form {
    const char* plural;
    const char* singular;
};

constexpr std::array kForms{
    Form{"%1 in %n contexts", "%1 in %n context"},
    Form{"%n with warnings", "%n with a warning"},
    Form{"%n rows written to %1", "%n row written to %1"},
    Form{"%n rows copied", "%n row copied"},
    Form{"%n names copied", "%n name copied"},
    Form{" (and %n more contexts)", " (and %n more context)"},
    Form{"%n contexts live", "%n context live"},
    Form{"+%n columns", "+%n column"},
    Form{"%n more contexts", "%n more context"},
    Form{"%n nodes", "%n node"},
    Form{"%n warnings", "%n warning"},
    Form{"%n namespaces", "%n namespace"},
    Form{"and %n more pods", "and %n more pod"},
    Form{"%n restarts", "%n restart"},
    Form{"%n times", "%n time"},
    Form{"%n contexts do not answer: %1", "%n context does not answer: %1"},
    Form{"%n contexts answer again: %1", "%n context answers again: %1"},
    Form{"%n jobs are done: %1", "%n job is done: %1"},
    Form{"%n jobs have ended, %1 failed: %2", "%n job has ended, %1 failed: %2"},
    Form{"%n variables", "%n variable"},
    Form{"%n failures allowed", "%n failure allowed"},
    Form{"and %n older ones, see the Events page", "and %n older one, see the Events page"},
    Form{"%n need attention", "%n needs attention"},
    Form{"%n warning events in the last hour", "%n warning event in the last hour"},
};

}  // namespace

QString EnglishPlurals::translate(const char* /*context*/, const char* sourceText, const char* /*disambiguation*/,
                                  int n) const {
    if (n != 1 || sourceText == nullptr) {
        return {};
    }
    for (const Form& form : kForms) {
        if (std::strcmp(form.plural, sourceText) == 0) {
            return QString::fromUtf8(form.singular);
        }
    }
    return {};
}

}  // namespace quarterdeck::ui
