#include "endpoints/http/catalog_site.h"

#include <algorithm>

#include "endpoints/http/dashboard.h"
#include "protocol/events.h"

namespace catalogd::endpoints::http {
namespace {

using protocol::health::Check;
using protocol::health::Status;

constexpr std::string_view schemas_path = "/v1/schemas/";
constexpr std::string_view schema_ending = ".json";

// Without these nothing can be saved, so nobody should be sent here.
constexpr std::array<std::string_view, 2> needed_to_serve{"writer", "disk-free"};

Response plain(int status, std::string body) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

Response json(std::string body) {
    Response response = plain(200, std::move(body));
    response.type = "application/json";
    return response;
}

Response not_found() {
    return plain(404, "there is no such page\n");
}

Response schema_of(std::string_view name) {
    if (name.ends_with(schema_ending)) {
        name.remove_suffix(schema_ending.size());
        if (const auto* row = protocol::events::find_event_type(name)) {
            Response response = plain(200, row->schema());
            response.body.insert(1, "\"$schema\":\"http://json-schema.org/draft-07/schema#\",");
            response.type = "application/schema+json";
            return response;
        }
    }
    return not_found();
}

}  // namespace

Response CatalogSite::answer(const Target& target, const Request& /*request*/) const {
    if (target.path == "/livez") {
        return probe(true, target, {});
    }
    if (target.path == "/readyz") {
        return ready(target);
    }
    if (target.path == "/healthz" || target.path == "/v1/health") {
        return health(target);
    }
    if (target.path == "/v1/jobs") {
        return jobs();
    }
    if (target.path == "/v1/backups") {
        return backups();
    }
    if (target.path == "/metrics") {
        return show_metrics();
    }
    if (target.path.starts_with(schemas_path)) {
        return schema_of(std::string_view(target.path).substr(schemas_path.size()));
    }
    return dashboard_file(target.path).value_or(not_found());
}

// The status is for machines; with ?verbose people read why.
Response CatalogSite::probe(bool passes, const Target& target, std::span<const Check> checks,
                            std::string_view otherwise) const {
    std::string body;
    if (target.parameters.contains("verbose")) {
        for (const Check& check : checks) {
            body += (check.status == Status::fail ? "[-]" : "[+]") + check.name +
                    (check.status == Status::pass   ? " ok"
                     : check.status == Status::warn ? " warns"
                                                    : " fails");
            body += check.reason ? ": " + *check.reason + '\n' : "\n";
        }
    }
    return plain(passes ? 200 : 503, body.append(passes ? "ok" : otherwise) + '\n');
}

Response CatalogSite::ready(const Target& target) const {
    const auto look = actors_.health.latest();
    std::vector<Check> checks;
    std::ranges::copy_if(look->health.checks, std::back_inserter(checks), [](const Check& check) {
        return std::ranges::find(needed_to_serve, check.name) != needed_to_serve.end();
    });
    const bool passes = !stopping_ && std::ranges::all_of(checks, [](const Check& check) {
        return check.status != Status::fail;
    });
    return probe(passes, target, checks);
}

// Everything, as Health.Get tells it. Of a probe a failure is the status; a warning is no reason to
// send nobody here.
Response CatalogSite::health(const Target& target) const {
    const auto look = actors_.health.latest();
    const bool as_probe = target.path == "/healthz";
    if (as_probe && target.parameters.contains("verbose")) {
        return probe(look->health.status != Status::fail, target, look->health.checks, "failing");
    }
    Response response;
    response.status = as_probe && look->health.status == Status::fail ? 503 : 200;
    response.type = "application/health+json";
    constexpr std::string_view around = R"({"health":)";
    response.body = look->reply.substr(around.size(), look->reply.size() - around.size() - 1);
    return response;
}

// What Jobs.List tells, as of the last look.
Response CatalogSite::jobs() const {
    std::string body;
    protocol::encode(body, actors_.scheduler.latest());
    return json(std::move(body));
}

// The first of what Admin.ListBackups tells, how many there are, and when one of them was proven.
Response CatalogSite::backups() const {
    const auto look = actors_.backups.latest();
    std::string body;
    protocol::encode(body, look->newest);
    body.pop_back();
    body += ",\"total\":" + std::to_string(look->total);
    if (look->last_proven) {
        protocol::append_quoted(body += ",\"lastProven\":",
                                protocol::to_text(protocol::Time{*look->last_proven}));
    }
    return json(body += '}');
}

Response CatalogSite::show_metrics() const {
    const auto look = actors_.health.latest();
    const Counts counts = counts_();
    Response response;
    response.type = metrics_type;
    response.body =
        metrics_text({actors_, look->health, counts.varlink, counts.http, counts.http_refused});
    return response;
}

}  // namespace catalogd::endpoints::http
