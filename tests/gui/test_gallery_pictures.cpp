// The gallery beside stored pictures of it, kept small. A sample that is missing, added, moved or recoloured is seen.
// Where another version of the fonts draws letters otherwise, the comparison is more patient.
// After a wanted change of the look: QUARTERDECK_ACCEPT_PICTURES=1 tests/run -- -R gui/test_gallery_pictures, look at
// what git says has changed, commit it.

#include <QDir>
#include <QImage>
#include <QPainter>
#include <QTest>

#include "tests/gui/picture_check.h"
#include "tests/widgets/widget_test.h"
#include "ui/gallery/gallery_window.h"
#include "ui/gallery/part_view.h"
#include "widgets/style.h"

using namespace quarterdeck;
using ui::GalleryPart;
using ui::PartView;
using widgets::Theme;

namespace {

constexpr int kCell = 4;         ///< pixels of the window to one of the stored picture
constexpr int kWidth = 760;      ///< of the part's view
constexpr int kTolerance = 10;   ///< of a colour's channel, beside the best of the nine cells around
constexpr int kOtherFonts = 48;  ///< the same where letters are drawn otherwise than when the pictures were taken
constexpr int kInk = 8;          ///< what differs so much from the ground belongs to something
constexpr int kBlock = 8;        ///< cells; the picture is judged by blocks of this side
constexpr int kSmallest = 400;   ///< samples of fewer pixels are seen in their line only
constexpr int kFewest = 3;       ///< cells of a block that must differ at least
constexpr double kShare = 0.25;  ///< of what stands in a block

QString folder() {
    return QStringLiteral(QUARTERDECK_SOURCE_DIR "/tests/gui/pictures");
}

/// A part as the gallery shows it.
struct Stage {
    explicit Stage(const GalleryPart& part) : view(part, &window) {
        view.resize(kWidth, view.sizeHint().height());
        window.resize(view.size());
        window.show();
        QCoreApplication::sendPostedEvents();
    }
    [[nodiscard]] QImage picture() const { return gui_tests::pictureOf(window, 1); }
    mutable QWidget window;
    PartView view;
};

QImage small(const QImage& picture) {
    return picture.scaled(picture.size() / kCell, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

/// How this machine draws letters.
QImage letters() {
    const QWidget any;
    QImage image(560, 60, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(Qt::black);
    painter.setFont(widgets::textFont(&any, widgets::TextSize::Body));
    painter.drawText(8, 24, QStringLiteral("The quick brown fox jumps over the lazy dog 0123456789"));
    painter.setFont(widgets::monoFont(&any, widgets::TextSize::Body));
    painter.drawText(8, 48, QStringLiteral("metadata: {name: orders-service-7d9f, uid: 0123456789}"));
    return image;
}

int apart(QRgb a, QRgb b) {
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

bool isInk(const QImage& image, int x, int y) {
    return apart(image.pixel(x, y), image.pixel(0, 0)) > kInk;
}

/// Each cell the mean of the nine around it: a line that sits a pixel elsewhere fills its cells otherwise.
QImage blurred(const QImage& image) {
    QImage soft(image.size(), image.format());
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int near = 0; near < 9; ++near) {
                const QRgb cell = image.pixel(std::clamp(x - 1 + near % 3, 0, image.width() - 1),
                                              std::clamp(y - 1 + near / 3, 0, image.height() - 1));
                red += qRed(cell);
                green += qGreen(cell);
                blue += qBlue(cell);
            }
            soft.setPixel(x, y, qRgb(red / 9, green / 9, blue / 9));
        }
    }
    return soft;
}

/// Whether nothing in `other` near that place resembles the cell.
bool isStranger(const QImage& one, const QImage& other, int x, int y, int tolerance) {
    int best = 256;
    for (int near = 0; near < 9 && best > tolerance; ++near) {
        const QPoint place(x - 1 + near % 3, y - 1 + near / 3);
        if (other.valid(place)) {
            best = std::min(best, apart(one.pixel(x, y), other.pixel(place)));
        }
    }
    return best > tolerance;
}

/// Where `one` shows what `other` does not; blocks of cells, by their place in the window.
QStringList strangeBlocks(const QImage& one, const QImage& other, int tolerance) {
    QStringList blocks;
    for (int top = 0; top < one.height(); top += kBlock / 2) {
        for (int left = 0; left < one.width(); left += kBlock / 2) {
            int ink = 0;
            int strange = 0;
            for (int y = top; y < std::min(top + kBlock, one.height()); ++y) {
                for (int x = left; x < std::min(left + kBlock, one.width()); ++x) {
                    ink += isInk(one, x, y) ? 1 : 0;
                    strange += isStranger(one, other, x, y, tolerance) ? 1 : 0;
                }
            }
            if (strange >= kFewest && strange > kShare * ink) {
                blocks += QStringLiteral("%1,%2").arg(left * kCell).arg(top * kCell);
            }
        }
    }
    return blocks;
}

/// What differs, seen from either side; sizes may be two cells apart.
QStringList differences(const QImage& now, const QImage& stored, int tolerance = kTolerance) {
    if (stored.isNull()) {
        return {QStringLiteral("there is no stored picture")};
    }
    const QSize sizes = now.size() - stored.size();
    if (std::abs(sizes.width()) > 2 || std::abs(sizes.height()) > 2) {
        return {QStringLiteral("another size")};
    }
    const QImage softNow = blurred(now);
    const QImage softStored = blurred(stored);
    return strangeBlocks(softNow, softStored, tolerance) + strangeBlocks(softStored, softNow, tolerance);
}

}  // namespace

class TestGalleryPictures : public QObject {
    Q_OBJECT

private slots:
    void everyPartLooksAsItsPicture_data() {
        QTest::addColumn<QString>("theme");
        for (const QString& theme : Theme::ids()) {
            QTest::newRow(qPrintable(theme)) << theme;
        }
    }
    void everyPartLooksAsItsPicture() {
        QFETCH(QString, theme);
        widgets::applyTheme(*qApp, Theme::named(theme));
        const bool accept = qEnvironmentVariableIsSet("QUARTERDECK_ACCEPT_PICTURES");
        const QDir stored(folder() + QLatin1Char('/') + theme);
        const QDir seen(QStringLiteral(QUARTERDECK_BINARY_DIR "/gallery-pictures/") + theme);
        QVERIFY(QDir().mkpath(seen.path()) && (!accept || QDir().mkpath(stored.path())));
        const QString lettersFile = folder() + QStringLiteral("/letters.png");
        if (accept) {
            QVERIFY(letters().save(lettersFile));
        }
        const bool sameLetters = QImage(lettersFile).convertToFormat(QImage::Format_RGB32) == letters();
        const int tolerance = sameLetters ? kTolerance : kOtherFonts;
        QSet<QString> known;
        QStringList faults;
        for (const GalleryPart& part : ui::galleryParts()) {
            const QString file = QString::fromUtf8(part.id) + QStringLiteral(".png");
            known.insert(file);
            const QImage now = small(Stage(part).picture());
            if (accept) {
                QVERIFY(now.save(stored.filePath(file)));
                continue;
            }
            const QStringList places =
                differences(now, QImage(stored.filePath(file)).convertToFormat(QImage::Format_RGB32), tolerance);
            if (!places.isEmpty()) {
                QVERIFY(now.save(seen.filePath(file)));
                faults += QStringLiteral("%1 differs at %2; stored %3, now %4")
                              .arg(QString::fromUtf8(part.id), places.mid(0, 6).join(QLatin1Char(' ')),
                                   stored.filePath(file), seen.filePath(file));
            }
        }
        for (const QString& file : stored.entryList({QStringLiteral("*.png")}, QDir::Files)) {
            if (!known.contains(file)) {
                faults += stored.filePath(file) + QStringLiteral(" is a picture of no part");
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    // What the comparison must see, for every part: one sample that is gone, elsewhere, or in another colour.
    void aChangeOfOneSampleIsSeen_data() {
        QTest::addColumn<QString>("theme");
        QTest::addColumn<QString>("change");
        for (const QString& theme : Theme::ids()) {
            for (const char* change : {"gone", "elsewhere", "recoloured"}) {
                QTest::addRow("%s, %s", qPrintable(theme), change) << theme << QString::fromUtf8(change);
            }
        }
    }
    void aChangeOfOneSampleIsSeen() {
        QFETCH(QString, theme);
        QFETCH(QString, change);
        widgets::applyTheme(*qApp, Theme::named(theme));
        QStringList unseen;
        int tried = 0;
        for (const GalleryPart& part : ui::galleryParts()) {
            const Stage stage(part);
            const QImage before = stage.picture();
            const QImage stored = small(before);
            for (const ui::Sample& sample : stage.view.samples()) {
                const QRect place(sample.widget->mapTo(&stage.window, QPoint()), sample.widget->size());
                const bool faint = sample.state == ui::SampleState::Loading || sample.state == ui::SampleState::Empty;
                if (faint || place.width() * place.height() < kSmallest) {
                    continue;
                }
                QImage after = before;
                QPainter painter(&after);
                painter.fillRect(place, before.pixelColor(0, 0));
                if (change == QStringLiteral("elsewhere")) {
                    painter.drawImage(place.topLeft() + QPoint(0, 4 * kCell), before.copy(place));
                } else if (change == QStringLiteral("recoloured")) {
                    painter.drawImage(place.topLeft(), before.copy(place).rgbSwapped());
                    painter.fillRect(place, QColor(200, 60, 0, 90));
                }
                painter.end();
                ++tried;
                if (differences(small(after), stored).isEmpty()) {
                    unseen += QStringLiteral("%1, %2 at %3,%4")
                                  .arg(QString::fromUtf8(part.id), ui::sampleStateName(sample.state))
                                  .arg(place.x())
                                  .arg(place.y());
                }
            }
        }
        QVERIFY(tried > 100);
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QLatin1Char('\n'))));
    }
};

QUARTERDECK_WIDGET_TEST(TestGalleryPictures)
#include "test_gallery_pictures.moc"
