#include "app/kubeconfig/yaml_tree.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "app/base/secret.h"
#include "app/kubeconfig/yaml_builder.h"

namespace quarterdeck::kubeconfig {

namespace {

/// Ends the parser's work once the builder has refused; never leaves this file.
struct Refused {};

int lineOf(const YAML::Mark& mark) {
    return mark.line + 1;
}

class YamlEvents final : public YAML::EventHandler {
public:
    explicit YamlEvents(YamlBuilder& builder) : builder_(builder) {}
    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { check(builder_.null(lineOf(mark), anchor)); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        check(builder_.alias(anchor, lineOf(mark)));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        check(builder_.scalar(value, tag == "?" || tag.empty(), lineOf(mark), anchor));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        check(builder_.startSequence(lineOf(mark), anchor));
    }
    void OnSequenceEnd() override { check(builder_.end()); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        check(builder_.startMap(lineOf(mark), anchor));
    }
    void OnMapEnd() override { check(builder_.end()); }

private:
    static void check(bool accepted) {
        if (!accepted) {
            throw Refused{};
        }
    }
    YamlBuilder& builder_;
};

/// JSON is read by a JSON parser: YAML's reading of tabs and escapes differs.
class JsonEvents final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit JsonEvents(YamlBuilder& builder) : builder_(builder) {}
    bool null() override { return builder_.null(0, 0); }
    bool boolean(bool value) override { return builder_.scalar(value ? "true" : "false", true, 0, 0); }
    bool number_integer(number_integer_t value) override { return builder_.scalar(std::to_string(value), true, 0, 0); }
    bool number_unsigned(number_unsigned_t value) override {
        return builder_.scalar(std::to_string(value), true, 0, 0);
    }
    bool number_float(number_float_t, const string_t& text) override { return builder_.scalar(text, true, 0, 0); }
    bool string(string_t& text) override { return builder_.scalar(text, false, 0, 0); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return builder_.startMap(0, 0); }
    bool key(string_t& text) override { return builder_.scalar(text, false, 0, 0); }
    bool end_object() override { return builder_.end(); }
    bool start_array(std::size_t) override { return builder_.startSequence(0, 0); }
    bool end_array() override { return builder_.end(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override { return false; }

private:
    YamlBuilder& builder_;
};

/// The parser's words up to where it quotes the document.
std::string safeWords(const std::string& message) {
    return message.substr(0, message.find(':'));
}

nlohmann::json plainToJson(const std::string& text) {
    if (text == "true" || text == "True" || text == "TRUE") {
        return true;
    }
    if (text == "false" || text == "False" || text == "FALSE") {
        return false;
    }
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto parsed = std::from_chars(text.data(), end, whole); parsed.ec == std::errc{} && parsed.ptr == end) {
        return whole;
    }
    double number = 0;
    if (const auto parsed = std::from_chars(text.data(), end, number);
        parsed.ec == std::errc{} && parsed.ptr == end && std::isfinite(number)) {
        return number;
    }
    return text;
}

/// JSON values one after the other; nothing where the text is something else.
std::optional<OrReason<std::vector<YamlNode>>> parseJsonValues(std::size_t most, const std::string& text,
                                                               const YamlLimits& limits) {
    std::istringstream stream(text);
    std::vector<YamlNode> values;
    while (values.size() < most && (stream >> std::ws).good()) {
        YamlBuilder builder(limits);
        JsonEvents events(builder);
        // Of one value nothing may be left over.
        if (!nlohmann::json::sax_parse(stream, &events, nlohmann::json::input_format_t::json, most == 1)) {
            return builder.failure()
                       ? std::optional(OrReason<std::vector<YamlNode>>(tl::unexpected(*builder.failure())))
                       : std::nullopt;
        }
        values.push_back(builder.take());
    }
    return values;
}

OrReason<std::vector<YamlNode>> parseUpTo(std::size_t most, const std::string& text, const YamlLimits& limits) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) {
        return std::vector<YamlNode>{};
    }
    if (text[begin] == '{') {
        if (auto values = parseJsonValues(most, text, limits)) {
            return std::move(*values);
        }
    }
    std::vector<YamlNode> documents;
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        while (documents.size() < most) {
            YamlBuilder builder(limits);
            YamlEvents events(builder);
            try {
                if (!parser.HandleNextDocument(events)) {
                    break;
                }
            } catch (const Refused&) {
                return tl::unexpected(builder.failure().value_or("it cannot be read"));
            }
            documents.push_back(builder.take());
        }
    } catch (const YAML::Exception& error) {
        return tl::unexpected(fmt::format("it is not proper YAML: {} (line {}, column {})", safeWords(error.msg),
                                          error.mark.line + 1, error.mark.column + 1));
    } catch (const std::exception&) {
        return tl::unexpected<std::string>("it is not proper YAML");
    }
    return documents;
}

}  // namespace

YamlNode::~YamlNode() {
    wipeString(text);
}

const YamlNode* YamlNode::find(std::string_view key) const {
    for (const Field& field : fields) {
        if (field.first == key) {
            return &field.second;
        }
    }
    return nullptr;
}

OrReason<YamlNode> parseYaml(const std::string& text, const YamlLimits& limits) {
    auto documents = parseUpTo(1, text, limits);
    if (!documents) {
        return tl::unexpected(documents.error());
    }
    return documents->empty() ? YamlNode{} : std::move(documents->front());
}

OrReason<std::vector<YamlNode>> parseYamlDocuments(const std::string& text, const YamlLimits& limits) {
    return parseUpTo(std::numeric_limits<std::size_t>::max(), text, limits);
}

nlohmann::json toJson(const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::Null:
            return nullptr;
        case YamlNode::Kind::Scalar:
            return node.plain ? plainToJson(node.text) : nlohmann::json(node.text);
        case YamlNode::Kind::Sequence: {
            nlohmann::json list = nlohmann::json::array();
            for (const YamlNode& item : node.items) {
                list.push_back(toJson(item));
            }
            return list;
        }
        case YamlNode::Kind::Map: {
            nlohmann::json map = nlohmann::json::object();
            for (const auto& [key, value] : node.fields) {
                map[key] = toJson(value);
            }
            return map;
        }
    }
    return nullptr;
}

}  // namespace quarterdeck::kubeconfig
