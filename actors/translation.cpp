#include "actors/translation.h"

#include <spdlog/spdlog.h>

#include "catalog/failure.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;

std::optional<protocol::Id> to_id(const std::optional<catalog::Id>& id) {
    return id ? std::optional(protocol::Id{*id}) : std::nullopt;
}

protocol::Error translate(const catalog::DatabaseFault& fault) {
    using Kind = catalog::DatabaseFault::Kind;
    switch (fault.kind) {
        case Kind::disk_full:
            return errors::ReadOnly{"the disk is full"};
        case Kind::read_only:
            return errors::ReadOnly{"the database cannot be written to"};
        case Kind::interrupted:
            return errors::DeadlineExceeded{};  // the caller puts in how long that was
        case Kind::other:
            break;
    }
    spdlog::error("a statement failed: {}", fault.text);
    return errors::InternalError{"the database failed: " + fault.text};
}

// What is refused about backups, of the exception that is being handled.
protocol::Error translate_refusal_of_backup() {
    try {
        throw;
    } catch (const catalog::UnknownBackup& refusal) {
        return errors::UnknownBackup{refusal.name};
    } catch (const catalog::UnfitBackupName& refusal) {
        return errors::InvalidValue{"name", refusal.reason};
    } catch (const catalog::BackupDamaged& refusal) {
        return errors::BackupDamaged{refusal.name, refusal.reason};
    } catch (const catalog::UnfitBackup& refusal) {
        return errors::InvalidValue{"backup", refusal.reason};
    } catch (const catalog::BackupKeysMissing& refusal) {
        return errors::KeysMissing{refusal.name, refusal.keys};
    } catch (const catalog::DiskTooSmall& refusal) {
        return errors::NotFeasible{"backup", refusal.reason};
    } catch (const catalog::Refusal&) {
        return errors::InternalError{"the catalog refused the request"};
    }
}

// What the catalog's administration is refused, of the exception that is being handled.
protocol::Error translate_rarer_refusal() {
    try {
        throw;
    } catch (const catalog::KeyUnavailable& refusal) {
        return errors::KeyUnavailable{refusal.reason};
    } catch (const catalog::NoNewKey& refusal) {
        return errors::NoNewKey{refusal.reason};
    } catch (const catalog::NotReversible& refusal) {
        return errors::NotReversible{refusal.version, refusal.name};
    } catch (const catalog::UnknownSchema& refusal) {
        return errors::InvalidValue{"toVersion", refusal.reason};
    } catch (const catalog::TooManySamples& refusal) {
        return errors::TooManySamples{{refusal.before}, refusal.most};
    } catch (const catalog::UnfitPath& refusal) {
        return errors::InvalidValue{"path", refusal.reason};
    } catch (const catalog::NotImportable& refusal) {
        return errors::NotImportable{refusal.reason};
    } catch (const catalog::Stopped&) {
        return errors::DeadlineExceeded{};  // or what its runner knows better
    } catch (const catalog::UnknownTable& refusal) {
        return errors::UnknownTable{refusal.table};
    } catch (const catalog::QueryRefused& refusal) {
        return errors::QueryFailed{refusal.reason};
    } catch (const catalog::Refusal&) {
        return translate_refusal_of_backup();
    }
}

}  // namespace

protocol::Error translate_current_exception() {
    try {
        throw;
    } catch (const protocol::Error& error) {
        return error;
    } catch (const catalog::ClientNotFound& refusal) {
        return errors::ClientNotFound{to_id(refusal.id), refusal.name};
    } catch (const catalog::NameTaken& refusal) {
        return errors::NameTaken{refusal.name, {refusal.holder}};
    } catch (const catalog::UnknownClient& refusal) {
        return errors::UnknownClient{{refusal.id}};
    } catch (const catalog::FileNotFound& refusal) {
        return errors::FileNotFound{to_id(refusal.id), to_id(refusal.client), refusal.name};
    } catch (const catalog::RequestIdReused& refusal) {
        return errors::RequestIdReused{refusal.id};
    } catch (const catalog::InvalidCursor&) {
        return errors::InvalidValue{"after", "is not a cursor that this list gave"};
    } catch (const catalog::Refusal&) {
        return translate_rarer_refusal();
    } catch (const std::bad_alloc&) {
        return errors::InternalError{"out of memory"};
    } catch (const std::exception& failure) {
        if (const auto fault = catalog::current_database_fault()) {
            return translate(*fault);
        }
        spdlog::error("a request failed: {}", failure.what());
        return errors::InternalError{failure.what()};
    }
}

}  // namespace catalogd::actors
