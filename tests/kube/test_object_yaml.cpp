#include <QTest>

#include <fstream>
#include <random>
#include <regex>
#include <sstream>

#include <yaml-cpp/yaml.h>
#include <nlohmann/json.hpp>

#include "app/kube/object_yaml.h"
#include "app/kube/yaml_scalar.h"

using namespace quarterdeck;
using kube::objectYaml;
using nlohmann::json;

namespace {

/// A plain scalar by the rules of YAML 1.1 (yaml.org/type): what kubectl's and most other readers make of it.
json resolve(const std::string& text) {
    static const std::regex kNull("~|null|Null|NULL|");
    static const std::regex kBool("y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    static const std::regex kInt(
        "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+|"
        "0o[0-7]+");
    static const std::regex kFloat(
        "[-+]?([0-9][0-9_]*)?\\.[0-9.]*([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*|"
        "[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)|[-+]?[0-9]+[eE][-+]?[0-9]+");
    static const std::regex kTime(
        "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*");
    if (std::regex_match(text, kNull)) {
        return nullptr;
    }
    if (std::regex_match(text, kBool)) {
        return text == "true" ? json(true) : text == "false" ? json(false) : json("<bool> " + text);
    }
    if (std::regex_match(text, kInt) || std::regex_match(text, kFloat)) {
        json number = json::parse(text, nullptr, false);
        return number.is_number() ? number : json("<number> " + text);
    }
    if (std::regex_match(text, kTime) || text == "=" || text == "<<") {
        return "<other> " + text;
    }
    return text;
}

json toJson(const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Map: {
            json object = json::object();
            for (const auto& member : node) {
                const json key =
                    member.first.Tag() == "!" ? json(member.first.Scalar()) : resolve(member.first.Scalar());
                object[key.is_string() ? key.get<std::string>() : "<not text> " + key.dump()] = toJson(member.second);
            }
            return object;
        }
        case YAML::NodeType::Sequence: {
            json list = json::array();
            for (const auto& item : node) {
                list.push_back(toJson(item));
            }
            return list;
        }
        case YAML::NodeType::Scalar:
            return node.Tag() == "!" ? json(node.Scalar()) : resolve(node.Scalar());
        default:
            return nullptr;
    }
}

/// Empty where the YAML of the object parses back to it; else what is wrong.
std::string difference(const json& object) {
    const std::string yaml = objectYaml(object);
    try {
        const json back = toJson(YAML::Load(yaml));
        return back == object ? std::string()
                              : "wrote\n" + yaml + "\nfor\n" + object.dump(1) + "\nand read\n" + back.dump(1);
    } catch (const YAML::Exception& error) {
        return std::string(error.what()) + " in\n" + yaml;
    }
}

const std::vector<std::string>& awkward() {
    static const std::vector<std::string> texts{"",
                                                " ",
                                                "  two",
                                                "end ",
                                                "true",
                                                "True",
                                                "TRUE",
                                                "yes",
                                                "No",
                                                "on",
                                                "OFF",
                                                "y",
                                                "N",
                                                "null",
                                                "Null",
                                                "~",
                                                "123",
                                                "-1",
                                                "+1",
                                                "0",
                                                "007",
                                                "0x1F",
                                                "0o17",
                                                "0b11",
                                                "1e3",
                                                "1E3",
                                                "1.5",
                                                ".5",
                                                "5.",
                                                "1_000",
                                                "12:30:45",
                                                "1:2",
                                                "10.0.1.5",
                                                ".inf",
                                                "-.inf",
                                                ".nan",
                                                "=",
                                                "<<",
                                                "-",
                                                "- a",
                                                "--- a",
                                                "---",
                                                "...",
                                                "? a",
                                                ": a",
                                                "a: b",
                                                "a:",
                                                "a:b",
                                                "a #b",
                                                "#a",
                                                "&a",
                                                "*a",
                                                "!a",
                                                "|",
                                                ">",
                                                "%a",
                                                "@a",
                                                "`a",
                                                "{a",
                                                "[a",
                                                "}",
                                                "]",
                                                ",",
                                                "'a'",
                                                "\"a\"",
                                                "a\"b",
                                                "a\\b",
                                                "2026-03-14",
                                                "2026-03-14T03:12:40Z",
                                                "2001-12-14 21:59:43.10 -5",
                                                "500m",
                                                "10Gi",
                                                "1Ki",
                                                "100n",
                                                "2h",
                                                "3d4h",
                                                "1e3m",
                                                "a\tb",
                                                "\ta",
                                                "a\t",
                                                "one\ntwo",
                                                "one\ntwo\n",
                                                "one\n\ntwo\n",
                                                "one\ntwo\n\n",
                                                "\none\ntwo",
                                                "\n",
                                                "\n\n",
                                                "  one\ntwo",
                                                "one\n  two\n",
                                                "one \ntwo",
                                                "one\n \ntwo",
                                                "one\n\ttwo\n",
                                                "\tone\ntwo",
                                                "one\r\ntwo\r\n",
                                                "# one\ntwo\n",
                                                "---\ntwo\n",
                                                "- one\n- two",
                                                "key: a\nb: c\n",
                                                "\x01",
                                                "\x1b[31m",
                                                "\x7f",
                                                "\xc2\x85",
                                                "\xe2\x80\xae"
                                                "abc",
                                                "\xe2\x80\xa8",
                                                "\xef\xbb\xbf"
                                                "bom",
                                                "gr\xc3\xbc\xc3\x9f",
                                                "\xe4\xb8\xad\xe6\x96\x87",
                                                "\xf0\x9f\x98\x80",
                                                "\xef\xbf\xbf",
                                                "a\nb\xe2\x80\xae\n",
                                                std::string(1, '\0') + "a",
                                                std::string(3000, 'k'),
                                                "a=b",
                                                "a@b",
                                                "sha256:abc",
                                                "registry.local:5000/a/b:1.2",
                                                "/a/b c",
                                                "None",
                                                "Nothing"};
    return texts;
}

