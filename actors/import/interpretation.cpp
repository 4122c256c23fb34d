#include "actors/import/interpretation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "protocol/attributes.h"
#include "protocol/files.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldCells;
using catalog::import::OldClient;
using catalog::import::OldFile;
using catalog::import::OldValue;
using Type = OldValue::Type;

// The protocol's own rules, one for each kind of value.
template <class Rule>
bool acceptable(const protocol::Checked<Rule>& checked) {
    return !Rule::check(checked.value);
}
template <std::size_t size>
bool acceptable(const protocol::Key<size>& key) {
    return !protocol::check_key(key.value, size);
}

template <class Text>
std::optional<std::string> read_text(const OldValue& value) {
    const bool plain =
        value.is(Type::text) && protocol::is_utf8(value.bytes) && acceptable(Text{value.bytes});
    return plain ? std::optional(value.bytes) : std::nullopt;
}

template <class Number>
std::optional<std::int64_t> read_number(const OldValue& value) {
    const bool fits = value.is(Type::integer) && acceptable(Number{value.integer});
    return fits ? std::optional(value.integer) : std::nullopt;
}

template <class Key>
std::optional<catalog::Bytes> read_key(const OldValue& value) {
    const bool fits = value.is(Type::blob) && acceptable(Key{value.bytes});
    return fits ? std::optional(value.bytes) : std::nullopt;
}

// Null and the empty text are how the old server wrote that it does not know.
bool is_unknown(const OldValue& value) {
    return value.is(Type::null) || (value.is(Type::text) && value.bytes.empty());
}

// Reads values of one row, and remarks on those that are there and cannot be read.
class Reader {
public:
    Reader(std::vector<Remark>& remarks, const OffsetAt& offset_at)
        : remarks_(remarks), offset_at_(offset_at) {}

    template <class Read>
    auto read(const char* column, const OldValue& value, Reason reason, Read understand) {
        decltype(understand(value)) result;
        if (!is_unknown(value)) {
            result = understand(value);
            if (!result) {
                remarks_.push_back({reason, column, value});
            }
        }
        return result;
    }
    std::optional<std::int64_t> time(const char* column, const OldValue& value) {
        return read(column, value, Reason::time, [&](const OldValue& v) {
            return v.is(Type::text) ? read_old_time(v.bytes, offset_at_) : std::nullopt;
        });
    }

private:
    std::vector<Remark>& remarks_;
    const OffsetAt& offset_at_;
};

std::string text_of_number(const OldValue& value) {
    std::array<char, 32> digits{};
    const auto end = value.is(Type::integer)
                         ? std::to_chars(digits.begin(), digits.end(), value.integer).ptr
                         : std::to_chars(digits.begin(), digits.end(), value.real).ptr;
    return {digits.begin(), end};
}

// The contract's way of writing a column's name.
std::string attribute_name(std::string column) {
    if (!column.empty() && column.front() >= 'A' && column.front() <= 'Z') {
        column.front() = static_cast<char>(column.front() - 'A' + 'a');
    }
    return column;
}

// What else the old server kept of a file; what does not fit is remarked on.
std::optional<std::string> read_attributes(const OldCells& cells, std::vector<Remark>& remarks) {
    protocol::files::Attributes attributes;
    for (const auto& [column, value] : cells) {
        const bool text = value.is(Type::text) && protocol::is_utf8(value.bytes);
        const bool number = value.is(Type::integer) || value.is(Type::real);
        auto& entries = attributes.value;
        if ((text || number) && protocol::is_utf8(column)) {
            const auto entry =
                entries.emplace(attribute_name(column), text ? value.bytes : text_of_number(value));
            if (entry.second && acceptable(attributes)) {
                continue;
            }
            if (entry.second) {
                entries.erase(entry.first);
            }
        }
        remarks.push_back({Reason::column, column, value});
    }
    return attributes.value.empty() ? std::nullopt
                                    : std::optional(protocol::attributes_text(attributes.value));
}

std::optional<bool> read_flag(const OldValue& value) {
    const bool fits = value.is(Type::integer) && (value.integer == 0 || value.integer == 1);
    return fits ? std::optional(value.integer == 1) : std::nullopt;
}

void read_figures(const OldFile& row, Reader& reader, catalog::FileRecord& file) {
    file.verified =
        reader.read("Verified", row.verified, Reason::verified, read_flag).value_or(false);
    file.size = reader.read("FileSize", row.size, Reason::size, read_number<protocol::Size>);
    file.modified = reader.time("ModificationDate", row.modified);
    file.crc = reader.read("CRC", row.crc, Reason::crc, read_number<protocol::Crc>);
    // What a transfer that failed has left: no size of any file.
    if (file.size == 0 && !file.modified && !file.verified) {
        file.size.reset();
    }
}

}  // namespace

std::optional<catalog::Id> read_id(const OldValue& value) {
    catalog::Id id{};
    if (!value.is(Type::blob) || value.bytes.size() != id.size()) {
        return {};
    }
    std::copy_n(value.bytes.begin(), id.size(), id.begin());
    return id;
}

ReadClient read_client(const OldClient& row, const OffsetAt& offset_at) {
    ReadClient read;
    const auto id = read_id(row.id);
    auto name = read_text<protocol::ClientName>(row.name);
    if (!id || !name) {
        read.refused = id ? Reason::name : Reason::identifier;
        return read;
    }
    Reader reader(read.remarks, offset_at);
    catalog::clients::Change& client = read.client.client;
    read.client.id = *id;
    client.name = std::move(*name);
    client.public_key =
        reader.read("PublicKey", row.public_key, Reason::public_key, read_key<protocol::PublicKey>);
    read.session_key =
        reader.read("AESKey", row.session_key, Reason::session_key, read_key<protocol::SessionKey>);
    client.last_seen = reader.time("LastSeen", row.last_seen).value_or(0);
    for (const auto& [column, value] : row.others) {
        read.remarks.push_back({Reason::column, column, value});
    }
    return read;
}

std::optional<catalog::metrics::Sample> read_sample(const catalog::import::OldSample& row,
                                                    const OffsetAt& offset_at) {
    auto name = read_text<protocol::MetricName>(row.name);
    const auto at = row.at.is(Type::text) ? read_old_time(row.at.bytes, offset_at) : std::nullopt;
    const double value =
        row.value.is(Type::integer) ? static_cast<double>(row.value.integer) : row.value.real;
    const bool number = row.value.is(Type::integer) || row.value.is(Type::real);
    if (!name || !at || !number || !std::isfinite(value)) {
        return {};
    }
    return catalog::metrics::Sample{std::move(*name), *at, value};
}

ReadFile read_file(const OldFile& row, const OffsetAt& offset_at) {
    ReadFile read;
    auto name = read_text<protocol::FileName>(row.name);
    auto path = read_text<protocol::FilePath>(row.path);
    if (!name || !path) {
        read.refused = name ? Reason::path : Reason::name;
        return read;
    }
    Reader reader(read.remarks, offset_at);
    read.file.name = std::move(*name);
    read.file.path = std::move(*path);
    read_figures(row, reader, read.file);
    read.file.category =
        reader.read("FileCategory", row.category, Reason::label, read_text<protocol::Label>);
    read.file.mime_type =
        reader.read("MimeType", row.mime_type, Reason::label, read_text<protocol::Label>);
    read.file.attributes = read_attributes(row.others, read.remarks);
    reader.read("ID", row.id, Reason::file_identifier, read_id);
    return read;
}

}  // namespace catalogd::actors::import
