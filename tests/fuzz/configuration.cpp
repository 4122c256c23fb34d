// What an operator writes: a file, and behind a NUL the environment as /proc/PID/environ has it.
// Its variables stand for settings that the catalog keeps as well.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "config/characters.h"
#include "config/dump.h"
#include "config/loader.h"
#include "config/overlay.h"
#include "config/principals.h"
#include "tests/fuzz/claim.h"

namespace catalogd::config {
namespace {

using fuzz::claim;

// In memory, since the loader takes a path.
class File {
public:
    File() : fd_(::memfd_create("configuration", MFD_CLOEXEC)) {}

    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }
    void write(std::string_view text) const {
        const bool written =
            ::ftruncate(fd_, 0) == 0 &&
            ::pwrite(fd_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
        claim(written, "the file can be written");
    }

private:
    const int fd_;
};

std::map<std::string, std::string> environment_of(std::string_view text) {
    std::map<std::string, std::string> environment;
    while (!text.empty()) {
        const std::string_view entry = text.substr(0, text.find('\0'));
        text.remove_prefix(std::min(text.size(), entry.size() + 1));
        if (const auto equals = entry.find('='); equals != std::string_view::npos) {
            environment.emplace(entry.substr(0, equals), entry.substr(equals + 1));
        }
    }
    return environment;
}

void expect_a_line(const std::string& text) {
    claim(!find_bad_byte(text, Lines::Refused), "a problem is a line of text", text);
}

void expect_lines(const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) {
        expect_a_line(problem.text());
    }
}

void judge_as_principal(std::string_view text) {
    if (const auto reason = refuse_principal(text)) {
        expect_a_line(*reason);
    }
}

void use(const File& file, const Loaded& loaded, const Stored& stored) {
    expect_lines(overlay(loaded, stored, [](const Key&, const Config&) {
                     return std::nullopt;
                 }).passed_over);
    const std::string text = dump(loaded);
    file.write(text);
    const auto again = load({file.path(), {}, {}});
    const auto* same = std::get_if<Loaded>(&again);
    claim(same != nullptr && differences(same->config, loaded.config).empty(),
          "what is dumped loads to the same", text);
}

}  // namespace
}  // namespace catalogd::config

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catalogd::config;
    static const File file;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view text = input.substr(0, input.find('\0'));
    const auto environment = environment_of(input.substr(std::min(text.size() + 1, size)));
    judge_as_principal(text);
    file.write(text);
    const auto result = load({file.path(), environment, {}});
    if (const auto* loaded = std::get_if<Loaded>(&result)) {
        use(file, *loaded, environment);
    } else {
        const auto& problems = std::get<std::vector<Problem>>(result);
        claim(!problems.empty(), "who refuses says why");
        expect_lines(problems);
    }
    return 0;
}
