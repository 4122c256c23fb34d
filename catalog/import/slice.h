// What an import adds to the catalog, some records at a time. What the catalog has already stays as
// it is: so importing twice changes nothing, and importing again goes on after a kill.
#pragma once

#include <vector>

#include "catalog/clients.h"
#include "catalog/files.h"
#include "catalog/metrics.h"

namespace catalogd::catalog::import {

struct ImportedClient {
    Id id{};
    clients::Change client;
};

struct ImportedFile {
    Id client{};
    FileRecord file;  // its number and its time are the catalog's
};

enum class Outcome {
    imported,
    present,         // the catalog has it already
    name_taken,      // by a client with another identifier
    unknown_client,  // the file's client is not in the catalog
};

// Some of each kind; outcomes are in the same order, the clients' first and the samples' last.
struct Slice {
    std::vector<ImportedClient> clients;
    std::vector<ImportedFile> files;
    std::vector<metrics::Sample> samples;
};

// What placing it would do now.
Outcome foresee(Connection& connection, const ImportedClient& client);
Outcome foresee(Connection& connection, const ImportedFile& file);
Outcome foresee(Connection& connection, const metrics::Sample& sample);

// Adds it, or leaves everything as it is.
Outcome place(WriteTransaction& transaction, const ImportedClient& client);
Outcome place(WriteTransaction& transaction, const ImportedFile& file);
Outcome place(WriteTransaction& transaction, const metrics::Sample& sample);
std::vector<Outcome> place(WriteTransaction& transaction, const Slice& slice);

}  // namespace catalogd::catalog::import
