#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/base/clock.h"

namespace quarterdeck::demo {

using Json = nlohmann::json;
/// A stored object; never changed after it was stored.
using ObjectPtr = std::shared_ptr<const Json>;

/// Reading helpers: they never throw and never insert. A missing or differently typed member gives the fallback.
[[nodiscard]] const Json& at(const Json& object, std::initializer_list<const char*> path);
[[nodiscard]] std::string text(const Json& object, std::initializer_list<const char*> path,
                               const std::string& fallback = {});
[[nodiscard]] long number(const Json& object, std::initializer_list<const char*> path, long fallback = 0);
[[nodiscard]] bool flag(const Json& object, std::initializer_list<const char*> path, bool fallback = false);

[[nodiscard]] std::string nameOf(const Json& object);
[[nodiscard]] std::string namespaceOf(const Json& object);
[[nodiscard]] std::string uidOf(const Json& object);
[[nodiscard]] std::string labelOf(const Json& object, const std::string& key);
[[nodiscard]] std::string annotationOf(const Json& object, const std::string& key);
[[nodiscard]] bool isTerminating(const Json& object);
[[nodiscard]] Instant createdAt(const Json& object);

/// Appends to a list of words.
void appendWord(std::string& list, const std::string& word, char separator = ',');

/// Kubernetes writes times with whole seconds.
[[nodiscard]] std::string stamp(Instant time);
/// The time of an RFC 3339 member, the epoch where there is none.
[[nodiscard]] Instant timeAt(const Json& object, std::initializer_list<const char*> path);

/// The controller among the owner references, null where there is none.
[[nodiscard]] const Json& controllerRef(const Json& object);
[[nodiscard]] bool isControlledBy(const Json& object, const std::string& uid);
[[nodiscard]] Json ownerReference(const Json& owner);

/// The condition of that type in status.conditions, null where there is none.
[[nodiscard]] const Json& conditionOf(const Json& object, std::string_view type);
[[nodiscard]] bool conditionIsTrue(const Json& object, const std::string& type);

/// Sets a condition; lastTransitionTime moves only when its status does. Deployments also carry lastUpdateTime,
/// which moves when status or reason do.
void setCondition(Json& status, const std::string& type, const std::string& value, const std::string& reason,
                  const std::string& message, Instant when, bool withUpdateTime = false);

/// Labels select: every pair of `matchLabels` is there.
[[nodiscard]] bool matchesLabels(const Json& object, const Json& matchLabels);
/// A LabelSelector of the API (matchLabels and matchExpressions). An empty selector selects everything.
[[nodiscard]] bool matchesSelector(const Json& object, const Json& selector);

}  // namespace quarterdeck::demo
