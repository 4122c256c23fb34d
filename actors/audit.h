// What goes into the audit log: which messages leave an entry there, and what each is about. Those
// do that have an overload of subjects_of here, whoever serves them; one that a role of admin is
// needed for and that has none does not compile (endpoints/method_table.cpp).
//
// A subject has identifiers and the catalog's own names; never a key, nor a text such as SQL.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "actors/handlers.h"

namespace catalogd::actors {

using Subject = std::optional<std::string>;

// One entry for each; none in particular is one empty subject.
std::vector<Subject> subjects_of(const protocol::admin::DeleteBackup& message);
std::vector<Subject> subjects_of(const protocol::admin::ImportDatabase& message);
std::vector<Subject> subjects_of(const protocol::admin::ListAudit& message);
std::vector<Subject> subjects_of(const protocol::admin::ListBackups& message);
std::vector<Subject> subjects_of(const protocol::admin::ListMigrations& message);
std::vector<Subject> subjects_of(const protocol::admin::ReadBackup& message);
std::vector<Subject> subjects_of(const protocol::admin::Restore& message);
std::vector<Subject> subjects_of(const protocol::admin::Rollback& message);
std::vector<Subject> subjects_of(const protocol::admin::Query& message);
std::vector<Subject> subjects_of(const protocol::admin::QueryStatistics& message);
std::vector<Subject> subjects_of(const protocol::admin::RotateKeys& message);
std::vector<Subject> subjects_of(const protocol::admin::VerifyAudit& message);
std::vector<Subject> subjects_of(const protocol::clients::Delete& message);
std::vector<Subject> subjects_of(const protocol::clients::DeleteMany& message);
std::vector<Subject> subjects_of(const protocol::clients::GetSessionKey& message);
std::vector<Subject> subjects_of(const protocol::files::Delete& message);
std::vector<Subject> subjects_of(const protocol::files::DeleteMany& message);
// Of a job that only an admin may run; any other leaves no entry.
std::vector<Subject> subjects_of(const protocol::jobs::Run& message);
std::vector<Subject> subjects_of(const protocol::jobs::Cancel& message);
std::vector<Subject> subjects_of(const protocol::metrics::Trim& message);
std::vector<Subject> subjects_of(const protocol::settings::ListSettings& message);
std::vector<Subject> subjects_of(const protocol::settings::Reload& message);
std::vector<Subject> subjects_of(const protocol::settings::SetSetting& message);
// As the writer sees it, who tells of it.
std::vector<Subject> subjects_of(const KeepSetting& message);

// Where the reply tells more of what became of each.
void complete(std::span<Act> acts, const protocol::clients::DeleteMany::Reply& reply);
void complete(std::span<Act> acts, const protocol::files::Delete::Reply& reply);

template <class Message>
concept Audited = requires(const Message& message) { subjects_of(message); };

// Before the call is tried; empty where it leaves no entry.
template <class Message>
std::vector<Act> acts_of(const Message& message) {
    std::vector<Act> acts;
    if constexpr (Audited<Message>) {
        for (Subject& subject : subjects_of(message)) {
            acts.push_back({Message::method, std::move(subject), {}});
        }
    }
    return acts;
}

// Performs a call inside the writer's transaction, having noted it in `acts`.
template <class Message, class Perform>
auto noted(std::vector<Act>& acts, const Message& message, const Perform& perform) {
    if constexpr (!Audited<Message>) {
        return perform();
    } else {
        const std::size_t first = acts.size();
        for (Act& act : acts_of(message)) {
            acts.push_back(std::move(act));
        }
        auto reply = perform();
        if constexpr (requires { complete(std::span(acts), reply); }) {
            complete(std::span(acts).subspan(first), reply);
        }
        return reply;
    }
}

// Acts that have no outcome yet ended so.
void settle(std::span<Act> acts, const std::string& outcome);
// "NotFound" of io.catalogd.Clients.NotFound.
std::string short_name(const protocol::Error& error);

// The entries that a batch leaves, each call's with the outcome that the call has by now.
std::vector<catalog::audit::Act> entries_of(std::span<const WriterMail> batch);

}  // namespace catalogd::actors
