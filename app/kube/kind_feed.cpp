#include "app/kube/kind_feed.h"

#include <algorithm>

namespace quarterdeck::kube {

namespace {

/// The store itself, without a share in it: whether somebody uses a store is seen by who shares it.
std::shared_ptr<StoreWriter> borrowed(ObjectStore& store) {
    return {std::shared_ptr<void>(), &store};
}

}  // namespace

/// One namespace's part of the store.
class KindFeed::PartWriter final : public StoreWriter {
public:
    PartWriter(KindFeed& feed, std::string nameSpace) : feed_(feed), nameSpace_(std::move(nameSpace)) {}

    void replaceAll(std::vector<ObjectPtr> objects, Freshness freshness) override {
        feed_.publish(nameSpace_, std::move(freshness), [&](Freshness whole) {
            feed_.store_.replaceNamespace(nameSpace_, std::move(objects), std::move(whole));
        });
    }
    void upsert(ObjectPtr object, Freshness freshness) override {
        feed_.publish(nameSpace_, std::move(freshness),
                      [&](Freshness whole) { feed_.store_.upsert(std::move(object), std::move(whole)); });
    }
    void remove(const Uid& uid, Freshness freshness) override {
        feed_.publish(nameSpace_, std::move(freshness),
                      [&](Freshness whole) { feed_.store_.remove(uid, std::move(whole)); });
    }
    void setFreshness(Freshness freshness) override {
        feed_.publish(nameSpace_, std::move(freshness),
                      [&](Freshness whole) { feed_.store_.setFreshness(std::move(whole)); });
    }
    [[nodiscard]] Freshness freshness() const override {
        const std::scoped_lock lock(feed_.board_);
        const auto found = feed_.scoped_.parts.find(nameSpace_);
        return found == feed_.scoped_.parts.end() ? Freshness{} : found->second;
    }

private:
    KindFeed& feed_;
    const std::string nameSpace_;
};

KindFeed::KindFeed(std::shared_ptr<http::Channel> channel, const KindDescriptor& kind, std::shared_ptr<StringPool> pool,
                   ObjectStore& store, Reflector::Options options, std::shared_ptr<NamespaceDirectory> namespaces)
    : channel_(std::move(channel)),
      kind_(kind),
      pool_(std::move(pool)),
      store_(store),
      options_([&] {
          options.nameSpace.clear();
          options.endWhenDenied = kind.type.namespaced && namespaces != nullptr;
          return std::move(options);
      }()),
      namespaces_(std::move(namespaces)),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

KindFeed::~KindFeed() = default;

void KindFeed::retryNow() {
    if (namespaces_) {
        namespaces_->forget();
    }
    const std::scoped_lock lock(mutex_);
    retry_ = true;
    wake_.notify_all();
    for (Reflector* reflector : reflectors_) {
        reflector->retryNow();
    }
}

void KindFeed::renewSilentWatch(std::chrono::milliseconds limit) {
    const std::scoped_lock lock(mutex_);
    for (Reflector* reflector : reflectors_) {
        reflector->renewSilentWatch(limit);
    }
}

void KindFeed::namespacesChanged() {
    const std::scoped_lock lock(mutex_);
    grown_ = true;
    wake_.notify_all();
}

void KindFeed::expire(Instant deadline, const Error& reason) {
    const std::scoped_lock lock(board_);
    if (!narrow_) {
        store_.expire(deadline, reason);
        return;
    }
    bool expired = false;
    for (auto& [nameSpace, part] : scoped_.parts) {
        const bool live = part.state == FreshnessState::Live || part.state == FreshnessState::Empty;
        if (live && part.since < deadline) {
            part = {FreshnessState::Stale, part.since, reason, std::nullopt};
            expired = true;
        }
    }
    if (expired) {
        store_.setFreshness(combine(scoped_));
    }
}

void KindFeed::publish(const std::string& nameSpace, Freshness part, const std::function<void(Freshness)>& apply) {
    const std::scoped_lock lock(board_);
    scoped_.parts[nameSpace] = std::move(part);
    apply(combine(scoped_));
}

void KindFeed::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        Reflector wide(channel_, kind_, pool_, borrowed(store_), options_);
        {
            const std::scoped_lock lock(mutex_);
            reflectors_.insert(&wide);
        }
        const std::optional<Error> denial = wide.run(stop);
        {
            const std::scoped_lock lock(mutex_);
            reflectors_.erase(&wide);
        }
        if (denial && !stop.stop_requested()) {
            watchParts(*denial, stop);
        }
    }
}

void KindFeed::watchParts(const Error& denial, std::stop_token stop) {
    {
        const std::scoped_lock lock(board_);
        narrow_ = true;
        scoped_ = {options_.context, kind_.type, denial, {}, 0, 0, options_.clock->now()};
        // What was seen by the wider right may no longer be shown as true.
        store_.replaceAll({}, combine(scoped_));
    }
    {
        const std::scoped_lock lock(mutex_);
        retry_ = false;
    }
    Parts parts;
    NamespaceRights rights(channel_, kind_, namespaces_, options_.clock);
    while (!stop.stop_requested()) {
        chooseParts(parts, rights, stop);
        bool due = false;
        {
            std::unique_lock lock(mutex_);
            const bool woken =
                wake_.wait_for(lock, stop, options_.timing.deniedPause, [this] { return grown_ || retry_; });
            due = !woken || retry_;
            if (retry_) {
                rights.forget();
            }
            grown_ = false;
            retry_ = false;
        }
        if (due && !stop.stop_requested() && mayWiden(stop)) {
            break;
        }
    }
    for (auto& [name, part] : parts) {
        part.thread.request_stop();
    }
    while (!parts.empty()) {
        endPart(parts, std::string(parts.begin()->first));
    }
    const std::scoped_lock lock(board_);
    narrow_ = false;
}

