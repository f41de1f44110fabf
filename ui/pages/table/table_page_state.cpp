// Which of its faces the page shows: rows with banners, or a panel in their place.
#include <algorithm>

#include <QAction>
#include <QLocale>
#include <QStackedLayout>

#include "app/kube/errors.h"
#include "app/kube/scope_freshness.h"
#include "app/session/session_hub.h"
#include "ui/pages/table/state_banners.h"
#include "ui/pages/table/table_columns.h"
#include "ui/pages/table/table_feed.h"
#include "ui/pages/table/table_foot.h"
#include "ui/pages/table/table_header.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/row_selection.h"
#include "ui/text/error_text.h"
#include "widgets/filter_line.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

using kube::FreshnessState;

namespace {

const ContextFreshness* firstIn(const std::vector<ContextFreshness>& parts, FreshnessState state) {
    for (const ContextFreshness& part : parts) {
        if (part.freshness.state == state) {
            return &part;
        }
    }
    return nullptr;
}

}  // namespace

void TablePage::refresh() {
    const std::vector<ContextFreshness> parts = feed_->parts();
    OrderCounts counts = model_.counts();
    if (spec_.spansContexts) {
        counts.contexts = static_cast<std::uint32_t>(parts.size());
    }
    if (model_.rowCount() > 0 || counts.total > 0) {
        header_->setCounts(counts, spec_.ready != nullptr);
    } else {
        header_->setUnknown();
    }
    if (model_.rowCount() > 0) {
        showTable();
        banners_->show(parts, services_.scope.zone());
    } else {
        // The panel speaks for the worst part; the others' troubles are told above it only where rows exist.
        counts.total > 0 ? banners_->show(parts, services_.scope.zone()) : banners_->clear();
        showPanel();
    }
    refreshFoot();
    emit stateChanged();
}

void TablePage::showPanel() {
    const std::vector<ContextFreshness> parts = feed_->parts();
    const FreshnessState state = worstOf(parts);
    stack_->setCurrentWidget(panel_);
    panelAction_ = nullptr;
    const QList<int> widths = columns_->shownWidths();
    if (parts.empty() && !services_.hub.loaded()) {
        panel_->showLoading(widths, tr("Reading the kubeconfig …"));
        return;
    }
    if (parts.empty() && (!services_.scope.awaited().isEmpty() || !services_.hub.loaded())) {
        panel_->showLoading({}, services_.scope.awaited());
        return;
    }
    if (parts.empty()) {
        panel_->showEmpty(tr("No context is shown. Switch one on in the bar above, or open one on the Fleet page."),
                          tr("Go to Fleet"));
        panelAction_ = [this] { emit goRequested({"fleet", {}, {}, {}, {}, {}}); };
        return;
    }
    if (model_.counts().total > 0) {
        panel_->showEmpty(words_.noneShown, tr("Clear filter"));
        panelAction_ = [this] {
            setFilterText({});
            emit placeEdited();
            filter_->setFocus(Qt::OtherFocusReason);
        };
        return;
    }
    if (showMissingNamespace(parts)) {
        return;
    }
    const bool rows = std::any_of(parts.begin(), parts.end(), [](const auto& part) { return part.rows > 0; });
    if (rows && model_.isSettled() && spec_.seen != nullptr && services_.scope.range()) {
        panel_->showEmpty(words_.noneInRange, tr("Show any time"));
        panelAction_ = [this] {
            Location all;
            all.page = id();
            all.contexts = services_.scope.contexts();
            all.namespaces = services_.scope.namespaces();
            describe(all);
            emit goRequested(all);
        };
        return;
    }
    const bool rowsOutOfScope = !services_.scope.namespaces().empty() && rows;
    if (rowsOutOfScope && model_.isSettled()) {
        panel_->showEmpty(words_.noneInSpaces, tr("Show all namespaces"));
        panelAction_ = [this] {
            Location all;
            all.page = id();
            all.contexts = services_.scope.contexts();
            all.range = services_.scope.range();
            describe(all);
            emit goRequested(all);
        };
        return;
    }
    switch (state) {
        case FreshnessState::Loading:
        case FreshnessState::Live:  // rows are there, their order is on its way
            panel_->showLoading(widths, words_.awaited.arg(shownContextNames()));
            return;
        case FreshnessState::Empty:
            panel_->showEmpty(words_.none, tr("Try again"));
            panelAction_ = [this] { retry(); };
            return;
        case FreshnessState::Forbidden: {
            const ContextFreshness* part = firstIn(parts, state);
            const Error reason = part->freshness.reason.value_or(Error{});
            const QString verb = fromUtf8(reason.parameter("verb"));
            const QString what = fromUtf8(reason.parameter("what"));
            const QString needs = verb.isEmpty()
                                      ? tr("Needs a permission that you do not have")
                                      : tr("Needs %1 %2 in context %3").arg(verb, what, fromUtf8(part->context));
            panel_->showForbidden(needs, errorText(reason), tr("Copy request"), tr("Copied"),
                                  tr("Please allow me to %1 %2 in context %3.\nThe server says: %4")
                                      .arg(verb, what, fromUtf8(part->context), fromUtf8(reason.parameter("message"))));
            return;
        }
        case FreshnessState::Stale:
        case FreshnessState::Failed: {
            const ContextFreshness* part = firstIn(parts, state);
            const Error reason = part->freshness.reason.value_or(Error{});
            // The list was read, and nothing was in it; namespace by namespace only those are Stale for these reasons.
            if (reason.is(kube::kWatchForbidden) || reason.is(kube::kScopePartly) ||
                reason.is(kube::kScopePartlyCrowded)) {
                panel_->showEmpty(words_.none + QLatin1Char(' ') + errorText(reason), tr("Try again"));
                panelAction_ = [this] { retry(); };
                return;
            }
            panel_->showFailed(words_.failed + QStringLiteral(" (%1)").arg(fromUtf8(part->context)), errorText(reason),
                               tr("Retry"), tr("Details"), errorDetails(reason));
            panelAction_ = [this] { retry(); };
            return;
        }
    }
}

