#include "catalog/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

void sync(const std::string& path, int flags) {
    const FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC));
    if (!file || ::fsync(file.get()) != 0) {
        fail_at(path);
    }
}

}  // namespace

void fail_at(const std::string& path) {
    throw Unusable(Unusable::Kind::unwritable, path + ": " + std::strerror(errno));
}

FileDescriptor::~FileDescriptor() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) {
        return ".";
    }
    return slash == 0 ? "/" : path.substr(0, slash);
}

void write_new_file(const std::string& path, std::string_view content, mode_t mode) {
    {
        const FileDescriptor file(
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        const auto size = static_cast<ssize_t>(content.size());
        if (!file || ::write(file.get(), content.data(), content.size()) != size ||
            ::fsync(file.get()) != 0) {
            fail_at(path);
        }
    }
    sync_folder(folder_of(path));
}

void sync_folder(const std::string& path) {
    sync(path, O_RDONLY | O_DIRECTORY);
}

void rename_durably(const std::string& from, const std::string& to) {
    sync(from, O_RDONLY);
    if (std::rename(from.c_str(), to.c_str()) != 0) {
        fail_at(to);
    }
    sync_folder(folder_of(to));
}

}  // namespace catalogd::catalog
