// The kinds that have details. One line each.
#include <array>

#include "app/kinds/node_status.h"
#include "app/kinds/pod_status.h"
#include "ui/details/detail_input.h"
#include "ui/details/event_overview.h"
#include "ui/details/kind_overview.h"
#include "ui/details/node_overview.h"
#include "ui/details/pod_notice.h"
#include "ui/details/pod_overview.h"
#include "ui/details/words.h"
#include "ui/tables/column.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

/// Technical here: the table has the plain word.
QString podStatus(const DetailInput& input) {
    return fromUtf8(kinds::summarise(input.pod()).status);
}

QString nodeStatusText(const DetailInput& input) {
    return fromUtf8(kinds::nodeStatus(input.node()));
}

QString eventStatus(const DetailInput& input) {
    return input.event().warning ? Details::tr("Warning") : Details::tr("Normal");
}

widgets::Tone healthTone(const DetailInput& input) {
    return toneOf(input.object->health);
}

widgets::Tone eventTone(const DetailInput& input) {
    return input.event().warning ? widgets::Tone::Warning : widgets::Tone::Info;
}

}  // namespace

const DetailKind* detailKind(std::string_view page) {
    static constexpr std::array kKinds{
        DetailKind{"pods", podStatus, healthTone, podNotice, podOverview, podRelated},
        DetailKind{"nodes", nodeStatusText, healthTone, nodeNotice, nodeOverview, nodeRelated},
        DetailKind{"events", eventStatus, eventTone, eventNotice, eventOverview, eventRelated},
        DetailKind{"kinds", servedStatus, healthTone, servedNotice, servedOverview, servedRelated, servedWithoutObject},
        DetailKind{"kind", rowStatus, rowTone, rowNotice, rowOverview, rowRelated},
    };
    // Each discovered kind is a page of its own: "kind/certificates.cert-manager.io".
    page = page.substr(0, page.find('/'));
    for (const DetailKind& kind : kKinds) {
        if (kind.page == page) {
            return &kind;
        }
    }
    return nullptr;
}

}  // namespace quarterdeck::ui
