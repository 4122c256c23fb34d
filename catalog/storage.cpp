#include "catalog/storage.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "catalog/durable_file.h"
#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

struct FileSystem {
    unsigned magic;
    const char* name;
};

// Those whose locks or shared memory SQLite cannot rely on. CIFS and SMB2 are not in magic.h of
// every kernel.
constexpr std::array<FileSystem, 7> refused{{{NFS_SUPER_MAGIC, "NFS"},
                                             {SMB_SUPER_MAGIC, "SMB"},
                                             {0xFF534D42, "CIFS"},
                                             {0xFE534D42, "SMB2"},
                                             {FUSE_SUPER_MAGIC, "FUSE"},
                                             {V9FS_MAGIC, "9P"},
                                             {CEPH_SUPER_MAGIC, "Ceph"}}};

std::int64_t size_of(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

std::string command_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
    std::string name;
    std::getline(file, name);
    return name.empty() ? std::string() : " (" + name + ")";
}

}  // namespace

void check_storage(const std::string& database_path) {
    const std::string folder = folder_of(database_path);
    struct statfs status{};
    if (::statfs(folder.c_str(), &status) != 0) {
        throw Unusable(Unusable::Kind::unwritable,
                       "the database's folder " + folder + ": " + std::strerror(errno));
    }
    for (const FileSystem& candidate : refused) {
        if (static_cast<unsigned>(status.f_type) == candidate.magic) {
            throw Unusable(Unusable::Kind::unsupported,
                           "the database's folder " + folder + " is on " + candidate.name +
                               ", where a write-ahead log is not safe; use a local disk");
        }
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        throw Unusable(Unusable::Kind::unwritable, "the database's folder " + folder +
                                                       " is not writable: " + std::strerror(errno));
    }
}

std::int64_t free_bytes(const std::string& folder) {
    struct statvfs disk{};
    if (::statvfs(folder.c_str(), &disk) != 0) {
        throw Unusable(Unusable::Kind::unwritable, folder + ": " + std::strerror(errno));
    }
    return static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
}

FileSizes file_sizes(const std::string& database_path) {
    return {size_of(database_path), size_of(database_path + "-wal")};
}

std::string lock_holder(const std::string& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    if (!file || ::fcntl(file.get(), F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) {
        return {};
    }
    return "process " + std::to_string(lock.l_pid) + command_of(lock.l_pid);
}

}  // namespace catalogd::catalog
