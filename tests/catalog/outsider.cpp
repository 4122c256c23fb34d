#include "tests/catalog/outsider.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <exception>
#include <stdexcept>

#include "catalog/connection.h"

namespace catalogd::catalog {
namespace {

constexpr uid_t nobody = 65534;

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("no pipe");
        }
        read = ends[0];
        write = ends[1];
    }
    int read = -1;
    int write = -1;
};

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 4096> part{};
    for (ssize_t size = 0; (size = ::read(descriptor, part.data(), part.size())) > 0;) {
        text.append(part.data(), static_cast<std::size_t>(size));
    }
    ::close(descriptor);
    return text;
}

int exit_status_of(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

[[noreturn]] void hold(const std::string& path, const Pipe& ready, const Pipe& leash) {
    ::close(leash.write);
    try {
        OpenOptions options;
        options.path = path;
        const WriteConnection connection(options);
        [[maybe_unused]] const auto written = ::write(ready.write, "r", 1);
        char released = 0;
        [[maybe_unused]] const auto end = ::read(leash.read, &released, 1);
    } catch (const std::exception&) {
        ::_exit(1);
    }
    ::_exit(0);
}

}  // namespace

ToolResult sqlite3_tool(const std::string& path, const std::string& sql) {
    const Pipe output;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output.write, 1);
    posix_spawn_file_actions_adddup2(&actions, output.write, 2);
    std::array<std::string, 4> words{"sqlite3", "-batch", path, sql};
    std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(),
                                   words[3].data(), nullptr};
    pid_t pid = -1;
    const int status =
        ::posix_spawnp(&pid, "sqlite3", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(output.write);
    if (status != 0) {
        throw std::runtime_error("the sqlite3 tool is not there");
    }
    ToolResult result;
    result.output = read_all(output.read);
    result.exit_status = exit_status_of(pid);
    return result;
}

HoldingProcess::HoldingProcess(const std::string& path) {
    const Pipe ready;
    const Pipe leash;
    pid_ = ::fork();
    if (pid_ == 0) {
        hold(path, ready, leash);
    }
    ::close(ready.write);
    ::close(leash.read);
    leash_ = leash.write;
    char byte = 0;
    const bool holds = ::read(ready.read, &byte, 1) == 1;
    ::close(ready.read);
    if (!holds) {
        throw std::runtime_error("the other process could not open " + path);
    }
}

HoldingProcess::~HoldingProcess() {
    ::close(leash_);
    exit_status_of(pid_);
}

int in_child(const std::function<int()>& work) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        int status = 99;
        try {
            status = work();
        } catch (const std::exception&) {
            status = 98;
        }
        ::_exit(status);
    }
    return exit_status_of(pid);
}

std::string as_nobody(const std::function<std::string()>& work) {
    const Pipe answer;
    const pid_t pid = ::fork();
    if (pid == 0) {
        std::string text = "cannot become nobody";
        if (::geteuid() != 0 || (::setgid(nobody) == 0 && ::setuid(nobody) == 0)) {
            text = work();
        }
        [[maybe_unused]] const auto written = ::write(answer.write, text.data(), text.size());
        ::_exit(0);
    }
    ::close(answer.write);
    std::string text = read_all(answer.read);
    exit_status_of(pid);
    return text;
}

}  // namespace catalogd::catalog
