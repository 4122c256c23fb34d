#include <algorithm>

#include "protocol/decode.ipp"

namespace catalogd::protocol {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\t':
            out += "\\t";
            return;
        default: {
            const auto byte = static_cast<unsigned char>(c);
            out += "\\u00";
            out += hex_digits[byte >> 4U];
            out += hex_digits[byte & 15U];
        }
    }
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    std::size_t plain = 0;  // where the run that needs no escape begins
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        out.append(text, plain, i - plain);
        append_escaped(out, c);
        plain = i + 1;
    }
    out.append(text, plain);
    out += '"';
}

std::string_view name_of(const Error& error) {
    return std::visit([](const auto& e) { return e.called; }, error);
}

void encode_parameters(std::string& out, const Error& error) {
    std::visit([&](const auto& e) { codec::append(out, e); }, error);
}

namespace codec {
namespace {

// A number beyond every double was read as infinite, which no JSON can say.
bool is_finite(const json::value& value) {
    if (value.is_array()) {
        return std::ranges::all_of(value.get_array(), is_finite);
    }
    if (value.is_object()) {
        return std::ranges::all_of(value.get_object(),
                                   [](const auto& member) { return is_finite(member.value()); });
    }
    return !value.is_double() || std::isfinite(value.get_double());
}

}  // namespace

Outcome read(const json::value& from, Object& to) {
    if (!from.is_object()) {
        return mistyped();
    }
    if (!is_finite(from)) {
        return wrong("must hold finite numbers alone");
    }
    to.json = json::serialize(from);
    return {};
}

}  // namespace codec

}  // namespace catalogd::protocol
