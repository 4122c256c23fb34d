#pragma once

#include <cstdint>
#include <string_view>

// The records that every subject of the benchmark stores. A record is known by its number: its
// name is a hash of it, so names arrive in random order, are never repeated, and any record can
// be found again without a list of them.
namespace catalogd::bench {

inline constexpr std::uint64_t kClients = 100;
inline constexpr std::string_view kFolder = "documents/2025/";
inline constexpr std::string_view kSuffix = ".dat";
inline constexpr std::size_t kHexLength = 16;

// The finaliser of splitmix64: a bijection, hence no two records share a name.
constexpr std::uint64_t scramble(std::uint64_t number) {
    number += 0x9e3779b97f4a7c15U;
    number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27U)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31U);
}

constexpr std::uint64_t client_of(std::uint64_t record) {
    return record % kClients;
}

// One client's records, in the order of its own counting.
constexpr std::uint64_t record_of(std::uint64_t client, std::uint64_t ordinal) {
    return ordinal * kClients + client;
}

constexpr std::uint64_t size_of(std::uint64_t record) {
    return scramble(record) % 10'000'000;
}

constexpr std::uint64_t crc_of(std::uint64_t record) {
    return scramble(record) >> 32U;
}

// Exactly kHexLength lower-case digits at `out`.
inline void write_hex(std::uint64_t value, char* out) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (std::size_t i = kHexLength; i-- > 0; value >>= 4U) {
        out[i] = kDigits[value & 15U];
    }
}

}  // namespace catalogd::bench
