#pragma once

#include <QWidget>

class QComboBox;
class QListWidget;
class QScrollArea;

namespace quarterdeck::ui {

/// Developer's help: every part of the interface in every state, to be looked at in each theme and text scale.
class GalleryWindow : public QWidget {
    Q_OBJECT
public:
    explicit GalleryWindow(QWidget* parent = nullptr);

    /// Shows one part by its number in galleryParts(), or all of them (-1).
    void showPart(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void applyChoices();
    [[nodiscard]] QWidget* makeOverview() const;

    QListWidget* list_ = nullptr;
    QComboBox* theme_ = nullptr;
    QComboBox* scale_ = nullptr;
    QScrollArea* stage_ = nullptr;
    bool wide_ = true;  ///< room for two columns
};

}  // namespace quarterdeck::ui
