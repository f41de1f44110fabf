// Buttons and the inputs that the style draws. The words are samples and stay as they are in every language.
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>

#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/part_samples.h"
#include "widgets/button.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::ButtonSize;

namespace {

constexpr SampleState kControlStates[] = {SampleState::Rest, SampleState::Hover, SampleState::Focus,
                                          SampleState::Disabled};

template <class Control>
Control* named(Control* control, const char* name) {
    control->setAccessibleName(QString::fromUtf8(name));
    return control;
}

}  // namespace

void addButtons(PartSamples& samples) {
    struct Kind {
        ButtonKind kind;
        QString text;
        QString icon;
    };
    const std::vector<Kind> kinds{{ButtonKind::Primary, QStringLiteral("Roll back …"), QStringLiteral("undo-2")},
                                  {ButtonKind::Secondary, QStringLiteral("Retry"), QStringLiteral("refresh-cw")},
                                  {ButtonKind::Ghost, QStringLiteral("Details"), {}},
                                  {ButtonKind::Danger, QStringLiteral("Delete"), {}},
                                  {ButtonKind::Control, QStringLiteral("All namespaces"), QStringLiteral("box")}};
    for (const SampleState state : kControlStates) {
        for (const Kind& each : kinds) {
            samples.add(state, widgets::makeButton(each.text, each.icon, each.kind));
        }
    }
    for (const ButtonSize size : {ButtonSize::Small, ButtonSize::Normal, ButtonSize::Large}) {
        samples.add(SampleState::Rest, widgets::makeButton(QStringLiteral("Scale …"), {}, ButtonKind::Secondary))
            ->setButtonSize(size);
    }
    auto* toggle = widgets::makeButton(QStringLiteral("Faults only"), QStringLiteral("funnel"), ButtonKind::Control);
    toggle->setCheckable(true);
    toggle->setChecked(true);
    samples.add(SampleState::Checked, toggle);
    samples.add(SampleState::LongText,
                widgets::makeButton(QStringLiteral("Copy the request for access to the clipboard"),
                                    QStringLiteral("copy"), ButtonKind::Secondary));
}

void addIconButtons(PartSamples& samples) {
    for (const SampleState state : kControlStates) {
        samples.add(state, new widgets::IconButton(QStringLiteral("copy"), QStringLiteral("Copy")));
        samples.add(state, new widgets::IconButton(QStringLiteral("x"), QStringLiteral("Close")));
    }
}

void addLineInputs(PartSamples& samples) {
    for (const SampleState state : kControlStates) {
        auto* line = named(new QLineEdit(QStringLiteral("web-7c9")), "Name");
        line->setMaximumWidth(140);
        samples.add(state, line);
        auto* spin = named(new QSpinBox, "Replicas");
        spin->setValue(3);
        samples.add(state, spin);
        auto* combo = named(new QComboBox, "Zone");
        combo->addItems({QStringLiteral("UTC"), QStringLiteral("Local time")});
        samples.add(state, combo);
    }
    auto* empty = named(new QLineEdit, "Namespace");
    empty->setPlaceholderText(QStringLiteral("Type a name"));
    samples.add(SampleState::Empty, empty);
    samples.addWide(SampleState::LongText, named(new QLineEdit(PartSamples::longName()), "Name"));
    samples.addWide(SampleState::HostileText, named(new QLineEdit(PartSamples::hostileName()), "Name"));
    auto* text = named(new QPlainTextEdit, "Note");
    text->setPlainText(QStringLiteral("Rolled back by hand.\nSee the incident of 03:12."));
    samples.addWide(SampleState::Rest, text, 64);
}

void addChoices(PartSamples& samples) {
    for (const SampleState state : kControlStates) {
        samples.add(state, new QCheckBox(QStringLiteral("Follow")));
        auto* on = new QCheckBox(QStringLiteral("Wrap lines"));
        on->setChecked(true);
        samples.add(state, on);
        auto* radio = new QRadioButton(QStringLiteral("Last hour"));
        samples.add(state, radio);
    }
    auto* partial = new QCheckBox(QStringLiteral("Some of 4"));
    partial->setTristate(true);
    partial->setCheckState(Qt::PartiallyChecked);
    samples.add(SampleState::Checked, partial);
    auto* radio = new QRadioButton(QStringLiteral("Last day"));
    radio->setChecked(true);
    samples.add(SampleState::Checked, radio);
}

void addRanges(PartSamples& samples) {
    for (const SampleState state : {SampleState::Rest, SampleState::Focus, SampleState::Disabled}) {
        auto* slider = named(new QSlider(Qt::Horizontal), "Text size");
        slider->setValue(40);
        slider->setMinimumWidth(140);
        samples.add(state, slider);
    }
    for (const int value : {0, 35, 100}) {
        auto* bar = named(new QProgressBar, "Progress");
        bar->setValue(value);
        bar->setMinimumWidth(140);
        samples.add(value == 0 ? SampleState::Empty : SampleState::Rest, bar);
    }
    auto* waiting = named(new QProgressBar, "Waiting");
    waiting->setRange(0, 0);
    waiting->setMinimumWidth(140);
    samples.add(SampleState::Loading, waiting);
    auto* bar = named(new QScrollBar(Qt::Horizontal), "Scroll");
    bar->setRange(0, 100);
    bar->setPageStep(40);
    bar->setValue(30);
    samples.addWide(SampleState::Rest, bar);
}

void addTabs(PartSamples& samples) {
    for (const SampleState state : {SampleState::Rest, SampleState::Focus, SampleState::Disabled}) {
        auto* tabs = named(new QTabBar, "Sections");
        for (const char* title : {"Overview", "YAML", "Events", "Logs", "Metrics"}) {
            tabs->addTab(QString::fromUtf8(title));
        }
        tabs->setExpanding(false);
        tabs->setDrawBase(false);
        tabs->setCurrentIndex(1);
        samples.addWide(state, tabs);
    }
}

void addMenus(PartSamples& samples) {
    auto* menu = new QMenu;
    menu->addAction(QStringLiteral("Open"))->setShortcut(Qt::Key_Return);
    menu->addAction(QStringLiteral("Copy name"))->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    menu->addSeparator();
    QAction* shown = menu->addAction(QStringLiteral("Shown"));
    shown->setCheckable(true);
    shown->setChecked(true);
    QAction* off = menu->addAction(QStringLiteral("Delete …"));
    off->setEnabled(false);
    off->setToolTip(QStringLiteral("Needs delete pods in bakery-ia"));
    menu->setActiveAction(menu->actions().constFirst());
    samples.add(SampleState::Rest, menu);
    menu->setWindowFlags(Qt::Widget);  // in its place instead of above everything
}

}  // namespace quarterdeck::ui
