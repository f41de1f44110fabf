#pragma once

#include "ui/details/detail_input.h"

// Parts that the details of several kinds share.
namespace quarterdeck::ui {

/// "6m", with date and time for the tooltip; both empty without a time.
struct AgeWords {
    QString age;
    QString moment;
};
[[nodiscard]] AgeWords ageWords(std::optional<Instant> time, const DetailInput& input);

/// A row of plain text from the cluster, which is copied as it is.
[[nodiscard]] widgets::Property textRow(const QString& key, std::string_view value);
[[nodiscard]] widgets::Property linkRow(std::string_view kind, const std::string& nameSpace, const std::string& name,
                                        const kube::Uid& uid, const DetailInput& input);
[[nodiscard]] widgets::Property podRow(const kinds::Pod& pod, const DetailInput& input);
[[nodiscard]] widgets::Property eventRow(const kinds::Event& event, const DetailInput& input);

/// Owners from the top down to the object itself; nothing where nobody owns it.
[[nodiscard]] std::optional<widgets::PropertySection> ownerChain(const DetailInput& input, const QString& self);
/// The newest events of the object.
[[nodiscard]] widgets::PropertySection latestEvents(const DetailInput& input, const QString& title);
/// All that is known of them: the Events tab.
[[nodiscard]] Sections eventSections(const DetailInput& input);
[[nodiscard]] widgets::PropertySection labelSection(const DetailInput& input);
/// Nothing until the whole object has come.
[[nodiscard]] std::optional<widgets::PropertySection> annotationSection(const DetailInput& input);
/// What is still awaited of the whole object, or why it did not come; nothing where it is there.
[[nodiscard]] std::optional<widgets::PropertySection> missingPart(const DetailInput& input);
/// Why nothing is known of a kind of objects (no permission, no answer yet …); empty where it is known.
[[nodiscard]] QString unknownBecause(const kube::Freshness& freshness);

}  // namespace quarterdeck::ui
