#include "cli/scan.h"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <system_error>
#include <vector>

#include "cli/batches.h"
#include "cli/clients.h"
#include "cli/file_content.h"
#include "cli/interruption.h"
#include "cli/printable.h"
#include "cli/progress.h"
#include "cli/stored_files.h"
#include "cli/walk.h"

namespace catalogd::cli {
namespace {

using protocol::files::File;

// One run over one tree. Both sides come in order of name, so each file meets its record without
// either side being held in memory.
class Scanner {
public:
    Scanner(const Session& session, std::string root, StoredFiles stored, Batches batches,
            Progress& progress)
        : session_(session),
          root_(root.ends_with('/') ? std::move(root) : std::move(root) + '/'),
          stored_(std::move(stored)),
          batches_(std::move(batches)),
          progress_(progress) {}

    Result<ScanSummary> run(Walk walk) {
        std::optional<Walk::Entry> entry;
        while (!Interruption::wished() && (entry = walk.next())) {
            if (auto done = visit(*entry); !done) {
                return done.error();
            }
        }
        summary_.interrupted = Interruption::wished();
        if (auto done = batches_.finish(); !done) {
            return done.error();
        }
        if (!summary_.interrupted) {
            if (auto done = pass_records_before(nullptr); !done) {
                return done.error();
            }
        }
        summary_.created = batches_.created();
        summary_.updated = batches_.updated();
        return summary_;
    }

private:
    Result<void> visit(const Walk::Entry& entry) {
        if (entry.error != 0) {
            ++summary_.unreadable_folders;
            unreadable_.push_back(entry.name);
            complain(entry.name, std::generic_category().message(entry.error));
            return {};
        }
        if (auto done = pass_records_before(&entry.name); !done) {
            return done;
        }
        const auto record = stored_.current();
        if (!record) {
            return record.error();
        }
        const bool recorded = *record != nullptr && (*record)->name == entry.name;
        auto done = record_file(entry, recorded ? *record : nullptr);
        if (recorded) {
            stored_.advance();
        }
        return done;
    }

    Result<void> record_file(const Walk::Entry& entry, const File* record) {
        const std::string path = root_ + entry.name;
        if (const auto reason = refuse_name(entry.name, path)) {
            return skip(entry.name, *reason);
        }
        const auto state = file_state(entry.folder, entry.own_name.c_str());
        if (!state) {
            return skip(entry.name, state.error());
        }
        if (record != nullptr && unchanged(*record, path, *state)) {
            ++summary_.files;
            ++summary_.unchanged;
            summary_.bytes += state->size;
            progress_.bytes_done(state->size, false);
            progress_.file_done();
            return {};
        }
        const auto on_read = [this](std::size_t size) {
            progress_.bytes_done(static_cast<std::int64_t>(size), true);
            return !Interruption::wished();
        };
        const auto content = file_content(entry.folder, entry.own_name.c_str(), on_read);
        if (!content) {
            return Interruption::wished() ? Result<void>() : skip(entry.name, content.error());
        }
        return save(entry.name, path, *content);
    }

    Result<void> save(const std::string& name, const std::string& path,
                      const FileContent& content) {
        protocol::files::NewFile file;
        file.name.value = name;
        file.path.value = path;
        file.size = protocol::Size{content.state.size};
        file.modified = content.state.modified;
        file.crc = protocol::Crc{content.crc};
        ++summary_.files;
        summary_.bytes += content.state.size;
        progress_.file_done();
        return batches_.add(std::move(file));
    }

    static bool unchanged(const File& record, const std::string& path, const FileState& state) {
        return record.crc && record.path == path && record.size == state.size && record.modified &&
               record.modified == state.modified;
    }

    // Records that no file of the walk has met: up to this name, or to the end.
    Result<void> pass_records_before(const std::string* name) {
        auto record = stored_.current();
        while (record && *record != nullptr && (name == nullptr || (*record)->name < *name)) {
            summary_.missing += from_here(**record) && !hidden((*record)->name) ? 1 : 0;
            stored_.advance();
            record = stored_.current();
        }
        return record ? Result<void>() : Result<void>(record.error());
    }

