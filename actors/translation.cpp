#include "actors/translation.h"

#include <SQLiteCpp/Exception.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include "catalog/failure.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;

std::optional<protocol::Id> to_id(const std::optional<catalog::Id>& id) {
    return id ? std::optional(protocol::Id{*id}) : std::nullopt;
}

protocol::Error translate(const SQLite::Exception& failure) {
    switch (failure.getErrorCode()) {
        case SQLITE_FULL:
            return errors::ReadOnly{"the disk is full"};
        case SQLITE_READONLY:
            return errors::ReadOnly{"the database cannot be written to"};
        case SQLITE_INTERRUPT:
            return errors::DeadlineExceeded{};  // the caller puts in how long that was
        default:
            spdlog::error("a statement failed: {} ({})", failure.what(),
                          failure.getExtendedErrorCode());
            return errors::InternalError{"the database failed: " + std::string(failure.what())};
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
    } catch (const catalog::InvalidCursor&) {
        return errors::InvalidValue{"after", "is not a cursor that this list gave"};
    } catch (const SQLite::Exception& failure) {
        return translate(failure);
    } catch (const std::bad_alloc&) {
        return errors::InternalError{"out of memory"};
    } catch (const std::exception& failure) {
        spdlog::error("a request failed: {}", failure.what());
        return errors::InternalError{failure.what()};
    }
}

}  // namespace catalogd::actors
