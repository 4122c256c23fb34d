#include "actors/jobs/findings.h"

#include <algorithm>

namespace catalogd::actors {
namespace {

using health::Finding;
using health::Status;

constexpr std::int64_t one_day = std::int64_t{24} * 3'600'000;
// A proof comes every day unless told otherwise.
constexpr std::int64_t proof_is_old = 7 * one_day;

// The result of a run that has succeeded.
template <class Job>
std::optional<typename Job::Reply> figures_of(const std::optional<jobs::JobRun>& run) {
    if (!run || run->state != jobs::State::succeeded || !run->result) {
        return {};
    }
    const auto result = protocol::decode_text<typename Job::Reply>(run->result->json);
    return result ? std::optional(*result) : std::nullopt;
}

const Scheduler::Figures::Job& job_named(const Scheduler::Figures& figures, std::string_view name) {
    static const Scheduler::Figures::Job none;
    const auto* job = figures.find(name);
    return job != nullptr ? *job : none;
}

bool is_failed(const std::optional<jobs::JobRun>& run) {
    return run && run->state == jobs::State::failed;
}

std::string and_more(std::int64_t more) {
    return more > 0 ? ", and " + std::to_string(more) + " more" : "";
}

// What either kind of check has found stands until that kind finds nothing.
std::optional<Finding> integrity_found(const Scheduler::Figures& figures) {
    const auto& job = job_named(figures, jobs::IntegrityCheck::method);
    const auto quick = figures_of<jobs::IntegrityCheck>(job.last);
    const auto full = figures_of<jobs::IntegrityCheck>(job.last_full);
    if (!quick && !full) {
        return {};
    }
    Finding finding{"integrity"};
    for (const auto* result : {&full, &quick}) {
        if (*result && !(*result)->faults.empty()) {
            const auto& faults = (*result)->faults;
            finding.status = Status::fail;
            finding.observed = static_cast<double>(faults.size());
            finding.reason =
                faults.front() + and_more(static_cast<std::int64_t>(faults.size()) - 1);
            finding.recommendation =
                "restore the newest proven backup, and check the disk that the database is on";
        }
    }
    return finding;
}

std::optional<Finding> foreign_keys_found(const Scheduler::Figures& figures) {
    const auto result =
        figures_of<jobs::ForeignKeyCheck>(job_named(figures, jobs::ForeignKeyCheck::method).last);
    if (!result) {
        return {};
    }
    Finding finding{"foreign-keys"};
    finding.observed = static_cast<double>(result->violations);
    if (!result->first.empty()) {
        const jobs::Violation& first = result->first.front();
        finding.status = Status::fail;
        finding.reason = (first.row ? "row " + std::to_string(*first.row) : "a row") +
                         " of table " + first.table + " refers to a row of " + first.parent +
                         " that is not there" + and_more(result->violations - 1);
        finding.recommendation = "catalogctl jobs run orphan-check";
    }
    return finding;
}

std::optional<Finding> orphans_found(const Scheduler::Figures& figures) {
    const auto result =
        figures_of<jobs::OrphanCheck>(job_named(figures, jobs::OrphanCheck::method).last);
    if (!result) {
        return {};
    }
    Finding finding{"orphans"};
    const std::int64_t left = result->orphans - result->repaired;
    finding.observed = static_cast<double>(left);
    if (left > 0) {
        finding.status = Status::warn;
        finding.reason = std::to_string(left) + " file records have no client";
        finding.recommendation = "catalogctl jobs run orphan-check --repair";
    }
    return finding;
}

// Observed: the seconds since a backup was proven.
std::optional<Finding> backup_found(const Scheduler::Figures& figures, std::int64_t wall) {
    const auto& taken = job_named(figures, jobs::TakeBackup::method).last;
    const auto& proof = job_named(figures, jobs::BackupProof::method).last;
    if (!taken && !proof && !figures.last_proven) {
        return {};
    }
    Finding finding{"backup"};
    if (figures.last_proven) {
        finding.observed = static_cast<double>(wall - *figures.last_proven) / 1000;
        finding.unit = "s";
    }
    if (is_failed(proof)) {
        finding.status = Status::fail;
        finding.reason = "the newest backup could not be proven: " + proof->reason.value_or("");
        finding.recommendation = "take another, and check the disk that backups are on";
    } else if (is_failed(taken)) {
        finding.status = Status::warn;
        finding.reason = "the last backup failed: " + taken->reason.value_or("");
    } else if (figures.last_proven && wall - *figures.last_proven > proof_is_old) {
        finding.status = Status::warn;
        finding.reason = "no backup was proven for " +
                         std::to_string((wall - *figures.last_proven) / one_day) + " days";
        finding.recommendation = "catalogctl jobs run backup-proof";
    }
    return finding;
}

Finding jobs_found(const Scheduler::Figures& figures) {
    Finding finding{"jobs"};
    int failed = 0;
    for (const auto& job : figures.jobs) {
        for (const auto* run : {&job.last, &job.last_full}) {
            if (is_failed(*run)) {
                ++failed;
                finding.reason += (finding.reason.empty() ? "" : "; ") + job.name +
                                  " has failed: " + (*run)->reason.value_or("");
            }
        }
    }
    finding.observed = failed;
    finding.status = failed > 0 ? Status::warn : Status::pass;
    finding.recommendation = failed > 0 ? "catalogctl jobs history" : "";
    return finding;
}

}  // namespace

std::vector<health::Finding> findings_of(const Scheduler::Figures& figures, std::int64_t wall) {
    std::vector<Finding> findings{jobs_found(figures)};
    for (auto& finding : {integrity_found(figures), foreign_keys_found(figures),
                          orphans_found(figures), backup_found(figures, wall)}) {
        if (finding) {
            findings.push_back(*finding);
        }
    }
    return findings;
}

}  // namespace catalogd::actors
