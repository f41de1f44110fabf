#pragma once

#include <curl/curl.h>

#include <memory>
#include <new>
#include <string>
#include <string_view>

#include <openssl/crypto.h>

namespace quarterdeck::http {

struct EasyCleanup {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;

struct MultiCleanup {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using MultiHandle = std::unique_ptr<CURLM, MultiCleanup>;

struct UrlCleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, UrlCleanup>;

/// A list of header lines for libcurl; the bytes are zeroed when it dies, since one of them may be a credential.
class HeaderLines {
public:
    HeaderLines() = default;
    ~HeaderLines() {
        for (curl_slist* line = first_; line != nullptr; line = line->next) {
            OPENSSL_cleanse(line->data, std::char_traits<char>::length(line->data));
        }
        curl_slist_free_all(first_);
    }
    HeaderLines(const HeaderLines&) = delete;
    HeaderLines& operator=(const HeaderLines&) = delete;

    void add(const std::string& line) {
        curl_slist* longer = curl_slist_append(first_, line.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc();
        }
        first_ = longer;
    }
    [[nodiscard]] curl_slist* get() const { return first_; }

private:
    curl_slist* first_ = nullptr;
};

}  // namespace quarterdeck::http
