#include <QTest>

#include "app/kube/port_forward.h"
#include "app/kube/upgrade_error.h"
#include "tests/fakes/local_client.h"
#include "tests/kube/stream_support.h"

using namespace quarterdeck::fakes;

namespace quarterdeck::kube {
namespace {

constexpr const char* kV4 = "v4.channel.k8s.io";
const std::string kPort8080("\x90\x1f", 2);

/// A forward that runs on a thread of its own until it dies.
class Running {
public:
    Running(http::Channel& channel, PortForward::Resolver resolver, ForwardOptions options = {}) {
        auto made = PortForward::listen(channel, "prod", std::move(resolver), options);
        if (!made) {
            qFatal("%s", describe(made.error()).c_str());
        }
        forward_ = std::move(*made);
        thread_ = std::jthread([this](const std::stop_token& stop) {
            forward_->run(
                [this](const PortForward::Event& event) {
                    const std::lock_guard lock(mutex_);
                    events_.push_back(event);
                },
                stop);
            done_ = true;
        });
    }
    [[nodiscard]] std::uint16_t port() const { return forward_->localPort(); }
    [[nodiscard]] std::vector<PortForward::Event> events(PortForward::Event::Kind kind) const {
        const std::lock_guard lock(mutex_);
        std::vector<PortForward::Event> some;
        std::copy_if(events_.begin(), events_.end(), std::back_inserter(some),
                     [&](const PortForward::Event& event) { return event.kind == kind; });
        return some;
    }
    void stop() { thread_.request_stop(); }
    [[nodiscard]] bool done() const { return done_; }

private:
    std::unique_ptr<PortForward> forward_;
    mutable std::mutex mutex_;
    std::vector<PortForward::Event> events_;
    std::atomic<bool> done_{false};
    std::jthread thread_;
};

PortForward::Resolver always(const std::string& pod) {
    return [pod](std::stop_token) -> Result<ForwardTarget> { return ForwardTarget{"shop", pod, 8080}; };
}

/// Opens both channels as the kubelet does.
void openChannels(SocketPeer& peer, const std::string& port = kPort8080) {
    peer.channel(0, port);
    peer.channel(1, port);
}

using Kind = PortForward::Event::Kind;

}  // namespace

class TestPortForward : public QObject {
    Q_OBJECT
private slots:
    void bytesGoBothWays();
    void largeDataArrivesWhole();
    void eachConnectionHasItsSocketAndItsPod();
    void oneRefusedConnectionFailsAlone();
    void aConnectionCutByTheServerIsResetHere();
    void anAnswerIsKeptAfterOurEnd();
    void anAnswerThatDoesNotComeAfterOurEndIsNoGoodEnd_data();
    void anAnswerThatDoesNotComeAfterOurEndIsNoGoodEnd();
    void aProgramThatGoesEndsItsConnection();
    void aRefusedUpgradeIsTold();
    void aTargetThatCannotBeFoundIsTold();
    void anotherPortThanAskedForIsRefused();
    void tooManyConnectionsAreTurnedAway();
    void stoppingClosesAll();
    void aTakenPortIsTold();
    void onlyThisMachineIsServed();
};

void TestPortForward::bytesGoBothWays() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer);
        const auto message = peer.message();
        peer.channel(0, "answer to " + message.value_or("").substr(1));
        peer.close();
        peer.next();
    }));
    Running forward(bench.transport, always("web-0"));
    LocalClient client(forward.port());
    QVERIFY(client.send("question"));
    bool reset = true;
    QCOMPARE(client.readAll(&reset), std::string("answer to question"));
    QVERIFY(!reset);
    QCOMPARE(bench.server.log().at(0).target, std::string("/api/v1/namespaces/shop/pods/web-0/portforward?ports=8080"));
    QCOMPARE(bench.server.log().at(0).header("sec-websocket-protocol"), std::string(kV4));
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Closed).size(), std::size_t{1}, 30'000);
    QVERIFY(forward.events(Kind::Failed).empty());
}