class Generator {
public:
    explicit Generator(unsigned seed) : engine_(seed) {}
    json object(int depth) {
        json value = json::object();
        for (int i = below(6); i > 0; --i) {
            value[text()] = any(depth - 1);
        }
        return value;
    }

private:
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(engine_); }
    std::string text() {
        if (below(2) == 0) {
            return awkward()[static_cast<std::size_t>(below(static_cast<int>(awkward().size())))];
        }
        static const std::string kPieces("ab1-:.#'\"\\ \n\t,[]{}&*!|>%@=~e+_xZ0");
        std::string made;
        for (int i = below(14); i > 0; --i) {
            made += kPieces[static_cast<std::size_t>(below(static_cast<int>(kPieces.size())))];
        }
        return made;
    }
    json any(int depth) {
        switch (below(depth > 0 ? 8 : 5)) {
            case 0:
                return below(2) == 0;
            case 1:
                return nullptr;
            case 2:
                return below(2) == 0 ? json(below(2'000'000) - 1'000'000)
                                     : json((below(2'000) - 1'000) * std::pow(10.0, below(40) - 20));
            case 5: {
                json list = json::array();
                for (int i = below(4); i > 0; --i) {
                    list.push_back(any(depth - 1));
                }
                return list;
            }
            case 6:
            case 7:
                return object(depth);
            default:
                return text();
        }
    }
    std::mt19937 engine_;
};

json secret() {
    return {{"apiVersion", "v1"},
            {"kind", "Secret"},
            {"metadata",
             {{"name", "db"},
              {"annotations",
               {{"kubectl.kubernetes.io/last-applied-configuration", "{\"data\":{\"a\":\"CANARY\"}}"},
                {"team", "orders"}}}}},
            {"data", {{"password", "Q0FOQVJZLTEyMzQ1Njc4OTAxMjM0NQ=="}, {"odd", {{"nested", "CANARY"}}}}},
            {"stringData", {{"plain", "CANARY"}}},
            {"type", "Opaque"}};
}

}  // namespace

class TestObjectYaml : public QObject {
    Q_OBJECT

private slots:
    void itReadsLikeKubectl() {
        const json pod{
            {"status", {{"phase", "Running"}}},
            {"kind", "Pod"},
            {"apiVersion", "v1"},
            {"zone", json::array()},
            {"metadata",
             {{"name", "api"},
              {"creationTimestamp", "2026-03-14T03:12:40Z"},
              {"labels", {{"app", "api"}, {"tier", "1"}}},
              {"managedFields", json::array({{{"manager", "kubectl"}}})}}},
            {"spec",
             {{"containers", json::array({{{"name", "api"},
                                           {"args", json::array({"--port", "80"})},
                                           {"command", json::array({"sh", "-c", "one\ntwo\n"})},
                                           {"resources", {{"limits", {{"cpu", "500m"}, {"memory", "1Gi"}}}}}}})},
              {"nodeSelector", json::object()}}}};
        QCOMPARE(objectYaml(pod), std::string("apiVersion: v1\n"
                                              "kind: Pod\n"
                                              "metadata:\n"
                                              "  creationTimestamp: \"2026-03-14T03:12:40Z\"\n"
                                              "  labels:\n"
                                              "    app: api\n"
                                              "    tier: \"1\"\n"
                                              "  name: api\n"
                                              "spec:\n"
                                              "  containers:\n"
                                              "  - args:\n"
                                              "    - \"--port\"\n"
                                              "    - \"80\"\n"
                                              "    command:\n"
                                              "    - sh\n"
                                              "    - \"-c\"\n"
                                              "    - |\n"
                                              "      one\n"
                                              "      two\n"
                                              "    name: api\n"
                                              "    resources:\n"
                                              "      limits:\n"
                                              "        cpu: 500m\n"
                                              "        memory: 1Gi\n"
                                              "  nodeSelector: {}\n"
                                              "status:\n"
                                              "  phase: Running\n"
                                              "zone: []\n"));
    }

