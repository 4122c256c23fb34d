// Taking schema steps back, newest first, where each has a way back: NNNN_name.down.sql beside its
// NNNN_name.sql. 0001 has none, since nothing is before it; 0002 has none, since a record's
// identifier changed its form in it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/migrations.h"
#include "catalog/transaction.h"

namespace catalogd::catalog {

struct TakenStep {
    std::int64_t version = 0;
    std::string name;
    std::string checksum;
    std::int64_t applied_at = 0;  // milliseconds since 1970
};
std::vector<TakenStep> steps_taken(Connection& connection);

std::int64_t schema_version(Connection& connection);

// Throws NotReversible for the newest step above `to` that has no way back, and UnknownSchema where
// `to` is not an older version.
void check_way_back(Connection& connection, std::span<const Migration> steps, std::int64_t to);

// All steps above `to`, and checks that what is left is sound. Throws what check_way_back throws,
// SQLite's failures, and Unusable; the caller then drops the request. Nothing of this schema may be
// used in the transaction afterwards.
void roll_back(WriteTransaction& transaction, std::span<const Migration> steps, std::int64_t to);

// A checked copy of the catalog beside it, by the name of its schema and of the moment. Copies that
// starts have made before these steps would no longer be the newest of their schema: they get such
// names too. Throws Unusable.
std::string back_up_before_rollback(Connection& connection, std::int64_t to, std::int64_t now);

}  // namespace catalogd::catalog
