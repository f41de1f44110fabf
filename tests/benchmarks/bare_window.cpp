// The measure for start-up: an empty Qt window that tells its first painted frame and ends.

#include <cstdio>

#include <QApplication>
#include <QPaintEvent>
#include <QTimer>
#include <QWidget>

namespace {

class Bare final : public QWidget {
protected:
    void paintEvent(QPaintEvent* event) override {
        QWidget::paintEvent(event);
        QTimer::singleShot(0, qApp, [] {
            std::puts("painted");
            std::fflush(stdout);
            QCoreApplication::quit();
        });
    }
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Bare window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
