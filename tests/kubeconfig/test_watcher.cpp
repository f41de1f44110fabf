#include <unistd.h>

#include <QSignalSpy>

#include "app/kubeconfig/watcher.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;

namespace {

/// As editors and kubectl write: a new file takes the name of the old one.
void replace(const Folder& folder, const std::string& name, const std::string& content) {
    const std::string fresh = folder.write(name + ".new", content);
    if (::rename(fresh.c_str(), folder.path(name).c_str()) != 0) {
        qFatal("rename failed");
    }
}

}  // namespace

class TestWatcher : public QObject {
    Q_OBJECT
private slots:
    void everyKindOfChangeIsTold() {
        const Folder folder;
        Watcher watcher(std::chrono::milliseconds(20));
        QSignalSpy changed(&watcher, &Watcher::changed);
        watcher.setFiles({folder.write("config", "one")});
        folder.write("config", "written in place");
        QTRY_COMPARE(changed.count(), 1);
        replace(folder, "config", "replaced");
        QTRY_COMPARE(changed.count(), 2);
        replace(folder, "config", "replaced once more");
        QTRY_COMPARE(changed.count(), 3);
        folder.write("config", "written in place after a replacement");
        QTRY_COMPARE(changed.count(), 4);
        QVERIFY(QFile::remove(QString::fromStdString(folder.path("config"))));
        QTRY_COMPARE(changed.count(), 5);
        folder.write("config", "back");
        QTRY_COMPARE(changed.count(), 6);
    }

    void aFileThatIsMadeLaterIsSeenEvenInNewFolders() {
        const Folder folder;
        Watcher watcher(std::chrono::milliseconds(20));
        QSignalSpy changed(&watcher, &Watcher::changed);
        watcher.setFiles({folder.path("home/.kube/config")});
        folder.write("home/.kube/config", "made");
        QTRY_COMPARE(changed.count(), 1);
        replace(folder, "home/.kube/config", "replaced");
        QTRY_COMPARE(changed.count(), 2);
    }

    void theTargetOfALinkIsWatched() {
        const Folder folder;
        const std::string target = folder.write("elsewhere/real", "one");
        const std::string other = folder.write("elsewhere/other", "other");
        const std::string link = folder.path("config");
        QCOMPARE(::symlink(target.c_str(), link.c_str()), 0);
        Watcher watcher(std::chrono::milliseconds(20));
        QSignalSpy changed(&watcher, &Watcher::changed);
        watcher.setFiles({link});
        replace(folder, "elsewhere/real", "replaced");
        QTRY_COMPARE(changed.count(), 1);
        const std::string fresh = folder.path("fresh");
        QCOMPARE(::symlink(other.c_str(), fresh.c_str()), 0);
        QCOMPARE(::rename(fresh.c_str(), link.c_str()), 0);
        QTRY_COMPARE(changed.count(), 2);
    }

    void neighboursAreNoNews() {
        const Folder folder;
        Watcher watcher(std::chrono::milliseconds(20));
        QSignalSpy changed(&watcher, &Watcher::changed);
        watcher.setFiles({folder.write("config", "one")});
        folder.write("neighbour", "x");
        folder.write("cache/x", "x");
        folder.write("config", "two");
        QTRY_COMPARE(changed.count(), 1);
        // A second watcher of the neighbour proves that its event has gone by.
        Watcher second(std::chrono::milliseconds(60));
        QSignalSpy seen(&second, &Watcher::changed);
        second.setFiles({folder.path("neighbour")});
        folder.write("neighbour", "longer");
        QTRY_COMPARE(seen.count(), 1);
        QCOMPARE(changed.count(), 1);
    }

    void aBurstIsToldOnce() {
        const Folder folder;
        Watcher watcher(std::chrono::milliseconds(100));
        QSignalSpy changed(&watcher, &Watcher::changed);
        watcher.setFiles({folder.write("a", "1"), folder.write("b", "1")});
        for (int i = 0; i < 10; ++i) {
            folder.write("a", std::string(static_cast<std::size_t>(i) + 2, 'x'));
            replace(folder, "b", std::string(static_cast<std::size_t>(i) + 2, 'x'));
        }
        QTRY_COMPARE(changed.count(), 1);
    }

    void filesAreExchangedForOthers() {
        const Folder folder;
        Watcher watcher(std::chrono::milliseconds(20));
        QSignalSpy changed(&watcher, &Watcher::changed);
        watcher.setFiles({folder.write("a", "1")});
        watcher.setFiles({folder.write("b", "1")});
        folder.write("a", "changed");
        folder.write("b", "changed");
        QTRY_COMPARE(changed.count(), 1);
        watcher.setFiles({});
        folder.write("b", "changed once more");
        Watcher second(std::chrono::milliseconds(60));
        QSignalSpy seen(&second, &Watcher::changed);
        second.setFiles({folder.path("b")});
        folder.write("b", "end");
        QTRY_COMPARE(seen.count(), 1);
        QCOMPARE(changed.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestWatcher)
#include "test_watcher.moc"
