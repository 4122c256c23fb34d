// The commands about what the catalog holds, as they are declared: for command_line.cpp alone.
#pragma once

#include "cli/clients.h"
#include "cli/declaration.ipp"
#include "cli/files.h"
#include "cli/find.h"
#include "cli/metrics.h"
#include "cli/removals.h"
#include "cli/statistics.h"

namespace catalogd::cli {

class CatalogCommands : public Declaration {
protected:
    using Declaration::Declaration;

    void declare_catalog() {
        add<Stats>(app(), "stats", "The catalog in figures", "stats --json",
                   [](CLI::App&, Stats&) {});
        declare_clients();
        declare_files();
        declare_removals();
        declare_metrics();
    }

private:
    void declare_clients() {
        CLI::App& clients = noun("clients", "Who may store files");
        add<ClientsList>(clients, "list", "List clients", "clients list --order most-bytes",
                         [this](CLI::App& app, ClientsList& list) {
                             csv_flag(app);
                             option(app, "--text", list.text,
                                    "Only names that contain this, in any case", "TEXT");
                             app.add_option("--order", list.order, "By name unless told")
                                 ->type_name("ORDER")
                                 ->transform(CLI::IsMember(client_orders()));
                         });
        add<ClientsShow>(clients, "show", "Show one client", "clients show laptop",
                         [](CLI::App& app, ClientsShow& show) {
                             word(app, "CLIENT", show.client, "Its name or id");
                         });
        add<ClientsAdd>(
            clients, "add", "Add a client", "clients add laptop --public-key laptop.pub",
            [](CLI::App& app, ClientsAdd& client) {
                word(app, "NAME", client.name, "1 to 255 characters");
                option(app, "--id", client.id, "Its id, where it has one already", "ID");
                option(app, "--public-key", client.public_key, "160 bytes, raw or as base64",
                       "FILE");
            });
        add<ClientsDelete>(clients, "delete", "Delete a client and its file records",
                           "clients delete laptop", [](CLI::App& app, ClientsDelete& client) {
                               word(app, "CLIENT", client.client, "Its name or id");
                               yes_flag(app, client.yes);
                           });
    }

    void declare_files() {
        CLI::App& files = noun("files", "The records of what clients have stored");
        add<FilesFind>(files, "find", "Find records by what is known of them",
                       "files find report --extension pdf --order largest",
                       [this](CLI::App& app, FilesFind& find) { declare_find(app, find); });
        add<FilesList>(files, "list", "List file records", "files list --client laptop --limit 20",
                       [this](CLI::App& app, FilesList& list) {
                           csv_flag(app);
                           client_option(app, list.client, false);
                           limit_option(app, list.limit);
                       });
        add<FilesShow>(files, "show", "Show one record", "files show --client laptop etc/hosts",
                       [](CLI::App& app, FilesShow& file) {
                           client_option(app, file.client, true);
                           word(app, "NAME", file.name, "The file's name in the catalog");
                       });
        add<FilesDelete>(files, "delete", "Delete one record; the file itself stays",
                         "files delete --client laptop etc/hosts",
                         [](CLI::App& app, FilesDelete& file) {
                             client_option(app, file.client, true);
                             word(app, "NAME", file.name, "The file's name in the catalog");
                             yes_flag(app, file.yes);
                         });
    }

    void declare_find(CLI::App& app, FilesFind& find) {
        csv_flag(app);
        app.add_option("TEXT", find.text, "A part of the name or the path, in any case")
            ->type_name("");
        option(app, "--extension", find.extension, "With this extension", "EXT");
        client_option(app, find.client, false);
        option(app, "--client-named", find.client_named, "Of clients with this in their name",
               "TEXT");
        option(app, "--from", find.from, "Modified then or later", "TIME");
        option(app, "--to", find.to, "Modified then or earlier; a date alone is the whole day",
               "TIME");
        app.add_option("--min-size", find.min_size, "At least so large")->type_name("BYTES");
        app.add_option("--max-size", find.max_size, "At most so large")->type_name("BYTES");
        CLI::Option* verified = app.add_flag("--verified", find.verified, "Verified ones alone");
        app.add_flag("--unverified", find.unverified, "The others alone")->excludes(verified);
        app.add_option("--order", find.order, "The newest first unless told")
            ->type_name("ORDER")
            ->transform(CLI::IsMember(search_orders()));
        app.add_flag("--total", find.total, "Tell how many match in all");
        CLI::Option* all = app.add_flag("--all", find.all, "Print all that match");
        app.add_option("--limit", find.limit, "So many at most; 100 unless told")
            ->type_name("N")
            ->check(CLI::PositiveNumber)
            ->excludes(all);
    }

    void declare_removals() {
        CLI::App& removals = noun("removals", "Stored bytes that no record names any more");
        add<RemovalsList>(removals, "list", "List them, the oldest first", "removals list --csv",
                          [this](CLI::App& app, RemovalsList&) { csv_flag(app); });
        add<RemovalsConfirm>(removals, "confirm", "Tell the daemon that their bytes are gone",
                             "removals confirm 0193f0c2a7b47c1e8a51d3b6f2c49e07",
                             [](CLI::App& app, RemovalsConfirm& confirm) {
                                 app.add_option("ID", confirm.ids, "As `removals list` has them")
                                     ->required()
                                     ->type_name("");
                             });
    }

    void declare_metrics() {
        CLI::App& metrics = noun("metrics", "Numbers over time");
        add<MetricsNames>(metrics, "names", "List what is measured", "metrics names",
                          [this](CLI::App& app, MetricsNames&) { csv_flag(app); });
        add<MetricsHistory>(
            metrics, "history", "Show the samples of one, averaged where they are many",
            "metrics history transfers --from 2025-01-01 --points 100",
            [this](CLI::App& app, MetricsHistory& history) {
                csv_flag(app);
                word(app, "NAME", history.name, "As `metrics names` has it");
                option(app, "--from", history.from, "Then or later", "TIME");
                option(app, "--to", history.to, "Then or earlier; a date alone is the whole day",
                       "TIME");
                app.add_option("--points", history.points, "So many at most; 10,000 unless told")
                    ->type_name("N")
                    ->check(CLI::PositiveNumber);
            });
        add<MetricsRecord>(metrics, "record", "Record a sample", "metrics record transfers 17",
                           [](CLI::App& app, MetricsRecord& sample) {
                               word(app, "NAME", sample.name, "1 to 255 characters");
                               word(app, "VALUE", sample.value, "A number");
                               option(app, "--at", sample.at, "When, if it is not now", "TIME");
                           });
        add<MetricsTrim>(metrics, "trim", "Delete every sample before a time",
                         "metrics trim 2025-01-01", [](CLI::App& app, MetricsTrim& trim) {
                             word(app, "BEFORE", trim.before, "A time, or the day to keep from");
                             yes_flag(app, trim.yes);
                         });
    }
};

}  // namespace catalogd::cli
