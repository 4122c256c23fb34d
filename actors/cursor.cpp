#include "actors/cursor.h"

#include "catalog/failure.h"
#include "protocol/values.h"

namespace catalogd::actors {
namespace {

// A cursor is base64 of: a letter for the kind of list, its fields, and a name at the end.
constexpr char client_kind = 'c';
constexpr char file_kind = 'f';
constexpr char search_kind = 's';
constexpr char removal_kind = 'r';
constexpr char audit_kind = 'a';
constexpr char row_kind = 't';
constexpr std::size_t most_cursor_bytes = 8192;

void put(std::string& out, std::int64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<std::uint64_t>(value) >> static_cast<unsigned>(shift));
    }
}

void put(std::string& out, const catalog::Id& id) {
    out.append(id.begin(), id.end());
}

class Reader {
public:
    Reader(const std::string& cursor, char kind) {
        const auto bytes =
            cursor.size() <= most_cursor_bytes ? protocol::parse_base64(cursor) : std::nullopt;
        if (!bytes || bytes->empty() || bytes->front() != kind) {
            throw catalog::InvalidCursor();
        }
        rest_ = bytes->substr(1);
    }

    std::int64_t integer() {
        std::uint64_t value = 0;
        for (const char c : take(8)) {
            value = value << 8U | static_cast<unsigned char>(c);
        }
        return static_cast<std::int64_t>(value);
    }

    catalog::Id id() {
        catalog::Id id{};
        const std::string bytes = take(id.size());
        std::copy(bytes.begin(), bytes.end(), id.begin());
        return id;
    }

    std::string name() {
        if (!protocol::is_utf8(rest_)) {
            throw catalog::InvalidCursor();
        }
        return std::move(rest_);
    }

private:
    std::string take(std::size_t size) {
        if (rest_.size() < size) {
            throw catalog::InvalidCursor();
        }
        std::string taken = rest_.substr(0, size);
        rest_.erase(0, size);
        return taken;
    }

    std::string rest_;
};

}  // namespace

std::string to_cursor(const catalog::clients::Position& position, catalog::clients::Order order) {
    std::string bytes(1, client_kind);
    put(bytes, static_cast<std::int64_t>(order));
    put(bytes, position.figure);
    put(bytes, position.figure_low);
    put(bytes, position.id);
    return protocol::to_base64(bytes += position.name);
}

std::string to_cursor(const catalog::files::Position& position) {
    std::string bytes(1, file_kind);
    put(bytes, position.client);
    return protocol::to_base64(bytes += position.name);
}

std::string to_cursor(const catalog::search::Position& position, catalog::search::Order order) {
    std::string bytes(1, search_kind);
    put(bytes, static_cast<std::int64_t>(order));
    put(bytes, position.figure.has_value() ? 1 : 0);
    put(bytes, position.figure.value_or(0));
    put(bytes, position.client);
    return protocol::to_base64(bytes += position.name);
}

std::string to_cursor(const catalog::Id& removal) {
    std::string bytes(1, removal_kind);
    put(bytes, removal);
    return protocol::to_base64(bytes);
}

std::string audit_cursor(std::int64_t sequence) {
    std::string bytes(1, audit_kind);
    put(bytes, sequence);
    return protocol::to_base64(bytes);
}

std::string to_cursor(const catalog::console::Position& position,
                      const catalog::console::Table& table) {
    std::string bytes(1, row_kind);
    for (const std::int64_t part : position) {
        put(bytes, part);
    }
    return protocol::to_base64(bytes += table.name());
}

catalog::clients::Position client_position(const std::string& cursor,
                                           catalog::clients::Order order) {
    Reader reader(cursor, client_kind);
    if (reader.integer() != static_cast<std::int64_t>(order)) {
        throw catalog::InvalidCursor();
    }
    catalog::clients::Position position;
    position.figure = reader.integer();
    position.figure_low = reader.integer();
    position.id = reader.id();
    position.name = reader.name();
    return position;
}

catalog::files::Position file_position(const std::string& cursor) {
    Reader reader(cursor, file_kind);
    catalog::files::Position position;
    position.client = reader.id();
    position.name = reader.name();
    return position;
}

catalog::search::Position search_position(const std::string& cursor, catalog::search::Order order) {
    Reader reader(cursor, search_kind);
    if (reader.integer() != static_cast<std::int64_t>(order)) {
        throw catalog::InvalidCursor();
    }
    catalog::search::Position position;
    const bool known = reader.integer() != 0;
    const std::int64_t figure = reader.integer();
    position.figure = known ? std::optional(figure) : std::nullopt;
    position.client = reader.id();
    position.name = reader.name();
    return position;
}

catalog::Id removal_position(const std::string& cursor) {
    return Reader(cursor, removal_kind).id();
}

std::int64_t audit_position(const std::string& cursor) {
    return Reader(cursor, audit_kind).integer();
}

catalog::console::Position row_position(const std::string& cursor,
                                        const catalog::console::Table& table) {
    Reader reader(cursor, row_kind);
    catalog::console::Position position(table.key_size());
    for (std::int64_t& part : position) {
        part = reader.integer();
    }
    if (reader.name() != table.name()) {
        throw catalog::InvalidCursor();
    }
    return position;
}

}  // namespace catalogd::actors
