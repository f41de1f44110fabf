#pragma once

#include <optional>
#include <vector>

#include <QVector>

#include "app/kube/served_kind.h"
#include "app/kube/table.h"
#include "ui/details/object_reader.h"
#include "ui/details/surroundings.h"
#include "ui/text/time_display.h"
#include "widgets/property_list.h"

namespace quarterdeck::ui {

/// Everything that the pages of the drawer are made from. A value; all functions over it are pure.
struct DetailInput {
    kube::ContextId context;
    /// Never null; its type follows from the kind.
    kube::ObjectPtr object;
    Instant now;
    ZoneChoice zone = ZoneChoice::Local;
    Surroundings around;
    /// Nothing until it has come.
    std::optional<FullObject> full;
    /// Why it did not come.
    std::optional<Error> fullError;

    /// The whole object; a JSON null until it has come.
    [[nodiscard]] const nlohmann::json& json() const;
    [[nodiscard]] const kinds::Pod& pod() const { return static_cast<const kinds::Pod&>(*object); }
    [[nodiscard]] const kinds::Node& node() const { return static_cast<const kinds::Node&>(*object); }
    [[nodiscard]] const kinds::Event& event() const { return static_cast<const kinds::Event&>(*object); }
    [[nodiscard]] const kube::TableRow& row() const { return static_cast<const kube::TableRow&>(*object); }
    [[nodiscard]] const kube::ServedKind& served() const { return static_cast<const kube::ServedKind&>(*object); }
};

using DetailNotice = std::optional<widgets::PropertyNotice>;
using Sections = QVector<widgets::PropertySection>;

/// What the drawer knows of a kind, as data.
struct DetailKind {
    /// Id of the page.
    const char* page = "";
    /// Plain word for the state, and its tone.
    QString (*status)(const DetailInput&) = nullptr;
    widgets::Tone (*tone)(const DetailInput&) = nullptr;
    /// What is wrong, in plain words; nothing where nothing is.
    DetailNotice (*notice)(const DetailInput&) = nullptr;
    Sections (*overview)(const DetailInput&) = nullptr;
    Sections (*related)(const DetailInput&) = nullptr;
    /// Why there is no whole object, where a 404 is no failure; null where it always is one.
    QString (*withoutObject)(const DetailInput&) = nullptr;
};

/// Null for pages without details.
[[nodiscard]] const DetailKind* detailKind(std::string_view page);

}  // namespace quarterdeck::ui
