#pragma once

#include <memory>
#include <string>
#include <vector>

namespace quarterdeck::fakes {

/// A proxy as companies have them: takes CONNECT and hands bytes on, nothing else. Listens on 127.0.0.1.
class ConnectProxy {
public:
    ConnectProxy();
    ~ConnectProxy();
    ConnectProxy(const ConnectProxy&) = delete;
    ConnectProxy& operator=(const ConnectProxy&) = delete;

    /// "http://127.0.0.1:PORT"
    [[nodiscard]] std::string url() const;
    /// "host:port" of every tunnel asked for.
    [[nodiscard]] std::vector<std::string> tunnels() const;
    /// Requests other than CONNECT: there should be none.
    [[nodiscard]] int otherRequests() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::fakes
