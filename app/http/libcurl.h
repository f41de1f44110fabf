#pragma once

namespace quarterdeck::http {

/// Loads and initialises libcurl, once per process; cheap afterwards. Any thread: a program that will need it soon
/// lets one of its own do it while it does other things. Ends the program with words and code 127 where there is no
/// libcurl.
void ensureCurl();

}  // namespace quarterdeck::http
