#include "actors/records.h"

#include "catalog/files.h"
#include "catalog/identifiers.h"
#include "protocol/attributes.h"

namespace catalogd::actors {
namespace {

std::optional<protocol::Time> to_time(std::optional<std::int64_t> stored) {
    return stored ? std::optional(protocol::Time{*stored}) : std::nullopt;
}

}  // namespace

protocol::clients::Client to_client(catalog::ClientRecord record) {
    protocol::clients::Client client;
    client.id = {record.id};
    client.name = std::move(record.name);
    if (record.public_key) {
        client.public_key = protocol::PublicKey{std::move(*record.public_key)};
    }
    client.last_seen = {record.last_seen};
    client.has_session_key = record.has_session_key;
    client.files = record.files;
    client.verified_files = record.verified_files;
    client.bytes = record.bytes;
    return client;
}

protocol::files::File to_file(const catalog::CaseFolding& folding, const catalog::Owner& owner,
                              catalog::FileRecord record) {
    protocol::files::File file;
    file.id = {catalog::file_id(record)};
    file.client_id = {owner.id};
    file.client_name = owner.name;
    if (std::string extension = extension_of(folding, record.name); !extension.empty()) {
        file.extension = std::move(extension);
    }
    file.name = std::move(record.name);
    file.path = std::move(record.path);
    file.verified = record.verified;
    file.size = record.size;
    file.modified = to_time(record.modified);
    file.crc = record.crc;
    file.mime_type = std::move(record.mime_type);
    file.category = std::move(record.category);
    if (record.attributes) {
        file.attributes = protocol::parse_attributes(*record.attributes);
    }
    return file;
}

catalog::FileRecord to_record(const protocol::files::NewFile& file) {
    catalog::FileRecord record;
    record.name = file.name.value;
    record.path = file.path.value;
    record.verified = file.verified.value_or(false);
    record.size = value_of(file.size);
    record.modified = file.modified ? std::optional(file.modified->milliseconds) : std::nullopt;
    record.crc = value_of(file.crc);
    record.mime_type = value_of(file.mime_type);
    record.category = value_of(file.category);
    if (file.attributes) {
        record.attributes = protocol::attributes_text(file.attributes->value);
    }
    return record;
}

std::string extension_of(const catalog::CaseFolding& folding, const std::string& name) {
    return folding.fold(catalog::files::extension_of(name));
}

}  // namespace catalogd::actors
