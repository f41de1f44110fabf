#include "widgets/icon_set.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSet>
#include <QSvgRenderer>
#include <cmath>
#include <tuple>

namespace quarterdeck::widgets {

namespace {

QString pathOf(const QString& name) {
    return QStringLiteral(":/quarterdeck/icons/%1.svg").arg(name);
}

// The stroke keeps about the same weight on screen whatever the size.
QByteArray strokeFor(int px) {
    return px >= 20 ? QByteArray("1.75") : px <= 14 ? QByteArray("2.2") : QByteArray("2");
}

QByteArray svgOf(const QString& name) {
    QFile file(pathOf(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Key {
    QString name;
    QRgb color;
    int px;
    int pixels;
    friend bool operator==(const Key& a, const Key& b) {
        return std::tie(a.name, a.color, a.px, a.pixels) == std::tie(b.name, b.color, b.px, b.pixels);
    }
};

std::size_t qHash(const Key& key, std::size_t seed = 0) {
    return qHashMulti(seed, key.name, key.color, key.px, key.pixels);
}

QPixmap render(const Key& key) {
    QByteArray svg = svgOf(key.name);
    if (svg.isEmpty()) {
        qWarning("No icon is named %s.", qPrintable(key.name));
        return {};
    }
    svg.replace("currentColor", QColor::fromRgba(key.color).name().toLatin1());
    svg.replace("stroke-width=\"2\"", "stroke-width=\"" + strokeFor(key.px) + "\"");
    QSvgRenderer renderer(svg);
    QPixmap pixmap(key.pixels, key.pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, key.pixels, key.pixels));
    return pixmap;
}

// `pixels` device pixels square, drawn as an icon meant for `px` logical pixels.
QPixmap cached(const QString& name, const QColor& color, int px, int pixels) {
    static QHash<Key, QPixmap> cache;
    if (name.isEmpty() || pixels <= 0) {
        return {};
    }
    const Key key{name, color.rgba(), px, pixels};
    const auto found = cache.constFind(key);
    if (found != cache.constEnd()) {
        return *found;
    }
    if (cache.size() > 2000) {
        cache.clear();
    }
    return *cache.insert(key, render(key));
}

class ThemedEngine : public QIconEngine {
public:
    ThemedEngine(QString name, const QColor& color, const QColor& disabled, int px)
        : name_(std::move(name)), color_(color), disabled_(disabled), px_(px) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const int px = std::min(rect.width(), rect.height());
        paintIcon(*painter, rect, name_, colorFor(mode), px);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        return cached(name_, colorFor(mode), px_, std::min(size.width(), size.height()));
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state,
                         [[maybe_unused]] qreal scale) override {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        return pixmap((QSizeF(size) * scale).toSize(), mode, state);  // asked for in logical pixels
#else
        return pixmap(size, mode, state);  // asked for in device pixels
#endif
    }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override {
        const int side = std::min(size.width(), size.height());
        return {side, side};
    }
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override { return {QSize(px_, px_)}; }
    bool isNull() override { return false; }
    QString key() const override { return QStringLiteral("quarterdeck"); }
    QIconEngine* clone() const override { return new ThemedEngine(name_, color_, disabled_, px_); }

private:
    QColor colorFor(QIcon::Mode mode) const { return mode == QIcon::Disabled ? disabled_ : color_; }

    QString name_;
    QColor color_;
    QColor disabled_;
    int px_;
};

}  // namespace

bool hasIcon(const QString& lucideName) {
    return !lucideName.isEmpty() && QFile::exists(pathOf(lucideName));
}

QIcon themedIcon(const QString& lucideName, const Theme& theme, Role role, int px) {
    if (!hasIcon(lucideName)) {
        if (!lucideName.isEmpty()) {
            qWarning("No icon is named %s.", qPrintable(lucideName));
        }
        return {};
    }
    const Role disabled = role == Role::TextMuted ? Role::BorderStrong : Role::TextMuted;
    return QIcon(new ThemedEngine(lucideName, theme.color(role), theme.color(disabled), px));
}

QPixmap themedPixmap(const QString& lucideName, const QColor& color, int px, double devicePixelRatio) {
    QPixmap pixmap = cached(lucideName, color, px, static_cast<int>(std::lround(px * devicePixelRatio)));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void paintIcon(QPainter& painter, const QRect& rect, const QString& lucideName, const QColor& color, int px) {
    // What is painted on may have another scale than the widget (a picture of it), and the widget may begin between
    // device pixels: the way to the device says it all.
    const QTransform toDevice = painter.deviceTransform();
    const double ratio = toDevice.m11() > 0 ? toDevice.m11() : 1.0;
    const QPixmap pixmap = themedPixmap(lucideName, color, px, ratio);
    if (pixmap.isNull()) {
        return;
    }
    const QPointF corner =
        toDevice.map(QPointF(rect.x() + (rect.width() - px) / 2.0, rect.y() + (rect.height() - px) / 2.0));
    painter.drawPixmap(toDevice.inverted().map(QPointF(std::round(corner.x()), std::round(corner.y()))), pixmap);
}

QIcon applicationIcon() {
    const Theme dark = Theme::named(QStringLiteral("dark"));
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(dark.color(Role::Accent), std::max(1.0, side / 48.0)));
        painter.setBrush(dark.color(Role::AccentTint));
        const double inset = std::max(0.5, side / 48.0);
        painter.drawRoundedRect(QRectF(0, 0, side, side).adjusted(inset, inset, -inset, -inset), side * 0.2,
                                side * 0.2);
        const int wheel = side * 3 / 4;
        paintIcon(painter, QRect(0, 0, side, side), QStringLiteral("quarterdeck"), dark.color(Role::Accent), wheel);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

}  // namespace quarterdeck::widgets
