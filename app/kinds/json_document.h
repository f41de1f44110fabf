#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/error.h"
#include "app/kinds/json_reader.h"

// What the decoders of whole answers share: the document, and what is wrong with one.
namespace quarterdeck::kinds {

/// Larger parsers are given back after use: lists are rare and huge, watch lines frequent and small.
inline constexpr std::size_t kKeptParserCapacity = 1U << 20U;

/// Says early what is no JSON object at all. `expected` stands in the sentence ("PodList").
[[nodiscard]] std::optional<Error> foreignAnswer(std::string_view json, const std::string& expected);
/// Why a document could not be read to its end.
[[nodiscard]] Error syntaxError(std::string_view json, simdjson::error_code error, const std::string& expected);
/// Fields of a Status that may stand at the top of an answer or in a watch event; false where it is none of them.
[[nodiscard]] bool readStatusField(FieldName name, JsonValue& field, Reader& reader, kube::ApiStatus& status);

/// A document and the parser it needs. The text must outlive it; views into both end with it.
class Document {
public:
    explicit Document(std::string& json, bool small)
        : owned_(small ? nullptr : std::make_unique<simdjson::ondemand::parser>()) {
        // The parser may read this far behind the end, but takes nothing from there.
        json.reserve(json.size() + simdjson::SIMDJSON_PADDING);
        error_ = parser().iterate(json.data(), json.size(), json.capacity()).get(document_);
    }

    [[nodiscard]] simdjson::error_code error() const { return error_; }
    /// Visits the fields of the outermost object and makes sure that nothing follows it.
    template <class Visit>
    void eachRootField(Reader& reader, Visit&& visit) {
        simdjson::ondemand::object object;
        if (const auto error = document_.get_object().get(object)) {
            reader.fail(error);
            return;
        }
        for (auto next : object) {
            simdjson::ondemand::field field;
            // NOLINTNEXTLINE(performance-move-const-arg): trivial on some processors, asked for by the rvalue overload
            if (const auto error = std::move(next).get(field)) {
                reader.fail(error);
                return;
            }
            visit(FieldName(field.key().raw()), field.value());
            if (reader.failed()) {
                return;
            }
        }
        if (document_.current_location().error() != simdjson::OUT_OF_BOUNDS) {
            reader.fail(simdjson::TRAILING_CONTENT);
        }
    }
    void rewind() { document_.rewind(); }

private:
    simdjson::ondemand::parser& parser() {
        thread_local simdjson::ondemand::parser shared;
        return owned_ ? *owned_ : shared;
    }

    std::unique_ptr<simdjson::ondemand::parser> owned_;
    simdjson::ondemand::document document_;
    simdjson::error_code error_ = simdjson::SUCCESS;
};

}  // namespace quarterdeck::kinds
