#include "app/kubeconfig/yaml_builder.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace quarterdeck::kubeconfig {

namespace {
std::string atLine(std::string reason, int line) {
    return line > 0 ? fmt::format("{} (line {})", reason, line) : reason;
}
}  // namespace

bool YamlBuilder::fail(std::string reason, int line) {
    if (!failure_) {
        failure_ = atLine(std::move(reason), line);
    }
    return false;
}

bool YamlBuilder::charge(std::size_t nodes, std::size_t bytes, int line) {
    nodes_ += nodes;
    bytes_ += bytes;
    if (nodes_ > limits_.nodes || bytes_ > limits_.bytes) {
        return fail(fmt::format("it unfolds to more than {} values or {} KiB", limits_.nodes, limits_.bytes >> 10U),
                    line);
    }
    return true;
}

bool YamlBuilder::chargeTree(const YamlNode& node, std::size_t depth, int line) {
    if (depth > limits_.depth) {
        return fail(fmt::format("it is nested deeper than {} levels", limits_.depth), line);
    }
    if (!charge(1, node.text.size(), line)) {
        return false;
    }
    for (const YamlNode& item : node.items) {
        if (!chargeTree(item, depth + 1, line)) {
            return false;
        }
    }
    for (const auto& [key, value] : node.fields) {
        if (!charge(0, key.size(), line) || !chargeTree(value, depth + 1, line)) {
            return false;
        }
    }
    return true;
}

bool YamlBuilder::null(int line, std::size_t anchor) {
    if (failure_ || !charge(1, 0, line)) {
        return false;
    }
    YamlNode node;
    node.line = line;
    return place(std::move(node), anchor);
}

bool YamlBuilder::scalar(std::string text, bool plain, int line, std::size_t anchor) {
    if (failure_ || !charge(1, text.size(), line)) {
        return false;
    }
    YamlNode node;
    node.kind = YamlNode::Kind::Scalar;
    node.text = std::move(text);
    node.plain = plain;
    node.line = line;
    return place(std::move(node), anchor);
}

bool YamlBuilder::start(YamlNode::Kind kind, int line, std::size_t anchor) {
    if (failure_ || !charge(1, 0, line)) {
        return false;
    }
    if (frames_.size() >= limits_.depth) {
        return fail(fmt::format("it is nested deeper than {} levels", limits_.depth), line);
    }
    if (!frames_.empty() && frames_.back().node.kind == YamlNode::Kind::Map && !frames_.back().key) {
        return fail("a key that is itself a list or a map is not supported", line);
    }
    Frame frame;
    frame.node.kind = kind;
    frame.node.line = line;
    frame.anchor = anchor;
    frames_.push_back(std::move(frame));
    return true;
}

bool YamlBuilder::startSequence(int line, std::size_t anchor) {
    return start(YamlNode::Kind::Sequence, line, anchor);
}
bool YamlBuilder::startMap(int line, std::size_t anchor) {
    return start(YamlNode::Kind::Map, line, anchor);
}

bool YamlBuilder::end() {
    if (failure_ || frames_.empty()) {
        return false;
    }
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.node.kind == YamlNode::Kind::Map && !mergeInto(frame)) {
        return false;
    }
    return place(std::move(frame.node), frame.anchor);
}

bool YamlBuilder::alias(std::size_t anchor, int line) {
    if (failure_) {
        return false;
    }
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
        return fail("an alias stands inside what it refers to", line);
    }
    if (!chargeTree(found->second, frames_.size() + 1, line)) {
        return false;
    }
    return place(found->second, 0);
}

bool YamlBuilder::place(YamlNode node, std::size_t anchor) {
    if (anchor != 0) {
        if (!chargeTree(node, 0, node.line)) {
            return false;
        }
        anchors_[anchor] = node;
    }
    if (frames_.empty()) {
        root_ = std::move(node);
        return true;
    }
    Frame& frame = frames_.back();
    if (frame.node.kind == YamlNode::Kind::Sequence) {
        frame.node.items.push_back(std::move(node));
        return true;
    }
    return frame.key ? addField(frame, std::move(node)) : takeKey(std::move(node));
}

bool YamlBuilder::takeKey(YamlNode node) {
    Frame& frame = frames_.back();
    if (node.kind != YamlNode::Kind::Scalar && node.kind != YamlNode::Kind::Null) {
        return fail("a key that is itself a list or a map is not supported", node.line);
    }
    frame.key = node.text;
    frame.keyLine = node.line;
    frame.keyPlain = node.plain;
    return true;
}

bool YamlBuilder::addField(Frame& frame, YamlNode node) {
    std::string key = std::move(*frame.key);
    frame.key.reset();
    if (key == "<<" && frame.keyPlain) {
        frame.merges.emplace_back(frame.keyLine, std::move(node));
        return true;
    }
    frame.node.fields.emplace_back(std::move(key), std::move(node));
    frame.node.fields.back().second.line = frame.keyLine;
    return true;
}

/// Checks keys for duplicates and adds what merge keys bring and the map itself lacks.
bool YamlBuilder::mergeInto(Frame& frame) {
    std::map<std::string_view, int> seen;
    for (const auto& [key, value] : frame.node.fields) {
        const auto [first, inserted] = seen.emplace(key, value.line);
        if (!inserted) {
            return fail(first->second > 0 ? fmt::format("a key repeats the one on line {}", first->second)
                                          : std::string("a key stands twice in the same map"),
                        value.line);
        }
    }
    std::set<std::string> names;
    for (const auto& [key, line] : seen) {
        names.emplace(key);
    }
    const auto add = [&](const YamlNode& from) {
        for (const auto& field : from.fields) {
            if (names.insert(field.first).second) {
                frame.node.fields.push_back(field);
            }
        }
    };
    for (const auto& [line, source] : frame.merges) {
        if (source.kind == YamlNode::Kind::Map) {
            add(source);
            continue;
        }
        const bool maps = source.kind == YamlNode::Kind::Sequence &&
                          std::all_of(source.items.begin(), source.items.end(),
                                      [](const YamlNode& item) { return item.kind == YamlNode::Kind::Map; });
        if (!maps) {
            return fail("a merge key (<<) needs a map or a list of maps", line);
        }
        for (const YamlNode& item : source.items) {
            add(item);
        }
    }
    return true;
}

}  // namespace quarterdeck::kubeconfig
