#include "cli/walk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>

namespace catalogd::cli {
namespace {

constexpr int directory_flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

unsigned char kind_of(int folder, const dirent& entry) {
    struct stat status{};
    if (entry.d_type != DT_UNKNOWN ||
        fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return entry.d_type;
    }
    return static_cast<unsigned char>(IFTODT(status.st_mode));
}

}  // namespace

std::optional<Walk::Level> Walk::read(int folder, const char* name, int flags) {
    const int descriptor = openat(folder, name, flags);
    if (descriptor < 0) {
        return {};
    }
    Level level{decltype(Level::stream)(fdopendir(descriptor)), {}, 0, 0};
    if (!level.stream) {
        const int error = errno;
        close(descriptor);
        errno = error;
        return {};
    }
    errno = 0;
    while (const dirent* entry = readdir(level.stream.get())) {
        const std::string_view own_name = entry->d_name;
        const unsigned char kind = kind_of(descriptor, *entry);
        if (kind == DT_DIR && own_name != "." && own_name != "..") {
            level.names.emplace_back(own_name).push_back('/');
        } else if (kind == DT_REG || kind == DT_UNKNOWN) {
            level.names.emplace_back(own_name);  // unknown: whoever opens it will learn why
        }
        errno = 0;
    }
    if (errno != 0) {
        return {};
    }
    std::sort(level.names.begin(), level.names.end());
    return level;
}

Result<Walk> Walk::open(const std::string& directory) {
    Walk walk;
    auto top = read(AT_FDCWD, directory.c_str(), directory_flags);
    if (!top) {
        const bool mistaken = errno == ENOENT || errno == ENOTDIR;
        return Failure{mistaken ? ExitCode::usage : ExitCode::failed,
                       "cannot read the directory " + directory + ": " +
                           std::generic_category().message(errno)};
    }
    walk.levels_.push_back(std::move(*top));
    return walk;
}

std::optional<Walk::Entry> Walk::next() {
    while (!levels_.empty()) {
        Level& level = levels_.back();
        prefix_.resize(level.prefix);
        if (level.next == level.names.size()) {
            levels_.pop_back();
            continue;
        }
        own_name_ = std::move(level.names[level.next++]);
        const int folder = dirfd(level.stream.get());
        if (!own_name_.ends_with('/')) {
            return Entry{prefix_ + own_name_, folder, own_name_, 0};
        }
        if (!descend()) {
            return Entry{prefix_ + own_name_, folder, own_name_, errno};
        }
    }
    return {};
}

bool Walk::descend() {
    const std::string name = own_name_.substr(0, own_name_.size() - 1);
    auto below =
        read(dirfd(levels_.back().stream.get()), name.c_str(), directory_flags | O_NOFOLLOW);
    if (!below) {
        return false;
    }
    prefix_ += own_name_;
    below->prefix = prefix_.size();
    levels_.push_back(std::move(*below));
    return true;
}

}  // namespace catalogd::cli
