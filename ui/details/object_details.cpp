#include "ui/details/object_details.h"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

#include <nlohmann/json.hpp>

#include "ui/details/words.h"
#include "ui/pages/cluster_access.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/column.h"
#include "ui/tables/event_groups.h"
#include "ui/text/error_text.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/property_list.h"

namespace quarterdeck::ui {

namespace {

constexpr int kSettleMillis = 150;  ///< whoever walks through the list asks for nothing on the way
constexpr int kReadPauseMillis = 1000;
constexpr int kTickMillis = 1000;

}  // namespace

const QStringList& ObjectDetails::tabs() {
    static const QStringList ids{QStringLiteral("overview"), QStringLiteral("yaml"), QStringLiteral("events"),
                                 QStringLiteral("related")};
    return ids;
}

ObjectDetails::ObjectDetails(const TableSpec& spec, ClusterAccess& access, ViewScope& scope,
                             widgets::DetailsDrawer& drawer, QObject* parent)
    : QObject(parent),
      spec_(spec),
      kind_(detailKind(spec.id)),
      access_(access),
      scope_(scope),
      drawer_(drawer),
      feed_([this](const std::shared_ptr<const Surroundings>& around) { receive(*around); }),
      reader_(this, [this](Result<FullObject> full) { receive(std::move(full)); }) {
    addTabs();
    addTools();
    readTimer_.setSingleShot(true);
    connect(&readTimer_, &QTimer::timeout, this, &ObjectDetails::read);
    ticker_.setInterval(kTickMillis);
    connect(&ticker_, &QTimer::timeout, this, &ObjectDetails::refresh);
    connect(&scope_, &ViewScope::zoneChanged, this, &ObjectDetails::refresh);
    connect(&access_, &ClusterAccess::closing, this, [this](const QString& id) {
        if (shown_ && shown_->context == id.toStdString()) {
            contextClosed_ = true;
            feed_.stop();
            reader_.cancel();
            reading_ = false;
            readTimer_.stop();
            refresh();
        }
    });
    connect(&access_, &ClusterAccess::openChanged, this, [this] {
        if (shown_ && contextClosed_ && active_) {
            connectStores();
            refresh();
        }
    });
}

ObjectDetails::~ObjectDetails() = default;

void ObjectDetails::addTabs() {
    overview_ = new widgets::PropertyView(&drawer_);
    yaml_ = new widgets::CodeView(&drawer_);
    events_ = new widgets::PropertyView(&drawer_);
    related_ = new widgets::PropertyView(&drawer_);
    const QString prefix = QStringLiteral("details.");
    using Tab = std::pair<QWidget*, QString>;
    const std::array<Tab, 4> pages{Tab{overview_, tr("Overview")}, Tab{yaml_, tr("YAML")}, Tab{events_, tr("Events")},
                                   Tab{related_, tr("Related")}};
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const QString& id = tabs()[static_cast<qsizetype>(i)];
        pages[i].first->setObjectName(prefix + id);
        pages[i].first->setAccessibleName(pages[i].second);
        drawer_.addTab(id, pages[i].second, pages[i].first);
    }
    connect(&drawer_, &widgets::DetailsDrawer::currentTabChanged, this, [this] {
        if (shown_ && full_ && drawer_.currentTab() == tabs().back() && !full_->knowsServices) {
            scheduleRead();
        }
        refresh();
    });
    for (widgets::PropertyView* view : {overview_, events_, related_}) {
        connect(view, &widgets::PropertyView::linkActivated, this, &ObjectDetails::follow);
        connect(view, &widgets::PropertyView::noticeAction, this, &ObjectDetails::answerNotice);
    }
    connect(yaml_, &widgets::CodeView::retryRequested, this, &ObjectDetails::retry);
}

void ObjectDetails::addTools() {
    auto* copy = new QAction(tr("Copy name"), this);
    copy->setObjectName(QStringLiteral("details.copyName"));
    connect(copy, &QAction::triggered, this, [this] {
        if (shown_) {
            QGuiApplication::clipboard()->setText(fromUtf8(shown_->name));
            emit said(tr("Name copied"));
        }
    });
    drawer_.addTool(copy, QStringLiteral("copy"));
}

void ObjectDetails::show(const ObjectReference& object, kube::ObjectPtr known) {
    // A group of events takes the name of its newest.
    const bool same = shown_ && shown_->context == object.context && shown_->uid == object.uid &&
                      (!object.uid.empty() || *shown_ == object);
    if (same) {
        return;
    }
    clear();
    shown_ = object;
    object_ = std::move(known);
    if (active_) {
        connectStores();
        ticker_.start();
    }
    refresh();
}

void ObjectDetails::clear() {
    feed_.stop();
    reader_.cancel();
    readTimer_.stop();
    ticker_.stop();
    reading_ = false;
    changedMeanwhile_ = false;
    contextClosed_ = false;
    shown_.reset();
    object_.reset();
    around_ = {};
    full_.reset();
    fullError_.reset();
    asked_.clear();
    yamlShown_.clear();
}

const kube::ObjectMeta& ObjectDetails::servedMeta() const {
    return spec_.kind == &kinds::eventKind() ? static_cast<const kinds::Event&>(*object_).servedMeta() : object_->meta;
}

