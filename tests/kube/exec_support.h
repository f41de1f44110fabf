#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/kube/pod_exec.h"
#include "tests/kube/stream_support.h"

namespace quarterdeck::kube {

inline constexpr const char* kV5 = "v5.channel.k8s.io";
inline constexpr const char* kV4 = "v4.channel.k8s.io";

/// For pod shop/web-0.
inline ExecRequest command(std::vector<std::string> words) {
    ExecRequest request;
    request.nameSpace = "shop";
    request.pod = "web-0";
    request.container = "main";
    request.command = std::move(words);
    return request;
}

/// What a command wrote.
struct Collected {
    std::string output;
    std::string errors;
    ExecStreams streams() {
        ExecStreams all;
        all.output = [this](std::string_view bytes) {
            output += bytes;
            return true;
        };
        all.errors = [this](std::string_view bytes) {
            errors += bytes;
            return true;
        };
        return all;
    }
};

/// Input from a list of pieces; then the end.
inline std::function<Result<std::string>(std::stop_token)> pieces(std::vector<std::string> all) {
    auto left = std::make_shared<std::vector<std::string>>(all.rbegin(), all.rend());
    return [left](std::stop_token) -> Result<std::string> {
        if (left->empty()) {
            return std::string();
        }
        std::string piece = std::move(left->back());
        left->pop_back();
        return piece;
    };
}

inline Result<ExecResult> runAll(http::Channel& channel, ExecRequest request, const ExecStreams& streams,
                                 std::stop_token stop = {}) {
    auto exec = PodExec::start(channel, "prod", std::move(request), stop);
    return exec ? (*exec)->run(streams, stop) : Result<ExecResult>(fail(exec.error()));
}

}  // namespace quarterdeck::kube
