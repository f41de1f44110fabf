#pragma once

#include <string>
#include <vector>

#include <QStringList>

#include <nlohmann/json.hpp>

#include "app/base/time_text.h"
#include "app/kinds/event.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "ui/details/detail_input.h"

namespace quarterdeck::tests {

inline constexpr const char* kNow = "2026-03-14T03:12:40Z";

inline kube::DecodeContext& decodeContext() {
    static StringPool pool;
    static kube::DecodeContext context{pool};
    return context;
}

/// The summaries of these objects, as a reflector would decode them.
inline std::vector<kube::ObjectPtr> decode(const kube::KindDescriptor& kind, const std::vector<nlohmann::json>& items) {
    nlohmann::json list{{"apiVersion", "v1"},
                        {"kind", kind.type.kind + "List"},
                        {"metadata", {{"resourceVersion", "1"}}},
                        {"items", items}};
    std::string text = list.dump();
    auto decoded = kind.decodeList(text, decodeContext());
    return decoded ? decoded->items : std::vector<kube::ObjectPtr>();
}

inline nlohmann::json podJson(const std::string& name = "api-1") {
    return {
        {"metadata", {{"name", name}, {"namespace", "shop"}, {"uid", "uid-" + name}, {"resourceVersion", "7"}}},
        {"spec",
         {{"nodeName", "node-1"}, {"containers", nlohmann::json::array({{{"name", "api"}, {"image", "r/api:1"}}})}}},
        {"status",
         {{"phase", "Running"},
          {"startTime", "2026-03-14T03:08:40Z"},
          {"conditions", nlohmann::json::array({{{"type", "PodScheduled"}, {"status", "True"}}})},
          {"containerStatuses", nlohmann::json::array({{{"name", "api"}, {"ready", false}, {"restartCount", 0}}})}}}};
}

inline nlohmann::json eventJson(const std::string& reason, const std::string& message,
                                const std::string& seen = "2026-03-14T03:12:00Z") {
    return {{"metadata", {{"name", "e-" + reason + seen}, {"namespace", "shop"}, {"uid", "e-" + reason + seen}}},
            {"type", "Warning"},
            {"reason", reason},
            {"message", message},
            {"lastTimestamp", seen},
            {"count", 9},
            {"involvedObject", {{"kind", "Pod"}, {"namespace", "shop"}, {"name", "api-1"}, {"uid", "uid-api-1"}}}};
}

/// What the drawer knows of the object; with its whole JSON or without.
inline ui::DetailInput inputOf(const kube::KindDescriptor& kind, const nlohmann::json& object,
                               const std::vector<nlohmann::json>& events = {}, bool whole = true) {
    ui::DetailInput input;
    input.context = "prod";
    input.object = decode(kind, {object}).at(0);
    input.now = *parseRfc3339(kNow);
    input.zone = ui::ZoneChoice::Utc;
    input.around.self = input.object;
    input.around.eventsFreshness.state = kube::FreshnessState::Live;
    input.around.podsFreshness.state = kube::FreshnessState::Live;
    for (const kube::ObjectPtr& event : decode(kinds::eventKind(), events)) {
        input.around.events.push_back(std::static_pointer_cast<const kinds::Event>(event));
    }
    input.around.eventCount = input.around.events.size();
    if (whole) {
        ui::FullObject full;
        full.json = std::make_shared<const nlohmann::json>(object);
        input.full = full;
    }
    return input;
}

inline const widgets::PropertySection* sectionOf(const ui::Sections& sections, const char* id) {
    for (const widgets::PropertySection& section : sections) {
        if (section.id == QString::fromUtf8(id)) {
            return &section;
        }
    }
    return nullptr;
}

/// Every text that the sections would show or copy.
inline QString allText(const ui::Sections& sections) {
    QStringList texts;
    const auto add = [&](const QVector<widgets::Property>& rows) {
        for (const widgets::Property& row : rows) {
            texts += {row.key, row.value, row.note, row.tooltip, row.link, row.copyText};
        }
    };
    for (const widgets::PropertySection& section : sections) {
        texts += {section.title, section.empty};
        add(section.rows);
        for (const widgets::PropertyCard& card : section.cards) {
            texts += {card.title, card.note};
            add(card.rows);
        }
    }
    return texts.join(QLatin1Char('\n'));
}

/// Value of the row with this key, in rows or cards.
inline QString valueOf(const ui::Sections& sections, const char* id, const char* key) {
    const widgets::PropertySection* section = sectionOf(sections, id);
    if (section == nullptr) {
        return QStringLiteral("<no section>");
    }
    QVector<widgets::Property> rows = section->rows;
    for (const widgets::PropertyCard& card : section->cards) {
        rows += card.rows;
    }
    for (const widgets::Property& row : rows) {
        if (row.key == QString::fromUtf8(key)) {
            return row.value;
        }
    }
    return QStringLiteral("<no row>");
}

}  // namespace quarterdeck::tests
