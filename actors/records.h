// Rows of the catalog as the protocol shows them.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "catalog/case_folding.h"
#include "catalog/records.h"
#include "protocol/clients.h"
#include "protocol/files.h"

namespace catalogd::actors {

protocol::clients::Client to_client(catalog::ClientRecord record);
protocol::files::File to_file(const catalog::CaseFolding& folding, const catalog::Owner& owner,
                              catalog::FileRecord record);

catalog::FileRecord to_record(const protocol::files::NewFile& file);

// The lower-cased part of a name after its last dot; empty where there is none.
std::string extension_of(const catalog::CaseFolding& folding, const std::string& name);

}  // namespace catalogd::actors
