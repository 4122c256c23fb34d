#include "bench/load_frames.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "bench/corpus.h"
#include "bench/records.h"

namespace catalogd::bench {

namespace {

void append_hex(std::string& out, std::uint64_t value) {
    std::array<char, kHexLength> digits{};
    write_hex(value, digits.data());
    out.append(digits.data(), digits.size());
}

void append_client_id(std::string& out, std::uint64_t client) {
    append_hex(out, scramble(client));
    append_hex(out, scramble(client + kClients));
}

void append_name(std::string& out, std::uint64_t record) {
    out.append(kFolder);
    append_hex(out, scramble(record));
    out.append(kSuffix);
}

void append_corpus_file(std::string& out, std::uint64_t record) {
    const std::string name = corpus_name(record);
    out.append(R"({"name":")").append(name).append(R"(","path":"/srv/backup/)");
    out.append(std::to_string(client_of(record))).append("/").append(name);
    out.append(R"(","verified":)").append(record % 10 == 9 ? "false" : "true");
    out.append(R"(,"size":)").append(std::to_string(corpus_size(record)));
    out.append(R"(,"modified":")").append(corpus_time(record));
    out.append(R"(","crc":)").append(std::to_string(crc_of(record)));
    out.push_back('}');
}

void append_file(std::string& out, std::uint64_t record, Names names) {
    if (names == Names::corpus) {
        append_corpus_file(out, record);
        return;
    }
    out.append(R"({"name":")");
    append_name(out, record);
    out.append(R"(","path":"/srv/backup/)");
    append_name(out, record);
    out.append(R"(","verified":true,"size":)");
    out.append(std::to_string(size_of(record)));
    out.append(R"(,"modified":"2025-01-10T12:00:00.000Z","crc":)");
    out.append(std::to_string(crc_of(record)));
    out.push_back('}');
}

const char* find(std::string_view text, std::string_view wanted) {
    return static_cast<const char*>(memmem(text.data(), text.size(), wanted.data(), wanted.size()));
}

// A page of files is long, and what is looked for stands before or after the files.
bool stands_at_an_end(std::string_view frame, std::string_view wanted) {
    constexpr std::size_t kMargin = 1024;
    if (frame.size() <= 2 * kMargin) {
        return find(frame, wanted) != nullptr;
    }
    return find(frame.substr(0, kMargin), wanted) != nullptr ||
           find(frame.substr(frame.size() - kMargin), wanted) != nullptr;
}

}  // namespace

std::string client_id(std::uint64_t client) {
    std::string id;
    append_client_id(id, client);
    return id;
}

void append_client_save(std::string& out, std::uint64_t client) {
    out.append(R"({"method":"io.catalogd.Clients.Save","parameters":{"id":")");
    append_client_id(out, client);
    out.append(R"(","name":"client )").append(std::to_string(client)).append("\"}}");
    out.push_back('\0');
}

void append_save(std::string& out, std::uint64_t record, Names names, bool once) {
    out.append(R"({"method":"io.catalogd.Files.Save","parameters":{"clientId":")");
    append_client_id(out, client_of(record));
    out.append(R"(","file":)");
    append_file(out, record, names);
    if (once) {
        out.append(R"(,"requestId":")").append(std::to_string(record)).append("\"");
    }
    out.append("}}");
    out.push_back('\0');
}

void append_get(std::string& out, std::uint64_t record) {
    out.append(R"({"method":"io.catalogd.Files.Get","parameters":{"clientId":")");
    append_client_id(out, client_of(record));
    out.append(R"(","name":")");
    append_name(out, record);
    out.append("\"}}");
    out.push_back('\0');
}

void append_list(std::string& out) {
    out.append(R"({"method":"io.catalogd.Files.List","parameters":{},"more":true})");
    out.push_back('\0');
}

void append_save_many(std::string& out, std::uint64_t first, std::uint64_t client,
                      std::uint64_t ordinal, std::uint64_t count, Names names) {
    out.append(R"({"method":"io.catalogd.Files.SaveMany","parameters":{"clientId":")");
    append_client_id(out, client);
    out.append(R"(","files":[)");
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i > 0) {
            out.push_back(',');
        }
        append_file(out, first + record_of(client, ordinal + i), names);
    }
    out.append("]}}");
    out.push_back('\0');
}

Reply read_reply(std::string_view frame) {
    return {.error = stands_at_an_end(frame, R"("error":)"),
            .continues = stands_at_an_end(frame, R"("continues":true)")};
}

std::uint64_t count_files(std::string_view frame) {
    constexpr std::string_view kOncePerFile = R"("clientName":)";
    std::uint64_t count = 0;
    for (const char* at = find(frame, kOncePerFile); at != nullptr;
         at = find(frame, kOncePerFile)) {
        ++count;
        frame.remove_prefix(static_cast<std::size_t>(at - frame.data()) + kOncePerFile.size());
    }
    return count;
}

}  // namespace catalogd::bench
