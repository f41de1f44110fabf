// What stands in the place of the table of a kind that is not there.
#include <QStackedLayout>
#include <QStringList>

#include "ui/pages/kinds/kind_page.h"
#include "ui/pages/kinds/kind_place.h"
#include "ui/pages/view_scope.h"
#include "ui/text/error_text.h"
#include "widgets/state_panel.h"

namespace quarterdeck::ui {

using kube::FreshnessState;

namespace {

QString servedVerbs(const kube::ServedKind& kind) {
    QStringList verbs;
    for (const std::string& verb : kind.resource.verbs) {
        verbs += fromUtf8(escapeForDisplay(verb, 40));
    }
    return verbs.join(QStringLiteral(", "));
}

}  // namespace

void KindPage::say(const QString& text, const QString& action, std::function<void()> run) {
    panelText_ = text;
    panelAction_ = std::move(run);
    panel_->showEmpty(text, action);
    stack_->setCurrentWidget(panel_);
}

void KindPage::showWhy() {
    const QString name = fromUtf8(escapeForDisplay(resource_, 253));
    const auto toKinds = [this] {
        Location place;
        place.page = kKindsPage;
        place.contexts = services_.scope.contexts();
        place.namespaces = services_.scope.namespaces();
        emit goRequested(place);
    };
    if (watch_->contexts().empty()) {
        const QString& awaited = services_.scope.awaited();
        if (!awaited.isEmpty()) {
            panelText_ = awaited;
            panel_->showLoading({}, awaited);
            stack_->setCurrentWidget(panel_);
            return;
        }
        say(tr("No context is shown. Switch one on in the bar above, or open one on the Fleet page."),
            tr("Go to Fleet"), [this] {
                emit goRequested({"fleet", {}, {}, {}, {}, {}});
            });
        return;
    }
    QStringList shown;
    for (const kube::ContextId& context : watch_->contexts()) {
        const kube::Freshness freshness = watch_->freshness(context);
        shown += fromUtf8(escapeForDisplay(context, 253));
        if (freshness.state == FreshnessState::Loading) {
            panelText_ = tr("Asking %1 for %2 …").arg(shown.back(), name);
            panelAction_ = nullptr;
            panel_->showLoading({}, panelText_);
            stack_->setCurrentWidget(panel_);
            return;
        }
        if (const KindsWatch::Kind kind = watch_->find(context, resource_)) {
            say(tr("The objects of %1 cannot be listed: the server offers only %2.").arg(name, servedVerbs(*kind)),
                tr("Show all kinds"), toKinds);
            return;
        }
        if (freshness.state == FreshnessState::Failed || freshness.state == FreshnessState::Forbidden) {
            const Error reason = freshness.reason.value_or(Error{});
            panelText_ = errorText(reason);
            panelAction_ = [this] { retry(); };
            panel_->showFailed(tr("What %1 serves could not be learnt").arg(shown.back()), panelText_, tr("Retry"),
                               tr("Details"), errorDetails(reason));
            stack_->setCurrentWidget(panel_);
            return;
        }
    }
    const QString contexts = shown.join(QStringLiteral(", "));
    say(wasServed_ ? tr("%1 is no longer served by %2: its definition was removed. The table comes back by itself "
                        "when the definition does.")
                         .arg(name, contexts)
                   : tr("%1 is not served by %2. The table comes by itself when its definition is installed.")
                         .arg(name, contexts),
        tr("Show all kinds"), toKinds);
}

}  // namespace quarterdeck::ui
