#pragma once

#include <string>
#include <vector>

#include "app/demo/platforms/platform_builder.h"

namespace quarterdeck::demo::bakery {

inline constexpr const char* kSpace = "bakery-ia";
inline constexpr std::chrono::hours kDay{24};
inline constexpr const char* kRegistry = "gitea.bakery-ia.local/bakery/";
inline constexpr const char* kBusybox = "busybox:1.37";

/// One of the 18 services.
struct Service {
    std::string name;                 ///< "orders"
    std::string version;              ///< image tag in force
    std::vector<std::string> before;  ///< earlier tags, oldest first
    long revision;                    ///< number of the roll-out in force
    Age rolledOut;
    bool database = true;
    long replicas = 1;
    Resources resources{"100m", "256Mi", "500m", "512Mi"};
    std::vector<Age> podAges{};
};

[[nodiscard]] std::vector<Service> services();
/// "orders-service"; the gateway goes without the ending.
[[nodiscard]] std::string serviceName(const Service& service);
/// "alert_processor"
[[nodiscard]] std::string underscored(std::string name);
/// "ALERT_PROCESSOR"
[[nodiscard]] std::string variable(const std::string& name);
[[nodiscard]] Json labelsOf(const std::string& name, const std::string& component);
[[nodiscard]] Json selectorOf(const std::string& name, const std::string& component);
[[nodiscard]] Json waitFor(const std::string& what, const std::string& host, long port);

void addService(PlatformBuilder& platform, const Service& service);
void addDatabase(PlatformBuilder& platform, const std::string& owner);
/// Redis and RabbitMQ.
void addShared(PlatformBuilder& platform);
/// The frontend and Nominatim.
void addFront(PlatformBuilder& platform);
void addJobs(PlatformBuilder& platform);
void addConfiguration(PlatformBuilder& platform);
/// cert-manager's definitions, its issuer and the certificates of the platform.
void addCertificates(PlatformBuilder& platform);
/// Tekton's pipelines and their runs, Flux's source and what it applies.
void addDelivery(PlatformBuilder& platform);

}  // namespace quarterdeck::demo::bakery
