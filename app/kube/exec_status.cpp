#include "app/kube/exec_status.h"

#include <charconv>

#include <nlohmann/json.hpp>

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

std::string text(const json& object, const char* key) {
    if (!object.is_object()) {
        return {};
    }
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<int> exitCode(const json& status) {
    const auto details = status.find("details");
    if (details == status.end() || !details->is_object()) {
        return std::nullopt;
    }
    const auto causes = details->find("causes");
    if (causes == details->end() || !causes->is_array()) {
        return std::nullopt;
    }
    for (const json& cause : *causes) {
        if (text(cause, "reason") == "ExitCode") {
            const std::string number = text(cause, "message");
            int code = 0;
            const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), code);
            if (error == std::errc() && end == number.data() + number.size()) {
                return code;
            }
        }
    }
    return std::nullopt;
}

/// A Status is flat; deeper nesting is no Status.
bool keepsShallow(int depth, json::parse_event_t /*event*/, json& /*parsed*/) {
    return depth < 16;
}

}  // namespace

std::optional<ExecStatus> parseExecStatus(std::string_view text_) {
    const json status = json::parse(text_, keepsShallow, false);
    const std::string word = text(status, "status");
    ExecStatus result;
    if (word == "Success") {
        result.exitCode = 0;
        return result;
    }
    if (word != "Failure") {
        return std::nullopt;
    }
    result.message = text(status, "message");
    if (text(status, "reason") == "NonZeroExitCode") {
        result.exitCode = exitCode(status);
    }
    return result;
}

std::optional<ChannelMessage> splitChannel(std::string_view message) {
    if (message.empty()) {
        return std::nullopt;
    }
    return ChannelMessage{static_cast<unsigned char>(message.front()), message.substr(1)};
}

std::string onChannel(unsigned char channel, std::string_view data) {
    std::string message(1, static_cast<char>(channel));
    message += data;
    return message;
}

}  // namespace quarterdeck::kube