void TestPortForward::largeDataArrivesWhole() {
    constexpr std::size_t kSize = 8'000'000;
    TlsBench bench(speaking(kV4, [&](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer);
        Digest digest;
        std::size_t bytes = 0;
        while (bytes < kSize) {
            const auto message = peer.message();
            if (!message) {
                return;
            }
            digest.add(std::string_view(*message).substr(1));
            bytes += message->size() - 1;
        }
        peer.channel(0, digest.hex());
        for (int i = 0; i < 200; ++i) {
            peer.channel(0, std::string(32'768, static_cast<char>('a' + i % 26)));
        }
        peer.close();
        peer.next();
    }));
    Running forward(bench.transport, always("web-0"));
    LocalClient client(forward.port());
    std::string sent(kSize, '\0');
    unsigned state = 7;
    for (char& c : sent) {
        state = state * 1103515245U + 12345U;
        c = static_cast<char>(state >> 24U);
    }
    Digest digest;
    digest.add(sent);
    QVERIFY(client.send(sent));
    QCOMPARE(client.readSome(64), digest.hex());
    QCOMPARE(client.readAll().size(), std::size_t{200} * 32'768);
}

void TestPortForward::eachConnectionHasItsSocketAndItsPod() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const HostileRequest& request, auto&) {
        openChannels(peer);
        peer.channel(0, request.path());
        peer.message();
    }));
    std::atomic<int> asked{0};
    Running forward(bench.transport, [&](std::stop_token) -> Result<ForwardTarget> {
        return ForwardTarget{"shop", "web-" + std::to_string(asked++), 8080};  // restarted under another name
    });
    LocalClient first(forward.port());
    const std::string path = "/api/v1/namespaces/shop/pods/web-0/portforward";
    QCOMPARE(first.readSome(path.size()), path);
    LocalClient second(forward.port());
    const std::string other = "/api/v1/namespaces/shop/pods/web-1/portforward";
    QCOMPARE(second.readSome(other.size()), other);
    QCOMPARE(bench.server.openConnectionCount(), 2);
    const auto opened = forward.events(Kind::Opened);
    QCOMPARE(opened.size(), std::size_t{2});
    QCOMPARE(opened[1].target.pod, std::string("web-1"));
    QCOMPARE(opened[1].connection, 2);
}

void TestPortForward::oneRefusedConnectionFailsAlone() {
    std::atomic<int> number{0};
    TlsBench bench(speaking(kV4, [&](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer);
        if (number++ == 1) {
            peer.channel(1, "failed to connect to localhost:8080 inside namespace: connection refused");
            peer.next();
            return;
        }
        while (auto message = peer.message()) {
            peer.binary(*message);
        }
    }));
    Running forward(bench.transport, always("web-0"));
    LocalClient first(forward.port());
    QVERIFY(first.send("a"));
    QCOMPARE(first.readSome(1), std::string("a"));
    LocalClient second(forward.port());
    bool reset = false;
    second.readAll(&reset);
    QVERIFY(reset);
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Failed).size(), std::size_t{1}, 30'000);
    const auto failed = forward.events(Kind::Failed).at(0);
    QCOMPARE(failed.connection, 2);
    QVERIFY(failed.error->is(kForwardRefused));
    const std::string sentence = describe(*failed.error);
    QVERIFY2(sentence.find("port 8080 of pod web-0 in namespace shop") != std::string::npos, sentence.c_str());
    QVERIFY2(sentence.find("connection refused") != std::string::npos, sentence.c_str());
    QVERIFY(first.send("b"));
    QCOMPARE(first.readSome(1), std::string("b"));
    LocalClient third(forward.port());
    QVERIFY(third.send("c"));
    QCOMPARE(third.readSome(1), std::string("c"));
}

void TestPortForward::aConnectionCutByTheServerIsResetHere() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, HostileConnection& connection) {
        openChannels(peer);
        peer.channel(0, "half an ans");
        peer.message();
        connection.reset();
    }));
    Running forward(bench.transport, always("web-0"));
    LocalClient client(forward.port());
    QCOMPARE(client.readSome(11), std::string("half an ans"));
    QVERIFY(client.send("more"));
    bool reset = false;
    client.readAll(&reset);
    QVERIFY(reset);
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Failed).size(), std::size_t{1}, 30'000);
    QVERIFY(forward.events(Kind::Failed).at(0).error->is(kForwardCut));
}

void TestPortForward::anAnswerIsKeptAfterOurEnd() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, HostileConnection& connection) {
        openChannels(peer);
        peer.message();
        connection.wait(std::chrono::milliseconds(50));
        peer.channel(0, "the answer");
        peer.message();
    }));
    ForwardOptions options;
    options.lingerAfterEnd = std::chrono::milliseconds(1500);
    Running forward(bench.transport, always("web-0"), options);
    LocalClient client(forward.port());
    QVERIFY(client.send("question"));
    client.endWriting();
    QCOMPARE(client.readAll(), std::string("the answer"));
}

void TestPortForward::anAnswerThatDoesNotComeAfterOurEndIsNoGoodEnd_data() {
    QTest::addColumn<bool>("crowded");
    QTest::newRow("alone") << false;
    QTest::newRow("in a crowd") << true;
}

void TestPortForward::anAnswerThatDoesNotComeAfterOurEndIsNoGoodEnd() {
    QFETCH(bool, crowded);
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer);
        peer.message();
        peer.channel(0, "half an ans");
        while (peer.message()) {
        }
    }));
    ForwardOptions options;
    options.maxConnections = crowded ? 1 : 64;
    options.lingerAfterEnd = crowded ? std::chrono::hours(1) : std::chrono::milliseconds(200);
    options.lingerInCrowd = crowded ? std::chrono::milliseconds(200) : std::chrono::hours(1);
    Running forward(bench.transport, always("web-0"), options);
    LocalClient client(forward.port());
    QVERIFY(client.send("question"));
    QCOMPARE(client.readSome(11), std::string("half an ans"));
    client.endWriting();
    bool reset = false;
    QCOMPARE(client.readAll(&reset), std::string());
    QVERIFY(reset);
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Closed).size(), std::size_t{1}, 30'000);
    QVERIFY(forward.events(Kind::Failed).empty());
}

