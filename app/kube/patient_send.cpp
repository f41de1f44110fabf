#include "app/kube/patient_send.h"

#include <condition_variable>
#include <mutex>

#include "app/kube/errors.h"

namespace quarterdeck::kube {

Result<http::Response> sendPatiently(http::Channel& channel, const http::Request& request, std::stop_token stop) {
    for (int repeats = 0;; ++repeats) {
        auto answer = channel.send(request, stop);
        if (!answer || (answer->head.status != 429 && answer->head.status < 500) || repeats == kMostRepeats) {
            return answer;
        }
        const auto asked = retryAfter(answer->head);
        if (!asked || *asked > kLongestAskedWait) {
            return answer;
        }
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, *asked, [] { return false; });
        if (stop.stop_requested()) {
            return fail(kCancelled);
        }
    }
}

}  // namespace quarterdeck::kube
