#include "cli/archive.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace catalogd::cli {
namespace {

constexpr std::size_t block_size = 512;

Failure archive_failure(const std::string& path, int error) {
    return {ExitCode::failed, path + ": " + std::strerror(error)};
}

struct Field {
    std::size_t at;
    std::size_t size;
};
constexpr Field name_field{0, 100};
constexpr Field mode_field{100, 8};
constexpr Field size_field{124, 12};
constexpr Field time_field{136, 12};
constexpr Field sum_field{148, 8};
constexpr Field magic_field{257, 8};

using Header = std::array<char, block_size>;

void put(Header& header, const Field& field, std::string_view text) {
    std::memcpy(header.data() + field.at, text.data(), std::min(text.size(), field.size));
}
// Octal digits, and a NUL behind them.
void put_octal(Header& header, const Field& field, std::int64_t number) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%0*llo", static_cast<int>(field.size) - 1,
                  static_cast<unsigned long long>(number));
    put(header, field, digits.data());
}

Header header_of(std::string_view name, std::size_t size, std::int64_t at) {
    Header header{};
    put(header, name_field, name);
    put_octal(header, mode_field, 0600);
    put_octal(header, size_field, static_cast<std::int64_t>(size));
    put_octal(header, time_field, at);
    put(header, magic_field, std::string_view("ustar\00000", 8));
    header[156] = '0';  // a plain file
    put(header, sum_field, "        ");
    std::int64_t sum = 0;
    for (const char byte : header) {
        sum += static_cast<unsigned char>(byte);
    }
    put_octal(header, {sum_field.at, sum_field.size - 1}, sum);
    return header;
}

}  // namespace

Result<Archive> Archive::create(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return archive_failure(path, errno);
    }
    gzFile_s* file = ::gzdopen(descriptor, "wb");
    if (file == nullptr) {
        ::close(descriptor);
        ::unlink(path.c_str());
        return archive_failure(path, ENOMEM);
    }
    return Archive(path, file);
}

Archive::Archive(Archive&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, nullptr)),
      good_(other.good_) {}

Archive::~Archive() {
    if (file_ != nullptr) {
        ::gzclose(file_);
        ::unlink(path_.c_str());
    }
}

void Archive::write(std::string_view bytes) {
    const auto size = static_cast<unsigned>(bytes.size());
    good_ = good_ && (size == 0 || ::gzwrite(file_, bytes.data(), size) == static_cast<int>(size));
}

void Archive::add(std::string_view name, std::string_view content, std::int64_t at) {
    const Header header = header_of(name, content.size(), at);
    write({header.data(), header.size()});
    write(content);
    write(std::string((block_size - content.size() % block_size) % block_size, '\0'));
}

Result<void> Archive::finish() {
    write(std::string(2 * block_size, '\0'));
    const bool closed = ::gzclose(std::exchange(file_, nullptr)) == Z_OK;
    if (good_ && closed) {
        return {};
    }
    ::unlink(path_.c_str());
    return archive_failure(path_, EIO);
}

}  // namespace catalogd::cli
