#include <algorithm>
#include <charconv>

#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool equalNames(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::string reasonPhrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 410:
            return "Gone";
        case 429:
            return "Too Many Requests";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Status";
    }
}

}  // namespace

std::string HostileRequest::header(std::string_view name) const {
    const auto found =
        std::find_if(headers.begin(), headers.end(), [&](const auto& entry) { return equalNames(entry.first, name); });
    return found == headers.end() ? std::string() : found->second;
}

std::string HostileRequest::path() const {
    return target.substr(0, target.find('?'));
}

bool HostileConnection::head(int status, const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " " + reasonPhrase(status) + "\r\n";
    for (const auto& [name, value] : headers) {
        text += name + ": " + value + "\r\n";
    }
    return write(text + "\r\n");
}

bool HostileConnection::answer(int status, std::string_view contentType, std::string_view body,
                               const std::vector<std::pair<std::string, std::string>>& headers) {
    auto all = headers;
    all.emplace_back("Content-Type", contentType);
    all.emplace_back("Content-Length", std::to_string(body.size()));
    return head(status, all) && write(body);
}

bool HostileConnection::chunkedHead(int status, std::string_view contentType) {
    return head(status, {{"Content-Type", std::string(contentType)}, {"Transfer-Encoding", "chunked"}});
}

bool HostileConnection::chunk(std::string_view data) {
    char size[20];
    const auto end = std::to_chars(std::begin(size), std::end(size), data.size(), 16).ptr;
    std::string text(std::begin(size), end);
    text += "\r\n";
    text += data;
    text += "\r\n";
    return write(text);
}

namespace answers {

HostileServer::Handler byPath(std::vector<std::pair<std::string, HostileServer::Handler>> routes) {
    return [routes = std::move(routes)](const HostileRequest& request, HostileConnection& peer) {
        const std::string path = request.path();
        for (const auto& [key, handler] : routes) {
            const bool prefix = !key.empty() && key.back() == '*';
            if (prefix ? path.starts_with(std::string_view(key).substr(0, key.size() - 1)) : path == key) {
                handler(request, peer);
                return;
            }
        }
        kubernetesStatus(404, "NotFound", "the server could not find the requested resource")(request, peer);
    };
}

HostileServer::Handler json(std::string body) {
    return [body = std::move(body)](const HostileRequest&, HostileConnection& peer) { peer.json(body); };
}

HostileServer::Handler kubernetesStatus(int code, std::string reason, std::string message,
                                        std::vector<std::pair<std::string, std::string>> headers) {
    std::string body = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")" + message +
                       R"(","reason":")" + reason + R"(","code":)" + std::to_string(code) + "}\n";
    return
        [code, body = std::move(body), headers = std::move(headers)](const HostileRequest&, HostileConnection& peer) {
            peer.answer(code, "application/json", body, headers);
        };
}

HostileServer::Handler pods(std::string podList) {
    return [podList = std::move(podList)](const HostileRequest& request, HostileConnection& peer) {
        if (request.path() == "/version") {
            peer.json("{\"gitVersion\":\"v1.34.0\",\"platform\":\"linux/amd64\"}");
        } else if (request.target.find("watch=true") != std::string::npos) {
            peer.chunkedHead();
            peer.waitUntilClosed();
        } else if (request.path() == "/api/v1/pods") {
            peer.json(podList);
        } else {
            peer.json("{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
        }
    };
}

HostileServer::Handler html(int status) {
    return [status](const HostileRequest&, HostileConnection& peer) {
        peer.answer(status, "text/html; charset=utf-8",
                    "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please log in.</body></html>");
    };
}

HostileServer::Handler silence() {
    return [](const HostileRequest&, HostileConnection& peer) { peer.waitUntilClosed(); };
}

HostileServer::Handler endlessChunks(std::string chunk) {
    return [chunk = std::move(chunk)](const HostileRequest&, HostileConnection& peer) {
        bool open = peer.chunkedHead();
        while (open) {
            open = peer.chunk(chunk);
        }
    };
}

HostileServer::Handler cutBody(std::size_t announced, std::string body) {
    return [announced, body = std::move(body)](const HostileRequest&, HostileConnection& peer) {
        peer.head(200, {{"Content-Type", "application/json"}, {"Content-Length", std::to_string(announced)}});
        peer.write(body);
        peer.close();
    };
}

HostileServer::Handler cutChunked(std::string body) {
    return [body = std::move(body)](const HostileRequest&, HostileConnection& peer) {
        peer.chunkedHead();
        peer.chunk(body);
        peer.close();
    };
}

HostileServer::Handler byteByByte(std::string body, std::chrono::milliseconds interval) {
    return [body = std::move(body), interval](const HostileRequest&, HostileConnection& peer) {
        bool open =
            peer.head(200, {{"Content-Type", "application/json"}, {"Content-Length", std::to_string(body.size())}});
        for (std::size_t at = 0; open && at < body.size(); ++at) {
            open = peer.write(std::string_view(body).substr(at, 1)) && peer.wait(interval);
        }
    };
}

HostileServer::Handler notHttp() {
    return [](const HostileRequest&, HostileConnection& peer) {
        peer.write("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n");
        peer.close();
    };
}

}  // namespace answers

}  // namespace quarterdeck::fakes
