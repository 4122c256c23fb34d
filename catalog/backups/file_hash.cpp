#include "catalog/backups/file_hash.h"

#include <fcntl.h>
#include <sodium/crypto_hash_sha256.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "catalog/backups/digest.h"
#include "catalog/durable_file.h"

namespace catalogd::catalog::backups {
namespace {

constexpr std::size_t slice_bytes = 128 << 10;

std::string hash_through(const std::string& path, const Slices& slices,
                         const std::function<void(std::string_view)>& take) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0) {
        fail_at(path);
    }
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::vector<char> slice(slice_bytes);
    double read = 0;
    ssize_t got = 0;
    while ((got = ::read(file.get(), slice.data(), slice.size())) > 0) {
        const auto size = static_cast<std::size_t>(got);
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(slice.data()),
                                  size);
        take({slice.data(), size});
        read += static_cast<double>(got);
        slices.next(std::min(read / static_cast<double>(status.st_size), 1.0));
    }
    if (got < 0) {
        fail_at(path);
    }
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(hash.data()));
    return to_hex(hash);
}

void write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == ENOSPC) {
            throw DiskTooSmall{{}, "the disk was full before the copy was complete"};
        }
        if (written < 0) {
            fail_at(path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

std::string hash_file(const std::string& path, const Slices& slices) {
    return hash_through(path, slices, [](std::string_view) {});
}

std::string copy_file(const std::string& from, const std::string& to, const Slices& slices) {
    const FileDescriptor copy(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!copy) {
        fail_at(to);
    }
    return hash_through(from, slices,
                        [&](std::string_view bytes) { write_all(copy.get(), bytes, to); });
}

}  // namespace catalogd::catalog::backups
