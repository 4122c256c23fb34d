// The commands of whoever looks after the daemon, as they are declared: for command_line.cpp alone.
#pragma once

#include "cli/audit.h"
#include "cli/backups.h"
#include "cli/catalog_commands.ipp"
#include "cli/import.h"
#include "cli/jobs.h"
#include "cli/keys.h"
#include "cli/migrations.h"
#include "cli/settings.h"

namespace catalogd::cli {

class AdminCommands : public CatalogCommands {
protected:
    using CatalogCommands::CatalogCommands;

    void declare_admin() {
        declare_backups();
        declare_keys();
        declare_import();
        declare_settings();
        declare_migrations();
        declare_audit();
        declare_jobs();
    }

private:
    void declare_backups() {
        CLI::App& backup = noun("backup", "Copies of the catalog, and going back to one");
        add<BackupList>(backup, "list", "List backups", "backup list",
                        [this](CLI::App& app, BackupList&) { csv_flag(app); });
        add<BackupCreate>(
            backup, "create", "Take a backup now", "backup create before-upgrade",
            [](CLI::App& app, BackupCreate& create) {
                app.add_option("NAME", create.name, "Made of the time unless told")->type_name("");
            });
        add<BackupProve>(
            backup, "prove", "Restore a backup to a scratch file and compare it", "backup prove",
            [](CLI::App& app, BackupProve& prove) {
                app.add_option("NAME", prove.name, "The newest unless told")->type_name("");
            });
        add<BackupRestore>(
            backup, "restore", "Put a backup in the place of the catalog",
            "backup restore catalog-20261124T203000Z", [](CLI::App& app, BackupRestore& restore) {
                word(app, "BACKUP", restore.backup, "Its name; with --offline its file");
                app.add_flag("--without-keys", restore.without_keys,
                             "Though some of its session keys cannot be read then");
                yes_flag(app, restore.yes, "Restore without asking");
                app.add_flag("--offline", restore.offline, "Without a daemon, which must not run");
                option(app, "--database", restore.database, "With --offline: where it goes",
                       "PATH");
                option(app, "--key-file", restore.key_file,
                       "With --offline: the database's path followed by .key unless told", "PATH");
                option(app, "--folder", restore.folder,
                       "With --offline: for the backup of what is there; backups beside it",
                       "PATH");
            });
        declare_stored(backup);
    }
    void declare_stored(CLI::App& backup) {
        add<BackupRead>(backup, "read", "Copy a backup out of the daemon into a file",
                        "backup read catalog-20261124T203000Z /mnt/safe/catalog.backup",
                        [](CLI::App& app, BackupRead& read) {
                            word(app, "NAME", read.name, "The backup's");
                            word(app, "FILE", read.to, "Must not be there yet");
                        });
        add<BackupDelete>(backup, "delete", "Delete a backup",
                          "backup delete catalog-20261124T203000Z",
                          [](CLI::App& app, BackupDelete& gone) {
                              word(app, "NAME", gone.name, "The backup's");
                              yes_flag(app, gone.yes);
                          });
    }
    void declare_keys() {
        CLI::App& keys = noun("keys", "What seals the session keys");
        add<KeysRotate>(keys, "rotate", "Seal every session key anew, with a new key",
                        "keys rotate", [](CLI::App&, KeysRotate&) {});
        add<KeysExport>(keys, "export", "Copy the key file, which belongs apart from the database",
                        "keys export /mnt/safe/catalog.key", [](CLI::App& app, KeysExport& copy) {
                            word(app, "FILE", copy.to, "Must not be there yet");
                            key_file_option(app, copy.key_file);
                        });
        add<KeysImport>(keys, "import", "Put a key file where the daemon looks for it",
                        "keys import /mnt/safe/catalog.key", [](CLI::App& app, KeysImport& copy) {
                            word(app, "FILE", copy.from, "What keys export has written");
                            key_file_option(app, copy.key_file);
                        });
    }
    void declare_import() {
        add<Import>(app(), "import", "Bring an old server's database over",
                    "import /srv/backup/defensive.db --dry-run", [](CLI::App& app, Import& import) {
                        word(app, "FILE", import.file,
                             "A copy that the daemon can read, its log beside it; never changed");
                        app.add_flag("--dry-run", import.dry_run,
                                     "Only tell what would be brought over");
                    });
    }

