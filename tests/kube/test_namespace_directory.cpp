#include <QTest>

#include "app/kube/namespace_directory.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;

class TestNamespaceDirectory : public QObject {
    Q_OBJECT

private slots:
    void aTypedNameIsNewThoughTheServerListsIt() {
        auto channel = std::make_shared<fakes::ScriptedChannel>();
        channel->answer({.status = 200,
                         .body = "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":"
                                 "\"1\"},\"items\":[{\"metadata\":{\"name\":\"bakery\"}},{\"metadata\":{\"name\":"
                                 "\"shop\"}}]}"});
        NamespaceDirectory directory(channel, "test", std::make_shared<ManualClock>(Instant{}), {"default"});
        const std::vector<std::string> listed{"default", "bakery", "shop"};
        QCOMPARE(directory.ask({}), listed);
        // It comes first among many from now on.
        QVERIFY(directory.add({"shop"}));
        const std::vector<std::string> named{"default", "shop", "bakery"};
        QCOMPARE(directory.known(), named);
        QVERIFY(!directory.add({"shop"}));
        QVERIFY(!directory.add({"Not a name"}));
    }
};

QTEST_GUILESS_MAIN(TestNamespaceDirectory)
#include "test_namespace_directory.moc"
