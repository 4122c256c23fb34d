#include "config/file_text.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "config/characters.h"

namespace catalogd::config {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return fd_; }

private:
    int fd_;
};

Fault unreadable(int error) {
    return {{}, {}, "cannot be read: " + std::generic_category().message(error)};
}

Position position_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    return {static_cast<int>(std::ranges::count(before, '\n')) + 1,
            static_cast<int>(offset - line_start) + 1};
}

}  // namespace

std::variant<std::string, Fault> read_text(const std::string& path) {
    const Descriptor file(path);
    if (file.get() < 0) {
        return unreadable(errno);
    }
    std::string text;
    std::array<char, 16384> buffer{};
    while (text.size() <= kMaxFileBytes) {
        const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
        if (count == 0) {
            break;
        }
        if (count > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            return unreadable(errno);
        }
    }
    if (text.size() > kMaxFileBytes) {
        return Fault{{}, {}, "larger than 1MiB"};
    }
    if (text.starts_with(kByteOrderMark)) {
        text.erase(0, kByteOrderMark.size());
    }
    if (const auto bad = find_bad_byte(text, Lines::Allowed)) {
        return Fault{position_of(text, bad->offset), {}, bad->reason};
    }
    return text;
}

}  // namespace catalogd::config
