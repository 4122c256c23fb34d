// From a row of an old database to a record of the catalog, by the rules of the protocol: what a
// caller could not save is not brought over either.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actors/import/old_time.h"
#include "actors/import/reason.h"
#include "catalog/import/old_row.h"
#include "catalog/import/slice.h"

namespace catalogd::actors::import {

// A value without which its row is brought over.
struct Remark {
    Reason reason;
    std::string column;
    catalog::import::OldValue value;
};

// Of a client; its session key is not sealed yet.
struct ReadClient {
    std::optional<Reason> refused;  // then nothing else of it counts
    catalog::import::ImportedClient client;
    std::optional<catalog::Bytes> session_key;
    std::vector<Remark> remarks;
};
ReadClient read_client(const catalog::import::OldClient& row, const OffsetAt& offset_at);

// Of a file; whether its client is there is another question.
struct ReadFile {
    std::optional<Reason> refused;
    catalog::FileRecord file;
    std::vector<Remark> remarks;
};
ReadFile read_file(const catalog::import::OldFile& row, const OffsetAt& offset_at);

// Empty where it has no name, no time, or no finite value.
std::optional<catalog::metrics::Sample> read_sample(const catalog::import::OldSample& row,
                                                    const OffsetAt& offset_at);

std::optional<catalog::Id> read_id(const catalog::import::OldValue& value);

}  // namespace catalogd::actors::import
