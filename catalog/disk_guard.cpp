#include "catalog/disk_guard.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>

#include "catalog/durable_file.h"
#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

constexpr std::int64_t largest_share = 16;  // of the disk, as a part of it

bool is_there(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0;
}

DiskGuard::Limits limits_on(const DiskGuard::Disk& disk, const DiskGuard::Limits& told) {
    const std::int64_t most = disk.size / largest_share;
    return {std::min(told.floor, most), std::min(told.reserve, most)};
}

}  // namespace

DiskGuard::DiskGuard(const std::string& database, Limits told, Look look)
    : folder_(folder_of(database)),
      reserve_file_(database + ".reserve"),
      limits_(told),
      look_(std::move(look)),
      has_reserve_(is_there(reserve_file_)) {}

DiskGuard::Disk DiskGuard::look_at(const std::string& folder) {
    struct statvfs disk{};
    if (::statvfs(folder.c_str(), &disk) != 0) {
        fail_at(folder);
    }
    const auto block = static_cast<std::int64_t>(disk.f_frsize);
    return {static_cast<std::int64_t>(disk.f_blocks) * block,
            static_cast<std::int64_t>(disk.f_bavail) * block};
}

const std::string& DiskGuard::look() {
    if (limits_.floor == 0) {
        reason_.clear();
        return reason_;
    }
    try {
        const Disk disk = look_(folder_);
        judge(disk, limits_on(disk, limits_));
    } catch (const Unusable&) {
        // What cannot be told stays as it was.
    }
    return reason_;
}

void DiskGuard::judge(const Disk& disk, const Limits& here) {
    const std::int64_t reserve_to_make = has_reserve_ ? 0 : here.reserve;
    if (disk.free < here.floor) {
        reason_ = "the disk is nearly full: " + std::to_string(disk.free) +
                  " bytes are free, and " + std::to_string(here.floor) +
                  " must stay so; what makes room still works";
        if (disk.free < here.floor / 2) {
            give_up_reserve();
        }
    } else if (disk.free - reserve_to_make >= here.floor + (low() ? here.floor / 4 : 0)) {
        reason_.clear();
        make_reserve(reserve_to_make);
    }
}

void DiskGuard::make_reserve(std::int64_t bytes) {
    if (bytes == 0) {
        return;
    }
    const FileDescriptor file(
        ::open(reserve_file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    has_reserve_ = file && ::posix_fallocate(file.get(), 0, bytes) == 0;
    if (!has_reserve_) {
        ::unlink(reserve_file_.c_str());
    }
}

void DiskGuard::give_up_reserve() {
    if (has_reserve_) {
        ::unlink(reserve_file_.c_str());
        has_reserve_ = false;
    }
}

}  // namespace catalogd::catalog
