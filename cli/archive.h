// A tar archive (ustar), compressed as gzip does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/failure.h"

struct gzFile_s;  // NOLINT(readability-identifier-naming): zlib calls it so

namespace catalogd::cli {

// A file that must not be there yet, for its owner alone; gone again unless it is finished.
class Archive {
public:
    static Result<Archive> create(const std::string& path);
    Archive(Archive&& other) noexcept;
    Archive& operator=(Archive&& other) = delete;
    ~Archive();

    // `name` has less than 100 bytes; `at` in seconds since 1970.
    void add(std::string_view name, std::string_view content, std::int64_t at);
    Result<void> finish();

private:
    Archive(std::string path, gzFile_s* file) : path_(std::move(path)), file_(file) {}
    void write(std::string_view bytes);

    std::string path_;
    gzFile_s* file_;
    bool good_ = true;
};

}  // namespace catalogd::cli
