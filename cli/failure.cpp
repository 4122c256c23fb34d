#include "cli/failure.h"

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <system_error>

#include "protocol/message.h"

namespace catalogd::cli {
namespace {

using protocol::Parameters;

// A parameter of an error: text as it is, anything else as JSON; "?" where it is missing.
std::string value_of(Parameters parameters, std::string_view name) {
    const boost::json::value* value =
        parameters != nullptr ? parameters->if_contains(name) : nullptr;
    if (value == nullptr || value->is_null()) {
        return "?";
    }
    return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

std::string quoted(Parameters parameters, std::string_view name) {
    return '\'' + value_of(parameters, name) + '\'';
}

// The first of these that the error carries.
std::string quoted_first(Parameters parameters, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (const auto text = value_of(parameters, name); text != "?") {
            return '\'' + text + '\'';
        }
    }
    return "of that name";
}

std::string access_denied(Parameters p) {
    const std::string role = value_of(p, "role");
    return "denied: this needs the role " + quoted(p, "needed") + ", your user has " +
           (role == "none" || role.empty() ? "none" : '\'' + role + '\'') + "; the setting " +
           quoted(p, "setting") + " of the daemon's configuration would allow it";
}

std::string setting_fixed(Parameters p) {
    const std::string source = value_of(p, "source");
    const std::string line = value_of(p, "line");
    const bool elsewhere = source == "file" || source == "environment" || source == "flag";
    return "the setting " + quoted(p, "name") +
           (elsewhere ? " is fixed by the daemon's " + source +
                            (line == "?" ? "" : ", line " + line) + ": change it there"
                      : " is needed before the catalog is open: change it in the daemon's "
                        "configuration file");
}

std::string configuration_invalid(Parameters p) {
    const boost::json::value* problems = p != nullptr ? p->if_contains("problems") : nullptr;
    std::string text = "the configuration is not right, and nothing was changed";
    if (problems != nullptr && problems->is_array()) {
        for (const boost::json::value& problem : problems->get_array()) {
            text += "; " + (problem.is_string() ? std::string(problem.get_string())
                                                : boost::json::serialize(problem));
        }
    }
    return text;
}

constexpr std::array rows{
    ErrorRow{"org.varlink.service.InterfaceNotFound", ExitCode::not_found,
             [](Parameters p) { return "interface " + quoted(p, "interface") + " is unknown"; }},
    ErrorRow{"org.varlink.service.MethodNotFound", ExitCode::not_found,
             [](Parameters p) { return "method " + quoted(p, "method") + " is unknown"; }},
    ErrorRow{"org.varlink.service.MethodNotImplemented", ExitCode::failed,
             [](Parameters p) {
                 return "this daemon does not implement " + quoted(p, "method") + " yet";
             }},
    ErrorRow{"org.varlink.service.InvalidParameter", ExitCode::usage,
             [](Parameters p) {
                 return "parameter " + quoted(p, "parameter") +
                        " is missing, unknown or of another type";
             }},
    ErrorRow{"org.varlink.service.PermissionDenied", ExitCode::denied,
             [](Parameters) { return std::string("denied"); }},
    ErrorRow{"org.varlink.service.ExpectedMore", ExitCode::usage,
             [](Parameters) { return std::string("this method streams: add --more"); }},
    ErrorRow{"io.catalogd.InvalidValue", ExitCode::usage,
             [](Parameters p) { return value_of(p, "parameter") + ": " + value_of(p, "reason"); }},
    ErrorRow{"io.catalogd.Busy", ExitCode::again,
             [](Parameters p) {
                 return "the daemon is busy and did nothing; try again in " +
                        value_of(p, "retryAfterMs") + " ms";
             }},
    ErrorRow{"io.catalogd.DeadlineExceeded", ExitCode::again,
             [](Parameters p) {
                 return "the call ran out of time after " + value_of(p, "afterMs") +
                        " ms and did nothing; try again";
             }},
    ErrorRow{"io.catalogd.OutcomeUnknown", ExitCode::again,
             [](Parameters) {
                 return std::string(
                     "the write may or may not be durable; repeat it once the "
                     "daemon runs again");
             }},
    ErrorRow{"io.catalogd.ReadOnly", ExitCode::failed,
             [](Parameters p) {
                 return "the catalog takes no writes for now: " + value_of(p, "reason");
             }},
    ErrorRow{"io.catalogd.AccessDenied", ExitCode::denied, access_denied},
    ErrorRow{"io.catalogd.InternalError", ExitCode::failed,
             [](Parameters p) {
                 return "the daemon failed: " + value_of(p, "reason") + " (its log has more)";
             }},
    ErrorRow{"io.catalogd.TransactionFailed", ExitCode::failed,
             [](Parameters p) {
                 return "operation " + value_of(p, "index") + " failed with " +
                        value_of(p, "error") + ' ' + value_of(p, "parameters") +
                        "; nothing was kept";
             }},
    ErrorRow{"io.catalogd.ExpectationFailed", ExitCode::failed,
             [](Parameters p) { return "the reply has no such " + quoted(p, "path"); }},
    ErrorRow{"io.catalogd.RequestIdReused", ExitCode::failed,
             [](Parameters p) {
                 return "the request id " + quoted(p, "requestId") + " was used for another call";
             }},
    ErrorRow{
        "io.catalogd.Clients.NotFound", ExitCode::not_found,
        [](Parameters p) { return "client " + quoted_first(p, {"name", "id"}) + " is unknown"; }},
    ErrorRow{"io.catalogd.Clients.NameTaken", ExitCode::failed,
             [](Parameters p) {
                 return "the name " + quoted(p, "name") + " is taken by client " +
                        value_of(p, "id");
             }},
    ErrorRow{
        "io.catalogd.Files.NotFound", ExitCode::not_found,
        [](Parameters p) { return "file " + quoted_first(p, {"name", "id"}) + " is unknown"; }},
    ErrorRow{
        "io.catalogd.Clients.KeyUnavailable", ExitCode::failed,
        [](Parameters p) { return "session keys are not available: " + value_of(p, "reason"); }},
    ErrorRow{"io.catalogd.Admin.NotReversible", ExitCode::failed,
             [](Parameters p) {
                 return "schema step " + value_of(p, "name") +
                        " cannot be taken back; restore a backup from before it";
             }},
    ErrorRow{"io.catalogd.Admin.NoNewKey", ExitCode::failed,
             [](Parameters p) { return "no new key: " + value_of(p, "reason"); }},
    ErrorRow{"io.catalogd.Admin.UnknownTable", ExitCode::not_found,
             [](Parameters p) { return "table " + quoted(p, "table") + " is unknown"; }},
    ErrorRow{"io.catalogd.Admin.QueryFailed", ExitCode::failed,
             [](Parameters p) { return "the query failed: " + value_of(p, "reason"); }},
    ErrorRow{"io.catalogd.Files.UnknownClient", ExitCode::not_found,
             [](Parameters p) { return "client " + quoted(p, "clientId") + " is unknown"; }},
    ErrorRow{"io.catalogd.Metrics.TooManySamples", ExitCode::failed,
             [](Parameters p) {
                 return "more than " + value_of(p, "most") +
                        " samples are older; trim those before " + value_of(p, "before") + " first";
             }},
    ErrorRow{"io.catalogd.Admin.NotImportable", ExitCode::failed,
             [](Parameters p) { return value_of(p, "reason"); }},
    ErrorRow{"io.catalogd.Admin.UnknownSetting", ExitCode::not_found,
             [](Parameters p) { return "setting " + quoted(p, "name") + " is unknown"; }},
    ErrorRow{"io.catalogd.Admin.SettingFixed", ExitCode::failed, setting_fixed},
    ErrorRow{"io.catalogd.Admin.ConfigurationInvalid", ExitCode::failed, configuration_invalid},
    ErrorRow{"io.catalogd.Admin.UnknownBackup", ExitCode::not_found,
             [](Parameters p) { return "there is no backup " + quoted(p, "backup"); }},
    ErrorRow{"io.catalogd.Admin.BackupDamaged", ExitCode::failed,
             [](Parameters p) {
                 return "backup " + quoted(p, "backup") + " is damaged: " + value_of(p, "reason");
             }},
    ErrorRow{"io.catalogd.Admin.KeysMissing", ExitCode::failed,
             [](Parameters p) {
                 return "session keys of backup " + quoted(p, "backup") +
                        " are sealed with keys that are not here, " + value_of(p, "keys") +
                        ": put their key file in place, or go on with --without-keys";
             }},
    ErrorRow{"io.catalogd.Jobs.NotFeasible", ExitCode::failed,
             [](Parameters p) { return value_of(p, "job") + ": " + value_of(p, "reason"); }},
    ErrorRow{"io.catalogd.Jobs.UnknownJob", ExitCode::not_found,
             [](Parameters p) { return "there is no job " + quoted(p, "job"); }},
    ErrorRow{"io.catalogd.Jobs.AlreadyRunning", ExitCode::again,
             [](Parameters p) { return "it is running already: " + value_of(p, "run"); }},
};

// Milliseconds after which the same call may succeed, where the error says that nothing was done.
std::optional<std::int64_t> retry_after(std::string_view name, Parameters parameters) {
    if (name == protocol::errors::DeadlineExceeded::called) {
        return 0;
    }
    if (name != protocol::errors::Busy::called || parameters == nullptr) {
        return {};
    }
    const boost::json::value* value = parameters->if_contains("retryAfterMs");
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

}  // namespace

std::span<const ErrorRow> error_rows() {
    return rows;
}

Failure refused(std::string_view name, Parameters parameters) {
    Failure failure;
    failure.name = name;
    failure.parameters = protocol::to_text(parameters);
    failure.retry_after_ms = retry_after(name, parameters);
    for (const ErrorRow& row : rows) {
        if (row.name == name) {
            failure.code = row.code;
            failure.text = row.line(parameters);
            return failure;
        }
    }
    failure.text = "the daemon answered " + failure.name + ' ' + failure.parameters;
    return failure;
}

Failure unreachable(std::string_view socket, int error) {
    const std::string path(socket);
    switch (error) {
        case ENOENT:
            return {ExitCode::no_daemon, "the daemon is not running: there is no socket " + path};
        case ECONNREFUSED:
            return {ExitCode::no_daemon, "the daemon is not running: nobody listens on " + path};
        case EACCES:
        case EPERM:
            return {ExitCode::denied, "denied: your user may not use the socket " + path +
                                          " (whoever owns it may, and the members of its group)"};
        case ENAMETOOLONG:
            return usage_failure("the socket's path is too long: " + path);
        default:
            return {ExitCode::no_daemon, "no daemon can be reached on " + path + ": " +
                                             std::generic_category().message(error)};
    }
}

Failure connection_lost() {
    return {ExitCode::again,
            "the daemon closed the connection before it replied; whether it applied the call is "
            "not known"};
}

Failure usage_failure(std::string text) {
    return {ExitCode::usage, std::move(text)};
}

}  // namespace catalogd::cli
