#include "app/kube/namespace_directory.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/kube/errors.h"

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds kAskAgainAfter{55};
constexpr int kMaxPages = 100;
constexpr std::size_t kAskedPerMinute = 32;

std::string text(const json& object, const char* outer, const char* inner) {
    if (object.is_object() && object.contains(outer) && object[outer].is_object() && object[outer].contains(inner) &&
        object[outer][inner].is_string()) {
        return object[outer][inner].get<std::string>();
    }
    return {};
}

/// Names of all namespaces; nothing where the server does not tell them. `refused`: because it may not.
std::optional<std::set<std::string>> listNames(http::Channel& channel, bool& refused, const std::stop_token& stop) {
    std::set<std::string> names;
    std::string token;
    for (int page = 0; page < kMaxPages; ++page) {
        http::Request request;
        request.target = "/api/v1/namespaces?limit=500";
        if (!token.empty()) {
            request.target += "&continue=" + http::percentEncode(token);
        }
        request.headers.push_back({"Accept",
                                   "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
                                   "application/json"});
        request.priority = http::Priority::Watch;
        const auto answer = channel.send(request, stop);
        if (!answer || answer->head.status != 200) {
            refused = answer && answer->head.status == 403;
            return std::nullopt;
        }
        const json parsed = json::parse(answer->body, nullptr, false);
        if (!parsed.is_object() || !parsed.contains("items") || !parsed["items"].is_array()) {
            return std::nullopt;
        }
        for (const json& item : parsed["items"]) {
            if (std::string name = text(item, "metadata", "name"); isNamespaceName(name)) {
                names.insert(std::move(name));
            }
        }
        token = text(parsed, "metadata", "continue");
        if (token.empty()) {
            break;
        }
    }
    return names;
}

}  // namespace

std::chrono::milliseconds answerHoldsFor(std::size_t count) {
    return kAskAgainAfter * static_cast<int>(1 + count / kAskedPerMinute);
}

bool isNamespaceName(std::string_view text) {
    const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), inner);
}

NamespaceDirectory::NamespaceDirectory(std::shared_ptr<http::Channel> channel, ContextId context,
                                       std::shared_ptr<const Clock> clock, std::vector<std::string> named)
    : channel_(std::move(channel)), context_(std::move(context)), clock_(std::move(clock)) {
    add(named);
}

bool NamespaceDirectory::add(const std::vector<std::string>& typed) {
    const std::scoped_lock lock(mutex_);
    bool grew = false;
    for (const std::string& name : typed) {
        if (isNamespaceName(name) && !isNamed(name)) {
            named_.push_back(name);
            grew = true;  // also where it is listed: the named ones come first among many
        }
    }
    return grew;
}

std::vector<std::string> NamespaceDirectory::known() const {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> all = named_;
    std::copy_if(listed_.begin(), listed_.end(), std::back_inserter(all),
                 [this](const std::string& name) { return !isNamed(name); });
    return all;
}

std::vector<std::string> NamespaceDirectory::named() const {
    const std::scoped_lock lock(mutex_);
    return named_;
}

bool NamespaceDirectory::listRefused() const {
    const std::scoped_lock lock(mutex_);
    return refused_;
}

bool NamespaceDirectory::isNamed(const std::string& name) const {
    return std::find(named_.begin(), named_.end(), name) != named_.end();
}

bool NamespaceDirectory::isFresh(const std::optional<std::chrono::milliseconds>& askedAt,
                                 std::chrono::milliseconds limit) const {
    return askedAt && clock_->monotonic() - *askedAt < limit;
}

std::vector<std::string> NamespaceDirectory::ask(std::stop_token stop) {
    const std::scoped_lock asking(asking_);
    const bool wanted = [this] {
        const std::scoped_lock lock(mutex_);
        return !isFresh(listedAt_, kAskAgainAfter);
    }();
    if (wanted) {
        bool refused = false;
        auto names = listNames(*channel_, refused, stop);
        const std::scoped_lock lock(mutex_);
        if (names || refused) {
            listed_ = names.value_or(std::set<std::string>());
            refused_ = refused;
            listedAt_ = clock_->monotonic();
            std::erase_if(reviews_, [this](const auto& entry) {
                return !listed_.contains(entry.first) && !isNamed(entry.first);
            });
        }
    }
    return known();
}

std::optional<RulesReview> NamespaceDirectory::rules(const std::string& nameSpace, std::stop_token stop) {
    const std::scoped_lock asking(asking_);
    {
        const std::scoped_lock lock(mutex_);
        const Reviewed& before = reviews_[nameSpace];
        if (isFresh(before.at, isNamed(nameSpace) ? kAskAgainAfter : answerHoldsFor(reviews_.size()))) {
            return before.review;
        }
    }
    const auto review = reviewRules(*channel_, context_, nameSpace, stop);
    const std::scoped_lock lock(mutex_);
    Reviewed& kept = reviews_[nameSpace];
    kept.review = review ? std::optional(*review) : std::nullopt;
    // A connection that failed is no answer; a server that does not know such reviews has answered.
    kept.at = review || review.error().httpStatus != 0 ? std::optional(clock_->monotonic()) : std::nullopt;
    return kept.review;
}

void NamespaceDirectory::forget() {
    const std::scoped_lock lock(mutex_);
    listedAt_.reset();
    for (auto& [name, reviewed] : reviews_) {
        reviewed.at.reset();
    }
}

}  // namespace quarterdeck::kube
