// The words of an enumeration as they are typed: most_files is most-files.
#pragma once

#include <algorithm>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogd::cli {

inline std::string typed_word(std::string_view enumerator) {
    std::string word(enumerator);
    std::replace(word.begin(), word.end(), '_', '-');
    return word;
}

template <class Enum>
std::vector<std::string> words_of() {
    std::vector<std::string> words;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
        [&](auto enumerator) { words.push_back(typed_word(enumerator.name)); });
    return words;
}

template <class Enum>
std::optional<Enum> parse_word(std::string_view word) {
    std::optional<Enum> value;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
        if (typed_word(enumerator.name) == word) {
            value = enumerator.value;
        }
    });
    return value;
}

}  // namespace catalogd::cli