    void awkwardTextsReadBackAsTheyWere() {
        for (const std::string& text : awkward()) {
            for (const json& object :
                 {json{{"key", text}}, json{{text, "value"}}, json{{"list", {text, {{text, text}}}}}}) {
                const std::string fault = difference(object);
                QVERIFY2(fault.empty(), fault.c_str());
            }
        }
    }

    void randomObjectsReadBackAsTheyWere() {
        for (unsigned seed = 0; seed < 600; ++seed) {
            const std::string fault = difference(Generator(seed).object(5));
            QVERIFY2(fault.empty(), (std::to_string(seed) + ": " + fault).c_str());
        }
    }

    void fixturesReadBackAsTheyWere() {
        for (const char* name : {"deployments", "events", "namespaces", "nodes", "pods", "replicasets"}) {
            std::ifstream file(std::string(QUARTERDECK_FIXTURES) + "/kinds/" + name + ".json");
            const json list = json::parse(file, nullptr, false);
            QVERIFY2(list.contains("items") && !list["items"].empty(), name);
            for (json item : list["items"]) {
                item["metadata"].erase("managedFields");
                const std::string fault = difference(item);
                QVERIFY2(fault.empty(), fault.c_str());
            }
        }
    }

    void marksThatDeceiveAreEscaped() {
        const std::string yaml = objectYaml({{"a",
                                              "\xe2\x80\xae"
                                              "evil"},
                                             {"b", "\x1b[31m"},
                                             {"c", "x\n\xe2\x80\x8b\n"}});
        QCOMPARE(yaml, std::string("a: \"\\u202Eevil\"\nb: \"\\u001B[31m\"\nc: \"x\\n\\u200B\\n\"\n"));
    }

    void brokenUtf8IsReplaced() {
        QCOMPARE(objectYaml({{"a", "x\xffy"}}), std::string("a: \"x\\uFFFDy\"\n"));
        QCOMPARE(objectYaml({{"a", "one\ntwo\xc3"}}), std::string("a: \"one\\ntwo\\uFFFD\"\n"));
    }

    void valuesOfSecretsAreHidden() {
        const std::string yaml = objectYaml(secret());
        QVERIFY2(yaml.find("CANARY") == std::string::npos && yaml.find("Q0FO") == std::string::npos, yaml.c_str());
        QVERIFY2(yaml.find("password: \"••• (22 bytes)\"") != std::string::npos, yaml.c_str());
        QVERIFY2(yaml.find("plain: \"••• (6 bytes)\"") != std::string::npos, yaml.c_str());
        QVERIFY(yaml.find("team: orders") != std::string::npos);
    }

    void valuesOfSecretsInListsAreHidden() {
        json bare = secret();
        bare.erase("kind");
        for (const json& list :
             {json{{"kind", "List"}, {"items", {secret()}}}, json{{"kind", "SecretList"}, {"items", {bare}}}}) {
            QVERIFY(objectYaml(list).find("CANARY") == std::string::npos);
        }
        json flat = secret();
        flat["data"] = "CANARY";
        QVERIFY(objectYaml(flat).find("CANARY") == std::string::npos);
    }

    void aConfigMapIsShown() {
        const json map{{"kind", "ConfigMap"}, {"data", {{"a.ini", "[x]\ny=1\n"}}}};
        QCOMPARE(objectYaml(map), std::string("kind: ConfigMap\ndata:\n  a.ini: |\n    [x]\n    y=1\n"));
    }

    void depthIsBounded() {
        json deep = "bottom";
        for (int i = 0; i < 1'000; ++i) {
            deep = i % 2 == 0 ? json{{"a", std::move(deep)}} : json::array({std::move(deep)});
        }
        const std::string yaml = objectYaml({{"root", std::move(deep)}});
        QVERIFY(yaml.size() < 20'000);
        QVERIFY(yaml.find("nested too deeply") != std::string::npos);
    }

    void aMegabyteTakesNoTime() {
        json big{{"metadata", {{"annotations", {{"big", std::string(1'000'000, 'x')}}}}}};
        QElapsedTimer timer;
        timer.start();
        QVERIFY(objectYaml(big).size() > 1'000'000);
        QVERIFY2(timer.elapsed() < 1'000, QByteArray::number(timer.elapsed()).constData());
    }
};

QTEST_GUILESS_MAIN(TestObjectYaml)
#include "test_object_yaml.moc"
