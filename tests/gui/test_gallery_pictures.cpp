// The gallery beside stored pictures of it. Pictures are kept small and compared with patience: letters may sit a few
// pixels elsewhere with another version of a font, but whatever is missing, added, moved or recoloured is seen.
// After a wanted change of the look: QUARTERDECK_ACCEPT_PICTURES=1 tests/run -- -R gui/test_gallery_pictures, look at
// what git says has changed, commit it.

#include <QDir>
#include <QImage>
#include <QScrollArea>
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

constexpr int kCell = 8;                ///< pixels of the window to one of the stored picture
constexpr int kWidth = 760;             ///< of the part's view
constexpr int kTolerance = 40;          ///< of a colour's channel, beside the best of the nine cells around
constexpr double kShareAllowed = 0.02;  ///< of cells beyond that

QString folder() {
    return QStringLiteral(QUARTERDECK_SOURCE_DIR "/tests/gui/pictures");
}

QImage pictureOf(const GalleryPart& part) {
    QWidget window;
    PartView view(part, &window);
    view.resize(kWidth, view.sizeHint().height());
    window.resize(view.size());
    window.show();
    QCoreApplication::sendPostedEvents();
    return gui_tests::pictureOf(window, 1);
}

/// `shift`: as if all stood so much further left and up.
QImage small(const QImage& picture, QPoint shift = {}) {
    return picture.copy(picture.rect().translated(shift))
        .scaled(picture.size() / kCell, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

int apart(QRgb a, QRgb b) {
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

/// Cells of `one` that nothing in `other` near that place resembles.
int strangers(const QImage& one, const QImage& other) {
    int count = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            int best = 256;
            for (int near = 0; near < 9; ++near) {
                const QPoint place(x - 1 + near % 3, y - 1 + near / 3);
                if (other.valid(place)) {
                    best = std::min(best, apart(one.pixel(x, y), other.pixel(place)));
                }
            }
            count += best > kTolerance ? 1 : 0;
        }
    }
    return count;
}

/// Share of cells that differ, seen from either side; 1 where the sizes are more than two cells apart.
double difference(const QImage& now, const QImage& stored) {
    const QSize sizes = now.size() - stored.size();
    if (stored.isNull() || std::abs(sizes.width()) > 2 || std::abs(sizes.height()) > 2) {
        return 1;
    }
    return static_cast<double>(std::max(strangers(now, stored), strangers(stored, now))) / (now.width() * now.height());
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
        QSet<QString> known;
        QStringList faults;
        for (const GalleryPart& part : ui::galleryParts()) {
            const QString file = QString::fromUtf8(part.id) + QStringLiteral(".png");
            known.insert(file);
            const QImage now = small(pictureOf(part));
            if (accept) {
                QVERIFY(now.save(stored.filePath(file)));
                continue;
            }
            const double share = difference(now, QImage(stored.filePath(file)).convertToFormat(QImage::Format_RGB32));
            if (share > kShareAllowed) {
                QVERIFY(now.save(seen.filePath(file)));
                faults += QStringLiteral("%1: %2 % of the picture differs; stored %3, now %4")
                              .arg(QString::fromUtf8(part.id))
                              .arg(share * 100, 0, 'f', 1)
                              .arg(stored.filePath(file), seen.filePath(file));
            }
        }
        for (const QString& file : stored.entryList({QStringLiteral("*.png")}, QDir::Files)) {
            if (!known.contains(file)) {
                faults += stored.filePath(file) + QStringLiteral(" is a picture of no part");
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    // What the comparison must see, and what it must not mind.
    void aChangeOfTheLookIsSeen_data() {
        QTest::addColumn<QString>("change");
        for (const char* change : {"hidden", "moved", "recoloured"}) {
            QTest::newRow(change) << QString::fromUtf8(change);
        }
    }
    void aChangeOfTheLookIsSeen() {
        QFETCH(QString, change);
        widgets::applyTheme(*qApp, Theme::named(QStringLiteral("light")));
        const auto& parts = ui::galleryParts();
        const auto buttons = std::find_if(parts.begin(), parts.end(), [](const GalleryPart& part) {
            return QByteArray(part.id) == QByteArrayLiteral("button");
        });
        QVERIFY(buttons != parts.end());
        const GalleryPart& part = *buttons;
        const QImage before = small(pictureOf(part));
        QCOMPARE(difference(before, small(pictureOf(part))), 0.0);
        QImage after = before;
        const int rows = change == QStringLiteral("moved") ? after.height() : after.height() / 3;
        for (int y = 0; y < rows; ++y) {
            for (int x = 0; x < after.width(); ++x) {
                const QRgb here = before.pixel(x, y);
                if (change == QStringLiteral("recoloured")) {
                    after.setPixel(x, y, qRgb(qGreen(here), qBlue(here), qRed(here)));
                } else if (change == QStringLiteral("moved")) {
                    after.setPixel(x, y, before.pixel((x + 4) % before.width(), y));
                } else {
                    after.setPixel(x, y, before.pixel(0, 0));
                }
            }
        }
        QVERIFY2(difference(after, before) > kShareAllowed, qPrintable(QString::number(difference(after, before))));
    }

    void aLetterThatSitsAPixelElsewhereIsNot() {
        widgets::applyTheme(*qApp, Theme::named(QStringLiteral("light")));
        QStringList faults;
        for (const GalleryPart& part : ui::galleryParts()) {
            const QImage picture = pictureOf(part);
            const double share = difference(small(picture, {2, 1}), small(picture));
            if (share > kShareAllowed) {
                faults += QStringLiteral("%1: %2").arg(QString::fromUtf8(part.id)).arg(share);
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }
};

QUARTERDECK_WIDGET_TEST(TestGalleryPictures)
#include "test_gallery_pictures.moc"
