#include "app/settings/settings.h"

#include <algorithm>

#include <QCryptographicHash>

#include "app/settings/file_io.h"

namespace quarterdeck::settings {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxBytes = std::size_t{4} << 20U;
constexpr int kMaxDepth = 64;
constexpr int kMinutesOfDay = 24 * 60;

/// JSON no deeper than kMaxDepth; discarded otherwise or where malformed.
Json parseBounded(const std::string& text) {
    bool deep = false;
    Json parsed = Json::parse(
        text,
        [&deep](int depth, Json::parse_event_t, Json&) {
            deep = deep || depth > kMaxDepth;
            return !deep;
        },
        false);
    return deep ? Json(Json::value_t::discarded) : parsed;
}

const char* themeName(Theme theme) {
    return theme == Theme::Light ? "light" : theme == Theme::Dark ? "dark" : "system";
}

const char* contrastName(Contrast contrast) {
    return contrast == Contrast::Normal ? "normal" : contrast == Contrast::High ? "high" : "system";
}

/// Takes known values out of a map and notes those of another type.
class Reader {
public:
    Reader(const Json& map, std::string prefix, std::vector<std::string>& bad)
        : map_(map), prefix_(std::move(prefix)), bad_(bad) {}

    void take(const char* key, bool& into) const {
        visit(key, [&](const Json& value) {
            if (value.is_boolean()) {
                into = value.get<bool>();
            }
            return value.is_boolean();
        });
    }
    void take(const char* key, std::optional<bool>& into) const {
        visit(key, [&](const Json& value) {
            if (value.is_boolean()) {
                into = value.get<bool>();
            }
            return value.is_boolean() || value.is_null();
        });
    }
    void take(const char* key, std::string& into) const {
        visit(key, [&](const Json& value) {
            if (value.is_string()) {
                into = value.get<std::string>();
            }
            return value.is_string();
        });
    }
    void take(const char* key, std::vector<std::string>& into) const {
        visit(key, [&](const Json& value) {
            bool good = value.is_array();
            for (const Json& item : good ? value : Json::array()) {
                good = good && item.is_string();
                if (item.is_string()) {
                    into.push_back(item.get<std::string>());
                }
            }
            return good;
        });
    }
    /// `read` returns whether it understood the value.
    template <class Read>
    void visit(const char* key, Read read) const {
        const auto found = map_.find(key);
        if (found != map_.end() && !read(*found)) {
            bad_.push_back(prefix_ + key);
        }
    }

private:
    const Json& map_;
    std::string prefix_;
    std::vector<std::string>& bad_;
};

Settings decode(const Json& root, std::vector<std::string>& bad) {
    Settings settings;
    settings.unknown = root;
    const Reader reader(root, "", bad);
    reader.visit("theme", [&](const Json& value) {
        for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark}) {
            if (value == themeName(theme)) {
                settings.theme = theme;
                return true;
            }
        }
        return false;
    });
    reader.visit("contrast", [&](const Json& value) {
        for (const Contrast contrast : {Contrast::System, Contrast::Normal, Contrast::High}) {
            if (value == contrastName(contrast)) {
                settings.contrast = contrast;
                return true;
            }
        }
        return false;
    });
    reader.visit("textScale", [&](const Json& value) {
        const double scale = value.is_number() ? value.get<double>() : 0.0;
        const bool good = scale >= kMinTextScale && scale <= kMaxTextScale;
        settings.textScale = good ? scale : 1.0;
        return good;
    });
    reader.take("utcTimes", settings.utcTimes);
    reader.take("lastKubeconfig", settings.lastKubeconfig);
    reader.take("lastOpenContexts", settings.lastOpenContexts);
    reader.take("contextsRemembered", settings.contextsRemembered);
    reader.take("windowGeometry", settings.windowGeometry);
    reader.take("lastLocation", settings.lastLocation);
    reader.take("moreLocations", settings.moreLocations);
    reader.take("moreGeometries", settings.moreGeometries);
    const auto minute = [&reader](const char* key, std::optional<int>& into) {
        reader.visit(key, [&](const Json& value) {
            const int read = value.is_number_integer() ? value.get<int>() : -1;
            const bool good = read >= 0 && read < kMinutesOfDay;
            if (good) {
                into = read;
            }
            return good;
        });
    };
    minute("quietFrom", settings.quietFrom);
    minute("quietTo", settings.quietTo);
    reader.visit("views", [&](const Json& value) {
        if (!value.is_object()) {
            return false;
        }
        bool good = true;
        for (const auto& [key, text] : value.items()) {
            good = good && text.is_string();
            if (text.is_string()) {
                settings.views[key] = text.get<std::string>();
            }
        }
        return good;
    });
    reader.visit("clusters", [&](const Json& value) {
        if (!value.is_object()) {
            return false;
        }
        bool good = true;
        for (const auto& [key, entry] : value.items()) {
            ContextSettings& context = settings.clusters[key];
            good = good && entry.is_object();
            if (entry.is_object()) {
                const Reader inner(entry, "clusters." + key + ".", bad);
                inner.take("production", context.production);
                inner.take("locked", context.locked);
                inner.take("pluginPath", context.pluginPath);
                inner.take("namespaces", context.namespaces);
            }
        }
        return good;
    });
    return settings;
}