void TestPortForward::aProgramThatGoesEndsItsConnection() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer);
        while (peer.message()) {
        }
    }));
    ForwardOptions options;
    options.lingerAfterEnd = std::chrono::milliseconds(50);
    Running forward(bench.transport, always("web-0"), options);
    {
        LocalClient client(forward.port());
        QVERIFY(client.send("x"));
        QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Opened).size(), std::size_t{1}, 30'000);
    }
    QVERIFY(bench.server.waitForOpenConnections(0, std::chrono::seconds(30)));
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Closed).size(), std::size_t{1}, 30'000);
}

void TestPortForward::aRefusedUpgradeIsTold() {
    TlsBench bench(
        answers::kubernetesStatus(403, "Forbidden",
                                  "pods \\\"web-0\\\" is forbidden: User \\\"jane\\\" cannot create resource "
                                  "\\\"pods/portforward\\\" in API group"));
    Running forward(bench.transport, always("web-0"));
    LocalClient client(forward.port());
    bool reset = false;
    client.readAll(&reset);
    QVERIFY(reset);
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Failed).size(), std::size_t{1}, 30'000);
    const Error error = *forward.events(Kind::Failed).at(0).error;
    QVERIFY(error.is(kForbidden));
    QVERIFY2(describe(error).find("Needs create pods/portforward") != std::string::npos, describe(error).c_str());
}

void TestPortForward::aTargetThatCannotBeFoundIsTold() {
    TlsBench bench(answers::silence());
    Running forward(bench.transport, [](std::stop_token) -> Result<ForwardTarget> {
        return fail(kNotFound,
                    {{"context", "prod"}, {"what", "a ready pod of web"}, {"verb", "find"}, {"message", "0 of 2"}});
    });
    LocalClient client(forward.port());
    client.readAll();
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Failed).size(), std::size_t{1}, 30'000);
    QVERIFY(forward.events(Kind::Failed).at(0).error->is(kNotFound));
    QCOMPARE(bench.server.requestCount(), 0);
}

void TestPortForward::anotherPortThanAskedForIsRefused() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer, std::string("\x16\x00", 2));
        peer.next();
    }));
    Running forward(bench.transport, always("web-0"));
    LocalClient client(forward.port());
    client.readAll();
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Failed).size(), std::size_t{1}, 30'000);
    QVERIFY(forward.events(Kind::Failed).at(0).error->is(kForwardRefused));
}

void TestPortForward::tooManyConnectionsAreTurnedAway() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer);
        while (auto message = peer.message()) {
            peer.binary(*message);
        }
    }));
    ForwardOptions options;
    options.maxConnections = 2;
    Running forward(bench.transport, always("web-0"), options);
    LocalClient first(forward.port());
    LocalClient second(forward.port());
    for (LocalClient* client : {&first, &second}) {
        QVERIFY(client->send("a"));
        QCOMPARE(client->readSome(1), std::string("a"));
    }
    LocalClient third(forward.port());
    bool reset = false;
    third.readAll(&reset);
    QVERIFY(reset);
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Failed).size(), std::size_t{1}, 30'000);
    QVERIFY(forward.events(Kind::Failed).at(0).error->is(kTooManyForwards));
    QVERIFY(first.send("b"));
    QCOMPARE(first.readSome(1), std::string("b"));
}

void TestPortForward::stoppingClosesAll() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, auto&) {
        openChannels(peer);
        while (peer.message()) {
        }
    }));
    Running forward(bench.transport, always("web-0"));
    LocalClient first(forward.port());
    LocalClient second(forward.port());
    QTRY_COMPARE_WITH_TIMEOUT(forward.events(Kind::Opened).size(), std::size_t{2}, 30'000);
    forward.stop();
    first.readAll();
    second.readAll();
    QTRY_VERIFY_WITH_TIMEOUT(forward.done(), 30'000);
    QVERIFY(bench.server.waitForOpenConnections(0));
    QCOMPARE(forward.events(Kind::Closed).size(), std::size_t{2});
    QVERIFY(forward.events(Kind::Failed).empty());
}

void TestPortForward::aTakenPortIsTold() {
    TlsBench bench(answers::silence());
    Running forward(bench.transport, always("web-0"));
    ForwardOptions options;
    options.localPort = forward.port();
    const auto second = PortForward::listen(bench.transport, "prod", always("web-0"), options);
    VERIFY_ERROR(second, kCannotForwardFrom);
    QVERIFY(describe(second.error()).find(std::to_string(forward.port())) != std::string::npos);
}

void TestPortForward::onlyThisMachineIsServed() {
    TlsBench bench(answers::silence());
    Running forward(bench.transport, always("web-0"));
    const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(forward.port());
    inet_pton(AF_INET, "127.0.0.2", &address.sin_addr);  // another address of this machine
    QVERIFY(::connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0);
    ::close(handle);
}

}  // namespace quarterdeck::kube

QTEST_GUILESS_MAIN(quarterdeck::kube::TestPortForward)
#include "test_port_forward.moc"
