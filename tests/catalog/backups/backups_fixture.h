// A catalog with a folder of backups, and the words in which tests speak of them.
#pragma once

#include "catalog/backups/fit.h"
#include "catalog/backups/restored.h"
#include "catalog/backups/retention.h"
#include "catalog/backups/swap.h"
#include "catalog/backups/take.h"
#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog::backups {

class BackupsFixture : public CatalogFixture {
protected:
    void SetUp() override {
        client_ = save_client("one", 1);
        save_files(client_, {"a", "b", "c"});
    }

    [[nodiscard]] std::string folder() const { return folder_.file("backups"); }
    [[nodiscard]] std::string scratch() const { return folder_.file("scratch"); }

    Backup take(const std::string& name) { return take(name, Slices()); }
    Backup take(const std::string& name, const Slices& slices) {
        MaintenanceConnection source(options());
        return backups::take(source, store_, name, now, slices);
    }
    Backup prove(const std::string& name) { return backups::prove(store_, name, now, {}); }
    void restore_to_scratch(const std::string& name) {
        std::filesystem::remove(scratch());
        backups::restore_to_scratch(store_, store_.find(name), scratch(), {});
    }
    // The whole of it, as the daemon does.
    void restore(const std::string& name) {
        restore_to_scratch(name);
        fit(scratch(), writer().query_integer("PRAGMA page_size"), now, {});
        Swap swap(writer(), scratch());
        while (!swap.step()) {
        }
    }

    [[nodiscard]] std::string content(const std::string& name) const {
        return content_of(store_.path(name));
    }
    void damage(const std::string& name, const std::string& content) const {
        std::filesystem::resize_file(store_.path(name), 0);
        write_file(store_.path(name), content);
    }

    // What proving it says; empty where it is as it was taken.
    std::string damage_found(const std::string& name) {
        try {
            prove(name);
        } catch (const BackupDamaged& damaged) {
            return damaged.reason;
        }
        return "";
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const Backup& backup : store_.list()) {
            names.push_back(backup.name);
        }
        return names;
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder())) {
            files.push_back(entry.path().filename());
        }
        std::ranges::sort(files);
        return files;
    }

    Store store_{folder_.file("backups"), 0};
    std::int64_t client_ = 0;
};

}  // namespace catalogd::catalog::backups
