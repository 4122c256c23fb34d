#include "protocol/frame.h"

#include <algorithm>
#include <cstring>

namespace catalogd::protocol {

std::span<char> FrameReader::prepare(std::size_t size) {
    if (begin_ > 0 && end_ + size > buffer_.size()) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        scanned_ -= begin_;
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ + size > buffer_.size()) {
        buffer_.resize(std::max(end_ + size, buffer_.size() * 2));
    }
    return {buffer_.data() + end_, buffer_.size() - end_};
}

std::optional<std::string_view> FrameReader::next() {
    if (empty()) {
        buffer_ = std::string();
        begin_ = scanned_ = end_ = 0;
        return {};
    }
    const void* nul = std::memchr(buffer_.data() + scanned_, '\0', end_ - scanned_);
    if (nul == nullptr) {
        scanned_ = end_;
        return {};
    }
    const auto at = static_cast<std::size_t>(static_cast<const char*>(nul) - buffer_.data());
    if (at - begin_ > limit_) {
        scanned_ = end_;
        return {};
    }
    const std::string_view frame(buffer_.data() + begin_, at - begin_);
    begin_ = scanned_ = at + 1;
    return frame;
}

}  // namespace catalogd::protocol
