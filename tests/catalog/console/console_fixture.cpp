#include "tests/catalog/console/console_fixture.h"

#include <sodium/utils.h>

#include "catalog/metrics.h"

namespace catalogd::catalog::console {
namespace {

std::string hex(const Bytes& bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size());
    text.pop_back();
    return text;
}

std::string cell_text(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
        return std::to_string(*integer);
    }
    if (const auto* real = std::get_if<double>(&cell)) {
        return std::to_string(*real);
    }
    if (const auto* text = std::get_if<std::string>(&cell)) {
        return *text;
    }
    const auto* octets = std::get_if<Octets>(&cell);
    return octets != nullptr ? hex(octets->bytes) : "null";
}

}  // namespace

std::vector<std::string> readable(const std::vector<Row>& rows) {
    std::vector<std::string> lines;
    for (const Row& row : rows) {
        std::string line;
        for (const Cell& cell : row) {
            line += (&cell == &row.front() ? "" : "|") + cell_text(cell);
        }
        lines.push_back(line);
    }
    return lines;
}

void ConsoleFixture::fill() {
    const std::int64_t number = commit([&](WriteTransaction& transaction) {
        clients::Change change;
        change.name = "laptop";
        change.public_key = Bytes(160, 'p');
        change.sealed_key = Bytes(secret).substr(0, 80);
        change.sealed_key->resize(80, '!');
        change.last_seen = 1'736'510'400'123;
        return clients::save(transaction, id_of(1), change).client.number;
    });
    save_client("desktop", 2);
    FileRecord whole = file_named("dir/a.TXT", 42);
    whole.path = "/stored/a";
    whole.verified = true;
    whole.modified = -1;
    whole.crc = 4'294'967'295;
    whole.category = "document";
    whole.mime_type = "text/plain";
    whole.attributes = R"({"owner":"me"})";
    save_file(number, whole);
    save_file(number, file_named("bare"));
    commit([&](WriteTransaction& transaction) {
        metrics::record(transaction,
                        {{"load", 1'736'510'400'123, 0.5}, {"heat", 5, 20}, {"load", 7, 1}}, {});
    });
}

}  // namespace catalogd::catalog::console