void ObjectDetails::setActive(bool active) {
    if (active == active_) {
        return;
    }
    active_ = active;
    if (!active_) {
        feed_.stop();
        reader_.cancel();
        readTimer_.stop();
        ticker_.stop();
        reading_ = false;
    } else if (shown_) {
        connectStores();
        ticker_.start();
        refresh();
    }
}

void ObjectDetails::connectStores() {
    SurroundingsFeed::Stores stores;
    const auto open = access_.open();
    contextClosed_ =
        std::none_of(open.begin(), open.end(), [this](const auto& context) { return context.id == shown_->context; });
    if (contextClosed_) {
        feed_.stop();
        return;
    }
    for (const kube::KindDescriptor* kind : SurroundingsBuilder::sources(*spec_.kind)) {
        if (auto store = access_.store(shown_->context, *kind)) {
            stores.emplace_back(kind, std::move(store));
        }
    }
    SubjectQuery query{spec_.kind, shown_->nameSpace, shown_->name, shown_->uid};
    if (object_ != nullptr && spec_.kind == &kinds::eventKind()) {
        query.group = eventGroupKey(static_cast<const kinds::Event&>(*object_));
    }
    feed_.watch(std::move(query), std::move(stores));
    scheduleRead();
}

void ObjectDetails::receive(const Surroundings& around) {
    if (!shown_) {
        return;
    }
    around_ = around;
    if (around_.self != nullptr) {
        object_ = around_.self;
        shown_->name = object_->meta.name;
        if (shown_->uid != object_->meta.uid) {  // found by its name, or events are grouped otherwise than before
            shown_->uid = object_->meta.uid;
            emit found();
        }
        const kube::ObjectMeta& served = servedMeta();
        if (served.uid != asked_ && !full_) {
            fullError_.reset();  // of another member of the group
        }
        const bool old = !full_ || full_->resourceVersion != served.resourceVersion ||
                         (!full_->uid.empty() && full_->uid != served.uid);
        changedMeanwhile_ = changedMeanwhile_ || (old && reading_);
        if (old && !reading_ && (full_ || !fullError_)) {
            scheduleRead();
        }
    }
    refresh();
}

void ObjectDetails::scheduleRead() {
    if (!active_ || readTimer_.isActive() || around_.gone) {
        return;
    }
    const qint64 since = lastRead_.isValid() ? lastRead_.elapsed() : kReadPauseMillis;
    const bool again = full_.has_value();
    readTimer_.start(again ? std::max(kSettleMillis, static_cast<int>(kReadPauseMillis - since)) : kSettleMillis);
}

void ObjectDetails::read() {
    if (!shown_ || !active_) {
        return;
    }
    asked_ = object_ == nullptr ? shown_->uid : servedMeta().uid;
    ObjectReader::Order order{access_.client(shown_->context), access_.typeAt(shown_->context, *spec_.kind),
                              shown_->nameSpace, object_ == nullptr ? shown_->name : servedMeta().name, false};
    if (order.client == nullptr) {
        return;
    }
    order.withServices = spec_.id == "pods" && drawer_.currentTab() == tabs().back();
    lastRead_.start();
    reading_ = true;
    reader_.read(std::move(order));
}

void ObjectDetails::receive(Result<FullObject> full) {
    reading_ = false;
    if (!shown_) {
        return;
    }
    if (!full) {
        if (full.error().is(kCancelled)) {
            return;
        }
        fullError_ = full.error();
    } else if (const kube::Uid& own = object_ == nullptr ? shown_->uid : servedMeta().uid;
               own.empty() || full->uid.empty() || full->uid == own) {
        if (full_ && full_->knowsServices && !full->knowsServices) {
            full->services = std::move(full_->services);
            full->knowsServices = true;
        }
        full_ = std::move(*full);
        fullError_.reset();
    }
    if (std::exchange(changedMeanwhile_, false) && (full_ || !fullError_)) {
        scheduleRead();
    }
    refresh();
}

void ObjectDetails::retry() {
    if (!shown_) {
        return;
    }
    fullError_.reset();
    if (around_.selfFreshness.state == kube::FreshnessState::Stale) {
        access_.retry(shown_->context);
    }
    scheduleRead();
    refresh();
}

void ObjectDetails::cycleTab(int step) {
    const qsizetype count = tabs().size();
    const qsizetype at = tabs().indexOf(drawer_.currentTab());
    drawer_.setCurrentTab(tabs()[(at + step + count) % count]);
}

void ObjectDetails::follow(const QString& link) {
    if (link == QLatin1String(kRetryLink)) {
        retry();
        return;
    }
    if (const auto place = parseLocation(link.toStdString())) {
        emit linkChosen(*place);
    }
}

void ObjectDetails::answerNotice(const QString& actionId) {
    if (actionId == QLatin1String("retry")) {
        retry();
    } else if (around_.successor != nullptr) {
        const kube::ObjectMeta& meta = around_.successor->meta;
        Location place;
        place.page = spec_.id;
        place.object = ObjectReference{shown_->context, meta.nameSpace.str(), meta.name, meta.uid};
        emit linkChosen(place);
    }
}

}  // namespace quarterdeck::ui
