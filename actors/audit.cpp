#include "actors/audit.h"

#include <set>

#include "actors/jobs/kinds.h"

namespace catalogd::actors {
namespace {

std::string client_text(const protocol::Id& id) {
    return "client " + protocol::to_text(id);
}

// A name that no backup can have is the caller's own text.
Subject backup_text(const std::string& name) {
    return catalog::backups::is_backup_name(name) ? Subject("backup " + name) : std::nullopt;
}

}  // namespace

std::vector<Subject> subjects_of(const admin::DeleteBackup& message) {
    return {backup_text(message.backup)};
}

std::vector<Subject> subjects_of(const admin::ListBackups& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const admin::ReadBackup& message) {
    return {backup_text(message.backup)};
}

std::vector<Subject> subjects_of(const admin::Restore& message) {
    return {backup_text(message.backup)};
}

std::vector<Subject> subjects_of(const jobs::Run& message) {
    const JobKind* kind = find_job(message.job);
    return kind != nullptr && kind->for_admins
               ? std::vector<Subject>{"job " + std::string(kind->name)}
               : std::vector<Subject>{};
}

std::vector<Subject> subjects_of(const jobs::Cancel& message) {
    return {"run " + std::to_string(message.id)};
}

std::vector<Subject> subjects_of(const admin::ImportDatabase& message) {
    return {message.dry_run.value_or(false) ? Subject("dry run") : std::nullopt};
}

// Whatever its text says is its author's.
std::vector<Subject> subjects_of(const admin::Query& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const admin::QueryStatistics& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const admin::RotateKeys& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const admin::ListAudit& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const admin::ListMigrations& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const admin::Rollback& message) {
    return {"to schema " + std::to_string(message.to_version)};
}

std::vector<Subject> subjects_of(const admin::VerifyAudit& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const clients::Delete& message) {
    return {client_text(message.id)};
}

std::vector<Subject> subjects_of(const clients::DeleteMany& message) {
    if (message.ids.value.empty()) {
        return {std::nullopt};
    }
    std::vector<Subject> subjects;
    for (const protocol::Id& id : message.ids.value) {
        subjects.emplace_back(client_text(id));
    }
    return subjects;
}

std::vector<Subject> subjects_of(const clients::GetSessionKey& message) {
    return {client_text(message.id)};
}

std::vector<Subject> subjects_of(const files::Delete& message) {
    return {client_text(message.client_id)};
}

std::vector<Subject> subjects_of(const files::DeleteMany& message) {
    return {client_text(message.client_id) + ", " + std::to_string(message.names.value.size()) +
            " files"};
}

std::vector<Subject> subjects_of(const metrics::Trim& message) {
    return {"before " + protocol::to_text(message.before.begin)};
}

std::vector<Subject> subjects_of(const protocol::settings::ListSettings& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const protocol::settings::Reload& /*message*/) {
    return {std::nullopt};
}

std::vector<Subject> subjects_of(const protocol::settings::SetSetting& message) {
    return {message.name};
}

// A name that no setting has is the caller's own text.
std::vector<Subject> subjects_of(const KeepSetting& message) {
    const bool unknown = !message.reply && std::holds_alternative<protocol::errors::UnknownSetting>(
                                               message.reply.error());
    return {unknown ? std::nullopt : Subject(message.name)};
}

void complete(std::span<Act> acts, const clients::DeleteMany::Reply& reply) {
    std::set<std::string> missing;
    for (const protocol::Id& id : reply.missing) {
        missing.insert(client_text(id));
    }
    for (Act& act : acts) {
        if (act.subject && missing.contains(*act.subject)) {
            act.outcome = "NotFound";
        }
    }
}

void complete(std::span<Act> acts, const files::Delete::Reply& reply) {
    *acts.front().subject += ", file " + protocol::to_text(reply.file.id);
}

void settle(std::span<Act> acts, const std::string& outcome) {
    for (Act& act : acts) {
        if (act.outcome.empty()) {
            act.outcome = outcome;
        }
    }
}

std::string short_name(const protocol::Error& error) {
    const std::string_view name = protocol::name_of(error);
    return std::string(name.substr(name.rfind('.') + 1));
}

std::vector<catalog::audit::Act> entries_of(std::span<const WriterMail> batch) {
    std::vector<catalog::audit::Act> entries;
    for (const WriterMail& mail : batch) {
        for (const Act& act : mail.acts) {
            entries.push_back({mail.caller, std::string(act.method), act.subject,
                               !act.outcome.empty() ? act.outcome
                               : *mail.outcome      ? "ok"
                                                    : short_name(mail.outcome->error())});
        }
    }
    return entries;
}

}  // namespace catalogd::actors
