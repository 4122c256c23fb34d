#include "catalog/backups/fit.h"

#include <unistd.h>

#include "catalog/backups/keys.h"
#include "catalog/failure.h"
#include "catalog/migrations.h"
#include "catalog/resealing.h"

namespace catalogd::catalog::backups {
namespace {

WriteConnection open_copy(const std::string& copy) {
    OpenOptions options;
    options.path = copy;
    return WriteConnection(options);
}

void change_page_size(CopyConnection& copy, std::int64_t page_size) {
    if (copy.query_integer("PRAGMA page_size") != page_size) {
        copy.database().exec("PRAGMA page_size = " + std::to_string(page_size) + "; VACUUM");
    }
}

void bring_up_to_date(const std::string& copy, std::int64_t now) {
    auto connection = open_copy(copy);
    if (const auto before = migrate(connection, migrations(), now).backup) {
        ::unlink(before->c_str());  // what it was before is the backup itself
    }
}

}  // namespace

void fit(const std::string& copy, std::int64_t page_size, std::int64_t now, const Slices& slices) {
    const auto newest = static_cast<std::int64_t>(migrations().size());
    std::int64_t schema = 0;
    {
        CopyConnection connection(copy, slices);
        schema = connection.query_integer("PRAGMA user_version");
        if (schema > newest) {
            throw UnfitBackup{{},
                              "it has schema " + std::to_string(schema) +
                                  ", and this program knows schemas up to " +
                                  std::to_string(newest) + "; run a newer one"};
        }
        change_page_size(connection, page_size);
    }
    if (schema < newest) {
        bring_up_to_date(copy, now);
    }
}

void adopt_key(const std::string& copy, const Sealer& sealer) {
    CopyConnection connection(copy, {});
    if (sealer.refusal().empty() && keys_of(connection).empty()) {
        resealing::note_key(connection, sealer.key_id());
    }
}

void begin_log(const std::string& copy, const audit::Link& replaced, audit::Act restore,
               std::int64_t now) {
    auto connection = open_copy(copy);
    WriteTransaction transaction(connection, now);
    audit::begin_anew(transaction, replaced, std::move(restore));
    transaction.commit();
}

}  // namespace catalogd::catalog::backups
