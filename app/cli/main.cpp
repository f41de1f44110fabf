#include <csignal>
#include <iostream>

#include "app/cli/commands.h"

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    return quarterdeck::cli::run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
}
