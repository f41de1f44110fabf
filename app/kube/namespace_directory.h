#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/http/channel.h"
#include "app/kube/rules_review.h"

namespace quarterdeck::kube {

/// The namespaces of one context that somebody may look into: those of its configuration, those that the person typed
/// or pinned, and those that the server lists where it allows that. Shared by everything that lists namespace by
/// namespace; what it asks the server is remembered for a while. Any thread.
class NamespaceDirectory {
public:
    /// `named` come first, in their order.
    NamespaceDirectory(std::shared_ptr<http::Channel> channel, ContextId context, std::shared_ptr<const Clock> clock,
                       std::vector<std::string> named);

    /// True where one of them was new. Texts that cannot be names of namespaces are left out.
    bool add(const std::vector<std::string>& typed);
    /// Those that were named or typed, then those that the server told, each once. Never blocks.
    [[nodiscard]] std::vector<std::string> known() const;
    /// The same after the server was asked, which blocks.
    [[nodiscard]] std::vector<std::string> ask(std::stop_token stop);
    /// Those that were named or typed.
    [[nodiscard]] std::vector<std::string> named() const;
    /// Whether the server refused to list namespaces when it was asked last.
    [[nodiscard]] bool listRefused() const;
    /// What may be done in a namespace; nothing where the server does not tell. Of namespaces that were named or typed
    /// it is asked again every minute, of others the more seldom the more there are. Blocks.
    [[nodiscard]] std::optional<RulesReview> rules(const std::string& nameSpace, std::stop_token stop);
    /// What was asked before is asked again next time.
    void forget();

private:
    /// With `mutex_` held.
    [[nodiscard]] bool isNamed(const std::string& name) const;
    [[nodiscard]] bool isFresh(const std::optional<std::chrono::milliseconds>& askedAt,
                               std::chrono::milliseconds limit) const;

    struct Reviewed {
        std::optional<RulesReview> review;
        std::optional<std::chrono::milliseconds> at;
    };
    const std::shared_ptr<http::Channel> channel_;
    const ContextId context_;
    const std::shared_ptr<const Clock> clock_;
    std::mutex asking_;  ///< one question at a time; never held together with waiting for `mutex_` holders
    mutable std::mutex mutex_;
    std::vector<std::string> named_;
    std::set<std::string> listed_;
    bool refused_ = false;
    std::optional<std::chrono::milliseconds> listedAt_;
    std::map<std::string, Reviewed> reviews_;
};

/// How long an answer about one of so many namespaces holds, so that asking for all of them again and again stays a
/// matter of some thirty requests a minute.
[[nodiscard]] std::chrono::milliseconds answerHoldsFor(std::size_t count);

/// Whether a text can be the name of a namespace: an RFC 1123 label.
[[nodiscard]] bool isNamespaceName(std::string_view text);

}  // namespace quarterdeck::kube
