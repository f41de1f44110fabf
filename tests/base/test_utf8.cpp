#include <QTest>

#include "app/base/utf8.h"

using namespace quarterdeck;

class TestUtf8 : public QObject {
    Q_OBJECT

private slots:
    void aPrefixEndsBetweenCharacters_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("most");
        QTest::addColumn<QByteArray>("prefix");
        const QByteArray mixed = QStringLiteral("aé…😀z").toUtf8();  // 1, 2, 3, 4 and 1 bytes
        QTest::newRow("whole") << mixed << 11 << mixed;
        QTest::newRow("more than whole") << mixed << 400 << mixed;
        QTest::newRow("before the last") << mixed << 10 << mixed.left(10);
        QTest::newRow("in four bytes") << mixed << 9 << mixed.left(6);
        QTest::newRow("in three bytes") << mixed << 5 << mixed.left(3);
        QTest::newRow("in two bytes") << mixed << 2 << mixed.left(1);
        QTest::newRow("nothing") << mixed << 0 << QByteArray();
        QTest::newRow("empty") << QByteArray() << 5 << QByteArray();
        QTest::newRow("no UTF-8 at all") << QByteArray("\x80\x80\x80") << 2 << QByteArray();
    }
    void aPrefixEndsBetweenCharacters() {
        QFETCH(QByteArray, text);
        QFETCH(int, most);
        QFETCH(QByteArray, prefix);
        const std::string whole = text.toStdString();
        QCOMPARE(QByteArray::fromStdString(std::string(utf8Prefix(whole, static_cast<std::size_t>(most)))), prefix);
    }
};

QTEST_GUILESS_MAIN(TestUtf8)
#include "test_utf8.moc"
