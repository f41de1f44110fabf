// The functions of libcurl that the console uses, under their own names: each is handed on to the library, which is
// loaded when the first of them is called. libcurl brings some thirty libraries (Kerberos, LDAP, GnuTLS, …) whose
// loading takes longer than that of all of Qt; linked, it would hold every start up before main().
//
// Whoever needs another function of libcurl adds it here, else the link fails.

#include "app/http/libcurl.h"

#include <curl/curl.h>
#include <dlfcn.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

// Not seen by libcurl itself, whose own calls must stay its own.
#define QUARTERDECK_HANDED_ON extern "C" __attribute__((visibility("hidden")))

namespace {

/// The name that libcurl's binary interface has borne since 2006.
constexpr const char* kLibrary = "libcurl.so.4";

void* load() {
    void* library = dlopen(kLibrary, RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) {
        // As the dynamic linker ends a program whose library is missing.
        std::fprintf(stderr, "%s cannot be loaded (%s). Install libcurl 7.88 or newer.\n", kLibrary,
                     dlerror());  // NOLINT(concurrency-mt-unsafe): glibc keeps it for each thread
        std::_Exit(127);
    }
    return library;
}

void* library() {
    static void* const loaded = load();
    return loaded;
}

template <class Function>
Function* find(const char* name) {
    void* const found = dlsym(library(), name);
    if (found == nullptr) {
        std::fprintf(stderr, "%s has no %s. Install libcurl 7.88 or newer.\n", kLibrary, name);
        std::_Exit(127);
    }
    return reinterpret_cast<Function*>(found);
}

/// Calls `handOn` with the one argument that an option of this type takes (CURLOPTTYPE_… are ten thousands).
template <class HandOn>
auto withArgument(int option, std::va_list& arguments, HandOn handOn) {
    switch (option / 10000 * 10000) {
        case CURLOPTTYPE_LONG:
            return handOn(va_arg(arguments, long));
        case CURLOPTTYPE_OFF_T:
            return handOn(va_arg(arguments, curl_off_t));
        default:
            return handOn(va_arg(arguments, void*));
    }
}

template <class Outcome, class First, class... Others>
First firstOf(Outcome (*)(First, Others...));
/// Not const before libcurl 8.
using UrlToRead = decltype(firstOf(&curl_url_get));

}  // namespace

// The library's function of this name, looked up once.
#define QUARTERDECK_REAL(name) static auto* const real = find<decltype(::name)>(#name)

QUARTERDECK_HANDED_ON CURLcode curl_global_init(long flags) {
    QUARTERDECK_REAL(curl_global_init);
    return real(flags);
}

QUARTERDECK_HANDED_ON void curl_free(void* memory) {
    QUARTERDECK_REAL(curl_free);
    real(memory);
}

QUARTERDECK_HANDED_ON curl_slist* curl_slist_append(curl_slist* list, const char* line) {
    QUARTERDECK_REAL(curl_slist_append);
    return real(list, line);
}

QUARTERDECK_HANDED_ON void curl_slist_free_all(curl_slist* list) {
    QUARTERDECK_REAL(curl_slist_free_all);
    real(list);
}

QUARTERDECK_HANDED_ON CURLU* curl_url() {
    QUARTERDECK_REAL(curl_url);
    return real();
}

QUARTERDECK_HANDED_ON void curl_url_cleanup(CURLU* url) {
    QUARTERDECK_REAL(curl_url_cleanup);
    real(url);
}

QUARTERDECK_HANDED_ON CURLUcode curl_url_get(UrlToRead url, CURLUPart what, char** part, unsigned int flags) {
    QUARTERDECK_REAL(curl_url_get);
    return real(url, what, part, flags);
}

QUARTERDECK_HANDED_ON CURLUcode curl_url_set(CURLU* url, CURLUPart what, const char* part, unsigned int flags) {
    QUARTERDECK_REAL(curl_url_set);
    return real(url, what, part, flags);
}

QUARTERDECK_HANDED_ON CURL* curl_easy_init() {
    QUARTERDECK_REAL(curl_easy_init);
    return real();
}

