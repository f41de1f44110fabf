#include "ui/gallery/part_samples.h"

#include <QCoreApplication>

#include "widgets/button.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

QString sampleStateName(SampleState state) {
    const auto word = [](const char* text) { return QCoreApplication::translate("Gallery", text); };
    switch (state) {
        case SampleState::Rest:
            return word(QT_TRANSLATE_NOOP("Gallery", "Rest"));
        case SampleState::Hover:
            return word(QT_TRANSLATE_NOOP("Gallery", "Hover"));
        case SampleState::Focus:
            return word(QT_TRANSLATE_NOOP("Gallery", "Focus"));
        case SampleState::Checked:
            return word(QT_TRANSLATE_NOOP("Gallery", "Checked"));
        case SampleState::Disabled:
            return word(QT_TRANSLATE_NOOP("Gallery", "Disabled"));
        case SampleState::Stale:
            return word(QT_TRANSLATE_NOOP("Gallery", "Stale"));
        case SampleState::Loading:
            return word(QT_TRANSLATE_NOOP("Gallery", "Loading"));
        case SampleState::Empty:
            return word(QT_TRANSLATE_NOOP("Gallery", "Empty"));
        case SampleState::Forbidden:
            return word(QT_TRANSLATE_NOOP("Gallery", "Forbidden"));
        case SampleState::Failed:
            return word(QT_TRANSLATE_NOOP("Gallery", "Failed"));
        case SampleState::LongText:
            return word(QT_TRANSLATE_NOOP("Gallery", "Long text"));
        case SampleState::HostileText:
            return word(QT_TRANSLATE_NOOP("Gallery", "Hostile text"));
    }
    return {};
}

QString PartSamples::longName() {
    return QStringLiteral("recommendation-engine-").repeated(12).left(252) + QLatin1Char('z');
}

QString PartSamples::hostileName() {
    return QStringLiteral("web\n<b>root</b>\u202Egnp.exe\u001b[31m&File\u200B \u0000x ملف 👩‍👩‍👧");
}

void PartSamples::take(const Sample& sample) {
    sample.widget->setParent(parent_);
    if (sample.state == SampleState::Hover) {
        sample.widget->setAttribute(Qt::WA_UnderMouse);
    }
    if (sample.state == SampleState::Disabled) {
        widgets::setDisabledReason(sample.widget, QStringLiteral("Needs patch deployments in bakery-ia"));
    }
    samples_.push_back(sample);
}

void PartSamples::setHeight(QWidget* widget, int height) {
    if (height > 0) {
        widget->setFixedHeight(widgets::scaledPx(widget, height));
    }
}

}  // namespace quarterdeck::ui
