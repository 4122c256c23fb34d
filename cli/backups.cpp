#include "cli/backups.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <ostream>

#include "cli/figures.h"
#include "cli/jobs.h"
#include "cli/listing.h"
#include "cli/printable.h"
#include "cli/progress_bar.h"
#include "protocol/admin.h"
#include "protocol/job_figures.h"

namespace catalogd::cli {
namespace {

namespace admin = protocol::admin;
using Align = Column::Align;

// A file that must not be there yet; gone again unless it is kept.
class NewFile {
public:
    explicit NewFile(std::string path)
        : path_(std::move(path)),
          descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)),
          error_(descriptor_ < 0 ? errno : 0) {}
    ~NewFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
            if (!kept_) {
                ::unlink(path_.c_str());
            }
        }
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void write(std::string_view bytes) {
        while (error_ == 0 && !bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            error_ = written < 0 ? errno : 0;
            bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
        }
    }
    // On the disk from now on; or the reason why not.
    Result<void> keep() {
        error_ = error_ == 0 && ::fsync(descriptor_) != 0 ? errno : error_;
        kept_ = error_ == 0;
        return kept_ ? Result<void>() : failure();
    }
    [[nodiscard]] bool good() const { return error_ == 0; }
    [[nodiscard]] Failure failure() const {
        return {ExitCode::failed, path_ + ": " + std::strerror(error_)};
    }

private:
    const std::string path_;
    const int descriptor_;
    int error_;
    bool kept_ = false;
};

std::string state_of(const admin::Backup& backup) {
    if (backup.problem) {
        return *backup.problem;
    }
    return backup.proven_at ? "proven " + short_time(*backup.proven_at) : "not proven";
}

// Writes what comes; how many bytes that was in all.
Result<std::int64_t> receive(VarlinkClient& daemon, const Session& session, const BackupRead& read,
                             NewFile& file, NewFile& manifest) {
    ProgressBar bar(session, "read");
    std::int64_t received = 0;
    std::int64_t all = 0;
    const auto take = [&](const admin::ReadBackup::Reply& reply, protocol::Parameters) {
        const auto bytes = protocol::parse_base64(reply.data);
        file.write(bytes.value_or(""));
        manifest.write(reply.manifest.value_or(""));
        received += static_cast<std::int64_t>(bytes.value_or("").size());
        all = reply.bytes;
        bar.show(static_cast<double>(received) /
                 static_cast<double>(std::max<std::int64_t>(all, 1)));
        return file.good() && manifest.good();
    };
    admin::ReadBackup call;
    call.backup = read.name;
    auto done = daemon.stream(call, take);
    for (const NewFile* each : {&file, &manifest}) {
        if (!each->good()) {
            return each->failure();
        }
    }
    if (!done) {
        return done.error();
    }
    if (received != all) {
        return Failure{ExitCode::failed, "the backup ended before its last byte: it is damaged"};
    }
    return received;
}

// Has the daemon restore it; the last of its replies.
Result<admin::Restore::Reply> restore_served(Session& session, const BackupRestore& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    admin::Restore call;
    call.backup = command.backup;
    call.without_keys = command.without_keys;
    admin::Restore::Reply last;
    ProgressBar bar(session, "restored");
    const auto take = [&](const admin::Restore::Reply& reply, protocol::Parameters) {
        bar.show(reply.progress.value_or(1));
        last = reply;
        return true;
    };
    if (auto done = daemon->stream(call, take); !done) {
        return done.error();
    }
    return last;
}

Outcome run_job(Session& session, std::string_view job, const char* parameter,
                const std::string& value) {
    JobsRun order;
    order.job = job;
    if (!value.empty()) {
        order.parameters = boost::json::serialize(boost::json::object{{parameter, value}});
    }
    return run(session, order);
}

}  // namespace

Outcome run(Session& session, const BackupList&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<admin::Backup> listing(
        session, "backups",
        {{"NAME"}, {"TAKEN"}, {"SIZE", Align::right}, {"SCHEMA", Align::right}, {"STATE"}},
        [&](const admin::Backup& backup) {
            return std::vector{backup.name, short_time(backup.created_at),
                               size_cell(session, backup.bytes),
                               std::to_string(backup.schema_version), state_of(backup)};
        });
    return print_list(*daemon, admin::ListBackups{}, listing, &admin::ListBackups::Reply::backups);
}

Outcome run(Session& session, const BackupCreate& command) {
    return run_job(session, protocol::jobs::TakeBackup::method, "name", command.name);
}

Outcome run(Session& session, const BackupProve& command) {
    return run_job(session, protocol::jobs::BackupProof::method, "backup", command.name);
}

Outcome run(Session& session, const BackupRestore& command) {
    const auto sure = confirmed(session,
                                "Replace the catalog by '" + command.backup +
                                    "'? What was written since is then in a backup alone.",
                                command.yes);
    if (!sure) {
        return sure.error();
    }
    if (!*sure) {
        return Failure{ExitCode::failed, "nothing was changed"};
    }
    if (command.offline) {
        return restore_offline(session, command);
    }
    auto last = restore_served(session, command);
    if (!last) {
        return last.error();
    }
    if (session.options.json) {
        std::string json;
        protocol::encode(json, *last);
        session.out << printable_json(json) << '\n';
        return ExitCode::ok;
    }
    session.out << "Restored '" << printable(command.backup)
                << "'; the catalog as it was before is kept as '"
                << printable(last->previous.value_or("")) << "'\n";
    return ExitCode::ok;
}

Outcome run(Session& session, const BackupRead& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    NewFile file(command.to);
    NewFile manifest(command.to + ".manifest");
    for (const NewFile* each : {&file, &manifest}) {
        if (!each->good()) {
            return each->failure();
        }
    }
    const auto bytes = receive(*daemon, session, command, file, manifest);
    if (!bytes) {
        return bytes.error();
    }
    for (NewFile* each : {&file, &manifest}) {
        if (auto kept = each->keep(); !kept) {
            return kept.error();
        }
    }
    if (session.options.json) {
        session.out << "{\"bytes\":" << *bytes << "}\n";
    } else {
        session.out << "Copied " << grouped(*bytes) << " bytes to " << printable(command.to)
                    << '\n';
    }
    return ExitCode::ok;
}

Outcome run(Session& session, const BackupDelete& command) {
    const auto sure = confirmed(session, "Delete backup '" + command.name + "'?", command.yes);
    if (!sure) {
        return sure.error();
    }
    if (!*sure) {
        return Failure{ExitCode::failed, "nothing was deleted"};
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    admin::DeleteBackup call;
    call.backup = command.name;
    if (const auto reply = daemon->call(call); !reply) {
        return reply.error();
    }
    if (!session.options.json) {
        session.out << "Deleted backup '" << printable(command.name) << "'\n";
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli
