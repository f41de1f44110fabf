#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <protozero/pbf_writer.hpp>

namespace quarterdeck::fakes {

/// A protobuf message, written field by field.
class Message {
public:
    Message& text(std::uint32_t tag, std::string_view value) {
        protozero::pbf_writer(bytes_).add_bytes(tag, value.data(), value.size());
        return *this;
    }
    Message& sub(std::uint32_t tag, const Message& value) { return text(tag, value.bytes_); }
    Message& number(std::uint32_t tag, std::int64_t value) {
        protozero::pbf_writer(bytes_).add_int64(tag, value);
        return *this;
    }
    Message& raw(std::string_view bytes) {
        bytes_ += bytes;
        return *this;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// "k8s\0" and a runtime.Unknown around an object's message.
inline std::string wrapped(std::string_view apiVersion, std::string_view kind, const Message& object) {
    return std::string("k8s\0", 4) +
           Message().sub(1, Message().text(1, apiVersion).text(2, kind)).sub(2, object).text(3, "").text(4, "").bytes();
}

/// An ObjectMeta in the namespace shop.
inline Message metaMessage(std::string_view name, std::string_view uid, std::string_view version = "5") {
    return Message().text(1, name).text(3, "shop").text(5, uid).text(6, version);
}

/// A small running pod with the uid "uid-NAME".
inline Message podMessage(const std::string& name, std::string_view version = "5") {
    return Message()
        .sub(1, metaMessage(name, "uid-" + name, version))
        .sub(2, Message().sub(2, Message().text(1, "app").text(2, "image:1")))
        .sub(3, Message().text(1, "Running"));
}

inline std::string podListBytes(std::string_view version, const std::vector<Message>& pods,
                                std::string_view continueToken = {}) {
    Message list;
    list.sub(1, Message().text(1, "").text(2, version).text(3, continueToken));
    for (const Message& pod : pods) {
        list.sub(2, pod);
    }
    return wrapped("v1", "PodList", list);
}

/// A WatchEvent around an object that is wrapped already, without the length in front.
inline std::string watchEventBytes(std::string_view type, std::string_view object) {
    return Message().text(1, type).sub(2, Message().text(1, object)).bytes();
}

/// Four bytes of length, and what follows them.
inline std::string framed(std::string_view message) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        bytes += static_cast<char>((message.size() >> shift) & 0xFFU);
    }
    return bytes.append(message);
}

inline std::string podFrame(std::string_view type, const Message& pod) {
    return framed(watchEventBytes(type, wrapped("v1", "Pod", pod)));
}

}  // namespace quarterdeck::fakes
