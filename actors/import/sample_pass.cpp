#include "actors/import/sample_pass.h"

#include "actors/import/interpretation.h"
#include "catalog/import/old_columns.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldSample;
using catalog::import::Outcome;
using catalog::metrics::Sample;

constexpr std::size_t slice_samples = 200;  // some milliseconds of the writer's time

// Equal ones of the old database follow each other.
class SamplePass {
public:
    explicit SamplePass(Course& course) : course_(course) { table_.table = "metrics_history"; }

    void read(const OldSample& row) {
        course_.row_read(table_);
        auto sample = read_sample(row, course_.surroundings().offset_at);
        if (!sample) {
            course_.set_aside(table_, Reason::sample,
                              cells_of(catalog::import::sample_columns, row));
            return;
        }
        if (last_ && is_same(*last_, *sample)) {
            ++table_.merged;
            return;
        }
        last_ = *sample;
        slice_.samples.push_back(std::move(*sample));
        if (slice_.samples.size() >= slice_samples) {
            settle();
        }
    }

    void finish() {
        settle();
        course_.tally().tables.push_back(std::move(table_));
    }

private:
    static bool is_same(const Sample& a, const Sample& b) {
        return a.name == b.name && a.at == b.at && a.value == b.value;
    }

    void settle() {
        if (slice_.samples.empty()) {
            return;
        }
        for (const Outcome outcome : course_.surroundings().place(std::exchange(slice_, {}))) {
            ++(outcome == Outcome::imported ? table_.imported : table_.present);
        }
    }

    Course& course_;
    TableTally table_;
    std::optional<Sample> last_;
    catalog::import::Slice slice_;
};

}  // namespace

void pass_samples(catalog::import::OldDatabase& old, Course& course) {
    if (old.schema().find("metrics_history") == nullptr) {
        return;
    }
    SamplePass pass(course);
    old.samples([&](const OldSample& row) { pass.read(row); });
    pass.finish();
}

}  // namespace catalogd::actors::import