std::vector<std::string> KindFeed::candidates(const Parts& parts, std::stop_token stop) {
    std::vector<std::string> names = namespaces_->ask(std::move(stop));
    const std::vector<std::string> named = namespaces_->named();
    const auto rank = [&](const std::string& name) {
        const bool first = std::find(named.begin(), named.end(), name) != named.end();
        return first ? 0 : parts.contains(name) ? 1 : 2;
    };
    std::stable_sort(names.begin(), names.end(),
                     [&](const std::string& left, const std::string& right) { return rank(left) < rank(right); });
    return names;
}

void KindFeed::chooseParts(Parts& parts, NamespaceRights& rights, std::stop_token stop) {
    const std::vector<std::string> names = candidates(parts, stop);
    const bool crowded = names.size() > kMostNamespaces;
    dropAllBut({names.begin(), names.end()}, parts);
    std::set<std::string> kept;
    std::size_t tried = 0;
    std::size_t watched = 0;
    std::size_t refused = 0;
    for (const std::string& name : names) {
        if (stop.stop_requested() || hasGrown()) {
            return;  // begun anew with what is known by now
        }
        if (watched == kMostNamespaces || tried == kMostTried) {
            break;
        }
        ++tried;
        // A reflector tries a refused list again by itself, but its place may be another's.
        const bool settled = parts.contains(name) && !(crowded && isRefused(name));
        const auto missing = settled ? std::vector<std::string>{} : rights.missing(name, crowded, stop);
        if (missing.empty()) {
            if (!parts.contains(name)) {
                startPart(parts, name);
            }
            kept.insert(name);
            ++watched;
            continue;
        }
        endPart(parts, name);
        if (++refused <= kMostNamespaces) {
            noteRefused(name, missing);
            kept.insert(name);
        }
    }
    dropAllBut(kept, parts);
    const std::scoped_lock lock(board_);
    scoped_.leftOut = names.size() - tried;
    scoped_.refusedMore = refused - std::min(refused, kMostNamespaces);
    scoped_.searchingSince.reset();
    store_.setFreshness(combine(scoped_));
}

void KindFeed::dropAllBut(const std::set<std::string>& kept, Parts& parts) {
    std::vector<std::string> gone;
    {
        const std::scoped_lock lock(board_);
        for (const auto& [name, part] : scoped_.parts) {
            if (!kept.contains(name)) {
                gone.push_back(name);
            }
        }
    }
    for (const std::string& name : gone) {
        endPart(parts, name);
        const std::scoped_lock lock(board_);
        scoped_.parts.erase(name);
        store_.replaceNamespace(name, {}, combine(scoped_));
    }
}

void KindFeed::noteRefused(const std::string& nameSpace, const std::vector<std::string>& missing) {
    const std::scoped_lock lock(board_);
    Freshness& part = scoped_.parts[nameSpace];
    if (part.state != FreshnessState::Forbidden) {
        part = forbiddenPart(scoped_, nameSpace, missing, options_.clock->now());
    }
    part.nextTry = options_.clock->now() + options_.timing.deniedPause;
}

bool KindFeed::isRefused(const std::string& nameSpace) {
    const std::scoped_lock lock(board_);
    const auto part = scoped_.parts.find(nameSpace);
    return part != scoped_.parts.end() && part->second.state == FreshnessState::Forbidden;
}

bool KindFeed::hasGrown() {
    const std::scoped_lock lock(mutex_);
    return grown_;
}

void KindFeed::startPart(Parts& parts, const std::string& nameSpace) {
    {
        const std::scoped_lock lock(board_);
        scoped_.parts[nameSpace] = {FreshnessState::Loading, options_.clock->now(), std::nullopt, std::nullopt};
    }
    Part& part = parts[nameSpace];
    part.writer = std::make_shared<PartWriter>(*this, nameSpace);
    Reflector::Options options = options_;
    options.nameSpace = nameSpace;
    options.endWhenDenied = false;
    part.reflector = std::make_unique<Reflector>(channel_, kind_, pool_, part.writer, std::move(options));
    {
        const std::scoped_lock lock(mutex_);
        reflectors_.insert(part.reflector.get());
    }
    part.thread = std::jthread([reflector = part.reflector.get()](std::stop_token stop) {
        static_cast<void>(reflector->run(std::move(stop)));
    });
}

void KindFeed::endPart(Parts& parts, const std::string& nameSpace) {
    const auto found = parts.find(nameSpace);
    if (found == parts.end()) {
        return;
    }
    Part& part = found->second;
    part.thread = {};  // stops and joins
    {
        const std::scoped_lock lock(mutex_);
        reflectors_.erase(part.reflector.get());
    }
    parts.erase(found);
}

bool KindFeed::mayWiden(std::stop_token stop) {
    const ListProbe list = probeList(*channel_, kind_.type, {}, stop);
    if (list.status != 200) {
        return false;
    }
    const bool nothingShown = [this] {
        const std::scoped_lock lock(board_);
        return combine(scoped_).state == FreshnessState::Forbidden;
    }();
    // Watched namespaces are not given up for a list without a watch.
    return nothingShown || !kind_.watched || probeWatch(*channel_, kind_.type, list.version, std::move(stop));
}

}  // namespace quarterdeck::kube
