#include "ui/command_line.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include "app/base/time_text.h"

namespace quarterdeck::ui {

namespace {

constexpr QLatin1String kLinkBegin("quarterdeck:");

struct Reader {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
public:
    static Result<CommandLine> read(const QStringList& arguments);
};

void addOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(Reader::tr("Native desktop console for Kubernetes platforms."));
    const QString noDefault;
    const auto add = [&](const QStringList& names, const char* text, const char* value = nullptr) {
        parser.addOption(
            QCommandLineOption(names, Reader::tr(text), value == nullptr ? noDefault : QString::fromUtf8(value)));
    };
    add({QStringLiteral("h"), QStringLiteral("help")}, QT_TRANSLATE_NOOP("CommandLine", "Show this help and end."));
    add({QStringLiteral("version")}, QT_TRANSLATE_NOOP("CommandLine", "Show the version and end."));
    add({QStringLiteral("demo")},
        QT_TRANSLATE_NOOP("CommandLine", "Use the embedded demo platform instead of a kubeconfig."));
    add({QStringLiteral("demo-seed")}, QT_TRANSLATE_NOOP("CommandLine", "Number that makes the demo repeatable."), "N");
    add({QStringLiteral("demo-time")},
        QT_TRANSLATE_NOOP("CommandLine", "Time at which the demo begins, as 2026-03-14T03:12:40Z."), "RFC3339");
    add({QStringLiteral("demo-incident")}, QT_TRANSLATE_NOOP("CommandLine", "Incident the demo begins with."), "NAME");
    add({QStringLiteral("kubeconfig")}, QT_TRANSLATE_NOOP("CommandLine", "Use this kubeconfig alone."), "FILE");
    add({QStringLiteral("context")}, QT_TRANSLATE_NOOP("CommandLine", "Open this context; may be given several times."),
        "NAME");
    add({QStringLiteral("state-dir")}, QT_TRANSLATE_NOOP("CommandLine", "Keep settings and history below this folder."),
        "DIR");
    add({QStringLiteral("theme")}, QT_TRANSLATE_NOOP("CommandLine", "light, dark or system."), "THEME");
    add({QStringLiteral("exit-after-first-frame")},
        QT_TRANSLATE_NOOP("CommandLine", "End after the first painted frame, to measure start-up."));
    add({QStringLiteral("report-complete")},
        QT_TRANSLATE_NOOP("CommandLine",
                          "Print a line when all rows of the first page are shown, to measure start-up."));
    add({QStringLiteral("tour")},
        QT_TRANSLATE_NOOP("CommandLine", "Visit every page, write pictures and tour.json there, and end."), "DIR");
    add({QStringLiteral("gallery")},
        QT_TRANSLATE_NOOP("CommandLine", "Developer's help: show every part of the interface in every state."));
    add({QStringLiteral("size")}, QT_TRANSLATE_NOOP("CommandLine", "Size of the window, as 1440x900."), "WxH");
    add({QStringLiteral("location")}, QT_TRANSLATE_NOOP("CommandLine", "Begin at this place (quarterdeck://…)."),
        "URL");
}

std::optional<QSize> readSize(const QString& text) {
    const QStringList parts = text.split(QLatin1Char('x'));
    if (parts.size() != 2) {
        return std::nullopt;
    }
    bool widthOk = false;
    bool heightOk = false;
    const QSize size(parts[0].toInt(&widthOk), parts[1].toInt(&heightOk));
    const bool sane = size.width() >= 320 && size.height() >= 240 && size.width() <= 16384 && size.height() <= 16384;
    return widthOk && heightOk && sane ? std::optional(size) : std::nullopt;
}

std::optional<settings::Theme> readTheme(const QString& text) {
    if (text == QStringLiteral("light")) {
        return settings::Theme::Light;
    }
    if (text == QStringLiteral("dark")) {
        return settings::Theme::Dark;
    }
    return text == QStringLiteral("system") ? std::optional(settings::Theme::System) : std::nullopt;
}

Result<CommandLine> Reader::read(const QStringList& arguments) {
    QCommandLineParser parser;
    addOptions(parser);
    const auto bad = [](const QString& reason) { return fail(kBadArgument, {{"reason", reason.toStdString()}}); };
    if (!parser.parse(arguments)) {
        return bad(parser.errorText());
    }
    const QStringList free = parser.positionalArguments();
    const bool linked = arguments.size() == 2 && free.size() == 1 && free.front().startsWith(kLinkBegin);
    if (!free.isEmpty() && !linked) {
        return bad(tr("“%1” is not expected.").arg(free.constFirst()));
    }
    const auto has = [&](const char* name) { return parser.isSet(QString::fromUtf8(name)); };
    const auto value = [&](const char* name) { return parser.value(QString::fromUtf8(name)); };

    CommandLine line;
    line.help = has("help");
    line.version = has("version");
    line.demo = has("demo");
    line.gallery = has("gallery");
    line.demoIncident = value("demo-incident").toStdString();
    line.kubeconfig = value("kubeconfig").toStdString();
    line.stateDir = value("state-dir").toStdString();
    line.tour = value("tour");
    line.exitAfterFirstFrame = has("exit-after-first-frame");
    line.reportComplete = has("report-complete");
    for (const QString& context : parser.values(QStringLiteral("context"))) {
        line.contexts.push_back(context.toStdString());
    }
    if (has("demo-seed")) {
        bool ok = false;
        line.demoSeed = value("demo-seed").toULongLong(&ok);
        if (!ok) {
            return bad(tr("--demo-seed needs a whole number, not “%1”.").arg(value("demo-seed")));
        }
    }
    if (has("demo-time")) {
        line.demoTime = parseRfc3339(value("demo-time").toStdString());
        if (!line.demoTime) {
            return bad(tr("--demo-time needs a time as 2026-03-14T03:12:40Z, not “%1”.").arg(value("demo-time")));
        }
    }
    if (has("theme")) {
        line.theme = readTheme(value("theme"));
        if (!line.theme) {
            return bad(tr("--theme needs light, dark or system, not “%1”.").arg(value("theme")));
        }
    }
    if (has("size")) {
        line.size = readSize(value("size"));
        if (!line.size) {
            return bad(tr("--size needs WIDTHxHEIGHT from 320x240 up, not “%1”.").arg(value("size")));
        }
    }
    if (has("tour") && line.tour.isEmpty()) {
        return bad(tr("--tour needs a folder."));
    }
    if (linked) {
        line.link = free.front().toStdString();
    }
    if (has("location")) {
        const auto location = parseLocation(value("location").toStdString());
        if (!location) {
            return fail(location.error());
        }
        line.location = *location;
    }
    if (line.demo && (!line.kubeconfig.empty())) {
        return bad(tr("--demo and --kubeconfig exclude each other."));
    }
    return line;
}

}  // namespace

Result<CommandLine> parseCommandLine(const QStringList& arguments) {
    return Reader::read(arguments);
}

QString helpText() {
    QCommandLineParser parser;
    addOptions(parser);
    return parser.helpText();
}

}  // namespace quarterdeck::ui
