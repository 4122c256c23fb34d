#include "catalog/search/terms.h"

#include <sodium/crypto_generichash.h>

#include <array>
#include <cstring>

#include "catalog/utf8.h"

namespace catalogd::catalog::search {
namespace {

constexpr char32_t after_the_end = U'\n';
constexpr unsigned bits = 21;
// More terms than these narrow a long text's documents no further.
constexpr std::size_t most_ranges = 8;

Term term_of(char32_t first, char32_t second, char32_t third) {
    return static_cast<Term>(std::uint64_t{first} << (2 * bits) | std::uint64_t{second} << bits |
                             third);
}

std::vector<char32_t> characters_of(std::string_view text) {
    std::vector<char32_t> characters;
    characters.reserve(text.size() + 2);
    while (!text.empty()) {
        characters.push_back(utf8::first_character(text));
        text.remove_prefix(std::min(utf8::length_of(text.front()), text.size()));
    }
    return characters;
}

// Every term that begins with these one or two characters.
TextQuery::Range beginning_with(const std::vector<char32_t>& characters) {
    const Term low = term_of(characters[0], characters.size() > 1 ? characters[1] : 0, 0);
    const unsigned open = characters.size() > 1 ? bits : 2 * bits;
    return {low, low + static_cast<Term>((std::uint64_t{1} << open) - 1)};
}

}  // namespace

void append_terms(std::string_view folded, std::vector<Term>& terms) {
    auto characters = characters_of(folded);
    const std::size_t count = characters.size();
    characters.push_back(after_the_end);
    characters.push_back(after_the_end);
    for (std::size_t i = 0; i < count; ++i) {
        terms.push_back(term_of(characters[i], characters[i + 1], characters[i + 2]));
    }
}

Term path_term(std::string_view path) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(path.data()), path.size(), nullptr,
                       0);
    Term term = 0;
    std::memcpy(&term, hash.data(), sizeof term);
    return term < 0 ? term : ~term;
}

TextQuery::TextQuery(std::string folded) : folded_(std::move(folded)) {
    const auto characters = characters_of(folded_);
    if (characters.empty()) {
        return;
    }
    // No name and no path has the character that terms put behind their ends.
    exact_ =
        characters.size() <= 3 && std::ranges::find(characters, after_the_end) == characters.end();
    if (characters.size() < 3) {
        ranges_.push_back(beginning_with(characters));
        return;
    }
    const std::size_t terms = characters.size() - 2;
    const std::size_t step = (terms + most_ranges - 1) / most_ranges;
    for (std::size_t i = 0; i < terms; i += step) {
        const Term term = term_of(characters[i], characters[i + 1], characters[i + 2]);
        ranges_.push_back({term, term});
    }
}

}  // namespace catalogd::catalog::search
