// What a file holds, as far as the catalog records it.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/values.h"

namespace catalogd::cli {

struct FileState {
    std::int64_t size = 0;
    std::optional<protocol::Time> modified;  // empty outside the years 0000 to 9999
    bool operator==(const FileState&) const = default;
};

struct FileContent {
    FileState state;
    std::int64_t crc = 0;
};

// A value, or why there is none: a phrase for a person.
template <class T>
using OrReason = boost::system::result<T, std::string>;

// `folder` is an open directory and `name` a file in it; a symbolic link is never followed.
OrReason<FileState> file_state(int folder, const char* name);

// Told of each piece that was read; false ends the reading.
using OnRead = std::function<bool(std::size_t)>;

// A file that changes while it is read has no content to speak of: tried thrice, then refused.
OrReason<FileContent> file_content(int folder, const char* name, const OnRead& on_read);

// CRC-32 as Ethernet, gzip and zip have it; `crc` is that of what came before.
std::uint32_t crc32(std::uint32_t crc, std::string_view bytes);

}  // namespace catalogd::cli
