#include "app/kube/list_call.h"

#include "app/kube/errors.h"
#include "app/kube/kube_client.h"
#include "app/kube/protobuf.h"

namespace quarterdeck::kube {

namespace {
constexpr int kMaxPages = 10'000;
}

Result<DecodedList> listAll(http::Channel& channel, const KindDescriptor& kind, const ListCall& call,
                            DecodeContext& decoding, std::stop_token stop) {
    const CallLabel label{call.context, "list", describeScope(kind.type, call.nameSpace)};
    DecodedList whole;
    for (int page = 0; page < kMaxPages; ++page) {
        http::Request request;
        // A continued list carries its version in the token.
        request.target = KubeClient::path(kind.type, call.nameSpace) +
                         (whole.continueToken.empty() ? "?resourceVersion=" + http::percentEncode(call.version)
                                                      : "?continue=" + http::percentEncode(whole.continueToken));
        if (!kind.query.empty()) {
            request.target.append("&").append(kind.query);
        }
        request.headers.push_back({"Accept", acceptHeader(kind, false)});
        request.priority = call.priority;
        request.timeout = call.timeout;
        request.maxBody = call.maxBytes;
        auto answer = channel.send(request, stop);
        if (!answer) {
            return fail(answer.error());
        }
        if (answer->head.status != 200 || looksLikeHtml(answer->head, answer->body)) {
            return fail(statusError(answer->head, answer->body, label));
        }
        const bool protobuf = isProtobuf(answer->head);
        if (protobuf && kind.decodeProtobufList == nullptr) {
            return fail(unaskedTypeError(answer->head, label));
        }
        auto decoded =
            protobuf ? kind.decodeProtobufList(answer->body, decoding) : kind.decodeList(answer->body, decoding);
        if (!decoded) {
            return fail(kUnreadable, {{"context", label.context}, {"verb", label.verb}, {"what", label.what}},
                        decoded.error());
        }
        if (page == 0) {
            whole = std::move(*decoded);
        } else {
            std::move(decoded->items.begin(), decoded->items.end(), std::back_inserter(whole.items));
            whole.resourceVersion = std::move(decoded->resourceVersion);
            whole.continueToken = std::move(decoded->continueToken);
            whole.skipped += decoded->skipped;
        }
        if (whole.continueToken.empty()) {
            return whole;
        }
    }
    return fail(kTooManyPages,
                {{"context", label.context}, {"what", label.what}, {"pages", std::to_string(kMaxPages)}});
}

}  // namespace quarterdeck::kube
