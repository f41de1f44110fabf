#pragma once

#include <vector>

#include <QString>
#include <QWidget>

namespace quarterdeck::ui {

/// What a sample of the gallery shows its part in.
enum class SampleState {
    Rest,
    Hover,
    Focus,
    Checked,
    Disabled,
    Stale,
    Loading,
    Empty,
    Forbidden,
    Failed,
    LongText,
    HostileText,
};

[[nodiscard]] QString sampleStateName(SampleState state);

struct Sample {
    SampleState state = SampleState::Rest;
    QWidget* widget = nullptr;
    bool wide = false;  ///< takes a line of its own
};

/// The samples of one part. Every widget becomes a child of the parent given here.
class PartSamples {
public:
    explicit PartSamples(QWidget* parent) : parent_(parent) {}

    /// A widget at its own size. Hover is painted as such, Disabled disables with a reason.
    template <class Part>
    Part* add(SampleState state, Part* widget) {
        take({state, widget, false});
        return widget;
    }
    /// A widget that takes the width there is; `height` in px at text scale 1, 0 = its own.
    template <class Part>
    Part* addWide(SampleState state, Part* widget, int height = 0) {
        take({state, widget, true});
        setHeight(widget, height);
        return widget;
    }
    [[nodiscard]] const std::vector<Sample>& all() const { return samples_; }

    /// Names for samples: as long as Kubernetes allows, and as bad as somebody could make one.
    [[nodiscard]] static QString longName();
    [[nodiscard]] static QString hostileName();

private:
    void take(const Sample& sample);
    static void setHeight(QWidget* widget, int height);

    QWidget* parent_;
    std::vector<Sample> samples_;
};

}  // namespace quarterdeck::ui
