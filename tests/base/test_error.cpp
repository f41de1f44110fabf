#include <QTest>

#include "app/base/error.h"
#include "app/base/result.h"

using namespace quarterdeck;

namespace {

constexpr ErrorCode kOuter{"test.outer", "Context {context} failed: {cause} Check {what}."};
constexpr ErrorCode kInner{"test.inner", "{host} is gone."};

Result<int> failing() {
    return fail(kInner, {{"host", "example.org"}});
}

}  // namespace

class TestError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSentenceIsFilledFromItsParameters() {
        const Error error = makeError(kInner, {{"host", "example.org"}});
        QCOMPARE(describe(error), std::string("example.org is gone."));
        QVERIFY(error.is(kInner));
        QVERIFY(!error.is(kOuter));
        QCOMPARE(error.parameter("host"), std::string_view("example.org"));
        QCOMPARE(error.parameter("port"), std::string_view());
    }

    void aCauseIsToldInside() {
        Error cause = makeError(kInner, {{"host", "h"}});
        cause.httpStatus = 503;
        cause.retryAfter = std::chrono::seconds(4);
        const Error error = makeError(kOuter, {{"context", "prod"}, {"what", "it"}}, cause);
        QCOMPARE(describe(error), std::string("Context prod failed: h is gone. Check it."));
        QCOMPARE(error.httpStatus, 503);
        QVERIFY(error.retryAfter == std::chrono::seconds(4));
    }

    void missingParametersLeaveAGap() {
        QCOMPARE(describe(makeError(kOuter)), std::string("Context  failed:  Check ."));
        QCOMPARE(describe(Error()), std::string("Unknown error."));
    }

    void aParameterIsNotFilledAgain() {
        QCOMPARE(describe(makeError(kInner, {{"host", "{cause}{host}"}})), std::string("{cause}{host} is gone."));
    }

    void aSentenceWithALoneBraceIsKept() {
        QCOMPARE(fillSentence("a { b", Error(), ""), std::string("a { b"));
        QCOMPARE(fillSentence("a } b", Error(), ""), std::string("a } b"));
    }

    void aResultCarriesItsError() {
        const Result<int> result = failing();
        QVERIFY(!result);
        QVERIFY(result.error().is(kInner));
        const Result<std::string> passedOn = fail(result.error());
        QCOMPARE(describe(passedOn.error()), std::string("example.org is gone."));
    }

    void hiddenCharactersAreShown_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char* name, QByteArray text, QByteArray shown) {
            QTest::newRow(name) << std::move(text) << std::move(shown);
        };
        row("plain", "hello, wörld ✓", "hello, wörld ✓");
        row("line end and tab", "a\nb\tc", "a\\nb\\tc");
        row("escape sequence", "\x1b[31mred", "\\u001b[31mred");
        row("zero byte", QByteArray("a\0b", 3), "a\\u0000b");
        row("delete", "\x7f", "\\u007f");
        row("C1 control", "\xc2\x9b", "\\u009b");
        row("right-to-left override",
            "a\xe2\x80\xae"
            "b",
            "a\\u202eb");
        row("isolate", "\xe2\x81\xa6", "\\u2066");
        row("zero width space", "\xe2\x80\x8b", "\\u200b");
        row("byte order mark", "\xef\xbb\xbf", "\\ufeff");
        row("lone byte",
            "a\xff"
            "b",
            "a\\xffb");
        row("cut sequence", "\xe2\x82", "\\xe2\\x82");
        row("overlong slash", "\xc0\xaf", "\\xc0\\xaf");
        row("surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80");
        row("beyond Unicode", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
        row("emoji", "😀", "😀");
    }
    void hiddenCharactersAreShown() {
        QFETCH(QByteArray, text);
        QTEST(QByteArray::fromStdString(escapeForDisplay(text.toStdString())), "shown");
    }

    void longTextIsCut() {
        QCOMPARE(escapeForDisplay("abcdef", 3), std::string("abc…"));
        QCOMPARE(escapeForDisplay("abc", 3), std::string("abc"));
        QVERIFY(escapeForDisplay(std::string(5'000, 'x')).size() < 2'100);
    }

    void controlCharactersInParametersAreShownEscaped() {
        QCOMPARE(describe(makeError(kInner, {{"host", "a\nb"}})), std::string("a\\nb is gone."));
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "test_error.moc"
