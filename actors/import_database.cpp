// Maintenance's handler of io.catalogd.Admin.ImportDatabase.
#include "actors/import/foresight.h"
#include "actors/import/importer.h"
#include "actors/maintenance.h"

namespace catalogd::actors {
namespace {

std::vector<catalog::import::Outcome> placed(WorkContext& context, catalog::import::Slice slice) {
    const auto outcomes = std::make_shared<std::vector<catalog::import::Outcome>>();
    context.write(
        ImportSlice{std::make_shared<const catalog::import::Slice>(std::move(slice)), outcomes});
    return std::move(*outcomes);
}

}  // namespace

admin::ImportDatabase::Reply perform(WorkContext& context, const admin::ImportDatabase& message) {
    const bool dry_run = message.dry_run.value_or(false);
    import::Foresight foresight(context.connection());
    const import::Surroundings surroundings{
        .catalog_path = context.connection().path(),
        .sealer = context.shared().sealer,
        .offset_at = import::offset_here,
        .place =
            [&](catalog::import::Slice slice) {
                return dry_run ? foresight.place(slice) : placed(context, std::move(slice));
            },
        .progress = [&](double done) { context.progress(done); },
        .stopped = [&] { return context.cancelled(); },
    };
    const import::Tally tally = import::run({message.path.value, dry_run}, surroundings);
    return {protocol::Object{to_json(tally)}, {}};
}

}  // namespace catalogd::actors
