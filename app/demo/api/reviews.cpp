#include "app/demo/api/reviews.h"

namespace quarterdeck::demo {

std::optional<Json> selfReview(const ApiRequest& request) {
    Json review = Json::parse(request.body, nullptr, false);
    if (!review.is_object()) {
        review = Json::object();
    }
    const Json all = Json::array({"*"});
    if (request.path == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews") {
        review["kind"] = "SelfSubjectAccessReview";
        review["apiVersion"] = "authorization.k8s.io/v1";
        review["status"] = {{"allowed", true}, {"reason", "the demo allows everything"}};
    } else if (request.path == "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews") {
        review["kind"] = "SelfSubjectRulesReview";
        review["apiVersion"] = "authorization.k8s.io/v1";
        review["status"] = {
            {"resourceRules", Json::array({Json{{"verbs", all}, {"apiGroups", all}, {"resources", all}}})},
            {"nonResourceRules", Json::array({Json{{"verbs", all}, {"nonResourceURLs", all}}})},
            {"incomplete", false}};
    } else if (request.path == "/apis/authentication.k8s.io/v1/selfsubjectreviews") {
        review["kind"] = "SelfSubjectReview";
        review["apiVersion"] = "authentication.k8s.io/v1";
        review["status"] = {
            {"userInfo", {{"username", "demo"}, {"groups", {"system:masters", "system:authenticated"}}}}};
    } else {
        return std::nullopt;
    }
    return review;
}

}  // namespace quarterdeck::demo
