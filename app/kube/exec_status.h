#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarterdeck::kube {

/// What channel 3 said of the end of a remote command.
struct ExecStatus {
    /// Nothing where the command could not be run or its end is unknown; then `message` says why.
    std::optional<int> exitCode;
    std::string message;
};

/// Reads a metav1.Status: Success is exit code 0, NonZeroExitCode carries the code in its causes. Nothing where the
/// text is no such Status.
[[nodiscard]] std::optional<ExecStatus> parseExecStatus(std::string_view json);

/// One message of the channel protocol taken apart: the first byte is the channel. Nothing for an empty message.
struct ChannelMessage {
    unsigned char channel = 0;
    std::string_view data;
};
[[nodiscard]] std::optional<ChannelMessage> splitChannel(std::string_view message);

/// A message for a channel.
[[nodiscard]] std::string onChannel(unsigned char channel, std::string_view data);

}  // namespace quarterdeck::kube
