#include "app/http/transport.h"

#include <condition_variable>
#include <mutex>
#include <variant>

#include "app/http/errors.h"
#include "app/http/multi_loop.h"

namespace quarterdeck::http {
namespace {

constexpr int kUnauthorized = 401;

/// Forwards a stop request to another source while it lives.
class Forward {
public:
    Forward(std::stop_token from, std::stop_source& to) : callback_(std::move(from), Request{&to}) {}

private:
    struct Request {
        std::stop_source* to;
        void operator()() const { to->request_stop(); }
    };
    std::stop_callback<Request> callback_;
};

bool isAnonymous(const Credential& credential) {
    return credential.bearerToken.empty() && credential.basicUser.empty() && credential.clientCertificatePem.empty();
}

}  // namespace

struct HttpTransport::Impl {
    std::shared_ptr<const TransferContext> context;
    std::optional<Error> unusable;
    std::shared_ptr<CredentialSource> credentials;
    std::atomic<bool> locked{false};
    std::stop_source closing;
    std::unique_ptr<MultiLoop> loop;
    std::mutex mutex;
    std::condition_variable noCallers;
    int callers = 0;  // guarded by mutex
    /// The certificate that was used last, guarded by mutex; nothing before the first.
    std::optional<std::string> certificatePem;
    unsigned generation = 0;  // guarded by mutex

    /// Counts a call that is under way, so that destruction can wait for it.
    class Call {
    public:
        Call(Impl& impl, std::stop_token stop)
            : impl_(impl), user_(std::move(stop), source_), closing_(impl.closing.get_token(), source_) {
            const std::lock_guard lock(impl_.mutex);
            ++impl_.callers;
        }
        ~Call() {
            const std::lock_guard lock(impl_.mutex);
            --impl_.callers;
            impl_.noCallers.notify_all();
        }
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;
        [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

    private:
        Impl& impl_;
        std::stop_source source_;
        Forward user_;
        Forward closing_;
    };

    /// One transfer on the loop; leaving the scope gives it up if it has not ended.
    class Lease {
    public:
        Lease(Impl& impl, const Request& request, const Credential& credential, Transfer::Mode mode,
              const std::stop_token& stop)
            : loop_(*impl.loop),
              transfer_(std::make_shared<Transfer>(impl.context, request, credential, mode)),
              abandon_(stop, Abandon{transfer_.get()}) {
            loop_.submit(transfer_);
        }
        ~Lease() {
            if (transfer_->abandon()) {
                loop_.forget(transfer_);
            }
        }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Transfer* operator->() const { return transfer_.get(); }
        void resume() const { loop_.resume(transfer_); }

    private:
        struct Abandon {
            Transfer* transfer;
            void operator()() const { transfer->abandon(); }
        };
        MultiLoop& loop_;
        std::shared_ptr<Transfer> transfer_;
        std::stop_callback<Abandon> abandon_;
    };

    /// Errors that stand before anything is sent.
    [[nodiscard]] std::optional<Error> refusal(const Request& request) const {
        if (auto error = checkEffect(request, locked)) {
            error->parameters.emplace_back("context", context->endpoint.label);
            return error;
        }
        return unusable;
    }

    /// Over http nobody is told who we are.
    [[nodiscard]] Result<Credential> credential(const std::stop_token& stop) {
        if (!credentials || !context->server.https) {
            return Credential();
        }
        if (const auto offset = context->knownOffset()) {
            credentials->noteServerClock(*offset);
        }
        auto current = credentials->current(stop);
        if (current) {
            noteCertificate(*current);
        }
        return current;
    }

    /// Another credential after a 401, where there is one to be had.
    [[nodiscard]] Result<std::optional<Credential>> renewed(const Credential& rejected, const std::stop_token& stop) {
        if (!credentials || !context->server.https || isAnonymous(rejected)) {
            return std::optional<Credential>();
        }
        auto other = credentials->renewAfterRejection(rejected, stop);
        if (other && *other) {
            noteCertificate(**other);
        }
        return other;
    }

    /// Old connections still carry the identity of the certificate before.
    void noteCertificate(const Credential& credential) {
        const std::lock_guard lock(mutex);
        if (credential.generation < generation) {
            return;  // fetched before the one that was noted last
        }
        if (certificatePem && *certificatePem != credential.clientCertificatePem) {
            loop->retireConnections();
        }
        certificatePem = credential.clientCertificatePem;
        generation = credential.generation;
    }

    [[nodiscard]] Result<Response> exchangeOnce(const Request& request, const Credential& credential,
                                                const std::stop_token& stop, bool& retired) {
        const Lease transfer(*this, request, credential, Transfer::Mode::Collect, stop);
        if (!transfer->waitForEnd()) {
            return fail(kCancelled);
        }
        retired = transfer->wasRetired();
        return transfer->response();
    }

    /// Once more where a new client certificate cut it, which changed nothing at the server.
    [[nodiscard]] Result<Response> exchange(const Request& request, const Credential& credential,
                                            const std::stop_token& stop) {
        bool retired = false;
        auto answer = exchangeOnce(request, credential, stop, retired);
        if (answer || !retired || request.effect == Effect::Write) {
            return answer;
        }
        const auto fresh = this->credential(stop);
        return fresh ? exchangeOnce(request, *fresh, stop, retired) : Result<Response>(fail(fresh.error()));
    }

