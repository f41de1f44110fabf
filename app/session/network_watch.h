#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include <QObject>
#include <QTimer>

class QSocketNotifier;

namespace quarterdeck::session {

/// Addresses of this machine by which others can be reached, as text with their interface: neither loopback nor
/// link-local ones, nor those of the pairs that lead into containers, which come and go with these. Linux.
[[nodiscard]] std::set<std::string> ownAddresses();

/// Tells when the machine has come into another network (Wi-Fi, VPN, cable): its addresses are others than before. The
/// kernel says that something happened (rtnetlink), and the addresses are compared once that has been quiet for a
/// while. Without rtnetlink it tells nothing. Lives in one thread with an event loop.
class NetworkWatch : public QObject {
    Q_OBJECT
public:
    using Addresses = std::function<std::set<std::string>()>;
    explicit NetworkWatch(Addresses addresses = ownAddresses,
                          std::chrono::milliseconds quiet = std::chrono::milliseconds(1'000),
                          QObject* parent = nullptr);
    ~NetworkWatch() override;

    /// Something may have changed: what the kernel's news lead to.
    void stir();

signals:
    void changed();

private:
    void openSocket();
    void drain();
    void compare();

    Addresses addresses_;
    std::set<std::string> last_;
    QTimer quiet_;
    int socket_ = -1;
    std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace quarterdeck::session
