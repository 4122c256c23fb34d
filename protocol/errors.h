// The one vocabulary of errors: each struct is an error of the contract with its parameters.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "protocol/job_run.h"
#include "protocol/values.h"

namespace catalogd::protocol {

namespace errors {

// --- org.varlink.service: the call itself is not right -----------------------------------

struct InterfaceNotFound {
    static constexpr std::string_view called = "org.varlink.service.InterfaceNotFound";
    std::string interface;
};
struct MethodNotFound {
    static constexpr std::string_view called = "org.varlink.service.MethodNotFound";
    std::string method;
};
struct MethodNotImplemented {
    static constexpr std::string_view called = "org.varlink.service.MethodNotImplemented";
    std::string method;
};
// An unknown or missing parameter, or one of another type.
struct InvalidParameter {
    static constexpr std::string_view called = "org.varlink.service.InvalidParameter";
    std::string parameter;
};
struct ExpectedMore {
    static constexpr std::string_view called = "org.varlink.service.ExpectedMore";
};

// --- io.catalogd: any method may end in these --------------------------------------------

// The right type and a wrong value.
struct InvalidValue {
    static constexpr std::string_view called = "io.catalogd.InvalidValue";
    std::string parameter;
    std::string reason;
};
// A queue is full; nothing was done.
struct Busy {
    static constexpr std::string_view called = "io.catalogd.Busy";
    std::int64_t retry_after_ms = 0;
};
// Nothing was done.
struct DeadlineExceeded {
    static constexpr std::string_view called = "io.catalogd.DeadlineExceeded";
    std::int64_t after_ms = 0;
};
// The commit's outcome cannot be known before the next start.
struct OutcomeUnknown {
    static constexpr std::string_view called = "io.catalogd.OutcomeUnknown";
    std::optional<std::string> request_id;
};
struct ReadOnly {
    static constexpr std::string_view called = "io.catalogd.ReadOnly";
    std::string reason;
};
struct AccessDenied {
    static constexpr std::string_view called = "io.catalogd.AccessDenied";
    std::string role;
    std::string needed;
    std::string setting;
};
// The daemon failed at something that is nobody's mistake but its own or the machine's.
struct InternalError {
    static constexpr std::string_view called = "io.catalogd.InternalError";
    std::string reason;
};

// The operation at `index`, from 0, ended in `error`; nothing of the transaction was kept.
struct TransactionFailed {
    static constexpr std::string_view called = "io.catalogd.TransactionFailed";
    std::int64_t index = 0;
    std::string error;
    std::optional<Object> parameters;
};
struct ExpectationFailed {
    static constexpr std::string_view called = "io.catalogd.ExpectationFailed";
    std::string path;
};
struct RequestIdReused {
    static constexpr std::string_view called = "io.catalogd.RequestIdReused";
    std::string request_id;
};

// --- io.catalogd.Clients, io.catalogd.Files ----------------------------------------------

struct ClientNotFound {
    static constexpr std::string_view called = "io.catalogd.Clients.NotFound";
    std::optional<Id> id;
    std::optional<std::string> name;
};
struct NameTaken {
    static constexpr std::string_view called = "io.catalogd.Clients.NameTaken";
    std::string name;
    Id id;
};
// The daemon has no key-encryption key, or not the one that the value was sealed with.
struct KeyUnavailable {
    static constexpr std::string_view called = "io.catalogd.Clients.KeyUnavailable";
    std::string reason;
};
struct FileNotFound {
    static constexpr std::string_view called = "io.catalogd.Files.NotFound";
    std::optional<Id> id;
    std::optional<Id> client_id;
    std::optional<std::string> name;
};
struct UnknownClient {
    static constexpr std::string_view called = "io.catalogd.Files.UnknownClient";
    Id client_id;
};

// --- io.catalogd.Metrics -------------------------------------------------------------------

// Up to `before` no more than `most` would go.
struct TooManySamples {
    static constexpr std::string_view called = "io.catalogd.Metrics.TooManySamples";
    Time before;
    std::int64_t most = 0;
};

// --- io.catalogd.Admin --------------------------------------------------------------------

// Everything is sealed with the current key, and the daemon may not make another one.
struct NoNewKey {
    static constexpr std::string_view called = "io.catalogd.Admin.NoNewKey";
    std::string reason;
};
// The schema step has no way back; nothing was changed.
struct NotReversible {
    static constexpr std::string_view called = "io.catalogd.Admin.NotReversible";
    std::int64_t version = 0;
    std::string name;
};

// The file can be read and is no old catalog that can be taken over; nothing was changed.
struct NotImportable {
    static constexpr std::string_view called = "io.catalogd.Admin.NotImportable";
    std::string reason;
};
struct UnknownSetting {
    static constexpr std::string_view called = "io.catalogd.Admin.UnknownSetting";
    std::string name;
};
// The setting has its value from a source that wins over the catalog.
struct SettingFixed {
    static constexpr std::string_view called = "io.catalogd.Admin.SettingFixed";
    std::string name;
    std::string source;
    std::optional<std::int64_t> line;
};
// The configuration file that was read again is not right, or the environment; nothing has changed.
struct ConfigurationInvalid {
    static constexpr std::string_view called = "io.catalogd.Admin.ConfigurationInvalid";
    std::vector<std::string> problems;
};
struct UnknownTable {
    static constexpr std::string_view called = "io.catalogd.Admin.UnknownTable";
    std::string table;
};
struct QueryFailed {
    static constexpr std::string_view called = "io.catalogd.Admin.QueryFailed";
    std::string reason;
};
struct UnknownBackup {
    static constexpr std::string_view called = "io.catalogd.Admin.UnknownBackup";
    std::string backup;
};
struct BackupDamaged {
    static constexpr std::string_view called = "io.catalogd.Admin.BackupDamaged";
    std::string backup;
    std::string reason;
};
// Its session keys are sealed with keys that are not here.
struct KeysMissing {
    static constexpr std::string_view called = "io.catalogd.Admin.KeysMissing";
    std::string backup;
    std::vector<std::string> keys;
};

// --- io.catalogd.Jobs --------------------------------------------------------------------

struct UnknownJob {
    static constexpr std::string_view called = "io.catalogd.Jobs.UnknownJob";
    std::string job;
};
struct AlreadyRunning {
    static constexpr std::string_view called = "io.catalogd.Jobs.AlreadyRunning";
    jobs::JobRun run;
};
// It would take more of the disk than may be taken.
struct NotFeasible {
    static constexpr std::string_view called = "io.catalogd.Jobs.NotFeasible";
    std::string job;
    std::string reason;
};

}  // namespace errors

// What a call may end with. The alternatives are the list; every other list derives from it.
using Error = std::variant<
    errors::InterfaceNotFound, errors::MethodNotFound, errors::MethodNotImplemented,
    errors::InvalidParameter, errors::ExpectedMore, errors::InvalidValue, errors::Busy,
    errors::DeadlineExceeded, errors::OutcomeUnknown, errors::ReadOnly, errors::AccessDenied,
    errors::InternalError, errors::TransactionFailed, errors::ExpectationFailed,
    errors::RequestIdReused, errors::ClientNotFound, errors::NameTaken, errors::FileNotFound,
    errors::UnknownClient, errors::TooManySamples, errors::KeyUnavailable, errors::NoNewKey,
    errors::NotImportable, errors::UnknownSetting, errors::SettingFixed,
    errors::ConfigurationInvalid, errors::NotReversible, errors::UnknownTable, errors::QueryFailed,
    errors::UnknownBackup, errors::BackupDamaged, errors::KeysMissing, errors::NotFeasible,
    errors::UnknownJob, errors::AlreadyRunning>;

std::string_view name_of(const Error& error);

template <class T>
using Result = boost::system::result<T, Error>;

namespace errors {

BOOST_DESCRIBE_STRUCT(InterfaceNotFound, (), (interface))
BOOST_DESCRIBE_STRUCT(MethodNotFound, (), (method))
BOOST_DESCRIBE_STRUCT(MethodNotImplemented, (), (method))
BOOST_DESCRIBE_STRUCT(InvalidParameter, (), (parameter))
BOOST_DESCRIBE_STRUCT(ExpectedMore, (), ())
BOOST_DESCRIBE_STRUCT(InvalidValue, (), (parameter, reason))
BOOST_DESCRIBE_STRUCT(Busy, (), (retry_after_ms))
BOOST_DESCRIBE_STRUCT(DeadlineExceeded, (), (after_ms))
BOOST_DESCRIBE_STRUCT(OutcomeUnknown, (), (request_id))
BOOST_DESCRIBE_STRUCT(ReadOnly, (), (reason))
BOOST_DESCRIBE_STRUCT(AccessDenied, (), (role, needed, setting))
BOOST_DESCRIBE_STRUCT(InternalError, (), (reason))
BOOST_DESCRIBE_STRUCT(TransactionFailed, (), (index, error, parameters))
BOOST_DESCRIBE_STRUCT(ExpectationFailed, (), (path))
BOOST_DESCRIBE_STRUCT(RequestIdReused, (), (request_id))
BOOST_DESCRIBE_STRUCT(ClientNotFound, (), (id, name))
BOOST_DESCRIBE_STRUCT(NameTaken, (), (name, id))
BOOST_DESCRIBE_STRUCT(KeyUnavailable, (), (reason))
BOOST_DESCRIBE_STRUCT(NoNewKey, (), (reason))
BOOST_DESCRIBE_STRUCT(NotReversible, (), (version, name))
BOOST_DESCRIBE_STRUCT(FileNotFound, (), (id, client_id, name))
BOOST_DESCRIBE_STRUCT(UnknownClient, (), (client_id))
BOOST_DESCRIBE_STRUCT(TooManySamples, (), (before, most))
BOOST_DESCRIBE_STRUCT(NotImportable, (), (reason))
BOOST_DESCRIBE_STRUCT(UnknownSetting, (), (name))
BOOST_DESCRIBE_STRUCT(SettingFixed, (), (name, source, line))
BOOST_DESCRIBE_STRUCT(ConfigurationInvalid, (), (problems))
BOOST_DESCRIBE_STRUCT(UnknownTable, (), (table))
BOOST_DESCRIBE_STRUCT(QueryFailed, (), (reason))
BOOST_DESCRIBE_STRUCT(UnknownBackup, (), (backup))
BOOST_DESCRIBE_STRUCT(BackupDamaged, (), (backup, reason))
BOOST_DESCRIBE_STRUCT(KeysMissing, (), (backup, keys))
BOOST_DESCRIBE_STRUCT(NotFeasible, (), (job, reason))
BOOST_DESCRIBE_STRUCT(UnknownJob, (), (job))
BOOST_DESCRIBE_STRUCT(AlreadyRunning, (), (run))

}  // namespace errors

}  // namespace catalogd::protocol