/// A chosen namespace that may not be listed is not an empty one.
bool TablePage::showMissingNamespace(const std::vector<ContextFreshness>& parts) {
    for (const ContextFreshness& part : parts) {
        for (const std::string& name : services_.scope.namespaces()) {
            const QString missing = fromUtf8(kube::missingIn(part.freshness, name));
            if (!missing.isEmpty()) {
                const QString context = fromUtf8(part.context);
                panel_->showForbidden(tr("Needs %1 in context %2").arg(missing, context),
                                      errorText(*part.freshness.reason), tr("Copy request"), tr("Copied"),
                                      tr("Please allow me to %1 in context %2.").arg(missing, context));
                return true;
            }
        }
    }
    return false;
}

void TablePage::refreshFoot() {
    const QLocale locale;
    const int shown = model_.rowCount();
    const int total = static_cast<int>(model_.counts().total);
    QString text;
    if (!note_.isEmpty()) {
        text = note_;
    } else if (!filter_->error().isEmpty()) {
        text = filter_->error();
    } else if (total > 0 && shown < total) {
        text = tr("%1 of %2 shown, %3 hidden by the filter")
                   .arg(locale.toString(shown), locale.toString(total), locale.toString(total - shown));
    } else if (total > 0) {
        text = tr("%n shown", nullptr, total);
    }
    foot_->setWords(text);
    const int selected = selection_->count();
    const int hidden = selection_->hidden();
    foot_->setSelected(selected == 0 ? QString()
                       : hidden == 0 ? tr("%n selected", nullptr, selected)
                                     : tr("%n selected", nullptr, selected) + QStringLiteral(", ") +
                                           tr("%n hidden by the filter", nullptr, hidden));
}

QString TablePage::shownContextNames() const {
    QStringList names;
    for (const ContextFreshness& part : feed_->parts()) {
        if (part.freshness.state == FreshnessState::Loading) {
            names += fromUtf8(part.context);
        }
    }
    return names.join(QStringLiteral(", "));
}

}  // namespace quarterdeck::ui
