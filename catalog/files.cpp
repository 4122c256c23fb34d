#include "catalog/files.h"

#include <algorithm>

#include "catalog/client_rows.h"
#include "catalog/clients.h"
#include "catalog/failure.h"
#include "catalog/identifiers.h"
#include "catalog/removals.h"
#include "catalog/search/notes.h"

namespace catalogd::catalog::files {
namespace {

// The columns that read_file reads, in its order.
const std::string file_columns =
    "f.number, f.created, f.name, f.path, f.verified, f.size, f.modified, f.crc, f.mime_type, "
    "f.category, f.attributes ";

const Sql find_sql{"files.find",
                   "SELECT " + file_columns + "FROM files f WHERE f.client = ?1 AND f.name = ?2"};
const Sql find_by_number_sql{
    "files.find_by_number",
    "SELECT c.number, c.id, c.name, " + file_columns +
        "FROM files f JOIN clients c ON c.number = f.client WHERE f.number = ?1"};
const Sql list_sql{"files.list", "SELECT " + file_columns +
                                     "FROM files f WHERE f.client = ?1 AND f.name > ?2 "
                                     "ORDER BY f.name LIMIT ?3"};
// A blob is behind every text: backwards from it means from the last name.
const Sql read_backwards_sql{"files.read_backwards",
                             "SELECT " + file_columns +
                                 "FROM files f WHERE f.client = ?1 AND f.name < ?2 "
                                 "ORDER BY f.name DESC LIMIT ?3"};
const Sql read_forwards_sql{"files.read_forwards",
                            "SELECT " + file_columns +
                                "FROM files f WHERE f.client = ?1 AND f.name >= ?2 "
                                "ORDER BY f.name LIMIT ?3"};
const Sql walk_sql{"files.walk", "SELECT " + file_columns +
                                     "FROM files f WHERE f.client = ?1 AND f.name > ?2 "
                                     "ORDER BY f.name"};
const Sql list_later_clients_sql{
    "files.list_later_clients",
    "SELECT c.number, c.id, c.name, " + file_columns +
        "FROM clients c CROSS JOIN files f ON f.client = c.number WHERE c.id > ?1 "
        "ORDER BY c.id, f.name LIMIT ?2"};
const Sql insert_sql{
    "files.insert",
    "INSERT INTO files (number, client, name, path, verified, size, modified, crc, created, "
    "mime_type, category, attributes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
    "ON CONFLICT (client, name) DO NOTHING"};
const Sql update_sql{"files.update",
                     "UPDATE files SET path = ?2, verified = ?3, size = ?4, modified = ?5, "
                     "crc = ?6, mime_type = ?7, category = ?8, attributes = ?9 WHERE number = ?1"};
const Sql set_verified_sql{"files.set_verified",
                           "UPDATE files SET verified = ?2, crc = ?3 WHERE number = ?1"};
const Sql remove_sql{"files.remove", "DELETE FROM files WHERE number = ?1"};

FileRecord read_file(Run& run) {
    FileRecord file;
    file.number = run.integer();
    file.created = run.integer();
    file.name = run.text();
    file.path = run.text();
    file.verified = run.integer() != 0;
    file.size = run.optional_integer();
    file.modified = run.optional_integer();
    file.crc = run.optional_integer();
    file.mime_type = run.optional_text();
    file.category = run.optional_text();
    file.attributes = run.optional_text();
    return file;
}

OwnedFile read_owned_file(Run& run) {
    OwnedFile owned;
    owned.owner.number = run.integer();
    owned.owner.id = run.id();
    owned.owner.name = clients::read_name(run);
    owned.file = read_file(run);
    return owned;
}

// Whether a save or a check means that the server has received the file's bytes anew.
bool is_transfer(const FileRecord* before, const FileRecord& after) {
    return after.verified && (before == nullptr || !before->verified || before->crc != after.crc ||
                              before->size != after.size || before->modified != after.modified);
}

// Everything that follows from a record's change, whoever made it: null where there was none, or
// is none any more.
void note_change(WriteTransaction& transaction, std::int64_t client, const FileRecord* before,
                 const FileRecord* after) {
    Totals by;
    if (before != nullptr) {
        by.add(*before, -1);
    }
    if (after != nullptr) {
        by.add(*after, 1);
        if (is_transfer(before, *after)) {
            transaction.summary().transferred.add(after->size.value_or(0));
        }
    }
    transaction.change_totals(client, by);
    search::note_file(transaction, before, after);
    if (before != nullptr && (after == nullptr || after->path != before->path)) {
        const auto id = clients::id_of(transaction.connection(), client);
        removals::note(transaction, id.value(), before->path);
    }
}

template <class T>
void keep_if_absent(std::optional<T>& given, const std::optional<T>& stored) {
    if (!given) {
        given = stored;
    }
}

void keep_left_out(FileRecord& given, const FileRecord& stored) {
    given.number = stored.number;
    given.created = stored.created;
    keep_if_absent(given.size, stored.size);
    keep_if_absent(given.modified, stored.modified);
    keep_if_absent(given.crc, stored.crc);
    keep_if_absent(given.mime_type, stored.mime_type);
    keep_if_absent(given.category, stored.category);
    keep_if_absent(given.attributes, stored.attributes);
}

}  // namespace

std::optional<FileRecord> find(Connection& connection, std::int64_t client,
                               const std::string& name) {
    Run run(connection, find_sql, client, name);
    return run.step() ? std::optional(read_file(run)) : std::nullopt;
}

std::optional<OwnedFile> find_by_number(Connection& connection, std::int64_t number) {
    Run run(connection, find_by_number_sql, number);
    return run.step() ? std::optional(read_owned_file(run)) : std::nullopt;
}

std::optional<OwnedFile> find_by_id(Connection& connection, const Id& id) {
    auto found = find_by_number(connection, number_in(id));
    // The number alone is not the identifier.
    return found && file_id(found->file) == id ? std::move(found) : std::nullopt;
}

void PageSize::add(const FileRecord& file) {
    --records_left_;
    bytes_left_ -= static_cast<std::int64_t>(file.name.size() + file.path.size() +
                                             file.attributes.value_or("").size());
}

std::vector<FileRecord> read_names(Connection& connection, std::int64_t client,
                                   const NameRange& range, std::int64_t limit) {
    std::vector<FileRecord> files;
    const auto read = [&](Run& run) {
        while (run.step()) {
            files.push_back(read_file(run));
        }
    };
    const Bytes last;
    if (range.descending && !range.from) {
        Run run(connection, read_backwards_sql, client, Blob{last}, limit);
        read(run);
        return files;
    }
    std::string bound = range.from.value_or("");
    if (range.from && range.inclusive == range.descending) {
        bound.push_back('\0');  // the name that comes right behind, in the order of bytes
    }
    Run run(connection, range.descending ? read_backwards_sql : read_forwards_sql, client, bound,
            limit);
    read(run);
    return files;
}

void walk(Connection& connection, std::int64_t client, const std::string& after,
          const std::function<bool(FileRecord)>& visit) {
    Run run(connection, walk_sql, client, after);
    while (run.step() && visit(read_file(run))) {
    }
}

std::string_view extension_of(std::string_view name) {
    const auto slash = name.find_last_of("/\\");
    const auto dot = name.rfind('.');
    const bool within_last_part = slash == std::string_view::npos || dot > slash;
    if (dot == std::string_view::npos || !within_last_part) {
        return {};
    }
    return name.substr(dot + 1);
}

Page<FileRecord> list(Connection& connection, std::int64_t client, const std::string& after,
                      std::int64_t limit) {
    Page<FileRecord> page;
    PageSize size(limit);
    Run run(connection, list_sql, client, after, limit + 1);
    while (page.complete && run.step()) {
        if (size.full()) {
            page.complete = false;
        } else {
            size.add(page.records.emplace_back(read_file(run)));
        }
    }
    return page;
}

Page<OwnedFile> list_all(Connection& connection, const Position& after, std::int64_t limit) {
    Page<OwnedFile> page;
    PageSize size(limit);
    if (const auto owner = clients::find_owner(connection, after.client)) {
        Page<FileRecord> rest = list(connection, owner->number, after.name, limit);
        page.complete = rest.complete;
        for (FileRecord& file : rest.records) {
            size.add(file);
            page.records.push_back({*owner, std::move(file)});
        }
    }
    if (!page.complete) {
        return page;
    }
    Run run(connection, list_later_clients_sql, after.client, size.records_left() + 1);
    while (page.complete && run.step()) {
        if (size.full()) {
            page.complete = false;
        } else {
            size.add(page.records.emplace_back(read_owned_file(run)).file);
        }
    }
    return page;
}

bool insert_new(WriteTransaction& transaction, std::int64_t client, FileRecord& file) {
    file.number = transaction.summary().last_number + 1;
    file.created = std::max(creation_time(transaction.now()), transaction.summary().last_created);
    if (Run(transaction.connection(), insert_sql, file.number, client, file.name, file.path,
            file.verified, file.size, file.modified, file.crc, file.created, file.mime_type,
            file.category, file.attributes)
            .execute() == 0) {
        return false;
    }
    transaction.summary().last_number = file.number;
    transaction.summary().last_created = file.created;
    note_change(transaction, client, nullptr, &file);
    return true;
}

Saved save(WriteTransaction& transaction, std::int64_t client, FileRecord file) {
    // Most saves are of new records: they cost one statement.
    if (insert_new(transaction, client, file)) {
        return {std::move(file), true};
    }
    WriteConnection& connection = transaction.connection();
    const auto stored = find(connection, client, file.name);
    keep_left_out(file, stored.value());
    Run(connection, update_sql, file.number, file.path, file.verified, file.size, file.modified,
        file.crc, file.mime_type, file.category, file.attributes)
        .execute();
    note_change(transaction, client, &*stored, &file);
    return {std::move(file), false};
}

std::optional<FileRecord> set_verified(WriteTransaction& transaction, std::int64_t client,
                                       const std::string& name, bool verified,
                                       std::optional<std::int64_t> crc) {
    const auto stored = find(transaction.connection(), client, name);
    if (!stored) {
        return {};
    }
    FileRecord file = *stored;
    file.verified = verified;
    file.crc = crc ? crc : stored->crc;
    Run(transaction.connection(), set_verified_sql, file.number, file.verified, file.crc).execute();
    note_change(transaction, client, &*stored, &file);
    return file;
}

std::optional<FileRecord> remove(WriteTransaction& transaction, std::int64_t client,
                                 const std::string& name) {
    auto stored = find(transaction.connection(), client, name);
    if (stored) {
        Run(transaction.connection(), remove_sql, stored->number).execute();
        note_change(transaction, client, &*stored, nullptr);
    }
    return stored;
}

}  // namespace catalogd::catalog::files
