#include "actors/jobs/kinds.h"

#include <algorithm>
#include <array>

namespace catalogd::actors {
namespace {

using protocol::Object;

// As the caller sees it, to whom they are one parameter.
protocol::Error inside_parameters(protocol::Error error) {
    std::visit(
        [](auto& each) {
            if constexpr (requires { each.parameter; }) {
                each.parameter =
                    each.parameter.empty() ? "parameters" : "parameters." + each.parameter;
            }
        },
        error);
    return error;
}

template <class Parameters>
std::optional<protocol::Error> refuse(const Parameters& parameters) {
    if constexpr (std::is_same_v<Parameters, jobs::TakeBackup>) {
        if (parameters.name && !catalog::backups::is_backup_name(*parameters.name)) {
            return protocol::errors::InvalidValue{
                "name", "must be 1 to 100 of A-Z a-z 0-9 . _ - and not begin with a dot"};
        }
    }
    return {};
}

template <class Parameters>
protocol::Result<bool> asks_for_full(const Object& text) {
    const auto parameters = protocol::decode_text<Parameters>(text.json);
    if (!parameters) {
        return inside_parameters(parameters.error());
    }
    if (auto refusal = refuse(*parameters)) {
        return inside_parameters(std::move(*refusal));
    }
    if constexpr (requires { parameters->full; }) {
        return parameters->full.value_or(false);
    } else {
        return false;
    }
}

template <class Parameters>
Object run_kind(WorkContext& context, const JobOrder& order) {
    const auto parameters = protocol::decode_text<Parameters>(order.parameters.json);
    if (!parameters) {
        throw parameters.error();
    }
    Object result{""};
    protocol::encode(result.json, run_job(context, *parameters, order));
    return result;
}

struct Manner {
    bool for_admins;
    Patience patience;
    Patience full_patience = Patience::none;
};

template <class Parameters>
constexpr JobKind kind(const Manner& manner) {
    constexpr bool has_full = requires(Parameters parameters) { parameters.full; };
    return {Parameters::method,   manner.for_admins,    has_full,
            manner.patience,      manner.full_patience, &asks_for_full<Parameters>,
            &run_kind<Parameters>};
}

// In the order in which they begin where several are due.
constexpr std::array kinds{
    kind<jobs::Checkpoint>({false, Patience::none}),
    kind<jobs::ForeignKeyCheck>({false, Patience::until_late}),
    kind<jobs::IntegrityCheck>({true, Patience::until_late, Patience::until_late}),
    kind<jobs::Cleanup>({true, Patience::none}),
    kind<jobs::TakeBackup>({false, Patience::until_late}),
    kind<jobs::BackupProof>({true, Patience::until_late}),
    kind<jobs::OrphanCheck>({true, Patience::until_late}),
    kind<jobs::Optimize>({false, Patience::until_late}),
    kind<jobs::Vacuum>({true, Patience::until_late, Patience::forgo}),
    kind<jobs::SearchIndex>({false, Patience::until_late}),
};

}  // namespace

std::span<const JobKind> job_kinds() {
    return kinds;
}

const JobKind* find_job(std::string_view name) {
    const auto* found = std::ranges::find(kinds, name, &JobKind::name);
    return found != kinds.end() ? found : nullptr;
}

}  // namespace catalogd::actors
