#include "daemon/daemon.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <csignal>
#include <random>

#include "actors/log_fields.h"
#include "daemon/exit_code.h"
#include "daemon/logging.h"
#include "daemon/long_step.h"
#include "daemon/opening.h"
#include "daemon/service_manager.h"
#include "protocol/version.h"

namespace catalogd::daemon {
namespace {

namespace asio = boost::asio;

// How late a call that waits in a queue may learn that its time is over.
constexpr auto expiry_interval = std::chrono::milliseconds(50);

constexpr std::int64_t console_cache = 4 << 20;

// Told apart from every other start's, whatever the clock says.
std::string new_epoch() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

void log_life(std::string_view message, const std::string& line) {
    const actors::LogField field(actors::log_field::message_id, message);
    spdlog::info("{}", line);
}

}  // namespace

Daemon::Daemon(const config::Sources& sources, const config::Loaded& loaded)
    : epoch_(new_epoch()),
      events_(clock_, epoch_),
      changed_(epoch_),
      statistics_(clock_.wall(), loaded.config.log.slow_statement,
                  [this](std::string_view name, std::string_view text,
                         std::chrono::nanoseconds took) { note_slow(name, text, took); }),
      listening_(open_socket(loaded.config.socket)),
      http_(loaded.config.http, service_manager::passed_socket("http")),
      catalog_(open_catalog(database(loaded.config.database, loaded.config.database.writer_cache),
                            loaded.config, clock_.wall())),
      known_runs_(actors::Scheduler::read_known(*catalog_.writer)),
      settings_(io_.get_executor(), sources, loaded, catalog_.settings),
      options_(options_of(settings_.running())),
      backups_(backup_folder_of(settings_.running()), settings_.running().backup.disk_floor),
      backup_list_(backups_),
      shared_{catalog_.folding, catalog_.sealer, index_, backups_, arrivals_},
      indexer_(readers_database(), shared_, clock_),
      writer_(std::move(catalog_.writer), shared_, clock_, options_.writer, writer_events()),
      readers_(readers_database(), shared_, clock_, options_.readers),
      maintenance_(
          readers_database(), shared_, clock_, {},
          [this](actors::WriterMail& mail) { return writer_.post(mail); },
          [this](actors::Writer::Alone alone) { return writer_.post_alone(std::move(alone)); },
          backup_news()),
      console_(database(loaded.config.database, console_cache), shared_, clock_, options_.console),
      scheduler_(clock_, backup_list_, options_.scheduler, known_runs_, scheduler_parts()),
      health_(
          about(), [this](actors::health::Figures& figures) { tell_health(figures); }, events_,
          clock_, options_.health),
      refusals_(writer_, clock_),
      service_({writer_, readers_, maintenance_, console_, clock_, options_.deadlines, settings_,
                health_, events_, scheduler_, changed_, arrivals_, backup_list_},
               endpoints::AccessPolicy(options_.access), refusals_),
      server_(io_, endpoints::VarlinkServer::Acceptor(io_, {}, listening_.release()), service_,
              options_.limits),
      watchdog_(
          io_, [this] { return writer_.processor_time(); }, service_manager::tell_alive),
      signals_(io_, SIGTERM, SIGINT, SIGHUP),
      expiry_(io_) {
    set_log_level(options_.log_level);
    statistics_.set_slow(options_.slow_statement);
    log_what_was_opened(catalog_);
    settings_.connect([this](actors::WriterMail& mail) { return writer_.post(mail); },
                      [this](const config::Config& config) { configure(config); },
                      [this](const auto& outcome) { tell_of_reading(outcome); });
    backups_.remove_unfinished();
    indexer_.start([this](actors::WriterMail& mail) { return writer_.post(mail); });
    health_.start([this](auto samples) { record(std::move(samples)); });
}

catalog::OpenOptions Daemon::database(const config::Config::Database& database,
                                      std::int64_t cache) {
    catalog::OpenOptions options;
    options.path = database.path;
    options.cache_bytes = cache;
    options.log_kept_bytes = database.checkpoint_at;
    options.statistics = &statistics_;
    return options;
}

catalog::OpenOptions Daemon::readers_database() {
    const config::Config::Database& running = settings_.running().database;
    return database(running, running.reader_cache);
}

// Each before whom it gives its work to.
Daemon::~Daemon() {
    maintenance_.stop();
    scheduler_.stop();
    indexer_.stop();
}

actors::Scheduler::Parts Daemon::scheduler_parts() {
    return {[this](actors::WriterMail& mail) { return writer_.post(mail); },
            [this](actors::Work& work) { return maintenance_.post(work); },
            [this] { return writer_.figures().operations + readers_.figures().answered; },
            [random = std::minstd_rand(std::random_device()())]() mutable {
                return std::uniform_real_distribution<double>()(random);
            },
            true,
            true,
            [this](const auto& run, auto progress) { job_news_.tell(run, progress); }};
}

int Daemon::run() {
    await_signals();
    expire_overdue_calls();
    server_.start();
    http_.serve(io_, service_.actors(), [this] { return server_.connections(); });
    tell_of_start();
    scheduler_.start();
    log_life(actors::log_message::serving,
             "catalogd " + std::string(protocol::version) + ' ' + serving());
    service_manager::tell_ready(serving());
    if (const auto interval = service_manager::watchdog_interval()) {
        watchdog_.start(*interval);
    }
    io_.run();
    stop_actors();
    log_life(actors::log_message::stopped, "stopped");
    return exit_code_;
}

// In the reverse of their order: the writer is last, and its last checkpoint may be a long one.
void Daemon::stop_actors() {
    const LongStep step("Stopping: copying the log into the database");
    refusals_.write_all();
    health_.stop();
    maintenance_.stop();
    scheduler_.stop();
    readers_.stop();
    console_.stop();
    indexer_.stop();
    writer_.stop();
}

std::string Daemon::serving() const {
    return "serves " + settings_.running().database.path + " on " + listening_.path() +
           (http_.url().empty() ? "" : " and " + http_.url());
}

// Each on the writer's thread.
actors::Writer::Events Daemon::writer_events() {
    return {[this](const std::string&) { end_with(exit_io); },
            [this](std::int64_t up_to) { indexer_.wake(up_to); }, [this] { end_with(exit_config); },
            [this](const catalog::settings::Values& stored) {
                events_.publish("io.catalogd.catalog.restored",
                                protocol::events::CatalogRestored{});
                changed_.note_all();
                scheduler_.follow_replacement();
                asio::post(io_, [this, stored] { settings_.adopt(stored); });
            },
            [this](const std::set<catalog::Id>& clients) { note_changed(clients); }};
}

// On the writer's thread, and perhaps while it finishes: the exit code tells of that too.
void Daemon::end_with(int exit_code) {
    exit_code_ = exit_code;
    asio::post(io_, [this] { stop(); });
}

void Daemon::await_signals() {
    signals_.async_wait([this](boost::system::error_code cancelled, int signal) {
        if (cancelled) {
            return;
        }
        if (signal == SIGHUP) {
            reload();
        } else {
            stop();
        }
        await_signals();
    });
}

// systemd waits for the second message before it says that a reload is through.
void Daemon::reload() {
    spdlog::info("SIGHUP: the configuration is read again");
    service_manager::tell_reloading(clock_.now());
    const auto outcome = settings_.reload();  // tells in the log what came of it
    service_manager::tell_ready(
        outcome ? serving() : serving() + "; the configuration file is not right, not in force");
}

// Whatever can change while the daemon runs.
void Daemon::configure(const config::Config& config) {
    Options options = options_of(config);
    set_log_level(options.log_level);
    statistics_.set_slow(options.slow_statement);
    writer_.configure(options.writer);
    readers_.configure(options.readers);
    console_.configure(options.console);
    health_.configure(options.health);
    scheduler_.configure(options.scheduler);
    service_.set_deadlines(options.deadlines);
    try {
        // Only where they changed: names are looked up, which may take time, and may fail.
        if (options.access != options_.access) {
            service_.set_policy(endpoints::AccessPolicy(options.access));
        }
    } catch (const std::invalid_argument& unknown) {
        spdlog::error("who may do what stays as it was: {}", unknown.what());
        options.access = options_.access;
    }
    server_.configure(options.limits);
    http_.set_limit(options.http_connections);
    options_ = std::move(options);
}

void Daemon::expire_overdue_calls() {
    expiry_.expires_after(expiry_interval);
    expiry_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) {
            writer_.expire();
            readers_.expire();
            maintenance_.expire();
            refusals_.write_due();
            console_.expire();
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
    service_manager::tell_stopping("Stopping: finishing what was accepted");
    maintenance_.cancel();
    events_.publish("io.catalogd.daemon.stopping", protocol::events::DaemonStopping{});
    events_.close();
    changed_.close();
    const auto one_ended = [this, left = std::make_shared<int>(2)] {
        if (--*left == 0) {
            events_.close();  // those whose sessions were closed in the middle let go of it
            changed_.close();
            asio::post(io_, [this] { io_.stop(); });
        }
    };
    server_.stop(options_.grace, one_ended);
    http_.stop(options_.grace, one_ended);
}

}  // namespace catalogd::daemon
