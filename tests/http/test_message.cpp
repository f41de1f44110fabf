#include <QTest>

#include "app/http/message.h"

using namespace quarterdeck::http;

class TestMessage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstHeaderOfANameIsFoundInAnyCase();
    void onlyUnreservedCharactersStayPlain_data();
    void onlyUnreservedCharactersStayPlain();
};

void TestMessage::theFirstHeaderOfANameIsFoundInAnyCase() {
    const std::vector<Header> headers{{"Content-Type", "a"}, {"retry-after", "7"}, {"Retry-After", "9"}};
    QCOMPARE(findHeader(headers, "RETRY-AFTER"), std::string_view("7"));
    QCOMPARE(findHeader(headers, "content-type"), std::string_view("a"));
    QVERIFY(findHeader(headers, "Content").empty());
    QVERIFY(findHeader({}, "x").empty());
}

void TestMessage::onlyUnreservedCharactersStayPlain_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("unreserved") << QByteArray("azAZ09-._~") << QByteArray("azAZ09-._~");
    QTest::newRow("selector") << QByteArray("app in (a, b)") << QByteArray("app%20in%20%28a%2C%20b%29");
    QTest::newRow("slash and percent") << QByteArray("a/b%c") << QByteArray("a%2Fb%25c");
    QTest::newRow("UTF-8") << QByteArray("\xc3\xa4") << QByteArray("%C3%A4");
    QTest::newRow("control") << QByteArray("\r\n") << QByteArray("%0D%0A");
    QTest::newRow("empty") << QByteArray() << QByteArray();
}

void TestMessage::onlyUnreservedCharactersStayPlain() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, encoded);
    QCOMPARE(percentEncode(text.toStdString()), encoded.toStdString());
}

QTEST_GUILESS_MAIN(TestMessage)
#include "test_message.moc"
