#include <charconv>

#include <fmt/format.h>

#include "app/demo/api/api_handler.h"
#include "app/demo/api/continue_token.h"
#include "app/demo/api/resource_writer.h"

namespace quarterdeck::demo {
namespace {

ApiResponse json(const Json& body) {
    return {200, "application/json", body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

Answer<std::uint64_t> versionOf(const std::string& word) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size()) {
        return refuse(badRequest(fmt::format("invalid resource version \"{}\"", word)));
    }
    return value;
}

bool comesAfter(const Json& object, const ContinueToken& token) {
    return std::pair(namespaceOf(object), nameOf(object)) > std::pair(token.nameSpace, token.name);
}

}  // namespace

ApiHandler::Outcome ApiHandler::read(const ApiTarget& target, const ApiRequest& request) {
    const Answer<Representation> form = Representation::of(request, *target.type, target.version);
    if (!form) {
        return refuse(form.error());
    }
    if (!target.name.empty() && !request.flag("watch")) {
        const ObjectPtr object = cluster_.db.get(*target.type, target.nameSpace, target.name);
        if (!object) {
            return refuse(notFound(*target.type, target.name));
        }
        return json(target.subresource == "scale" ? scaleOf(*object) : form->one(*object, cluster_.now()));
    }
    const Answer<Selection> selection =
        Selection::parse(*target.type, request.parameter("labelSelector"), request.parameter("fieldSelector"));
    if (!selection) {
        return refuse(selection.error());
    }
    return request.flag("watch") ? watch(target, request, *form, *selection) : list(target, request, *form, *selection);
}

ApiHandler::Outcome ApiHandler::list(const ApiTarget& target, const ApiRequest& request,
                                     const Representation& representation, const Selection& selection) {
    const std::uint64_t current = cluster_.db.version();
    const std::string asked = request.parameter("resourceVersion");
    const std::string match = request.parameter("resourceVersionMatch");
    std::uint64_t version = current;
    std::optional<ContinueToken> token;
    if (const std::string given = request.parameter("continue"); !given.empty()) {
        token = ContinueToken::parse(given);
        if (!token) {
            return refuse(badRequest("continue key is not valid"));
        }
        if (!asked.empty() && asked != "0") {
            return refuse(badRequest("specifying resource version is not allowed when using continue"));
        }
        version = token->version;
    } else if (!asked.empty()) {
        const Answer<std::uint64_t> wanted = versionOf(asked);
        if (!wanted) {
            return refuse(wanted.error());
        }
        if (*wanted > current) {
            return refuse(futureVersion(asked, std::to_string(current)));
        }
        if (match == "Exact") {
            version = *wanted;
        }
    } else if (!match.empty()) {
        return refuse(badRequest("resourceVersionMatch is forbidden unless resourceVersion is provided"));
    }
    const auto all = cluster_.db.listAt(*target.type, target.nameSpace, version);
    if (!all) {
        ApiFailure gone = expired(std::to_string(version), std::to_string(cluster_.db.oldestVersion()));
        if (token) {
            gone.message =
                "The provided continue parameter is too old to display a consistent list result. You can "
                "start a new list without the continue parameter.";
        }
        return refuse(gone);
    }
    const std::string limitText = request.parameter("limit");
    const long given = limitText.empty() ? 0 : std::atol(limitText.c_str());
    const std::size_t limit = given <= 0 || (asked == "0" && !token) ? all->size() : static_cast<std::size_t>(given);
    std::vector<ObjectPtr> page;
    std::size_t remaining = 0;
    for (const ObjectPtr& object : *all) {
        if ((token && !comesAfter(*object, *token)) || !selection.matches(*object)) {
            continue;
        }
        if (page.size() < limit) {
            page.push_back(object);
        } else {
            ++remaining;
        }
    }
    Json metadata = {{"resourceVersion", std::to_string(version)}};
    if (remaining > 0) {
        metadata["continue"] = ContinueToken{version, namespaceOf(*page.back()), nameOf(*page.back())}.text();
        if (selection.isEmpty()) {
            metadata["remainingItemCount"] = remaining;
        }
    }
    return json(representation.list(page, std::move(metadata), cluster_.now()));
}

ApiHandler::Outcome ApiHandler::watch(const ApiTarget& target, const ApiRequest& request,
                                      const Representation& representation, const Selection& selection) {
    WatchRequest wanted;
    wanted.target = target;
    wanted.selection = selection;
    wanted.representation = representation;
    wanted.bookmarks = request.flag("allowWatchBookmarks");
    if (const std::string seconds = request.parameter("timeoutSeconds"); !seconds.empty()) {
        wanted.timeout = std::chrono::seconds(std::max(1L, std::atol(seconds.c_str())));
    }
    const std::string asked = request.parameter("resourceVersion");
    const std::string match = request.parameter("resourceVersionMatch");
    if (request.query.count("sendInitialEvents") > 0) {
        if (match != "NotOlderThan") {
            return refuse(invalid(*target.type, "", "resourceVersionMatch",
                                  "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        wanted.initialEvents = request.flag("sendInitialEvents");
        wanted.announceEnd = wanted.initialEvents && wanted.bookmarks;
    } else if (!match.empty()) {
        return refuse(invalid(*target.type, "", "resourceVersionMatch",
                              "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
    }
    wanted.from = cluster_.db.version();
    if (asked.empty() || asked == "0") {
        wanted.initialEvents = wanted.initialEvents || request.query.count("sendInitialEvents") == 0;
        return wanted;
    }
    const Answer<std::uint64_t> version = versionOf(asked);
    if (!version) {
        return refuse(version.error());
    }
    if (*version > cluster_.db.version()) {
        return refuse(futureVersion(asked, std::to_string(cluster_.db.version())));
    }
    if (!wanted.initialEvents) {
        if (*version < cluster_.db.oldestVersion()) {
            return refuse(expired(asked, std::to_string(cluster_.db.oldestVersion())));
        }
        wanted.from = *version;
    }
    return wanted;
}

}  // namespace quarterdeck::demo
