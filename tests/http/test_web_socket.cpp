#include "tests/http/web_socket_support.h"

namespace quarterdeck::http {

using namespace std::chrono_literals;

class TestWebSocket : public QObject {
    Q_OBJECT
private slots:
    void messagesGoBothWaysOverTls();
    void aMessageIsOneMaskedFrame();
    void fragmentsAreJoinedAcrossControlFrames();
    void aFloodOfPingsIsAnswered();
    void wePingByOurselvesWhileNobodyCalls();
    void whatBreaksTheRulesEndsTheStream_data();
    void whatBreaksTheRulesEndsTheStream();
    void aCutInTheMiddleIsAnErrorAfterWhatCameBefore_data();
    void aCutInTheMiddleIsAnErrorAfterWhatCameBefore();
    void silenceIsNoticed();
    void aReaderThatTakesNothingMakesTheServerWaitAndLosesNothing();
    void whatAServerLeftBehindSurvivesOurPings();
    void aPeerThatTakesNothingMakesUsWait();
    void theServersGoodbyeIsTheEnd();
    void closingSendsWhatIsQueuedAndWaitsForTheGoodbye();
    void aPeerThatNeverSaysGoodbyeIsLeft();
};

void TestWebSocket::messagesGoBothWaysOverTls() {
    Bench bench(accepting([](SocketPeer& peer, HostileConnection&) {
        while (auto message = peer.message()) {
            peer.binary(*message);
        }
    }));
    auto upgrade = bench.open();
    QVERIFY2(upgrade, upgrade ? "" : describe(upgrade.error()).c_str());
    QVERIFY(upgrade->socket);
    QCOMPARE(upgrade->socket->protocol(), std::string("v5.channel.k8s.io"));
    for (const std::size_t size : {0U, 1U, 125U, 126U, 65535U, 65536U, 300'000U}) {
        const std::string text = pattern(size);
        QVERIFY(upgrade->socket->send(text, {}));
        const auto echo = upgrade->socket->receive({});
        QVERIFY(echo && *echo);
        QVERIFY(**echo == text);
    }
    QVERIFY(upgrade->socket->close({}));
}

void TestWebSocket::aMessageIsOneMaskedFrame() {
    // The API server reads frames, not messages: a fragmented message would be taken for several.
    Bench bench(accepting([](SocketPeer& peer, HostileConnection&) {
        const auto frame = peer.next();
        const bool whole = frame && frame->final && frame->opcode == 2 && frame->payload == pattern(1'000'000);
        peer.binary(whole && peer.allMasked() ? "whole" : "in pieces");
        peer.message();
    }));
    auto upgrade = bench.open();
    QVERIFY(upgrade && upgrade->socket);
    QVERIFY(upgrade->socket->send(pattern(1'000'000), {}));
    const auto answer = upgrade->socket->receive({});
    QVERIFY(answer && *answer);
    QCOMPARE(**answer, std::string("whole"));
}

void TestWebSocket::fragmentsAreJoinedAcrossControlFrames() {
    Bench bench(accepting([](SocketPeer& peer, HostileConnection&) {
        peer.frame(2, "one ", false);
        peer.frame(9, "are you there");
        peer.frame(0, "two ", false);
        peer.frame(10, "unasked");
        peer.frame(0, "", false);
        peer.frame(0, "three");
        peer.message();
    }));
    auto upgrade = bench.open();
    QVERIFY(upgrade && upgrade->socket);
    const auto message = upgrade->socket->receive({});
    QVERIFY(message && *message);
    QCOMPARE(**message, std::string("one two three"));
}

void TestWebSocket::aFloodOfPingsIsAnswered() {
    constexpr int kPings = 5000;
    std::atomic<int> pongs{0};
    Bench bench(accepting([&](SocketPeer& peer, HostileConnection&) {
        for (int i = 0; i < kPings; ++i) {
            peer.frame(9, "x");
            const auto frame = peer.next();
            pongs += frame && frame->opcode == 10 && frame->payload == "x" ? 1 : 0;
        }
        peer.binary("after");
        peer.message();
    }));
    WebSocketOptions options = offering();
    options.pingEvery = 10min;
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    const auto message = upgrade->socket->receive({});
    QVERIFY(message && *message);
    QCOMPARE(**message, std::string("after"));
    QCOMPARE(pongs.load(), kPings);
}

void TestWebSocket::wePingByOurselvesWhileNobodyCalls() {
    Bench bench(accepting([](SocketPeer& peer, HostileConnection&) {
        int pings = 0;
        while (pings < 3) {
            const auto frame = peer.next();
            if (!frame) {
                return;
            }
            pings += frame->opcode == 9 ? 1 : 0;
        }
        peer.binary("pinged");
        peer.message();
    }));
    WebSocketOptions options = offering();
    options.pingEvery = 20ms;
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    const auto message = upgrade->socket->receive({});
    QVERIFY(message && *message);
    QCOMPARE(**message, std::string("pinged"));
}

void TestWebSocket::whatBreaksTheRulesEndsTheStream_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("tooLarge");
    const auto row = [](const char* name, const std::string& bytes, bool tooLarge = false) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << tooLarge;
    };
    row("masked by the server", SocketPeer::encode(2, "secret", true, 0, true));
    row("unknown opcode", SocketPeer::encode(3, "x"));
    row("unknown control opcode", SocketPeer::encode(11, "x"));
    row("reserved bit", SocketPeer::encode(2, "x", true, 4));
    row("fragmented ping", SocketPeer::encode(9, "x", false));
    row("ping too long", SocketPeer::encode(9, std::string(126, 'x')));
    row("continuation of nothing", SocketPeer::encode(0, "x"));
    row("message within a message", SocketPeer::encode(2, "x", false) + SocketPeer::encode(2, "y"));
    row("close with half a code", SocketPeer::encode(8, "x"));
    row("close with a forbidden code", SocketPeer::encode(8, std::string("\x03\xed", 2)));
    row("length not minimal", std::string("\x82\x7e\x00\x01x", 5));
    row("larger than allowed", SocketPeer::encode(2, std::string(70'000, 'x')), true);
    row("fragments larger than allowed",
        SocketPeer::encode(2, std::string(40'000, 'x'), false) + SocketPeer::encode(0, std::string(40'000, 'x')), true);
    row("claims eight exabytes", std::string("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10), true);
}

void TestWebSocket::whatBreaksTheRulesEndsTheStream() {
    QFETCH(QByteArray, bytes);
    QFETCH(bool, tooLarge);
    Bench bench(accepting([&](SocketPeer& peer, HostileConnection& connection) {
        peer.binary("before");
        peer.raw(bytes.toStdString());
        connection.waitUntilClosed();
    }));
    WebSocketOptions options = offering();
    options.maxMessage = 65'536;
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    const auto before = upgrade->socket->receive({});
    QVERIFY(before && *before);
    QCOMPARE(**before, std::string("before"));
    VERIFY_ERROR(upgrade->socket->receive({}), tooLarge ? kSocketMessageTooLarge : kSocketProtocol);
    QVERIFY(!upgrade->socket->send("more", {}));
    QVERIFY(bench.server.waitForOpenConnections(0));
}

void TestWebSocket::aCutInTheMiddleIsAnErrorAfterWhatCameBefore_data() {
    QTest::addColumn<QString>("how");
    QTest::newRow("reset") << QStringLiteral("reset");
    QTest::newRow("closed without goodbye") << QStringLiteral("close");
    QTest::newRow("reset within a frame") << QStringLiteral("reset in frame");
    QTest::newRow("closed within a frame") << QStringLiteral("close in frame");
}

void TestWebSocket::aCutInTheMiddleIsAnErrorAfterWhatCameBefore() {
    QFETCH(QString, how);
    Bench bench(accepting([&](SocketPeer& peer, HostileConnection& connection) {
        peer.binary("before");
        peer.message();  // the client has it
        if (how.endsWith(QStringLiteral("in frame"))) {
            peer.raw(SocketPeer::encode(2, std::string(1000, 'x')).substr(0, 500));
        }
        if (how.startsWith(QStringLiteral("reset"))) {
            connection.reset();
        } else {
            connection.close();
        }
    }));
    auto upgrade = bench.open();
    QVERIFY(upgrade && upgrade->socket);
    const auto before = upgrade->socket->receive({});
    QVERIFY(before && *before);
    QVERIFY(upgrade->socket->send("go on", {}));
    VERIFY_ERROR(upgrade->socket->receive({}), kSocketLost);
    VERIFY_ERROR(upgrade->socket->receive({}), kSocketLost);
}

void TestWebSocket::silenceIsNoticed() {
    Bench bench(accepting([](SocketPeer& peer, HostileConnection& connection) {
        peer.binary("before");
        connection.waitUntilClosed();
    }));
    WebSocketOptions options = offering();
    options.pingEvery = 20ms;
    options.silenceLimit = 200ms;
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    QVERIFY(upgrade->socket->receive({}));
    const auto silent = upgrade->socket->receive({});
    VERIFY_ERROR(silent, kSocketSilent);
    QCOMPARE(silent.error().parameter("limit"), std::string_view("0.2 s"));
}

void TestWebSocket::aReaderThatTakesNothingMakesTheServerWaitAndLosesNothing() {
    constexpr int kMessages = 1000;
    std::atomic<int> sent{0};
    Bench bench(accepting([&](SocketPeer& peer, HostileConnection&) {
        for (int i = 0; i < kMessages; ++i) {
            peer.binary(std::to_string(i) + std::string(32'000, 'x'));
            sent = i + 1;
        }
        peer.close();
        while (peer.next()) {
            // Pings that stay unread would make the end a reset, which throws away what is on the way.
        }
    }));
    WebSocketOptions options = offering();
    options.buffered = 100'000;
    options.pingEvery = 20ms;
    options.silenceLimit = 300ms;  // does not run while the reader is the one who waits
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    // The server stops at what fits into the buffers of both sides, which is far from all.
    int before = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, sent.load()) == sent.load() && before > 0, 30'000);
    QVERIFY(sent < kMessages);
    for (int i = 0; i < kMessages; ++i) {
        const auto message = upgrade->socket->receive({});
        QVERIFY2(message && *message, message ? "closed" : describe(message.error()).c_str());
        QVERIFY((*message)->starts_with(std::to_string(i) + "x"));
    }
    const auto end = upgrade->socket->receive({});
    QVERIFY(end && !*end);
}

void TestWebSocket::whatAServerLeftBehindSurvivesOurPings() {
    // A ping that reaches a socket which the server has closed already resets the connection, and the kernel throws
    // away what was still to be delivered.
    constexpr int kMessages = 30;
    Bench bench(accepting([](SocketPeer& peer, HostileConnection&) {
        for (int i = 0; i < kMessages; ++i) {
            peer.binary(std::to_string(i) + std::string(20'000, 'x'));
        }
        peer.close();
    }));
    std::atomic<int> pings{0};
    Bench clock(accepting([&](SocketPeer& peer, HostileConnection&) {
        while (auto frame = peer.next()) {
            pings += frame->opcode == 9 ? 1 : 0;
            peer.frame(10, frame->payload);
        }
    }));
    WebSocketOptions options = offering();
    options.pingEvery = 20ms;
    options.buffered = 10'000;
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    QVERIFY(bench.server.waitForOpenConnections(0, 30s));
    const auto other = clock.open(options);
    QTRY_VERIFY_WITH_TIMEOUT(pings >= 5, 30'000);
    for (int i = 0; i < kMessages; ++i) {
        const auto message = upgrade->socket->receive({});
        QVERIFY2(message && *message, message ? "closed" : describe(message.error()).c_str());
        QVERIFY((*message)->starts_with(std::to_string(i) + "x"));
    }
    const auto end = upgrade->socket->receive({});
    QVERIFY2(end && !*end, end ? "a message" : describe(end.error()).c_str());
}

void TestWebSocket::aPeerThatTakesNothingMakesUsWait() {
    std::mutex mutex;
    std::condition_variable changed;
    bool go = false;
    Bench bench(accepting([&](SocketPeer& peer, HostileConnection&) {
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return go; });
        }
        std::size_t bytes = 0;
        while (auto message = peer.message()) {
            if (message->empty()) {
                break;
            }
            bytes += message->size();
        }
        peer.binary(std::to_string(bytes));
        peer.message();
    }));
    WebSocketOptions options = offering();
    options.pingEvery = 20ms;
    options.silenceLimit = 300ms;  // does not run while the peer takes nothing
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    std::atomic<int> queued{0};
    constexpr int kPieces = 2000;
    std::jthread sender([&] {
        for (int i = 0; i < kPieces; ++i) {
            if (!upgrade->socket->send(std::string(32'768, 'x'), {})) {
                return;
            }
            ++queued;
        }
        static_cast<void>(upgrade->socket->send("", {}));
    });
    int before = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, queued.load()) == queued.load() && before > 0, 30'000);
    QVERIFY(queued < kPieces);
    {
        const std::lock_guard lock(mutex);
        go = true;
        changed.notify_all();
    }
    const auto answer = upgrade->socket->receive({});
    QVERIFY2(answer && *answer, answer ? "closed" : describe(answer.error()).c_str());
    QCOMPARE(**answer, std::to_string(kPieces * 32'768));
}

void TestWebSocket::theServersGoodbyeIsTheEnd() {
    std::atomic<bool> answered{false};
    Bench bench(accepting([&](SocketPeer& peer, HostileConnection&) {
        peer.binary("last words");
        peer.close(1011, "kubelet gone");
        const auto frame = peer.next();
        answered = frame && frame->opcode == 8;
    }));
    auto upgrade = bench.open();
    QVERIFY(upgrade && upgrade->socket);
    const auto last = upgrade->socket->receive({});
    QVERIFY(last && *last);
    const auto end = upgrade->socket->receive({});
    QVERIFY(end && !*end);
    QCOMPARE(upgrade->socket->closeReason().code, std::uint16_t{1011});
    QCOMPARE(upgrade->socket->closeReason().text, std::string("kubelet gone"));
    QTRY_VERIFY_WITH_TIMEOUT(answered, 30'000);
}

void TestWebSocket::closingSendsWhatIsQueuedAndWaitsForTheGoodbye() {
    std::atomic<int> got{0};
    std::atomic<bool> goodbye{false};
    Bench bench(accepting([&](SocketPeer& peer, HostileConnection&) {
        while (auto frame = peer.next()) {
            got += frame->opcode == 2 ? 1 : 0;
            if (frame->opcode == 8) {
                goodbye = true;
                peer.binary("too late");
                peer.frame(8, frame->payload);
                return;
            }
        }
    }));
    auto upgrade = bench.open();
    QVERIFY(upgrade && upgrade->socket);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(upgrade->socket->send(std::string(10'000, 'x'), {}));
    }
    const auto closed = upgrade->socket->close({});
    QVERIFY2(closed, closed ? "" : describe(closed.error()).c_str());
    QVERIFY(goodbye);
    QCOMPARE(got.load(), 20);
}

void TestWebSocket::aPeerThatNeverSaysGoodbyeIsLeft() {
    Bench bench(accepting([](SocketPeer&, HostileConnection& connection) { connection.waitUntilClosed(); }));
    WebSocketOptions options = offering();
    options.closeLimit = 100ms;
    auto upgrade = bench.open(options);
    QVERIFY(upgrade && upgrade->socket);
    VERIFY_ERROR(upgrade->socket->close({}), kSocketSilent);
    QVERIFY(bench.server.waitForOpenConnections(0));
}

}  // namespace quarterdeck::http

QTEST_GUILESS_MAIN(quarterdeck::http::TestWebSocket)
#include "test_web_socket.moc"
