#include "cli/migrations.h"

#include <ostream>

#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/listing.h"
#include "cli/printable.h"
#include "protocol/admin.h"

namespace catalogd::cli {
namespace {

namespace admin = protocol::admin;

}  // namespace

Outcome run(Session& session, const MigrationsList&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<admin::Migration> listing(
        session, "migrations",
        {{"VERSION", Column::Align::right}, {"NAME"}, {"APPLIED"}, {"REVERSIBLE"}, {"CHECKSUM"}},
        [](const admin::Migration& step) -> std::vector<std::string> {
            return {std::to_string(step.version), step.name,
                    step.applied_at ? short_time(*step.applied_at) : "-",
                    step.reversible ? "yes" : "no", step.checksum.substr(0, 16)};
        });
    return print_list(*daemon, admin::ListMigrations{}, listing,
                      &admin::ListMigrations::Reply::migrations);
}

Outcome run(Session& session, const MigrationsRollback& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto sure = confirmed(session,
                                "Go back to schema " + std::to_string(command.to) +
                                    "? The daemon stops then, and this version of it goes forward "
                                    "again when it starts.",
                                command.yes);
    if (!sure) {
        return sure.error();
    }
    if (!*sure) {
        return Failure{ExitCode::failed, "nothing was changed"};
    }
    const auto print = [&](const admin::Rollback::Reply& reply, protocol::Parameters json) {
        if (session.options.json) {
            print_object(session.out, json);
            return true;
        }
        session.out << "The catalog has schema " << reply.schema_version
                    << " and the daemon stops; as it was before it is kept in "
                    << printable(reply.backup) << '\n';
        return true;
    };
    if (auto done = daemon->stream(admin::Rollback{command.to}, print); !done) {
        return done.error();
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli
