#pragma once

#include <QWidget>

#include "ui/tables/table_order.h"

class QAction;

namespace quarterdeck::widgets {
class Button;
class Pill;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

/// Title, "56 in 3 contexts · 54 ready · 2 finished", what fares how, and the page's buttons. 48 px.
class TableHeader : public QWidget {
    Q_OBJECT
public:
    /// The buttons trigger these actions of the registry.
    TableHeader(const QString& title, QAction* faults, QAction* csv, QWidget* parent = nullptr);

    void setCounts(const OrderCounts& counts, bool knowsReadiness);
    /// Instead of counts: nothing is known yet.
    void setUnknown();
    void setFaultsOnly(bool on);
    /// Off: the rows do not tell how they fare.
    void setHealthShown(bool shown);
    [[nodiscard]] QString countsText() const;
    /// Stands before the counts: where the kind comes from; empty: nothing.
    void setOrigin(const QString& origin);
    /// Stands after the counts; empty: nothing.
    void setNote(const QString& note);
    /// A control of the page, before the export.
    void add(QWidget* control);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showCounts();

    QString origin_;
    QString countsWords_;
    QString note_;
    widgets::TextLabel* counts_ = nullptr;
    widgets::Pill* critical_ = nullptr;
    widgets::Pill* warning_ = nullptr;
    widgets::Pill* good_ = nullptr;
    widgets::Button* faults_ = nullptr;
    bool healthShown_ = true;
};

}  // namespace quarterdeck::ui
