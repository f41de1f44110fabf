#include "ui/windows/demo_menu.h"

#include <QCoreApplication>
#include <QMenu>

#include "ui/text/error_text.h"

namespace quarterdeck::ui {

QMenu* makeDemoMenu(const DemoControl& control, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("menu.demo"));
    menu->setToolTipsVisible(true);
    menu->addSection(QCoreApplication::translate("Demo", "Start an incident"));
    for (const demo::IncidentInfo& incident : control.incidents) {
        const QByteArray title = QByteArray::fromStdString(incident.title);
        QAction* action = menu->addAction(QCoreApplication::translate("DemoIncident", title.constData()));
        action->setObjectName(QStringLiteral("demo.incident.") + fromUtf8(incident.id));
        action->setToolTip(fromUtf8(incident.context + ": " + incident.summary));
        QObject::connect(action, &QAction::triggered, parent, [start = control.start, id = incident.id] { start(id); });
    }
    menu->addSeparator();
    QAction* reset = menu->addAction(QCoreApplication::translate("Demo", "Reset the demo"));
    reset->setObjectName(QStringLiteral("demo.reset"));
    QObject::connect(reset, &QAction::triggered, parent, [run = control.reset] { run(); });
    return menu;
}

}  // namespace quarterdeck::ui
