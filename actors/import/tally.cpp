#include "actors/import/tally.h"

#include "protocol/codec.h"

namespace catalogd::actors::import {
namespace {

void append_reasons(std::string& json, const std::map<Reason, std::int64_t>& reasons) {
    json += '[';
    for (const auto& [reason, count] : reasons) {
        protocol::append_quoted(json += json.back() == '[' ? R"({"reason":)" : R"(,{"reason":)",
                                text_of(reason));
        ((json += R"(,"count":)") += std::to_string(count)) += '}';
    }
    json += ']';
}

void append_table(std::string& json, const TableTally& table) {
    protocol::append_quoted(json += R"({"table":)", table.table);
    (json += R"(,"read":)") += std::to_string(table.read);
    (json += R"(,"imported":)") += std::to_string(table.imported);
    (json += R"(,"merged":)") += std::to_string(table.merged);
    (json += R"(,"present":)") += std::to_string(table.present);
    append_reasons(json += R"(,"setAside":)", table.set_aside);
    append_reasons(json += R"(,"valuesSetAside":)", table.values_set_aside);
    json += '}';
}

}  // namespace

std::string to_json(const Tally& tally) {
    std::string json;
    protocol::append_quoted(json += R"({"schema":)", tally.schema);
    (json += R"(,"dryRun":)") += tally.dry_run ? "true" : "false";
    json += R"(,"tables":[)";
    for (const TableTally& table : tally.tables) {
        append_table(json.back() == '[' ? json : json += ',', table);
    }
    json += ']';
    if (!tally.side_report.empty()) {
        protocol::append_quoted(json += R"(,"sideReport":)", tally.side_report);
    }
    return json += '}';
}

}  // namespace catalogd::actors::import
