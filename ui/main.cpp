#include <cstdio>

#include <QApplication>

#include "ui/application.h"
#include "ui/command_line.h"
#include "ui/display_probe.h"
#include "ui/links/hand_over.h"
#include "ui/text/error_text.h"

namespace ui = quarterdeck::ui;

namespace {

void print(std::FILE* to, const QString& text) {
    std::fputs((text + QLatin1Char('\n')).toUtf8().constData(), to);
}

}  // namespace

int main(int argc, char** argv) {
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments += QString::fromLocal8Bit(argv[i]);
    }
    QCoreApplication::setApplicationName(QStringLiteral("quarterdeck"));
    QCoreApplication::setApplicationVersion(QStringLiteral(QUARTERDECK_VERSION));
    auto line = ui::parseCommandLine(arguments);
    if (!line) {
        print(stderr, ui::errorText(line.error()));
        return ui::kExitBadArguments;
    }
    if (line->help || line->version) {
        const QCoreApplication application(argc, argv);  // the help names the program
        print(stdout, line->help ? ui::helpText() : QStringLiteral("quarterdeck " QUARTERDECK_VERSION));
        return 0;
    }
    auto display = ui::prepareDisplay(!line->tour.isEmpty());
    if (display.obstacle) {
        print(stderr, *display.obstacle);
        return ui::kExitNoDisplay;
    }
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.quarterdeck.Quarterdeck"));
    QApplication application(argc, argv);
    display.connection.reset();
    if (!line->link.empty() && ui::handOver(line->link)) {
        return 0;
    }
    ui::Application console(application, std::move(*line));
    return console.run();
}
