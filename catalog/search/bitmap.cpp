#include "catalog/search/bitmap.h"

#include <algorithm>
#include <cstring>

namespace catalogd::catalog::search {

static_assert(std::endian::native == std::endian::little, "bytes on the disk are little-endian");

Bitmap Bitmap::of_bytes(const std::string& text) {
    Bitmap bitmap;
    std::memcpy(bitmap.words_.data(), text.data(), std::min(text.size(), bytes));
    return bitmap;
}

std::string Bitmap::to_bytes() const {
    std::string text(bytes, '\0');
    std::memcpy(text.data(), words_.data(), bytes);
    return text;
}

}  // namespace catalogd::catalog::search
