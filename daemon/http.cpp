#include "daemon/http.h"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace catalogd::daemon {
namespace {

namespace http = endpoints::http;

constexpr std::string_view nowhere = "off";
constexpr std::size_t least_token = 16;

// The first line of the file.
std::string token_in(const std::string& path) {
    if (path.empty()) {
        return "";
    }
    std::string token;
    std::ifstream file(path);
    if (!std::getline(file, token)) {
        throw std::invalid_argument("http.token_file: " + path + " cannot be read, or is empty");
    }
    if (token.size() < least_token) {
        throw std::invalid_argument("http.token_file: the token in " + path + " has less than " +
                                    std::to_string(least_token) + " characters");
    }
    return token;
}

std::vector<std::string> hosts(const http::Address& address, std::string_view more) {
    std::vector<std::string> all = http::hosts_of(address);
    while (!more.empty()) {
        const std::string_view host = more.substr(0, more.find(','));
        more.remove_prefix(std::min(more.size(), host.size() + 1));
        all.emplace_back(host);
    }
    return all;
}

}  // namespace

Http::Http(const config::Config::Http& config, std::optional<int> passed)
    : limit_(static_cast<std::size_t>(config.connections)) {
    if (config.address == nowhere && !passed) {
        return;
    }
    address_ = passed ? http::address_of(*passed) : http::parse_address(config.address);
    if (!address_) {
        throw std::invalid_argument("http.address: " + config.address +
                                    " is no IP address with a port, such as 127.0.0.1:8787");
    }
    std::string token = token_in(config.token_file);
    if (token.empty() && !address_->loopback) {
        throw std::invalid_argument("http.address: " + address_->text() +
                                    " can be reached from elsewhere, so http.token_file is needed");
    }
    guard_.emplace(hosts(*address_, config.hosts), std::move(token));
    listening_ = passed ? *passed : http::listen_on(*address_);
}

Http::~Http() {
    if (listening_ >= 0) {
        ::close(listening_);
    }
}

void Http::serve(boost::asio::io_context& io, const endpoints::Actors& actors,
                 std::function<std::size_t()> varlink_connections) {
    if (!address_) {
        return;
    }
    site_.emplace(actors, [this, varlink = std::move(varlink_connections)] {
        return http::CatalogSite::Counts{varlink(), server_->connections(), server_->refused()};
    });
    server_.emplace(io, http::Served{*guard_, *site_, actors.events}, limit_);
    const bool six = address_->host.find(':') != std::string::npos;
    server_->start(std::exchange(listening_, -1), six);
}

void Http::set_limit(std::size_t connections) {
    if (server_) {
        server_->set_limit(connections);
    }
}

void Http::stop(std::chrono::milliseconds grace, std::function<void()> done) {
    if (!server_) {
        done();
        return;
    }
    site_->stop();
    server_->stop(grace, std::move(done));
}

std::string Http::url() const {
    return address_ ? "http://" + address_->text() : "";
}

}  // namespace catalogd::daemon