    bool from_here(const File& record) const { return record.path == root_ + record.name; }

    // Below a folder that could not be read: who knows whether it is there?
    bool hidden(const std::string& name) const {
        return std::any_of(unreadable_.begin(), unreadable_.end(),
                           [&](const std::string& folder) { return name.starts_with(folder); });
    }

    Result<void> skip(const std::string& name, const std::string& reason) {
        ++summary_.files;
        ++summary_.skipped;
        progress_.file_done();
        complain(name, reason);
        return {};
    }

    void complain(const std::string& name, const std::string& reason) {
        progress_.clear();
        session_.err << "catalogctl: skipped " << printable(name) << ": " << printable(reason)
                     << '\n';
    }

    const Session& session_;
    const std::string root_;
    StoredFiles stored_;
    Batches batches_;
    Progress& progress_;
    ScanSummary summary_;
    std::vector<std::string> unreadable_;
};

// What the walk will find, for a progress bar: nothing where none is drawn.
Amount count(const Session& session, const std::string& directory) {
    Amount all;
    if (!session.terminal.err) {
        return all;
    }
    session.err << "counting the files ..." << std::flush;
    auto walk = Walk::open(directory);
    while (walk && !Interruption::wished()) {
        const auto entry = walk->next();
        if (!entry) {
            break;
        }
        if (const auto state = file_state(entry->folder, entry->own_name.c_str())) {
            ++all.files;
            all.bytes += state->size;
        }
    }
    session.err << "\r\033[K" << std::flush;
    return all;
}

Failure with_advice(Failure failure, const std::string& client) {
    if (failure.code == ExitCode::not_found) {
        failure.text += "; add it first: catalogctl clients add " + client;
    } else if (failure.code == ExitCode::again) {
        failure.text += "; what is recorded stays, and the same command goes on from there";
    }
    return failure;
}

template <class Rule>
protocol::Refusal refusal(const protocol::Checked<Rule>& checked) {
    return Rule::check(checked.value);
}

}  // namespace

std::optional<std::string> refuse_name(const std::string& name, const std::string& path) {
    if (!protocol::is_utf8(name)) {
        return "its name is not UTF-8";
    }
    if (const auto reason = refusal(protocol::FileName{name})) {
        return "its name " + *reason;
    }
    if (!protocol::is_utf8(path)) {
        return "its path is not UTF-8";
    }
    if (const auto reason = refusal(protocol::FilePath{path})) {
        return "its path " + *reason;
    }
    return {};
}

Outcome run(Session& session, const Scan& command) {
    const Interruption interruption;
    auto walk = Walk::open(command.directory);
    if (!walk) {
        return walk.error();
    }
    auto reading = session.connect();
    auto writing = session.connect();
    if (!reading || !writing) {
        return reading ? writing.error() : reading.error();
    }
    const auto client = find_client(*reading, command.client);
    if (!client) {
        return with_advice(client.error(), command.client);
    }
    Progress progress(session, count(session, command.directory));
    std::error_code error;
    const std::string root = std::filesystem::canonical(command.directory, error).string();
    if (error) {
        return Failure{ExitCode::failed, command.directory + ": " + error.message()};
    }
    Scanner scanner(session, root, StoredFiles(std::move(*reading), client->id),
                    Batches(std::move(*writing), client->id), progress);
    const auto summary = scanner.run(std::move(*walk));
    progress.clear();
    if (!summary) {
        return with_advice(summary.error(), command.client);
    }
    session.out << (session.options.json ? to_json(*summary) + '\n' : to_lines(*summary));
    if (summary->interrupted) {
        session.err << "catalogctl: interrupted; what is recorded stays, and the same command goes "
                       "on from there\n";
    }
    return exit_code(*summary);
}

}  // namespace catalogd::cli
