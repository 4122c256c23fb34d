#include "cli/file_content.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <vector>

namespace catalogd::cli {
namespace {

constexpr std::size_t read_size = 256 * 1024;

std::string reason(int error) {
    return error == ENOENT ? "it vanished" : std::generic_category().message(error);
}

// Within the years that a Time can hold.
std::optional<protocol::Time> time_of(const timespec& moment) {
    constexpr std::int64_t earliest = -62'167'219'200;  // 0000-01-01T00:00:00Z
    constexpr std::int64_t latest = 253'402'300'799;    // 9999-12-31T23:59:59Z
    if (moment.tv_sec < earliest || moment.tv_sec > latest) {
        return {};
    }
    return protocol::Time{moment.tv_sec * 1'000 + moment.tv_nsec / 1'000'000};
}

OrReason<FileState> state_of(const struct stat& status) {
    if (!S_ISREG(status.st_mode)) {
        return std::string("it is no regular file any more");
    }
    return FileState{status.st_size, time_of(status.st_mtim)};
}

class OpenFile {
public:
    // Never waits: what was a file may have become a pipe.
    OpenFile(int folder, const char* name)
        : descriptor_(
              openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) {}
    ~OpenFile() {
        if (descriptor_ >= 0) {
            close(descriptor_);
        }
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] OrReason<FileState> state() const {
        struct stat status{};
        if (descriptor_ < 0 || fstat(descriptor_, &status) != 0) {
            return reason(errno);
        }
        return state_of(status);
    }

    // From the beginning to the end, but not far past `expected`: a log may grow for ever.
    OrReason<FileContent> read(std::int64_t expected, const OnRead& on_read) const {
        posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
        FileContent content;
        std::uint32_t crc = 0;
        std::vector<char> buffer(read_size);
        while (true) {
            const ssize_t size = pread(descriptor_, buffer.data(), read_size, content.state.size);
            if (size < 0 && errno != EINTR) {
                return reason(errno);
            }
            if (size == 0 || content.state.size > expected) {
                content.crc = crc;
                return content;
            }
            if (size > 0) {
                crc = crc32(crc, {buffer.data(), static_cast<std::size_t>(size)});
                content.state.size += size;
                if (!on_read(static_cast<std::size_t>(size))) {
                    return std::string("interrupted");
                }
            }
        }
    }

private:
    int descriptor_;
};

}  // namespace

OrReason<FileState> file_state(int folder, const char* name) {
    struct stat status{};
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return reason(errno);
    }
    return state_of(status);
}

OrReason<FileContent> file_content(int folder, const char* name, const OnRead& on_read) {
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const OpenFile file(folder, name);
        const auto before = file.state();
        if (!before) {
            return before.error();
        }
        auto content = file.read(before->size, on_read);
        if (!content) {
            return content.error();
        }
        const auto after = file.state();
        if (after && *before == *after && after->size == content->state.size) {
            content->state = *after;
            return content;
        }
    }
    return std::string("it changes while it is read");
}

std::uint32_t crc32(std::uint32_t crc, std::string_view bytes) {
    return static_cast<std::uint32_t>(
        ::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace catalogd::cli
