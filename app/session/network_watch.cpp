#include "app/session/network_watch.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string_view>

#include <QSocketNotifier>

namespace quarterdeck::session {

namespace {

/// An address as text; empty where others cannot be reached by it.
std::string shown(const sockaddr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.sa_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address).sin_addr;
        const auto* bytes = reinterpret_cast<const unsigned char*>(&v4);
        const bool linkLocal = bytes[0] == 169 && bytes[1] == 254;
        return linkLocal ? std::string() : std::string(inet_ntop(AF_INET, &v4, text.data(), text.size()));
    }
    if (address.sa_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
        return IN6_IS_ADDR_LINKLOCAL(&v6) ? std::string()
                                          : std::string(inet_ntop(AF_INET6, &v6, text.data(), text.size()));
    }
    return {};
}

/// Whether an interface is this machine's end of a pair into a container.
bool leadsIntoContainer(int socket, const char* name) {
    ethtool_drvinfo driver{};
    driver.cmd = ETHTOOL_GDRVINFO;
    ifreq request{};
    std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    request.ifr_data = reinterpret_cast<char*>(&driver);
    return ::ioctl(socket, SIOCETHTOOL, &request) == 0 && std::string_view(driver.driver) == "veth";
}

}  // namespace

std::set<std::string> ownAddresses() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return {};
    }
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all(first, freeifaddrs);
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    std::set<std::string> found;
    for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
        const bool usable = (one->ifa_flags & IFF_UP) != 0U && (one->ifa_flags & IFF_LOOPBACK) == 0U;
        if (one->ifa_addr == nullptr || !usable) {
            continue;
        }
        if (const std::string text = shown(*one->ifa_addr);
            !text.empty() && !leadsIntoContainer(socket, one->ifa_name)) {
            found.insert(std::string(one->ifa_name) + " " + text);
        }
    }
    ::close(socket);
    return found;
}

NetworkWatch::NetworkWatch(Addresses addresses, std::chrono::milliseconds quiet, QObject* parent)
    : QObject(parent), addresses_(std::move(addresses)), last_(addresses_()) {
    quiet_.setSingleShot(true);
    quiet_.setInterval(quiet);
    connect(&quiet_, &QTimer::timeout, this, &NetworkWatch::compare);
    openSocket();
}

NetworkWatch::~NetworkWatch() {
    notifier_.reset();
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

void NetworkWatch::openSocket() {
    socket_ = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    sockaddr_nl group{};
    group.nl_family = AF_NETLINK;
    group.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (socket_ < 0 || ::bind(socket_, reinterpret_cast<const sockaddr*>(&group), sizeof group) != 0) {
        return;
    }
    notifier_ = std::make_unique<QSocketNotifier>(socket_, QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, &NetworkWatch::drain);
}

void NetworkWatch::drain() {
    std::array<char, 16384> news{};
    // Too much at once (ENOBUFS) is news as well.
    while (::recv(socket_, news.data(), news.size(), 0) > 0) {
    }
    stir();
}

void NetworkWatch::stir() {
    quiet_.start();
}

void NetworkWatch::compare() {
    std::set<std::string> now = addresses_();
    if (now != last_) {
        last_ = std::move(now);
        emit changed();
    }
}

}  // namespace quarterdeck::session
