#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace catalogd::bench {

// 32 hexadecimal digits.
std::string client_id(std::uint64_t client);

// Which records: those that every subject stores, or those of the search benchmark.
enum class Names { plain, corpus };

// The frames of the calls, NUL included, appended to `out`.
void append_client_save(std::string& out, std::uint64_t client);
// With a requestId that grows with the record's number, where it is to happen once.
void append_save(std::string& out, std::uint64_t record, Names names, bool once);
void append_get(std::string& out, std::uint64_t record);
void append_list(std::string& out);

// `count` records of one client whose numbers start at `first`, counting from `ordinal` in the
// client's own order.
void append_save_many(std::string& out, std::uint64_t first, std::uint64_t client,
                      std::uint64_t ordinal, std::uint64_t count, Names names);

struct Reply {
    bool error = false;
    bool continues = false;
};

// Reads only as much of a reply as the measurement needs: whether it is an error, and whether it
// is the last one of its call.
Reply read_reply(std::string_view frame);

// How many file records a reply of List holds.
std::uint64_t count_files(std::string_view frame);

}  // namespace catalogd::bench
