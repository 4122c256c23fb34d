#include "cli/import.h"

#include <boost/json/parse.hpp>
#include <filesystem>
#include <ostream>

#include "cli/figures.h"
#include "cli/printable.h"
#include "cli/progress_bar.h"
#include "cli/table.h"
#include "protocol/admin.h"

namespace catalogd::cli {
namespace {

namespace admin = protocol::admin;
namespace json = boost::json;
using Align = Column::Align;

// Of a report; what is missing or of another kind is nothing.
std::int64_t figure(const json::value& from, std::string_view name) {
    const json::object* object = from.if_object();
    const json::value* value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}
std::string text(const json::value& from, std::string_view name) {
    const json::object* object = from.if_object();
    const json::value* value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}
const json::array& elements(const json::value& from, std::string_view name) {
    static const json::array none;
    const json::object* object = from.if_object();
    const json::value* value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_array() ? value->get_array() : none;
}

std::int64_t count_of(const json::array& reasons) {
    std::int64_t count = 0;
    for (const json::value& reason : reasons) {
        count += figure(reason, "count");
    }
    return count;
}

void print_tables(const Session& session, const json::value& report) {
    Table table(session, {{"TABLE"},
                          {"READ", Align::right},
                          {"IMPORTED", Align::right},
                          {"MERGED", Align::right},
                          {"PRESENT", Align::right},
                          {"SET ASIDE", Align::right}});
    for (const json::value& each : elements(report, "tables")) {
        std::vector<std::string> cells{text(each, "table")};
        for (const char* name : {"read", "imported", "merged", "present"}) {
            cells.push_back(std::to_string(figure(each, name)));
        }
        cells.push_back(std::to_string(count_of(elements(each, "setAside"))));
        table.add(std::move(cells));
    }
    table.flush();
}

void print_reasons(const Session& session, const json::value& report) {
    Table table(session, {{"TABLE"}, {"COUNT", Align::right}, {"SET ASIDE"}, {"BECAUSE"}});
    for (const json::value& each : elements(report, "tables")) {
        for (const auto& [list, what] :
             {std::pair("setAside", "row"), std::pair("valuesSetAside", "value")}) {
            for (const json::value& reason : elements(each, list)) {
                table.add({text(each, "table"), std::to_string(figure(reason, "count")), what,
                           text(reason, "reason")});
            }
        }
    }
    if (table.rows() > 0) {
        session.out << '\n';
        table.flush();
    }
}

void print_report(const Session& session, const json::value& report) {
    print_tables(session, report);
    print_reasons(session, report);
    const std::string side_report = text(report, "sideReport");
    session.out << "\nRead as the schema '" << printable(text(report, "schema")) << "'.\n";
    if (!side_report.empty()) {
        session.out << "What was set aside is kept in " << printable(side_report) << '\n';
    }
    const json::object* object = report.if_object();
    const json::value* dry = object != nullptr ? object->if_contains("dryRun") : nullptr;
    if (dry != nullptr && *dry == json::value(true)) {
        session.out << "Nothing was written: this was a dry run.\n";
    }
}

}  // namespace

Outcome run(Session& session, const Import& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    admin::ImportDatabase call;
    call.path.value = std::filesystem::absolute(command.file).lexically_normal().string();
    call.dry_run = command.dry_run;
    std::optional<protocol::Object> report;
    {
        ProgressBar bar(session, "imported");
        const auto take = [&](const admin::ImportDatabase::Reply& reply, protocol::Parameters) {
            bar.show(reply.progress.value_or(1));
            report = reply.report;
            return true;
        };
        if (auto done = daemon->stream(call, take); !done) {
            return done.error();
        }
    }
    if (!report) {
        return Failure{ExitCode::failed, "the daemon gave no report"};
    }
    if (session.options.json) {
        session.out << printable_json(report->json) << '\n';
    } else {
        print_report(session, json::parse(report->json));
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli
