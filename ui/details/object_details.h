#pragma once

#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "ui/details/detail_input.h"
#include "ui/details/surroundings_feed.h"
#include "ui/location.h"

namespace quarterdeck::widgets {
class CodeView;
class DetailsDrawer;
class PropertyView;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ClusterAccess;
class ViewScope;
struct TableSpec;

/// Fills a drawer with what is known of one object: at once from its summary, then from the live stores, then from
/// the whole object, which is read again (at most once a second) when it changed. An object is one uid: another of
/// the same name is another object. A group of events is read as its newest. Nothing is asked for while inactive.
/// Interface thread.
class ObjectDetails : public QObject {
    Q_OBJECT
public:
    /// All outlive it; the drawer gets its tabs here.
    ObjectDetails(const TableSpec& spec, ClusterAccess& access, ViewScope& scope, widgets::DetailsDrawer& drawer,
                  QObject* parent = nullptr);
    ~ObjectDetails() override;

    /// `known` is what the list has of it; null where it has nothing.
    void show(const ObjectReference& object, kube::ObjectPtr known);
    /// Of nothing any more.
    void clear();
    /// Inactive (the page is hidden): the stores are let go, what is known stays.
    void setActive(bool active);
    [[nodiscard]] const std::optional<ObjectReference>& shown() const { return shown_; }
    void retry();
    void cycleTab(int step);

    /// Ids of the tabs, in their order.
    [[nodiscard]] static const QStringList& tabs();

signals:
    /// The object's uid was not known before, or is another because events are grouped otherwise; it is known now.
    void found();
    /// The person chose a link: page and object of the place, nothing else.
    void linkChosen(const quarterdeck::ui::Location& place);
    void said(const QString& words);

private:
    void addTabs();
    void addTools();
    void connectStores();
    void receive(const Surroundings& around);
    void receive(Result<FullObject> full);
    /// What the server calls object_.
    [[nodiscard]] const kube::ObjectMeta& servedMeta() const;
    void scheduleRead();
    void read();
    void follow(const QString& link);
    void answerNotice(const QString& actionId);
    void refresh();
    void refreshHead(const DetailInput& input);
    void refreshTab(const DetailInput& input);
    void refreshYaml(const DetailInput& input);
    void refreshUnknown();
    [[nodiscard]] DetailInput input() const;
    /// What outranks the object's own trouble: it is gone, old, or its context is closed.
    [[nodiscard]] DetailNotice noticeOf(const DetailInput& input) const;
    [[nodiscard]] QString titleOf(const kube::Object& object) const;
    [[nodiscard]] QString quoted() const;

    const TableSpec& spec_;
    const DetailKind* kind_;
    ClusterAccess& access_;
    ViewScope& scope_;
    widgets::DetailsDrawer& drawer_;
    widgets::PropertyView* overview_ = nullptr;
    widgets::CodeView* yaml_ = nullptr;
    widgets::PropertyView* events_ = nullptr;
    widgets::PropertyView* related_ = nullptr;

    std::optional<ObjectReference> shown_;
    kube::ObjectPtr object_;
    Surroundings around_;
    std::optional<FullObject> full_;
    std::optional<Error> fullError_;
    kube::Uid asked_;        ///< of the whole object that was asked for last
    std::string yamlShown_;  ///< version of the text in the view
    bool active_ = false;
    bool contextClosed_ = false;
    bool reading_ = false;
    bool changedMeanwhile_ = false;  ///< while it was read

    QTimer readTimer_;
    QTimer ticker_;
    QElapsedTimer lastRead_;
    SurroundingsFeed feed_;
    ObjectReader reader_;
};

}  // namespace quarterdeck::ui
