#pragma once

#include <QWidget>

#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/part_samples.h"

namespace quarterdeck::ui {

/// One part in all its states: a title, then a line per state.
class PartView : public QWidget {
    Q_OBJECT
public:
    explicit PartView(const GalleryPart& part, QWidget* parent = nullptr);

    [[nodiscard]] const std::vector<Sample>& samples() const { return samples_.all(); }
    /// The sample that shows the focus; null where the part takes none.
    [[nodiscard]] QWidget* focusSample() const;

private:
    PartSamples samples_;
};

}  // namespace quarterdeck::ui
