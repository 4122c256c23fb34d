#include "catalog/import/scratch_copy.h"

#include <fcntl.h>
#include <sodium/crypto_generichash.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/durable_file.h"

namespace catalogd::catalog::import {
namespace {

// What SQLite may have put beside a database, and reads with it.
constexpr std::array<std::string_view, 2> companions{"-wal", "-journal"};

std::string folder_for(const std::string& catalog_path) {
    return catalog_path + ".import";
}

bool same_file(const struct stat& a, const struct stat& b) {
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool is_of_catalog(const struct stat& file, const std::string& catalog_path) {
    for (const std::string_view suffix : {"", "-wal", "-shm", "-journal"}) {
        struct stat own{};
        if (::stat((catalog_path + std::string(suffix)).c_str(), &own) == 0 &&
            same_file(file, own)) {
            return true;
        }
    }
    return false;
}

std::string explain(const std::string& path, int error) {
    switch (error) {
        case ENOENT:
            return "there is no file " + path;
        case ELOOP:
            return path + " is a symbolic link: name the file itself";
        case EACCES:
        case EPERM:
            return "the daemon's user may not read " + path +
                   ": copy it to a folder where that user may, such as the catalog's own";
        default:
            return path + ": " + std::strerror(error);
    }
}

// What is wrong with a file that is there; empty where it may be read.
std::string objection(const std::string& path, const struct stat& status,
                      const std::string& catalog_path) {
    if (S_ISLNK(status.st_mode)) {
        return explain(path, ELOOP);
    }
    if (!S_ISREG(status.st_mode)) {
        return path + " is not a regular file";
    }
    return is_of_catalog(status, catalog_path) ? path + " is the catalog's own file" : "";
}

// A file that others may have open, and be writing to.
class Source {
public:
    // Looked at first by a descriptor that opens nothing, and opened through that one: what was
    // looked at is what is read, whatever the path names by then.
    Source(const std::string& path, const std::string& catalog_path)
        : path_(path), place_(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC)) {
        if (!place_ || ::fstat(place_.get(), &status_) != 0) {
            throw UnfitPath{{}, explain(path, errno)};
        }
        if (auto reason = objection(path, status_, catalog_path); !reason.empty()) {
            throw UnfitPath{{}, std::move(reason)};
        }
    }

    // Calls `take` with all of its bytes, piece by piece.
    void read(const std::function<void(std::string_view)>& take) const {
        const std::string same = "/proc/self/fd/" + std::to_string(place_.get());
        const FileDescriptor file(::open(same.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        if (!file) {
            throw UnfitPath{{}, explain(path_, errno)};
        }
        std::string piece(std::size_t{1} << 20, '\0');
        // No more than there was: what grows meanwhile is refused in the end.
        for (std::int64_t left = size(); left > 0;) {
            const auto wanted = std::min<std::int64_t>(left, std::ssize(piece));
            const ssize_t got = ::read(file.get(), piece.data(), static_cast<std::size_t>(wanted));
            if (got < 0) {
                throw UnfitPath{{}, explain(path_, errno)};
            }
            take(std::string_view(piece).substr(0, static_cast<std::size_t>(got)));
            left = got == 0 ? 0 : left - got;
        }
    }

    [[nodiscard]] std::int64_t size() const { return status_.st_size; }

    [[nodiscard]] bool unchanged() const {
        struct stat now{};
        return ::fstat(place_.get(), &now) == 0 && now.st_size == status_.st_size &&
               now.st_mtim.tv_sec == status_.st_mtim.tv_sec &&
               now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
    }

private:
    std::string path_;
    FileDescriptor place_;
    struct stat status_{};
};

class Digest {
public:
    Digest() { crypto_generichash_init(&state_, nullptr, 0, bytes_.size()); }
    void add(std::string_view piece) {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(piece.data()),
                                  piece.size());
    }
    std::string hex() {
        crypto_generichash_final(&state_, bytes_.data(), bytes_.size());
        std::string text;
        for (std::size_t i = 0; i < 8; ++i) {
            text += "0123456789abcdef"[bytes_[i] >> 4U];
            text += "0123456789abcdef"[bytes_[i] & 0xFU];
        }
        return text;
    }

private:
    crypto_generichash_state state_{};
    std::array<unsigned char, 16> bytes_{};
};

void write_all(int file, std::string_view piece, const std::string& path) {
    while (!piece.empty()) {
        const ssize_t size = ::write(file, piece.data(), piece.size());
        if (size < 0) {
            throw Unusable(Unusable::Kind::unwritable, path + ": " + std::strerror(errno));
        }
        piece.remove_prefix(static_cast<std::size_t>(size));
    }
}

void copy(const Source& source, const std::string& to, Digest& digest,
          const std::function<bool()>& stopped) {
    const FileDescriptor target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!target) {
        throw Unusable(Unusable::Kind::unwritable, to + ": " + std::strerror(errno));
    }
    source.read([&](std::string_view piece) {
        if (stopped()) {
            throw Stopped{};
        }
        digest.add(piece);
        write_all(target.get(), piece, to);
    });
}

bool exists(const std::string& path) {
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0 || errno != ENOENT;
}

// The catalog's own writes must not find the disk full.
void check_room(std::int64_t bytes, const std::string& at) {
    struct statvfs disk{};
    if (::statvfs(folder_of(at).c_str(), &disk) != 0) {
        throw Unusable(Unusable::Kind::unwritable, at + ": " + std::strerror(errno));
    }
    const auto available = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
    if (bytes > available / 2) {
        throw Unusable(Unusable::Kind::unwritable,
                       "the copy of " + std::to_string(bytes) + " bytes needs twice as many in " +
                           folder_of(at) + ", where " + std::to_string(available) + " are free");
    }
}

std::string copy_all(const std::string& source, const std::string& to,
                     const std::string& catalog_path, const std::function<bool()>& stopped) {
    std::vector<std::pair<Source, std::string>> sources;
    sources.emplace_back(Source(source, catalog_path), to);
    for (const std::string_view suffix : companions) {
        if (const std::string beside = source + std::string(suffix); exists(beside)) {
            sources.emplace_back(Source(beside, catalog_path), to + std::string(suffix));
        }
    }
    std::int64_t bytes = 0;
    for (const auto& [from, target] : sources) {
        bytes += from.size();
    }
    check_room(bytes, to);
    Digest digest;
    for (const auto& [from, target] : sources) {
        copy(from, target, digest, stopped);
    }
    for (const auto& [from, target] : sources) {
        if (!from.unchanged()) {
            throw NotImportable{{}, "the file changes while it is read: stop what writes to it"};
        }
    }
    return digest.hex();
}

void make_folder(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0) {
        throw Unusable(Unusable::Kind::unwritable, folder + ": " + std::strerror(errno));
    }
}

}  // namespace

ScratchCopy::ScratchCopy(const std::string& source, const std::string& catalog_path,
                         const std::function<bool()>& stopped)
    : folder_(folder_for(catalog_path)) {
    if (!source.starts_with('/')) {
        throw UnfitPath{{}, "must be an absolute path, is '" + source + "'"};
    }
    remove_leftovers(catalog_path);
    make_folder(folder_);
    try {
        digest_ = copy_all(source, database(), catalog_path, stopped);
    } catch (...) {
        remove_leftovers(catalog_path);
        throw;
    }
}

ScratchCopy::~ScratchCopy() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void ScratchCopy::remove_leftovers(const std::string& catalog_path) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_for(catalog_path), ignored);
}

}  // namespace catalogd::catalog::import