QUARTERDECK_HANDED_ON void curl_easy_cleanup(CURL* easy) {
    QUARTERDECK_REAL(curl_easy_cleanup);
    real(easy);
}

QUARTERDECK_HANDED_ON CURLcode curl_easy_setopt(CURL* easy, CURLoption option, ...) {
    QUARTERDECK_REAL(curl_easy_setopt);
    std::va_list arguments;
    va_start(arguments, option);
    const CURLcode code = withArgument(option, arguments, [&](auto argument) { return real(easy, option, argument); });
    va_end(arguments);
    return code;
}

QUARTERDECK_HANDED_ON CURLcode curl_easy_getinfo(CURL* easy, CURLINFO info, ...) {
    QUARTERDECK_REAL(curl_easy_getinfo);
    std::va_list arguments;
    va_start(arguments, info);
    void* const into = va_arg(arguments, void*);  // always a place
    va_end(arguments);
    return real(easy, info, into);
}

QUARTERDECK_HANDED_ON CURLcode curl_easy_pause(CURL* easy, int what) {
    QUARTERDECK_REAL(curl_easy_pause);
    return real(easy, what);
}

QUARTERDECK_HANDED_ON CURLcode curl_easy_recv(CURL* easy, void* buffer, size_t size, size_t* count) {
    QUARTERDECK_REAL(curl_easy_recv);
    return real(easy, buffer, size, count);
}

QUARTERDECK_HANDED_ON CURLcode curl_easy_send(CURL* easy, const void* buffer, size_t size, size_t* count) {
    QUARTERDECK_REAL(curl_easy_send);
    return real(easy, buffer, size, count);
}

QUARTERDECK_HANDED_ON const char* curl_easy_strerror(CURLcode code) {
    QUARTERDECK_REAL(curl_easy_strerror);
    return real(code);
}

QUARTERDECK_HANDED_ON CURLM* curl_multi_init() {
    QUARTERDECK_REAL(curl_multi_init);
    return real();
}

QUARTERDECK_HANDED_ON CURLMcode curl_multi_cleanup(CURLM* multi) {
    QUARTERDECK_REAL(curl_multi_cleanup);
    return real(multi);
}

QUARTERDECK_HANDED_ON CURLMcode curl_multi_setopt(CURLM* multi, CURLMoption option, ...) {
    QUARTERDECK_REAL(curl_multi_setopt);
    std::va_list arguments;
    va_start(arguments, option);
    const CURLMcode code =
        withArgument(option, arguments, [&](auto argument) { return real(multi, option, argument); });
    va_end(arguments);
    return code;
}

QUARTERDECK_HANDED_ON CURLMcode curl_multi_add_handle(CURLM* multi, CURL* easy) {
    QUARTERDECK_REAL(curl_multi_add_handle);
    return real(multi, easy);
}

QUARTERDECK_HANDED_ON CURLMcode curl_multi_remove_handle(CURLM* multi, CURL* easy) {
    QUARTERDECK_REAL(curl_multi_remove_handle);
    return real(multi, easy);
}

QUARTERDECK_HANDED_ON CURLMcode curl_multi_perform(CURLM* multi, int* running) {
    QUARTERDECK_REAL(curl_multi_perform);
    return real(multi, running);
}

QUARTERDECK_HANDED_ON CURLMcode curl_multi_poll(CURLM* multi, curl_waitfd* more, unsigned int count, int milliseconds,
                                                int* ready) {
    QUARTERDECK_REAL(curl_multi_poll);
    return real(multi, more, count, milliseconds, ready);
}

QUARTERDECK_HANDED_ON CURLMcode curl_multi_wakeup(CURLM* multi) {
    QUARTERDECK_REAL(curl_multi_wakeup);
    return real(multi);
}

QUARTERDECK_HANDED_ON CURLMsg* curl_multi_info_read(CURLM* multi, int* left) {
    QUARTERDECK_REAL(curl_multi_info_read);
    return real(multi, left);
}

namespace quarterdeck::http {

void ensureCurl() {
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(done);
}

}  // namespace quarterdeck::http
