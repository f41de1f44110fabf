// Labels and what says a state. The words are samples, not the product's: they stay as they are in every language.
#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/part_samples.h"
#include "widgets/badge.h"
#include "widgets/banner.h"
#include "widgets/chip.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/pill_button.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::TextSize;
using widgets::Tone;

namespace {

struct ToneSample {
    Tone tone;
    QString word;
};

std::vector<ToneSample> toneSamples() {
    return {{Tone::None, QStringLiteral("Plain")},        {Tone::Good, QStringLiteral("Running")},
            {Tone::Muted, QStringLiteral("Finished")},    {Tone::Info, QStringLiteral("Info")},
            {Tone::Progress, QStringLiteral("Starting")}, {Tone::Unknown, QStringLiteral("Unknown")},
            {Tone::Warning, QStringLiteral("Not ready")}, {Tone::Critical, QStringLiteral("Crash loop")}};
}

}  // namespace

void addLabels(PartSamples& samples) {
    struct Size {
        TextSize size;
        QString text;
    };
    for (const Size& each :
         {Size{TextSize::Caption, QStringLiteral("Caption 11")},
          Size{TextSize::Secondary, QStringLiteral("Secondary 12")}, Size{TextSize::Body, QStringLiteral("Body 13")},
          Size{TextSize::DrawerTitle, QStringLiteral("Drawer title 14")},
          Size{TextSize::Title, QStringLiteral("Title 16")}, Size{TextSize::Headline, QStringLiteral("1,284")}}) {
        samples.add(SampleState::Rest, new widgets::TextLabel(each.text, each.size));
    }
    samples.add(SampleState::Rest, widgets::makeSectionLabel(QStringLiteral("Section")));
    samples.add(SampleState::Stale,
                new widgets::TextLabel(QStringLiteral("41 of 60"), TextSize::Body, Role::TextMuted));
    auto* wrapped = new widgets::TextLabel(
        QStringLiteral("The nodes of bakery-ia-prod do not answer since 03:09:20. What is shown is as it was then; "
                       "writing waits until they answer again."));
    wrapped->setWordWrap(true);
    samples.addWide(SampleState::LongText, wrapped);
    for (const Qt::TextElideMode mode : {Qt::ElideRight, Qt::ElideMiddle}) {
        auto* elided = new widgets::TextLabel(PartSamples::longName());
        elided->setElideMode(mode);
        samples.addWide(SampleState::LongText, elided);
    }
    auto* hostile = new widgets::TextLabel(PartSamples::hostileName());
    hostile->setElideMode(Qt::ElideRight);
    samples.addWide(SampleState::HostileText, hostile);
}

void addPills(PartSamples& samples) {
    for (const ToneSample& each : toneSamples()) {
        samples.add(SampleState::Rest, new widgets::Pill(each.word, each.tone));
    }
    for (const ToneSample& each : toneSamples()) {
        samples.add(SampleState::Rest, new widgets::Pill(each.word, each.tone))->setPlain(true);
    }
    auto* stale = samples.add(SampleState::Stale, new widgets::Pill(QStringLiteral("Stale, 31 min"), Tone::Unknown));
    stale->setIconName(QStringLiteral("clock"));
    samples.addWide(SampleState::LongText, new widgets::Pill(PartSamples::longName(), Tone::Warning));
    samples.addWide(SampleState::HostileText, new widgets::Pill(PartSamples::hostileName(), Tone::Critical));
}

void addPillButtons(PartSamples& samples) {
    const auto button = [](const QString& text, Tone tone) {
        auto* made = new widgets::PillButton;
        made->setStatus(text, tone);
        return made;
    };
    for (const ToneSample& each : toneSamples()) {
        samples.add(SampleState::Rest, button(each.word, each.tone));
    }
    samples.add(SampleState::Hover, button(QStringLiteral("Live"), Tone::Good));
    samples.add(SampleState::Focus, button(QStringLiteral("Live"), Tone::Good));
    samples.add(SampleState::Stale, button(QStringLiteral("Stale, 31 min"), Tone::Unknown));
}

void addBadges(PartSamples& samples) {
    for (const Tone tone : {Tone::None, Tone::Warning, Tone::Critical}) {
        for (const QString& text : {QStringLiteral("3"), QStringLiteral("128")}) {
            samples.add(SampleState::Rest, new widgets::Badge)->setData({text, tone});
        }
    }
}

void addTags(PartSamples& samples) {
    samples.add(SampleState::Rest, new widgets::Tag(QStringLiteral("staging")));
    samples.add(SampleState::Rest, new widgets::Tag(QStringLiteral("production")))->setProduction(true);
    samples.add(SampleState::Rest, new widgets::Tag(QStringLiteral("3 of 5")))->setIconName(QStringLiteral("server"));
    samples.addWide(SampleState::LongText, new widgets::Tag(PartSamples::longName()));
    samples.addWide(SampleState::HostileText, new widgets::Tag(PartSamples::hostileName()))->setProduction(true);
}

void addContextChips(PartSamples& samples) {
    using widgets::ContextChip;
    const QString plain = QStringLiteral("ai-imutis-staging");
    const QString guarded = QStringLiteral("bakery-ia-prod");
    for (const SampleState state : {SampleState::Rest, SampleState::Hover, SampleState::Focus, SampleState::Disabled}) {
        samples.add(state, new ContextChip(plain))->setChecked(false);
    }
    for (const Tone tone : {Tone::None, Tone::Progress, Tone::Warning, Tone::Critical}) {
        auto* chip = samples.add(SampleState::Checked, new ContextChip(guarded));
        chip->setProduction(true);
        chip->setTone(tone);
    }
    samples.add(SampleState::Checked, new ContextChip(plain));
    samples.addWide(SampleState::LongText, new ContextChip(PartSamples::longName()))->setProduction(true);
    samples.addWide(SampleState::HostileText, new ContextChip(PartSamples::hostileName()));
}

void addBanners(PartSamples& samples) {
    const auto banner = [&](SampleState state, Tone tone, const QString& sentence, const QString& reason,
                            const QString& action) {
        auto* made = samples.addWide(state, new widgets::Banner);
        made->setTone(tone);
        made->setSentence(sentence);
        made->setReason(reason);
        made->setAction(action);
    };
    banner(SampleState::Rest, Tone::Info, QStringLiteral("The rollout of web goes on."), {}, {});
    banner(SampleState::Rest, Tone::Good, QStringLiteral("The rollout of web is done."), {}, {});
    banner(SampleState::Rest, Tone::Warning, QStringLiteral("2 pods of web are not ready."),
           QStringLiteral("The readiness probe gets 503 from /healthz."), QStringLiteral("Open logs"));
    banner(SampleState::Stale, Tone::Unknown, QStringLiteral("bakery-ia-prod does not answer."),
           QStringLiteral("Shown as it was at 03:09:20, 3 min ago."), QStringLiteral("Retry"));
    banner(SampleState::Failed, Tone::Critical, QStringLiteral("The pods of globeco-prod could not be loaded."),
           QStringLiteral("The certificate is signed by somebody else."), QStringLiteral("Retry"));
    banner(SampleState::LongText, Tone::Warning, PartSamples::longName(), PartSamples::longName(),
           QStringLiteral("Retry"));
    banner(SampleState::HostileText, Tone::Critical, PartSamples::hostileName(), PartSamples::hostileName(),
           QStringLiteral("Retry"));
}

}  // namespace quarterdeck::ui
