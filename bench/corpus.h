#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bench/records.h"

// The records that the search benchmark stores: names of words, of which some stand in one name,
// in 100, in 4,000, in 100,000 or in all of the first 1,000,000; extensions, sizes and times that
// differ.
namespace catalogd::bench {

inline constexpr std::uint64_t kCorpusRecords = 1'000'000;

constexpr std::string_view word_of(std::uint64_t record) {
    constexpr std::array<std::string_view, 32> kWords{
        "anchor", "basket", "candle", "desert",  "ember",  "falcon", "garden",  "hammer",
        "island", "jacket", "kettle", "lantern", "magnet", "needle", "orange",  "pepper",
        "quiver", "ribbon", "saddle", "tunnel",  "urchin", "velvet", "window",  "yellow",
        "zephyr", "bridge", "copper", "dragon",  "engine", "forest", "glacier", "harbor"};
    if (record == 77) {
        return "unicorn";
    }
    if (record % 10'000 == 42 && record < kCorpusRecords) {
        return "quarterly";
    }
    if (record % 250 == 3 && record < kCorpusRecords) {
        return "invoice";
    }
    if (record % 10 == 1 && record < kCorpusRecords) {
        return "holiday";
    }
    return kWords[scramble(record) % kWords.size()];
}

// One in 10,000 is "xyz".
constexpr std::string_view extension_of(std::uint64_t record) {
    constexpr std::array<std::string_view, 8> kExtensions{"pdf", "jpg", "txt",  "docx",
                                                          "png", "mp4", "xlsx", "zip"};
    const std::uint64_t mixed = scramble(record ^ 0xE7U);
    return mixed % 10'000 == 0 ? "xyz" : kExtensions[mixed % kExtensions.size()];
}

// "document-holiday-0123456789abcdef.pdf"
inline std::string corpus_name(std::uint64_t record) {
    std::string name = "document-";
    name.append(word_of(record)).append("-");
    std::array<char, kHexLength> digits{};
    write_hex(scramble(record), digits.data());
    name.append(digits.data(), digits.size()).append(".").append(extension_of(record));
    return name;
}

// Between a byte and some gigabytes, each magnitude as often as the others.
constexpr std::uint64_t corpus_size(std::uint64_t record) {
    const std::uint64_t mixed = scramble(record ^ 0x512EU);
    return (mixed >> 8U) % (std::uint64_t{1} << (1 + mixed % 33));
}

// In the five years from 2020 on, to the second.
inline std::string corpus_time(std::uint64_t record) {
    const std::uint64_t mixed = scramble(record ^ 0x71E3U);
    const auto digits = [](std::uint64_t number, std::size_t width) {
        std::string text = std::to_string(number);
        return std::string(width - text.size(), '0') + text;
    };
    return digits(2020 + mixed % 5, 4) + "-" + digits(1 + mixed / 5 % 12, 2) + "-" +
           digits(1 + mixed / 60 % 28, 2) + "T" + digits(mixed / 1'680 % 24, 2) + ":" +
           digits(mixed / 40'320 % 60, 2) + ":" + digits(mixed / 2'419'200 % 60, 2) + "Z";
}

}  // namespace catalogd::bench
