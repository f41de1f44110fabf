#pragma once

#include <vector>

#include <QWidget>

#include "ui/pages/page_freshness.h"

class QVBoxLayout;

namespace quarterdeck::widgets {
class Banner;
}

namespace quarterdeck::ui {

/// One banner per context that is not live, above rows that are still shown.
class StateBanners : public QWidget {
    Q_OBJECT
public:
    explicit StateBanners(QWidget* parent = nullptr);

    /// Shows what is wrong with these parts; hides itself where nothing is.
    void show(const std::vector<ContextFreshness>& parts, ZoneChoice zone);
    /// Shows none.
    void clear();
    /// For tests and screen readers: sentences of the visible banners.
    [[nodiscard]] QStringList sentences() const { return sentences_; }

signals:
    void retryRequested();

private:
    widgets::Banner* banner(std::size_t index);

    QVBoxLayout* layout_ = nullptr;
    std::vector<widgets::Banner*> banners_;
    QStringList sentences_;
};

}  // namespace quarterdeck::ui
