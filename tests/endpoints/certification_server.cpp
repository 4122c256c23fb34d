// Serves org.varlink.certification on the socket at its one argument until it is ended.
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>

#include "endpoints/listening_socket.h"
#include "endpoints/varlink_server.h"
#include "tests/endpoints/certification_service.h"

int main(int count, char** arguments) {
    using namespace catalogd;
    if (count != 2) {
        std::fputs("usage: certification_server SOCKET\n", stderr);
        return 64;
    }
    const certification::CertificationService service;
    boost::asio::io_context io{1};
    endpoints::ListeningSocket listening(arguments[1], 0600, "");
    endpoints::VarlinkServer server(
        io, endpoints::VarlinkServer::Acceptor(io, {}, listening.release()), service, {});
    boost::asio::signal_set signals(io, SIGTERM, SIGINT);
    signals.async_wait([&](auto, int) { io.stop(); });
    server.start();
    // Whoever started this knows from the line that it may connect.
    std::puts("ready");
    std::fflush(stdout);
    io.run();
    return 0;
}
