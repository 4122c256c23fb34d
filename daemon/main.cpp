// catalogd: from the command line to an exit code.
#include <fmt/format.h>
#include <malloc.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "actors/log_fields.h"
#include "catalog/failure.h"
#include "config/dump.h"
#include "daemon/command_line.h"
#include "daemon/daemon.h"
#include "daemon/exit_code.h"
#include "daemon/logging.h"

namespace catalogd::daemon {
namespace {

std::map<std::string, std::string> environment() {
    std::map<std::string, std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        if (const auto equals = text.find('='); equals != std::string::npos) {
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return variables;
}

// Large frames go back to the system when they are done with, and the threads share two arenas:
// what a burst took is not kept for good.
void bound_memory() {
    ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    ::mallopt(M_ARENA_MAX, 2);
}

// A thousand connections are more than the usual soft limit of open files.
void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

// Whoever reads the log may go away: that must not end the daemon.
void outlive_log_reader() {
    std::signal(SIGPIPE, SIG_IGN);
}

int exit_code_of(catalog::Unusable::Kind kind) {
    switch (kind) {
        case catalog::Unusable::Kind::held:
            return exit_held;
        case catalog::Unusable::Kind::unsupported:
            return exit_config;
        case catalog::Unusable::Kind::damaged:
            return exit_damaged;
        case catalog::Unusable::Kind::unwritable:
            break;
    }
    return exit_io;
}

int end(int code, const std::exception& why) {
    const actors::LogField field(actors::log_field::message_id, actors::log_message::not_started);
    spdlog::critical("{}", why.what());
    return code;
}

// What each failure of the start means to whoever started it.
int serve(const config::Sources& sources, const config::Loaded& loaded) {
    start_logging(loaded.config.log.level);
    outlive_log_reader();
    raise_file_limit();
    bound_memory();
    ::umask(0077);
    try {
        Daemon daemon(sources, loaded);
        return daemon.run();
    } catch (const catalog::Unusable& failure) {
        return end(exit_code_of(failure.kind), failure);
    } catch (const endpoints::SocketHeld& failure) {
        return end(exit_held, failure);
    } catch (const std::system_error& failure) {
        return end(exit_unavailable, failure);
    } catch (const std::invalid_argument& failure) {
        return end(exit_config, failure);
    } catch (const std::exception& failure) {
        return end(exit_failed, failure);
    }
}

int act(const CommandLine& line) {
    const config::Sources sources{line.config_file, environment(), line.overrides};
    const auto outcome = config::load(sources);
    if (const auto* problems = std::get_if<std::vector<config::Problem>>(&outcome)) {
        for (const config::Problem& problem : *problems) {
            fmt::print(stderr, "{}\n", problem.text());
        }
        return exit_config;
    }
    const auto& loaded = std::get<config::Loaded>(outcome);
    switch (line.action) {
        case Action::check_config:
            fmt::print("the configuration is valid\n");
            return exit_ok;
        case Action::dump_config:
            fmt::print("{}", config::dump(loaded));
            return exit_ok;
        case Action::serve:
            break;
    }
    return serve(sources, loaded);
}

}  // namespace
}  // namespace catalogd::daemon

int main(int count, char** arguments) {
    using namespace catalogd::daemon;
    const auto line = parse_command_line(count, arguments);
    if (const int* code = std::get_if<int>(&line)) {
        return *code;
    }
    return act(std::get<CommandLine>(line));
}
