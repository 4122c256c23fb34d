#include "endpoints/method_table.h"

#include <algorithm>
#include <array>

#include "actors/audit.h"
#include "endpoints/catalog_calls.h"
#include "endpoints/health_calls.h"
#include "endpoints/jobs_calls.h"
#include "endpoints/service_calls.h"
#include "endpoints/settings_calls.h"
#include "endpoints/watch_calls.h"

namespace catalogd::endpoints {

template <actors::Write Message>
static protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                                      const Caller& caller, std::size_t bytes) {
    auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return message.error();
    }
    return task_of(actors, call, caller, bytes, std::move(*message));
}

template <actors::Read Message>
static protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                                      const Caller& caller, std::size_t bytes) {
    auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return message.error();
    }
    const AuditedCall audited(actors, caller, actors::acts_of(*message));
    return task_of(actors, call, bytes, std::move(*message), audited);
}

template <actors::LongWork Message>
static protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                                      const Caller& caller, std::size_t bytes) {
    auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return message.error();
    }
    const AuditedCall audited(actors, caller, actors::acts_of(*message));
    return task_of(actors, call, bytes, actors::work_of(std::move(*message)),
                   &actors::progress_reply<Message>, audited);
}

namespace {

namespace admin = protocol::admin;
namespace clients = protocol::clients;
namespace files = protocol::files;
namespace health = protocol::health;
namespace jobs = protocol::jobs;
namespace metrics = protocol::metrics;
namespace service = protocol::service;
namespace settings = protocol::settings;
namespace whole = protocol::whole;

template <class Message>
constexpr Method row(Role role) {
    return {Message::method, role, actors::Audited<Message>, &prepare<Message>};
}

template <class Message>
constexpr Method row(Role role, Role (*role_for)(const protocol::Call& call)) {
    return {Message::method, role, actors::Audited<Message>, &prepare<Message>, role_for};
}

constexpr auto table = [] {
    std::array rows{
        row<admin::ListMigrations>(Role::admin),
        row<admin::Rollback>(Role::admin),
        row<admin::RotateKeys>(Role::admin),
        row<admin::ImportDatabase>(Role::admin),
        row<admin::ListAudit>(Role::admin),
        row<admin::VerifyAudit>(Role::admin),
        row<admin::GetTableRows>(Role::write),
        row<admin::GetTableSchema>(Role::write),
        row<admin::ListTables>(Role::write),
        row<admin::Query>(Role::admin),
        row<admin::QueryStatistics>(Role::admin),
        row<admin::DeleteBackup>(Role::admin),
        row<admin::ListBackups>(Role::admin),
        row<admin::ReadBackup>(Role::admin),
        row<admin::Restore>(Role::admin),
        row<clients::Delete>(Role::write),
        row<clients::DeleteMany>(Role::write),
        row<clients::Get>(Role::read),
        row<clients::GetSessionKey>(Role::write),
        row<clients::Import>(Role::write),
        row<clients::List>(Role::read),
        row<clients::Save>(Role::write),
        row<clients::Touch>(Role::write),
        row<clients::Update>(Role::write),
        row<files::Delete>(Role::write),
        row<files::DeleteMany>(Role::write),
        row<files::Get>(Role::read),
        row<files::ListRemovals>(Role::read),
        row<files::Search>(Role::read),
        row<files::ConfirmRemovals>(Role::write),
        row<whole::GetStatistics>(Role::read),
        row<files::List>(Role::read),
        row<files::Save>(Role::write),
        row<files::SaveMany>(Role::write),
        row<files::SetVerified>(Role::write),
        row<health::Get>(Role::read),
        row<health::Watch>(Role::read),
        row<jobs::Cancel>(Role::admin),
        row<jobs::Forecast>(Role::read),
        row<jobs::History>(Role::read),
        row<jobs::Hold>(Role::write),
        row<jobs::List>(Role::read),
        row<jobs::Release>(Role::write),
        row<jobs::Run>(Role::write, &role_for_run),
        row<metrics::History>(Role::read),
        row<metrics::ListNames>(Role::read),
        row<metrics::Record>(Role::write),
        row<metrics::Trim>(Role::write),
        row<service::GetInfo>(Role::read),
        row<service::GetInterfaceDescription>(Role::read),
        row<settings::ListSettings>(Role::admin),
        row<settings::Reload>(Role::admin),
        row<settings::SetSetting>(Role::admin),
        row<whole::Transaction>(Role::write),
        row<whole::Watch>(Role::read),
    };
    std::ranges::sort(rows, {}, &Method::name);
    return rows;
}();

static_assert(std::ranges::adjacent_find(table, {}, &Method::name) == table.end(),
              "two rows have one name");
static_assert(std::ranges::all_of(table,
                                  [](const Method& method) {
                                      return method.audited || method.role < Role::admin;
                                  }),
              "what only an admin may do is audited: declare its subjects_of in actors/audit.h");

}  // namespace

std::span<const Method> methods() {
    return table;
}

const Method* find_method(std::string_view name) {
    const auto* found = std::ranges::lower_bound(table, name, {}, &Method::name);
    return found != table.end() && found->name == name ? found : nullptr;
}

}  // namespace catalogd::endpoints
