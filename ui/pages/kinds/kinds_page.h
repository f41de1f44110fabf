#pragma once

#include "ui/pages/deriving_access.h"
#include "ui/pages/kinds/kinds_watch.h"
#include "ui/pages/table/table_page.h"

namespace quarterdeck::ui {

/// What the shown contexts serve: each kind once, with all contexts that serve it. Enter opens the live table.
class KindsPage : public TablePage {
    Q_OBJECT
public:
    [[nodiscard]] static KindsPage* make(const PageServices& services, QWidget* parent);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// Takes `merging` over.
    KindsPage(DerivingAccess* merging, const PageServices& services, QWidget* parent);
    void watchShown();
    /// Writes each kind into the store of the first context that serves it.
    void merge();
    bool open(const QString& key);

    DerivingAccess& merging_;
    ViewScope& scope_;
    KindsWatch* watch_;
    bool watching_ = false;
};

}  // namespace quarterdeck::ui
