#include "cli/report.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <ostream>

#include "cli/archive.h"
#include "cli/printable.h"
#include "protocol/settings.h"

namespace catalogd::cli {
namespace {

// What is asked for each file of the archive. None of these calls gives out a secret.
struct Asked {
    std::string_view file;
    std::string_view method;
    std::string_view parameters;
};

constexpr std::array asked{
    Asked{"version.json", "org.varlink.service.GetInfo", "{}"},
    Asked{"health.json", "io.catalogd.Health.Get", "{}"},
    Asked{"statistics.json", "io.catalogd.GetStatistics", "{}"},
    Asked{"settings.json", "io.catalogd.Admin.ListSettings", "{}"},
    Asked{"migrations.json", "io.catalogd.Admin.ListMigrations", "{}"},
    Asked{"backups.json", "io.catalogd.Admin.ListBackups", "{}"},
    Asked{"jobs.json", "io.catalogd.Jobs.List", "{}"},
    Asked{"job-history.json", "io.catalogd.Jobs.History", R"({"limit":100})"},
    Asked{"audit.json", "io.catalogd.Admin.ListAudit", R"({"limit":100})"},
    Asked{"statements.json", "io.catalogd.Admin.QueryStatistics", "{}"},
    Asked{"tables.json", "io.catalogd.Admin.ListTables", "{}"},
};

// The reply, or the error in its place: one that is refused must not cost the others.
std::string answer_of(VarlinkClient& daemon, const Asked& one) {
    std::string text;
    const auto keep = [&](protocol::Parameters reply) {
        text = protocol::to_text(reply);
        return true;
    };
    if (auto done = daemon.exchange(one.method, one.parameters, false, keep); !done) {
        protocol::append_quoted(text = "{\"error\":", done.error().text);
        text += '}';
    }
    return text += '\n';
}

std::string file_name(std::int64_t now) {
    return "catalogd-report-" + std::to_string(now) + ".tar.gz";
}

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "HOST";
}

}  // namespace

Outcome run(Session& session, const Report& command) {
    using std::chrono::system_clock;
    const std::int64_t now = system_clock::to_time_t(system_clock::now());
    const std::string path = command.file.empty() ? file_name(now) : command.file;
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    auto archive = Archive::create(path);
    if (!archive) {
        return archive.error();
    }
    for (const Asked& one : asked) {
        archive->add("catalogd-report/" + std::string(one.file), answer_of(*daemon, one), now);
    }
    if (auto finished = archive->finish(); !finished) {
        return finished.error();
    }
    session.out << printable(path) << '\n';
    session.err << "It has settings, names of clients in the audit log, and no key, token or file "
                   "record. Look into it before you send it.\n";
    return ExitCode::ok;
}

Outcome run(Session& session, const Dashboard&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(protocol::settings::ListSettings{});
    if (!reply) {
        return reply.error();
    }
    std::string address;
    for (const auto& setting : reply->settings) {
        if (setting.name == "http.address") {
            address = setting.value;
        }
    }
    std::erase(address, '"');
    if (address.empty() || address == "off") {
        return Failure{ExitCode::not_found, "no dashboard is served: http.address is off"};
    }
    session.out << "http://" << printable(address) << "/\n";
    const std::string port = address.substr(address.rfind(':') + 1);
    session.err << "from elsewhere: ssh -L " << printable(port) << ':' << printable(address) << ' '
                << printable(host_name()) << '\n';
    return ExitCode::ok;
}

}  // namespace catalogd::cli
