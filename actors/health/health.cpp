#include "actors/health/health.h"

#include <boost/asio/post.hpp>

#include "catalog/durable_file.h"
#include "catalog/failure.h"
#include "catalog/storage.h"
#include "protocol/codec.h"

namespace catalogd::actors {
namespace {

constexpr auto look_interval = std::chrono::seconds(1);

std::optional<std::int64_t> free_beside(const std::string& database) {
    try {
        return catalog::free_bytes(catalog::folder_of(database));
    } catch (const catalog::Unusable&) {
        return {};
    }
}

}  // namespace

Health::Health(health::About about, Ask ask, events::Hub& hub, const Clock& clock, Options options)
    : about_(std::move(about)),
      ask_(std::move(ask)),
      hub_(hub),
      clock_(clock),
      news_(hub),
      options_(options),
      timer_(io_) {
    look();
}

Health::~Health() {
    stop();
}

void Health::start(Record record) {
    record_ = std::move(record);
    boost::asio::post(io_, [this] { tick(); });
    thread_ = std::thread([this] { io_.run(); });
}

void Health::stop() {
    if (thread_.joinable()) {
        io_.stop();
        thread_.join();
    }
}

std::shared_ptr<const Health::Look> Health::latest() const {
    const std::lock_guard lock(mutex_);
    return latest_;
}

void Health::configure(const Options& options) {
    const std::lock_guard lock(mutex_);
    options_ = options;
}

void Health::tick() {
    look();
    timer_.expires_after(look_interval);
    timer_.async_wait([this](boost::system::error_code stopped) {
        if (!stopped) {
            tick();
        }
    });
}

health::Figures Health::figures() const {
    health::Figures figures;
    figures.at = clock_.now();
    figures.wall = clock_.wall();
    const catalog::FileSizes sizes = catalog::file_sizes(about_.database);
    figures.database_bytes = sizes.database;
    figures.log_bytes = sizes.log;
    figures.disk_free = free_beside(about_.database);
    figures.events = hub_.figures();
    ask_(figures);
    return figures;
}

void Health::look() {
    const health::Figures seen = figures();
    const health::Recent recent = recollection_.note(seen);
    health::Thresholds thresholds;
    {
        const std::lock_guard lock(mutex_);
        thresholds = options_.thresholds;
    }
    auto checks = checks_.judge(health::observe(seen, recent, thresholds), seen.at, seen.wall);
    auto look = std::make_shared<Look>();
    protocol::health::Get::Reply reply{report_of(about_, seen, recent, std::move(checks))};
    protocol::encode(look->reply, reply);
    look->health = std::move(reply.health);
    hub_.set_snapshot(look->reply);
    {
        const std::lock_guard lock(mutex_);
        latest_ = look;
    }
    news_.tell(look->health, seen, recent);
    if (auto samples = chronicle_.note(seen, recent); record_ && !samples.empty()) {
        record_(std::move(samples));
    }
}

}  // namespace catalogd::actors
