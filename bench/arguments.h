#pragma once

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace catalogd::bench {

// `--name value` pairs after the command. Names outside the given set are refused, so that a
// misspelt option cannot quietly measure something else.
class Arguments {
public:
    Arguments(int argc, char** argv, std::initializer_list<std::string_view> known) {
        if (argc < 2) {
            throw std::invalid_argument("no command given");
        }
        command_ = argv[1];
        for (int i = 2; i < argc; i += 2) {
            const std::string_view name = argv[i];
            bool found = false;
            for (const auto candidate : known) {
                found = found || (name.substr(0, 2) == "--" && name.substr(2) == candidate);
            }
            if (!found || i + 1 >= argc) {
                throw std::invalid_argument("unknown option, or one without a value: " +
                                            std::string(name));
            }
            values_[std::string(name.substr(2))] = argv[i + 1];
        }
    }

    const std::string& command() const { return command_; }

    std::string text(const std::string& name, const std::string& fallback = {}) const {
        const auto found = values_.find(name);
        return found == values_.end() ? fallback : found->second;
    }

    std::uint64_t number(const std::string& name, std::uint64_t fallback) const {
        const auto found = values_.find(name);
        if (found == values_.end()) {
            return fallback;
        }
        const std::string& text = found->second;
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size()) {
            throw std::invalid_argument("--" + name + " wants a number, not " + text);
        }
        return value;
    }

private:
    std::string command_;
    std::map<std::string, std::string> values_;
};

}  // namespace catalogd::bench
