// The composition: everybody who makes up the daemon, in the order in which they start.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "actors/events/job_news.h"
#include "actors/events/slow_statements.h"
#include "actors/health/health.h"
#include "actors/indexer.h"
#include "actors/maintenance.h"
#include "actors/readers.h"
#include "actors/scheduler.h"
#include "actors/writer.h"
#include "catalog/catalog.h"
#include "config/loader.h"
#include "daemon/http.h"
#include "daemon/options.h"
#include "daemon/settings.h"
#include "daemon/watchdog.h"
#include "endpoints/catalog_service.h"
#include "endpoints/listening_socket.h"
#include "endpoints/varlink_server.h"

namespace catalogd::daemon {

class Daemon {
public:
    // Ready to serve when it returns. Throws what keeps it from that: see main.cpp.
    // `loaded` came from `sources`, which are read again when somebody asks for it.
    Daemon(const config::Sources& sources, const config::Loaded& loaded);
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    // Serves until SIGTERM or SIGINT, until the writer fails, or until the schema was taken back;
    // the exit code.
    int run();

private:
    [[nodiscard]] catalog::OpenOptions database(const config::Config::Database& database,
                                                std::int64_t cache);
    [[nodiscard]] catalog::OpenOptions readers_database();
    [[nodiscard]] actors::health::About about() const;
    void tell_health(actors::health::Figures& figures);
    void note_slow(std::string_view name, std::string_view text, std::chrono::nanoseconds took);
    void tell_of_start();
    void tell_of_reading(const protocol::Result<protocol::settings::Reload::Reply>& outcome);
    void note_changed(const std::set<catalog::Id>& clients);
    actors::BackupNews backup_news();
    void record(std::vector<protocol::metrics::Sample> samples);
    void await_signals();
    void reload();
    void configure(const config::Config& config);
    void expire_overdue_calls();
    [[nodiscard]] std::string serving() const;
    void stop();
    void stop_actors();
    actors::Writer::Events writer_events();
    actors::Scheduler::Parts scheduler_parts();
    void end_with(int exit_code);

    const actors::Clock clock_;
    std::atomic<int> exit_code_{0};  // set on the writer's thread
    const std::string epoch_;
    actors::events::Hub events_;
    actors::events::ChangedClients changed_;
    actors::events::JobNews job_news_{events_, clock_};
    actors::events::SlowStatements slow_statements_;
    boost::asio::io_context io_{1};  // ends before what its last handlers hold
    catalog::QueryStatistics statistics_;
    endpoints::ListeningSocket listening_;
    Http http_;
    catalog::Opened catalog_;
    const actors::Scheduler::Known known_runs_;
    Settings settings_;
    Options options_;
    catalog::search::Index index_;
    const catalog::backups::Store backups_;
    actors::BackupList backup_list_;
    actors::Arrivals arrivals_;
    const actors::Shared shared_;
    actors::Indexer indexer_;
    actors::Writer writer_;
    actors::Readers readers_;
    actors::Maintenance maintenance_;
    actors::Readers console_;
    actors::Scheduler scheduler_;
    actors::Health health_;
    endpoints::Refusals refusals_;
    endpoints::CatalogService service_;
    endpoints::VarlinkServer server_;
    Watchdog watchdog_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer expiry_;
    bool stopping_ = false;
};

}  // namespace catalogd::daemon
