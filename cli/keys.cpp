#include "cli/keys.h"

#include <ostream>

#include "catalog/failure.h"
#include "catalog/key_ring.h"
#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/printable.h"
#include "protocol/admin.h"

namespace catalogd::cli {
namespace {

namespace admin = protocol::admin;

// Whole and readable, or a failure that says why not.
Outcome copy(Session& session, const std::string& from, const std::string& to) {
    try {
        const auto keys = catalog::KeyRing::read({from});
        if (!keys) {
            return Failure(ExitCode::not_found, "there is no key file " + from);
        }
        keys->write_new(to);
        if (session.options.json) {
            session.out << "{\"keys\":" << keys->ids().size() << "}\n";
        } else {
            session.out << grouped(static_cast<std::int64_t>(keys->ids().size()))
                        << (keys->ids().size() == 1 ? " key" : " keys") << " copied to "
                        << printable(to) << "; the current one is "
                        << catalog::key_name(keys->current_id()) << '\n';
        }
        return ExitCode::ok;
    } catch (const catalog::Unusable& failure) {
        return Failure(ExitCode::failed, failure.what());
    }
}

void show(const Session& session, double progress) {
    if (session.terminal.err) {
        session.err << "\rsealing anew: " << static_cast<int>(progress * 100) << "% " << std::flush;
    }
}

void print(Session& session, const admin::RotateKeys::Reply& reply) {
    session.out << grouped(reply.resealed.value_or(0)) << " session keys sealed anew, "
                << (reply.new_key.value_or(false)
                        ? "with a new key; keep a copy of the key file: catalogctl keys export"
                        : "with the key that was current already")
                << '\n';
}

}  // namespace

Outcome run(Session& session, const KeysRotate&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    bool shown = false;
    const auto each = [&](const admin::RotateKeys::Reply& reply, protocol::Parameters parameters) {
        if (!reply.resealed) {
            show(session, reply.progress.value_or(0));
            shown = session.terminal.err;
            return true;
        }
        session.err << (shown ? "\n" : "") << std::flush;
        if (session.options.json) {
            print_object(session.out, parameters);
        } else {
            print(session, reply);
        }
        return true;
    };
    const auto done = daemon->stream(admin::RotateKeys{}, each);
    if (!done) {
        return done.error();
    }
    return ExitCode::ok;
}

Outcome run(Session& session, const KeysExport& command) {
    if (command.to == "-") {
        return usage_failure("keys go into a file, never to standard output");
    }
    return copy(session, command.key_file, command.to);
}

Outcome run(Session& session, const KeysImport& command) {
    return copy(session, command.from, command.key_file);
}

}  // namespace catalogd::cli