    struct Rejected {};
    using StreamEnd = std::variant<Result<ResponseHead>, Rejected>;
    /// `mayRenew`: a 401 ends the attempt with a new credential in `credential` where there is one.
    [[nodiscard]] StreamEnd attempt(const Request& request, Credential& credential, bool mayRenew, StreamSink& sink,
                                    const std::stop_token& stop);
};

HttpTransport::Impl::StreamEnd HttpTransport::Impl::attempt(const Request& request, Credential& credential,
                                                            bool mayRenew, StreamSink& sink,
                                                            const std::stop_token& stop) {
    const Lease transfer(*this, request, credential, Transfer::Mode::Stream, stop);
    const auto cancelled = [] { return Result<ResponseHead>(fail(kCancelled)); };
    const auto head = transfer->waitForHead();
    if (stop.stop_requested()) {
        return cancelled();
    }
    if (!head) {
        return Result<ResponseHead>(fail(transfer->response().error()));
    }
    if (head->status == kUnauthorized && mayRenew) {
        auto other = renewed(credential, stop);
        if (!other) {
            return Result<ResponseHead>(fail(other.error()));
        }
        if (*other) {
            credential = std::move(**other);
            return Rejected();
        }
    }
    if (sink.onHead(*head) == Flow::Stop) {
        return Result<ResponseHead>(*head);
    }
    for (;;) {
        const Transfer::Batch batch = transfer->take();
        if (stop.stop_requested()) {
            return cancelled();
        }
        if (batch.resume) {
            transfer.resume();
        }
        if (!batch.data.empty() && sink.onData(batch.data) == Flow::Stop) {
            return Result<ResponseHead>(*head);
        }
        if (batch.finished) {
            const auto end = transfer->response();
            return end ? Result<ResponseHead>(*head) : Result<ResponseHead>(fail(end.error()));
        }
    }
}

HttpTransport::HttpTransport(Endpoint endpoint, std::shared_ptr<CredentialSource> credentials,
                             std::shared_ptr<const Clock> clock, TransportOptions options)
    : impl_(std::make_unique<Impl>()) {
    auto context = std::make_shared<TransferContext>();
    auto server = parseServerUrl(endpoint);
    if (!server) {
        impl_->unusable = server.error();
    } else if (auto proxy = chooseProxy(endpoint, *server, options.environment)) {
        context->proxy = std::move(*proxy);
    } else {
        impl_->unusable = proxy.error();
    }
    context->server = server.value_or(ServerUrl());
    context->endpoint = std::move(endpoint);
    context->options = std::move(options);
    context->clock = std::move(clock);
    impl_->context = std::move(context);
    impl_->credentials = std::move(credentials);
    impl_->loop = std::make_unique<MultiLoop>(impl_->context);
}

HttpTransport::~HttpTransport() {
    impl_->closing.request_stop();
    {
        std::unique_lock lock(impl_->mutex);
        impl_->noCallers.wait(lock, [this] { return impl_->callers == 0; });
    }
    impl_->loop.reset();
}

Result<Response> HttpTransport::send(const Request& request, std::stop_token stop) {
    const Impl::Call call(*impl_, std::move(stop));
    if (auto error = impl_->refusal(request)) {
        return fail(std::move(*error));
    }
    const auto credential = impl_->credential(call.token());
    if (!credential) {
        return fail(credential.error());
    }
    auto answer = impl_->exchange(request, *credential, call.token());
    if (!answer || answer->head.status != kUnauthorized) {
        return answer;
    }
    const auto other = impl_->renewed(*credential, call.token());
    if (!other) {
        return fail(other.error());
    }
    return *other ? impl_->exchange(request, **other, call.token()) : answer;
}

Result<ResponseHead> HttpTransport::stream(const Request& request, StreamSink& sink, std::stop_token stop) {
    const Impl::Call call(*impl_, std::move(stop));
    if (auto error = impl_->refusal(request)) {
        return fail(std::move(*error));
    }
    auto credential = impl_->credential(call.token());
    if (!credential) {
        return fail(credential.error());
    }
    auto end = impl_->attempt(request, *credential, true, sink, call.token());
    if (std::holds_alternative<Impl::Rejected>(end)) {
        end = impl_->attempt(request, *credential, false, sink, call.token());
    }
    return std::get<Result<ResponseHead>>(std::move(end));
}

Result<Upgrade> HttpTransport::upgrade(const Request& request, const WebSocketOptions& options, std::stop_token stop) {
    const Impl::Call call(*impl_, std::move(stop));
    if (auto error = impl_->refusal(request)) {
        return fail(std::move(*error));
    }
    const auto credential = impl_->credential(call.token());
    if (!credential) {
        return fail(credential.error());
    }
    auto answer = openWebSocket(impl_->context, request, *credential, options, call.token());
    if (!answer || answer->socket || answer->refusal.head.status != kUnauthorized) {
        return answer;
    }
    const auto other = impl_->renewed(*credential, call.token());
    if (!other) {
        return fail(other.error());
    }
    return *other ? openWebSocket(impl_->context, request, **other, options, call.token()) : std::move(answer);
}

std::optional<std::chrono::milliseconds> HttpTransport::clockOffset() const {
    return impl_->context->knownOffset();
}

std::string HttpTransport::serverUrl() const {
    return impl_->context->server.text;
}

void HttpTransport::setLocked(bool locked) {
    impl_->locked = locked;
}

void HttpTransport::reconnect() {
    impl_->loop->dropConnections();
}

}  // namespace quarterdeck::http
