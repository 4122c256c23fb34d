// Frames of a byte stream: each is what comes before a NUL byte.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace catalogd::protocol {

inline constexpr std::size_t frame_limit = 16 * 1024 * 1024;  // bytes, without its NUL

// Collects bytes as they arrive and hands out whole frames. Bytes are copied once, into a buffer
// that is given back to the system while nothing is held: an idle connection costs no memory.
class FrameReader {
public:
    explicit FrameReader(std::size_t limit = frame_limit) : limit_(limit) {}

    // Of the frame that is being collected too.
    void set_limit(std::size_t limit) { limit_ = limit; }

    // Room for at least `size` further bytes. What was written there counts from `commit` on.
    std::span<char> prepare(std::size_t size);
    void commit(std::size_t size) { end_ += size; }

    // The next whole frame; valid until the next call of prepare or next.
    std::optional<std::string_view> next();

    // What is held belongs to a frame longer than the limit: it can only be dropped.
    [[nodiscard]] bool oversized() const { return end_ - begin_ > limit_ && scanned_ == end_; }
    [[nodiscard]] bool empty() const { return begin_ == end_; }

private:
    std::size_t limit_;
    std::string buffer_;
    std::size_t begin_ = 0;    // of the frame that is being collected
    std::size_t scanned_ = 0;  // no NUL in [begin_, scanned_)
    std::size_t end_ = 0;      // of the bytes that have arrived
};

}  // namespace catalogd::protocol
