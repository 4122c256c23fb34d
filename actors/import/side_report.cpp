#include "actors/import/side_report.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include "catalog/durable_file.h"
#include "catalog/failure.h"
#include "protocol/codec.h"
#include "protocol/values.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldCells;
using catalog::import::OldValue;

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        (text += digits[byte >> 4U]) += digits[byte & 0xFU];
    }
    return text;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::ranges::any_of(
        parts, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

// A public key is none; a text called "key" is most likely a name.
bool is_secret(std::string column, const OldValue& value) {
    std::ranges::transform(column, column.begin(), [](unsigned char c) { return std::tolower(c); });
    const bool key = value.is(OldValue::Type::blob) && contains_any(column, {"key"});
    return (key || contains_any(column, {"aes", "secret", "passw", "token", "private"})) &&
           !contains_any(column, {"publickey"});
}

void append(std::string& json, double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    json += std::isfinite(value) ? std::string(digits.begin(), end) : "null";
}

void append(std::string& json, const OldValue& value) {
    switch (value.type) {
        case OldValue::Type::null:
            json += "null";
            break;
        case OldValue::Type::integer:
            json += std::to_string(value.integer);
            break;
        case OldValue::Type::real:
            append(json, value.real);
            break;
        case OldValue::Type::text:
            if (protocol::is_utf8(value.bytes)) {
                protocol::append_quoted(json, value.bytes);
            } else {
                ((json += R"({"malformedText":")") += hex(value.bytes)) += "\"}";
            }
            break;
        case OldValue::Type::blob:
            ((json += R"({"hex":")") += hex(value.bytes)) += "\"}";
            break;
    }
}

void append(std::string& json, const std::string& column, const OldValue& value) {
    const bool readable = protocol::is_utf8(column);
    protocol::append_quoted(json, readable ? column : hex(column));
    json += ':';
    if (is_secret(column, value) && !value.is(OldValue::Type::null)) {
        ((json += R"({"withheldBytes":)") += std::to_string(value.bytes.size())) += '}';
    } else {
        append(json, value);
    }
}

}  // namespace

std::string to_json(const OldCells& cells) {
    std::string json = "{";
    for (const auto& [column, value] : cells) {
        append(json.size() == 1 ? json : json += ',', column, value);
    }
    return json += '}';
}

void SideReport::row(const std::string& table, Reason reason, const OldCells& cells) {
    line(table, reason, R"("row":)" + to_json(cells));
}

void SideReport::value(const std::string& table, const Remark& remark, const OldCells& key) {
    line(table, remark.reason,
         R"("of":)" + to_json(key) + R"(,"values":)" + to_json({{remark.column, remark.value}}));
}

void SideReport::line(const std::string& table, Reason reason, const std::string& rest) {
    if (!out_.is_open()) {
        catalog::write_new_file(path_, "", 0600);
        out_.open(path_, std::ios::binary | std::ios::app);
    }
    std::string json;
    protocol::append_quoted(json += R"({"table":)", protocol::is_utf8(table) ? table : hex(table));
    protocol::append_quoted(json += R"(,"reason":)", text_of(reason));
    ((json += ',') += rest) += "}\n";
    out_ << json;
}

bool SideReport::finish(const std::string& final_path) {
    if (!out_.is_open()) {
        return false;
    }
    out_.close();
    if (!out_) {
        throw catalog::Unusable(catalog::Unusable::Kind::unwritable,
                                path_ + ": what is set aside cannot be written");
    }
    catalog::rename_durably(path_, final_path);
    return true;
}

}  // namespace catalogd::actors::import
