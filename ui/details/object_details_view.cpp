// What the drawer shows of the object: head, notice and the tab in front.
#include <nlohmann/json.hpp>

#include "ui/details/common_sections.h"
#include "ui/details/object_details.h"
#include "ui/details/words.h"
#include "ui/pages/cluster_access.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/column.h"
#include "ui/text/error_text.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/property_list.h"

namespace quarterdeck::ui {

using widgets::PropertyNotice;
using widgets::PropertySection;
using widgets::Tone;

DetailInput ObjectDetails::input() const {
    return {shown_->context, object_, access_.serverNow(shown_->context), scope_.zone(), around_, full_, fullError_};
}

QString ObjectDetails::titleOf(const kube::Object& object) const {
    if (spec_.id == "events") {  // an event's own name says nothing
        const auto& event = static_cast<const kinds::Event&>(object);
        return tr("%1: %2").arg(shownText(event.reason, 200), shownText(event.subject.name, 253));
    }
    return fromUtf8(object.meta.name);
}

QString ObjectDetails::quoted() const {
    const std::string path = shown_->nameSpace.empty() ? shown_->name : shown_->nameSpace + "/" + shown_->name;
    return shownText(path, 600);
}

void ObjectDetails::refresh() {
    if (!shown_) {
        return;
    }
    bool production = false;
    for (const ClusterAccess::OpenContext& context : access_.open()) {
        production = production || (context.id == shown_->context && context.production);
    }
    drawer_.setContextTag(fromUtf8(shown_->context), production);
    if (object_ == nullptr) {
        refreshUnknown();
        return;
    }
    const DetailInput now = input();
    refreshHead(now);
    refreshTab(now);
}

void ObjectDetails::refreshHead(const DetailInput& input) {
    drawer_.setTitle(kindIcon(spec_.kind->type.kind), titleOf(*object_));
    if (around_.gone) {
        drawer_.setStatus(tr("Gone"), Tone::Unknown);
    } else if (around_.selfFreshness.state == kube::FreshnessState::Stale || contextClosed_) {
        drawer_.setStatus(tr("%1 (old)").arg(kind_->status(input)), Tone::Unknown);
    } else {
        drawer_.setStatus(kind_->status(input), kind_->tone(input));
    }
}

DetailNotice ObjectDetails::noticeOf(const DetailInput& input) const {
    DetailNotice own = kind_->notice(input);
    PropertyNotice notice;
    notice.tone = Tone::Unknown;
    if (around_.gone) {
        notice.sentence = tr("It no longer exists");
        notice.reason = tr("Below stands the last that was known of it.");
        if (around_.successor != nullptr) {
            notice.reason =
                tr("Another one of the same name has taken its place. Below stands the last that was "
                   "known of the old one.");
            notice.action = tr("Show the new one");
            notice.actionId = QStringLiteral("successor");
        }
        return notice;
    }
    if (contextClosed_) {
        notice.sentence = tr("The context is closed");
        notice.reason = tr("Below stands the last that was known. Open the context again on the Fleet page.");
        return notice;
    }
    if (around_.selfFreshness.state == kube::FreshnessState::Stale) {
        notice.tone = Tone::Warning;
        notice.sentence = tr("Out of date: last true at %1").arg(clockTime(around_.selfFreshness.since, input.zone));
        QStringList reasons;
        if (own) {
            reasons += own->sentence;
        }
        if (around_.selfFreshness.reason) {
            reasons += shortErrorText(*around_.selfFreshness.reason);
        }
        notice.reason = reasons.join(QStringLiteral(" · "));
        notice.action = tr("Retry");
        notice.actionId = QStringLiteral("retry");
        return notice;
    }
    return own;
}

void ObjectDetails::refreshTab(const DetailInput& input) {
    const qsizetype tab = tabs().indexOf(drawer_.currentTab());
    if (tab == 0) {
        overview_->setContent(noticeOf(input), kind_->overview(input));
    } else if (tab == 1) {
        refreshYaml(input);
    } else if (tab == 2) {
        events_->setContent({}, eventSections(input));
    } else {
        related_->setContent({}, kind_->related(input));
    }
}

void ObjectDetails::refreshYaml(const DetailInput& input) {
    // A state of its own for each text, so that nothing is set twice: the person may be reading in it.
    const std::string state = input.full        ? "full " + input.full->uid + " " + input.full->resourceVersion
                              : input.fullError ? "failed " + describe(*input.fullError)
                                                : "loading " + shown_->uid + shown_->name;
    if (state == yamlShown_) {
        return;
    }
    yamlShown_ = state;
    if (input.full) {
        yaml_->setText(fromUtf8(input.full->yaml));
        yaml_->setTextName(tr("YAML of %1").arg(quoted()));
    } else if (input.fullError && input.fullError->httpStatus == 404 && kind_->withoutObject != nullptr) {
        yaml_->setText(QStringLiteral("# ") + kind_->withoutObject(input));
        yaml_->setTextName(tr("YAML of %1").arg(quoted()));
    } else if (input.fullError) {
        yaml_->showFailed(tr("The object could not be read"), errorText(*input.fullError), tr("Retry"));
    } else {
        yaml_->showLoading(tr("Reading %1 …").arg(quoted()));
    }
}

void ObjectDetails::refreshUnknown() {
    drawer_.setTitle(kindIcon(spec_.kind->type.kind), fromUtf8(shown_->name));
    DetailNotice notice;
    PropertySection section;
    section.id = QStringLiteral("awaited");
    if (around_.gone || contextClosed_) {
        drawer_.setStatus(around_.gone ? tr("Gone") : QString(), Tone::Unknown);
        PropertyNotice said;
        said.tone = Tone::Unknown;
        said.sentence = around_.gone ? tr("It does not exist, or no longer") : tr("The context is not open");
        said.reason = around_.gone ? tr("Context %1 has no %2.").arg(shownText(shown_->context, 253), quoted())
                                   : tr("Open context %1 on the Fleet page.").arg(shownText(shown_->context, 253));
        notice = said;
    } else {
        drawer_.setStatus({}, Tone::None);
        const QString unknown = unknownBecause(around_.selfFreshness);
        section.empty = unknown.isEmpty() ? tr("Being read …") : unknown;
    }
    const Sections sections = notice ? Sections{} : Sections{section};
    overview_->setContent(notice, sections);
    events_->setContent(notice, sections);
    related_->setContent(notice, sections);
    yamlShown_.clear();
    yaml_->showLoading(notice ? notice->reason : tr("Reading %1 …").arg(quoted()));
}

}  // namespace quarterdeck::ui
