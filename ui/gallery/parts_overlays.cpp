// What opens over a window or a table, shown in its place. The words are samples and stay as they are in every
// language.
#include <QLineEdit>
#include <QStandardItemModel>

#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/part_samples.h"
#include "widgets/card.h"
#include "widgets/column_chooser.h"
#include "widgets/key_cap.h"
#include "widgets/key_sheet.h"
#include "widgets/palette_popup.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::Tone;

namespace {

/// Stands for the window below.
QWidget* addHost(PartSamples& samples, SampleState state, int height) {
    auto* host = new widgets::Card;
    host->setFill(Role::Sunken);
    return samples.addWide(state, host, height);
}

QKeySequence keys(const char* text) {
    return QKeySequence(QString::fromUtf8(text), QKeySequence::PortableText);
}

QVector<widgets::PaletteSection> foundThings(const QString& name) {
    widgets::PaletteItem pod;
    pod.id = QStringLiteral("pod");
    pod.title = name;
    pod.marks = {0, 1, 2, 3};
    pod.detail = QStringLiteral("Pod · bakery-ia · bakery-ia-prod");
    pod.tone = Tone::Critical;
    widgets::PaletteItem page;
    page.id = QStringLiteral("page");
    page.title = QStringLiteral("Pods");
    page.icon = QStringLiteral("boxes");
    page.keys = widgets::keyText(keys("Ctrl+2"));
    widgets::PaletteItem locked;
    locked.id = QStringLiteral("locked");
    locked.title = QStringLiteral("Restart orders-service");
    locked.icon = QStringLiteral("refresh-cw");
    locked.disabledReason = QStringLiteral("bakery-ia-prod is read-only");
    return {{QStringLiteral("Objects"), {pod}}, {QStringLiteral("Pages and actions"), {page, locked}}};
}

}  // namespace

void addPalettes(PartSamples& samples) {
    const auto palette = [&](SampleState state, const QString& typed, const QVector<widgets::PaletteSection>& found) {
        auto* popup = new widgets::PalettePopup(addHost(samples, state, 340));
        popup->setPlaceholder(QStringLiteral("Objects, pages, actions; :pods bakery-ia /orders @prod"));
        popup->setEmptyText(QStringLiteral("Nothing is called so. “:” begins with a kind, “@” with a context."));
        popup->setNote(QStringLiteral("↑ ↓ choose · Enter goes there · Ctrl+Enter in a new window"));
        popup->exhibit();
        popup->findChild<QLineEdit*>(QStringLiteral("palette.input"))->setText(typed);
        popup->setSections(found);
    };
    palette(SampleState::Rest, QStringLiteral("orde"), foundThings(QStringLiteral("orders-service-7c9d5f6b88-6bxkq")));
    palette(SampleState::Empty, QStringLiteral("qqq"), {});
    palette(SampleState::LongText, {}, foundThings(PartSamples::longName()));
    palette(SampleState::HostileText, {}, foundThings(PartSamples::hostileName()));
}

void addKeyCaps(PartSamples& samples) {
    for (const QList<QKeySequence>& some :
         {QList{keys("Ctrl+K")}, QList{keys("Ctrl+F"), keys("/")}, QList{keys("Ctrl+Shift+Left")}, QList{keys("F5")}}) {
        auto* caps = new widgets::KeyCaps;
        caps->setKeys(some);
        samples.add(SampleState::Rest, caps);
    }
}

void addKeySheets(PartSamples& samples) {
    const auto sheet = [&](SampleState state, const QString& text) {
        auto* made = new widgets::KeySheet(addHost(samples, state, 300));
        made->exhibit();
        made->openWith(QStringLiteral("Keys on the page Pods"),
                       {{QStringLiteral("Table"),
                         {{text, {keys("Up"), keys("Down")}}, {QStringLiteral("Select all rows"), {keys("Ctrl+A")}}}},
                        {QStringLiteral("Window"), {{QStringLiteral("Search or command"), {keys("Ctrl+K")}}}}});
    };
    sheet(SampleState::Rest, QStringLiteral("Move by a row"));
    sheet(SampleState::LongText, PartSamples::longName());
}

void addColumnChoosers(PartSamples& samples) {
    auto* table = new widgets::TableView;
    table->setAccessibleName(QStringLiteral("Pods"));
    auto* model = new QStandardItemModel(1, 5, table);
    model->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Status"), QStringLiteral("Restarts"),
                                      QStringLiteral("Node"), PartSamples::longName()});
    table->setModel(model);
    table->setColumnPlaces({{0, false, 0}, {1, false, 0}, {2, false, 0}, {3, true, 0}, {4, true, 0}});
    auto* chooser = new widgets::ColumnChooser(*table);
    table->setParent(chooser);  // goes with it
    table->hide();
    chooser->refill();
    samples.add(SampleState::Rest, chooser);
}

}  // namespace quarterdeck::ui