    void declare_settings() {
        CLI::App& settings =
            noun("settings", "What the daemon is told, by whom, and changes of it");
        add<SettingsList>(settings, "list", "List every setting", "settings list --json",
                          [this](CLI::App& app, SettingsList&) { csv_flag(app); });
        add<SettingsSet>(settings, "set", "Keep a value in the catalog",
                         "settings set log.level debug", [](CLI::App& app, SettingsSet& setting) {
                             word(app, "NAME", setting.name, "As settings list shows it");
                             word(app, "VALUE", setting.value, "As in the configuration file");
                         });
        add<SettingsUnset>(settings, "unset", "Go back to the default", "settings unset log.level",
                           [](CLI::App& app, SettingsUnset& setting) {
                               word(app, "NAME", setting.name, "As settings list shows it");
                           });
        add<Reload>(app(), "reload", "Have the configuration file read again", "reload",
                    [](CLI::App&, Reload&) {});
    }

    void declare_migrations() {
        CLI::App& migrations = noun("migrations", "The steps that made the catalog's schema");
        add<MigrationsList>(migrations, "list", "List the steps, and which can be taken back",
                            "migrations list", [](CLI::App&, MigrationsList&) {});
        add<MigrationsRollback>(
            migrations, "rollback", "Go back to an older schema, before an older daemon is put in",
            "migrations rollback 5", [](CLI::App& app, MigrationsRollback& rollback) {
                app.add_option("VERSION", rollback.to, "The schema's version")
                    ->required()
                    ->type_name("");
                app.add_flag("--yes,-y", rollback.yes, "Go back without asking");
            });
    }
    void declare_audit() {
        CLI::App& audit = noun("audit", "Who did what: deletions, administration, refusals");
        add<AuditList>(audit, "list", "List entries, the newest first", "audit list --limit 20",
                       [this](CLI::App& app, AuditList& list) {
                           limit_option(app, list.limit);
                           csv_flag(app);
                       });
        add<AuditVerify>(audit, "verify", "Whether each entry fits the one before it; 1 if not",
                         "audit verify", [](CLI::App&, AuditVerify&) {});
    }

    void declare_jobs() {
        CLI::App& jobs = noun("jobs", "What the daemon does by itself, and when");
        add<JobsList>(jobs, "list", "List the jobs, with their next and last runs", "jobs list",
                      [this](CLI::App& app, JobsList&) { csv_flag(app); });
        add<JobsRun>(jobs, "run", "Run a job now; 1 where it does not succeed",
                     "jobs run vacuum --full", declare_run);
        add<JobsCancel>(jobs, "cancel", "End a run before its next step", "jobs cancel 318",
                        [](CLI::App& app, JobsCancel& cancel) {
                            app.add_option("RUN", cancel.run, "Its number, as history shows it")
                                ->required()
                                ->type_name("");
                        });
        add<JobsHistory>(jobs, "history", "List runs, the newest first",
                         "jobs history --job backup", [this](CLI::App& app, JobsHistory& history) {
                             option(app, "--job", history.job, "Only this job's", "JOB");
                             limit_option(app, history.limit);
                             csv_flag(app);
                         });
        add<JobsForecast>(jobs, "forecast", "What a job would take and gain now",
                          "jobs forecast vacuum", [](CLI::App& app, JobsForecast& forecast) {
                              word(app, "JOB", forecast.job, "As list shows it");
                          });
        add<JobsHold>(jobs, "hold", "Keep jobs from beginning for a while",
                      "jobs hold 'a restore of laptop' --seconds 7200",
                      [](CLI::App& app, JobsHold& hold) {
                          word(app, "REASON", hold.reason, "For whoever lists the jobs meanwhile");
                          app.add_option("--seconds", hold.seconds, "For so long at most")
                              ->type_name("N")
                              ->check(CLI::PositiveNumber);
                      });
        add<JobsRelease>(jobs, "release", "Let jobs begin again", "jobs release",
                         [](CLI::App&, JobsRelease&) {});
    }

    static void declare_run(CLI::App& app, JobsRun& run) {
        word(app, "JOB", run.job, "As list shows it");
        app.add_option("PARAMETERS", run.parameters, "One JSON object, as the interface names them")
            ->type_name("");
        app.add_flag("--full", run.full, "Of integrity-check and vacuum: the rarer, whole kind");
        app.add_flag("--repair", run.repair, "Of orphan-check: remove what it finds");
        app.add_flag("--rebuild", run.rebuild, "Of search-index: build it anew");
        app.add_flag("--no-wait", run.no_wait, "Do not wait for its end");
    }

    static void key_file_option(CLI::App& app, std::string& value) {
        option(app, "--key-file", value, "database.key_file of the daemon's configuration", "PATH");
    }
};

}  // namespace catalogd::cli
