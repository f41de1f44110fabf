#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/kubeconfig/yaml_tree.h"

namespace quarterdeck::kubeconfig {

/// Makes a tree of parse events within limits. After the first failure every call returns false and does nothing.
class YamlBuilder {
public:
    explicit YamlBuilder(const YamlLimits& limits) : limits_(limits) {}

    bool null(int line, std::size_t anchor);
    bool scalar(std::string text, bool plain, int line, std::size_t anchor);
    bool startSequence(int line, std::size_t anchor);
    bool startMap(int line, std::size_t anchor);
    bool end();
    bool alias(std::size_t anchor, int line);

    [[nodiscard]] const std::optional<std::string>& failure() const { return failure_; }
    [[nodiscard]] YamlNode take() { return std::move(root_); }

private:
    struct Frame {
        YamlNode node;
        std::size_t anchor = 0;
        std::optional<std::string> key;
        int keyLine = 0;
        bool keyPlain = false;
        std::vector<std::pair<int, YamlNode>> merges;
    };

    bool fail(std::string reason, int line);
    bool start(YamlNode::Kind kind, int line, std::size_t anchor);
    bool charge(std::size_t nodes, std::size_t bytes, int line);
    bool chargeTree(const YamlNode& node, std::size_t depth, int line);
    bool place(YamlNode node, std::size_t anchor);
    bool takeKey(YamlNode node);
    bool addField(Frame& frame, YamlNode node);
    bool mergeInto(Frame& frame);

    YamlLimits limits_;
    std::vector<Frame> frames_;
    std::map<std::size_t, YamlNode> anchors_;
    YamlNode root_;
    std::size_t nodes_ = 0;
    std::size_t bytes_ = 0;
    std::optional<std::string> failure_;
};

}  // namespace quarterdeck::kubeconfig
