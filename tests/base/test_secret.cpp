#include <algorithm>
#include <ostream>
#include <sstream>
#include <type_traits>

#include <QDebug>
#include <QTest>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include "app/base/secret.h"

#ifndef Q_MOC_RUN  // which does not read concepts
#include <concepts>
#endif

using namespace quarterdeck;

namespace {

#ifndef Q_MOC_RUN
template <class T>
concept Streamable = requires(std::ostream& stream, const T& value) { stream << value; };
template <class T>
concept Debuggable = requires(QDebug stream, const T& value) { stream << value; };

// Each check is shown to hold for a plain string, so that it can fail.
static_assert(fmt::is_formattable<std::string>::value && !fmt::is_formattable<Secret>::value);
static_assert(Streamable<std::string> && !Streamable<Secret>);
static_assert(Debuggable<QString> && !Debuggable<Secret>);
static_assert(std::convertible_to<std::string, std::string_view> && !std::convertible_to<Secret, std::string_view>);
static_assert(!std::convertible_to<Secret, std::string>);
static_assert(!std::constructible_from<std::string, Secret>);
static_assert(std::constructible_from<nlohmann::json, std::string> && !std::constructible_from<nlohmann::json, Secret>);
static_assert(!std::convertible_to<std::string, Secret>, "a secret is made on purpose only");
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);
#endif

const std::string kShort = "CANARY";
const std::string kLong = "CANARY-" + std::string(200, 's');

}  // namespace

class TestSecret : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecretRevealsWhatItWasGiven() {
        const Secret secret(kLong);
        QCOMPARE(secret.reveal(), std::string_view(kLong));
        QCOMPARE(secret.size(), kLong.size());
        QVERIFY(!secret.empty());
        QVERIFY(Secret().empty());
    }

    void aMovedSecretLeavesNothingBehind_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("short") << QByteArray::fromStdString(kShort);
        QTest::newRow("long") << QByteArray::fromStdString(kLong);
    }
    void aMovedSecretLeavesNothingBehind() {
        QFETCH(QByteArray, value);
        Secret from(value.toStdString());
        Secret to(std::move(from));
        QVERIFY(from.empty());  // NOLINT(bugprone-use-after-move): the contract
        QCOMPARE(to.reveal(), std::string_view(value.constData()));
        Secret third(kShort);
        third = std::move(to);
        QVERIFY(to.empty());  // NOLINT(bugprone-use-after-move)
        QCOMPARE(third.reveal(), std::string_view(value.constData()));
    }

    void aCopyStandsOnItsOwn() {
        Secret first(kLong);
        Secret copy = first;
        QVERIFY(copy == first);
        first = Secret(kShort);
        QCOMPARE(copy.reveal(), std::string_view(kLong));
        QVERIFY(!(copy == first));
        const Secret& self = copy;
        copy = self;
        QCOMPARE(copy.reveal(), std::string_view(kLong));
    }

    void wipedTextIsZeroedInPlace() {
        std::string text = kLong;
        const char* const bytes = text.data();
        const std::size_t size = text.size();
        wipeString(text);
        QVERIFY(text.empty());
        QCOMPARE(text.data(), bytes);
        QVERIFY(std::all_of(bytes, bytes + size, [](char c) { return c == '\0'; }));
    }
};

QTEST_GUILESS_MAIN(TestSecret)
#include "test_secret.moc"
