#include <QFile>
#include <QTest>

#include "app/http/endpoint.h"
#include "app/http/libcurl.h"
#include "app/http/server_url.h"

using namespace quarterdeck;
using namespace quarterdeck::http;

namespace {

bool isLoaded() {
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("/libcurl.so.");
}

}  // namespace

class TestLibcurl : public QObject {
    Q_OBJECT

private slots:
    void itIsLoadedWhenFirstNeeded() {
        QVERIFY(!isLoaded());
        Endpoint endpoint;
        endpoint.serverUrl = "https://cluster.example:6443/prefix";
        const auto server = parseServerUrl(endpoint);
        QVERIFY(server.has_value());
        QVERIFY(isLoaded());
        ensureCurl();  // once more does no harm
    }
};

QTEST_GUILESS_MAIN(TestLibcurl)

#include "test_libcurl.moc"
