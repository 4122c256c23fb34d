#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {

Id id_of(int number) {
    Id id{};
    for (std::size_t i = 0; i < 4; ++i) {
        id[15 - i] = static_cast<std::uint8_t>(static_cast<unsigned>(number) >> (8 * i));
    }
    return id;
}

FileRecord file_named(const std::string& name, std::optional<std::int64_t> size) {
    FileRecord file;
    file.name = name;
    file.path = "/stored/" + std::to_string(name.size());
    file.size = size;
    return file;
}

std::vector<std::string> rows_of(Connection& connection, const std::string& sql) {
    std::vector<std::string> rows;
    SQLite::Statement statement(connection.database(), sql);
    while (statement.executeStep()) {
        std::string row;
        for (int i = 0; i < statement.getColumnCount(); ++i) {
            const SQLite::Column column = statement.getColumn(i);
            row += (i == 0 ? "" : "|") + (column.isNull() ? "null" : column.getString());
        }
        rows.push_back(row);
    }
    return rows;
}

CatalogFixture::CatalogFixture() {
    reopen();
}

OpenOptions CatalogFixture::options() const {
    OpenOptions options;
    options.path = path();
    return options;
}

void CatalogFixture::reopen() {
    writer_.reset();
    writer_ = std::make_unique<WriteConnection>(options());
    migrate(*writer_, migrations(), 0);
    writer_->note_log_file();
}

void CatalogFixture::crash() {
    writer_->abandon();
    writer_.reset();
}

std::unique_ptr<ReadConnection> CatalogFixture::new_reader() const {
    return std::make_unique<ReadConnection>(options());
}

std::int64_t CatalogFixture::save_client(const std::string& name, int id) {
    return commit([&](WriteTransaction& transaction) {
        clients::Change change;
        change.name = name;
        return clients::save(transaction, id_of(id), change).client.number;
    });
}

files::Saved CatalogFixture::save_file(std::int64_t client, const FileRecord& file) {
    return commit(
        [&](WriteTransaction& transaction) { return files::save(transaction, client, file); });
}

void CatalogFixture::save_files(std::int64_t client, const std::vector<std::string>& names) {
    commit([&](WriteTransaction& transaction) {
        for (const std::string& name : names) {
            files::save(transaction, client, file_named(name));
        }
    });
}

std::int64_t CatalogFixture::count(const std::string& table) {
    return writer().query_integer("SELECT count(*) FROM " + table);
}

std::vector<std::string> CatalogFixture::everything() {
    std::vector<std::string> rows;
    for (const std::string& table :
         rows_of(writer(), "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
        for (const std::string& row : rows_of(writer(), "SELECT * FROM " + table)) {
            rows.push_back(table);
            rows.back() += ": " + row;
        }
    }
    return rows;
}

void CatalogFixture::expect_sound() {
    EXPECT_EQ(writer().query_text("PRAGMA integrity_check"), "ok");
    EXPECT_THAT(rows_of(writer(), "PRAGMA foreign_key_check"), testing::IsEmpty());
}

void CatalogFixture::expect_totals_exact() {
    const auto counted = rows_of(
        writer(),
        "SELECT c.number, count(f.number), coalesce(sum(f.verified), 0), "
        "coalesce(sum(f.size >> 32), 0), coalesce(sum(f.size & 4294967295), 0) "
        "FROM clients c LEFT JOIN files f ON f.client = c.number GROUP BY c.number ORDER BY 1");
    const auto kept =
        rows_of(writer(),
                "SELECT client, files, verified_files, bytes_high, bytes_low FROM client_totals "
                "ORDER BY 1");
    EXPECT_EQ(kept, counted);
    expect_summary_exact();
}

void CatalogFixture::expect_summary_exact() {
    const std::string counted_files =
        "SELECT count(*), coalesce(sum(verified), 0), count(size), "
        "coalesce(sum(size >> 32), 0), coalesce(sum(size & 4294967295), 0), "
        "coalesce(sum(size >> 32) FILTER (WHERE verified), 0), "
        "coalesce(sum(size & 4294967295) FILTER (WHERE verified), 0) FROM files";
    EXPECT_EQ(rows_of(writer(),
                      "SELECT files, verified_files, sized_files, bytes_high, bytes_low, "
                      "verified_high, verified_low FROM summary"),
              rows_of(writer(), counted_files));
    EXPECT_EQ(
        rows_of(writer(), "SELECT clients, clients_with_keys, last_seen_sum FROM summary"),
        rows_of(writer(),
                "SELECT count(*), count(public_key), coalesce(sum(last_seen), 0) FROM clients"));
}

}  // namespace catalogd::catalog