template <class T>
void setOptional(Json& map, const char* key, const std::optional<T>& value) {
    if (value) {
        map[key] = *value;
    } else {
        map.erase(key);
    }
}

Json encode(const Settings& settings) {
    Json root = settings.unknown.is_object() ? settings.unknown : Json::object();
    root["theme"] = themeName(settings.theme);
    root["contrast"] = contrastName(settings.contrast);
    root["textScale"] = settings.textScale;
    root["views"] = settings.views;
    root["utcTimes"] = settings.utcTimes;
    root["lastKubeconfig"] = settings.lastKubeconfig;
    root["lastOpenContexts"] = settings.lastOpenContexts;
    root["contextsRemembered"] = settings.contextsRemembered;
    root["windowGeometry"] = settings.windowGeometry;
    root["lastLocation"] = settings.lastLocation;
    root["moreLocations"] = settings.moreLocations;
    root["moreGeometries"] = settings.moreGeometries;
    setOptional(root, "quietFrom", settings.quietFrom);
    setOptional(root, "quietTo", settings.quietTo);
    const auto before = root.find("clusters");
    const Json had = before != root.end() && before->is_object() ? *before : Json::object();
    Json clusters = Json::object();
    for (const auto& [key, context] : settings.clusters) {
        const auto old = had.find(key);
        Json entry = old != had.end() && old->is_object() ? *old : Json::object();
        setOptional(entry, "production", context.production);
        setOptional(entry, "locked", context.locked);
        entry["pluginPath"] = context.pluginPath;
        entry["namespaces"] = context.namespaces;
        clusters[key] = std::move(entry);
    }
    root["clusters"] = std::move(clusters);
    return root;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

LoadedSettings setAside(const std::string& file, const std::string& reason) {
    const std::string kept = keepAside(file);
    if (kept.empty()) {
        return {{}, makeError(kSettingsStuck, {{"file", file}, {"reason", reason}})};
    }
    return {{}, makeError(kSettingsBroken, {{"file", file}, {"reason", reason}, {"kept", kept}})};
}

}  // namespace

std::string clusterKey(std::string_view serverUrl, std::string_view caPem) {
    std::string url(serverUrl);
    const std::size_t scheme = url.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t at = url.find('@', start);
    if (at != std::string::npos && at < std::min(url.find('/', start), url.size())) {
        url.erase(start, at + 1 - start);
    }
    while (!url.empty() && url.back() == '/') {
        url.pop_back();
    }
    const QByteArray hash = QCryptographicHash::hash(QByteArrayView(caPem.data(), static_cast<qsizetype>(caPem.size())),
                                                     QCryptographicHash::Sha256);
    return url + (caPem.empty() ? std::string(" system-roots") : " sha256:" + hash.toHex().toStdString());
}

LoadedSettings loadSettings(const Paths& paths) {
    const std::string file = paths.settingsFile();
    const auto text = readFile(file, kMaxBytes);
    if (!text) {
        return text.error().isMissing ? LoadedSettings{} : setAside(file, text.error().reason);
    }
    const Json root = parseBounded(*text);
    if (!root.is_object()) {
        return setAside(file, text->empty() ? "the file is empty" : "it is not a JSON object");
    }
    std::vector<std::string> bad;
    LoadedSettings loaded{decode(root, bad), std::nullopt};
    if (!bad.empty()) {
        const std::string kept = keepCopy(file);
        loaded.problem =
            makeError(kSettingsValue,
                      {{"file", file}, {"keys", joined(bad)}, {"kept", kept.empty() ? std::string("nothing") : kept}});
    }
    return loaded;
}

Result<void> saveSettings(const Paths& paths, const Settings& settings) {
    const std::string file = paths.settingsFile();
    const std::string text = encode(settings).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    if (const std::string reason = writeFileAtomically(file, text); !reason.empty()) {
        return fail(kSettingsNotSaved, {{"file", file}, {"reason", reason}});
    }
    return {};
}

}  // namespace quarterdeck::settings
