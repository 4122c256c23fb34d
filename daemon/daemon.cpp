#include "daemon/daemon.h"

#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <csignal>
#include <cstdlib>

#include "daemon/exit_code.h"
#include "protocol/version.h"

namespace catalogd::daemon {
namespace {

namespace asio = boost::asio;

// How late a call that waits in a queue may learn that its time is over.
constexpr auto expiry_interval = std::chrono::milliseconds(50);

catalog::OpenOptions database_of(const config::Config& config, std::int64_t cache) {
    return {config.database.path, cache, config.database.checkpoint_at};
}

// A credential goes before the configured file.
catalog::KeyFile key_file_of(const config::Config& config) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    const std::string given =
        std::string(credentials != nullptr ? credentials : "") + "/catalogd.key";
    if (credentials != nullptr && ::access(given.c_str(), F_OK) == 0) {
        return {given, true};
    }
    return {config.database.key_file, false};
}

actors::MailboxBounds bounds_of(int queue, std::int64_t bytes) {
    return {static_cast<std::size_t>(queue), static_cast<std::size_t>(bytes)};
}

actors::Writer::Options writer_options(const config::Config& config) {
    return {bounds_of(config.writer.queue, config.writer.queue_bytes),
            static_cast<std::size_t>(config.writer.batch),
            config.database.checkpoint_at,
            config.database.wal_limit,
            {config.retention.requests.count(), config.retention.request_calls},
            config.search.backlog,
            config.retention.metrics.count()};
}

actors::Readers::Options reader_options(const config::Config& config) {
    return {static_cast<std::size_t>(config.readers.count),
            bounds_of(config.readers.queue, config.readers.queue_bytes), config.readers.max_age};
}

endpoints::ServerLimits limits_of(const config::Config::Limits& limits) {
    return {
        static_cast<std::size_t>(limits.connections),
        static_cast<std::size_t>(limits.connections_per_user),
        {static_cast<std::size_t>(limits.calls_in_flight), static_cast<std::size_t>(limits.frame)}};
}

endpoints::AccessPolicy policy_of(const config::Config::Access& access) {
    return endpoints::AccessPolicy({access.read, access.write, access.admin});
}

void log_migration(const catalog::Migrated& migrated) {
    if (migrated.from != migrated.to) {
        spdlog::info("the catalog went from schema {} to {}", migrated.from, migrated.to);
    }
    if (migrated.backup) {
        spdlog::info("the catalog as it was before is kept in {}", *migrated.backup);
    }
}

}  // namespace

Daemon::Daemon(const config::Config& config)
    : config_(config),
      listening_(config.socket.path, config.socket.mode, config.socket.group),
      catalog_(catalog::open(database_of(config, config.database.writer_cache), key_file_of(config),
                             clock_.wall())),
      shared_{catalog_.folding, catalog_.sealer, index_},
      indexer_(database_of(config, config.database.reader_cache), shared_, clock_),
      writer_(std::move(catalog_.writer), shared_, clock_, writer_options(config),
              {[this](const std::string&) { end_for_failure(); }, [this] { indexer_.wake(); }}),
      readers_(database_of(config, config.database.reader_cache), shared_, clock_,
               reader_options(config)),
      maintenance_(database_of(config, config.database.reader_cache), shared_, clock_, {},
                   [this](actors::WriterMail& mail) { return writer_.post(mail); }),
      service_({writer_,
                readers_,
                maintenance_,
                clock_,
                {config.deadlines.read, config.deadlines.write}},
               policy_of(config.access)),
      server_(io_, endpoints::VarlinkServer::Acceptor(io_, {}, listening_.release()), service_,
              limits_of(config.limits)),
      signals_(io_, SIGTERM, SIGINT, SIGHUP),
      expiry_(io_) {
    log_migration(catalog_.migrated);
    if (const std::string& refusal = catalog_.sealer.refusal(); !refusal.empty()) {
        spdlog::error("session keys are neither stored nor given out: {}", refusal);
    }
    indexer_.start([this](actors::WriterMail& mail) { return writer_.post(mail); });
}

Daemon::~Daemon() {
    indexer_.stop();  // it posts to the writer
}

int Daemon::run() {
    await_signals();
    expire_overdue_calls();
    server_.start();
    spdlog::info("catalogd {} serves {} on {}", protocol::version, config_.database.path,
                 config_.socket.path);
    sd_notify(0, "READY=1");
    io_.run();
    maintenance_.stop();
    readers_.stop();
    indexer_.stop();
    writer_.stop();
    spdlog::info("stopped");
    return writer_failed_ ? exit_io : exit_ok;
}

// On the writer's thread, and perhaps while it finishes: the exit code tells of that too.
void Daemon::end_for_failure() {
    writer_failed_ = true;
    asio::post(io_, [this] { stop(); });
}

void Daemon::await_signals() {
    signals_.async_wait([this](boost::system::error_code cancelled, int signal) {
        if (cancelled) {
            return;
        }
        if (signal == SIGHUP) {
            spdlog::info("SIGHUP: the configuration is read at start alone; restart to change it");
        } else {
            stop();
        }
        await_signals();
    });
}

void Daemon::expire_overdue_calls() {
    expiry_.expires_after(expiry_interval);
    expiry_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) {
            writer_.expire();
            readers_.expire();
            maintenance_.expire();
            expire_overdue_calls();
        }
    });
}

// Takes nothing more and lets what was accepted finish; run() then ends the actors.
void Daemon::stop() {
    if (std::exchange(stopping_, true)) {
        return;
    }
    spdlog::info("stopping: finishing what was accepted");
    sd_notify(0, "STOPPING=1");
    maintenance_.cancel();
    server_.stop(config_.shutdown.grace, [this] { io_.stop(); });
}

}  // namespace catalogd::daemon
