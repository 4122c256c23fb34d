// /metrics as Prometheus reads it, and docs/metrics.md against the table of metrics.
#include "endpoints/http/metrics.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "endpoints/http/metrics_text.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints::http {
namespace {

using testing::HasSubstr;

std::string text_of(ServedCatalog& catalog) {
    const auto look = catalog.health().latest();
    const Actors actors = catalog.actors();
    return metrics_text({actors, look->health, 3, 2, 1});
}

TEST(Metrics, HaveNamesByTheRulesAndOfTheirOwn) {
    std::set<std::string_view> names;
    for (const Metric& metric : metrics()) {
        EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
        EXPECT_TRUE(metric.name.starts_with("catalogd_")) << metric.name;
        EXPECT_EQ(metric.name.ends_with("_total"), metric.type == "counter") << metric.name;
        EXPECT_TRUE(metric.help.ends_with('.')) << metric.name;
    }
}

TEST(Metrics, TellWhatTheActorsDo) {
    ServedCatalog catalog;
    catalog.add_files(catalog.add_client("laptop"), 3);
    catalog.call("io.catalogd.Clients.List");
    // An actor counts a request when it is done with it, which may be after the answer.
    const Actors actors = catalog.actors();
    ASSERT_TRUE(eventually([&] {
        return actors.readers.figures().active == 0 && !actors.writer.figures().busy_since;
    }));
    catalog.health().look();
    const std::string text = text_of(catalog);
    EXPECT_THAT(text, HasSubstr("\ncatalogd_commits_total 2\n"));
    EXPECT_THAT(text, HasSubstr("\ncatalogd_check_status{check=\"disk-free\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("\ncatalogd_request_duration_seconds_count{class=\"write\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("\ncatalogd_request_duration_seconds_count{class=\"list\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("\ncatalogd_connections{socket=\"varlink\"} "));
    EXPECT_THAT(text, HasSubstr("# TYPE catalogd_commit_duration_seconds histogram\n"));
    EXPECT_THAT(text, HasSubstr("le=\"+Inf\"} 2\n"));
}

TEST(MetricsText, CountsExactlyAtEachBound) {
    actors::Timing timing;
    timing.add(std::chrono::microseconds(60));   // below 65.536
    timing.add(std::chrono::microseconds(66));   // above it
    timing.add(std::chrono::milliseconds(100));  // 0.1 s
    timing.add(std::chrono::hours(1));
    std::string text;
    append_histogram(text, "x_seconds", "class=\"a\"", timing);
    EXPECT_THAT(text, HasSubstr("x_seconds_bucket{class=\"a\",le=\"6.5536e-05\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("x_seconds_bucket{class=\"a\",le=\"0.000131072\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("x_seconds_bucket{class=\"a\",le=\"0.067108864\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("x_seconds_bucket{class=\"a\",le=\"0.134217728\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("x_seconds_bucket{class=\"a\",le=\"+Inf\"} 4\n"));
    EXPECT_THAT(text, HasSubstr("x_seconds_count{class=\"a\"} 4\n"));
    EXPECT_THAT(text, HasSubstr("x_seconds_sum{class=\"a\"} 3600.1"));
}

TEST(MetricsText, EscapesValuesOfLabels) {
    EXPECT_EQ(escaped_label("a\"b\\c\nd"), "a\\\"b\\\\c\\nd");
}

// Held against the repository's page; with CATALOGD_REGENERATE=1 in the environment written anew.
TEST(MetricsPage, HasEveryMetricThatThereIs) {
    const auto path = std::filesystem::path(CATALOGD_SOURCE_DIR) / "docs/metrics.md";
    const std::string heading = "## Every metric\n";
    std::stringstream found;
    found << std::ifstream(path).rdbuf();
    std::string page = found.str();
    page.resize(page.find(heading) + heading.size());
    page += "\n| metric | type | labels | what it tells |\n|---|---|---|---|\n";
    for (const Metric& metric : metrics()) {
        page += "| `" + std::string(metric.name) + "` | " + std::string(metric.type) + " | " +
                std::string(metric.labels) + " | " + std::string(metric.help) + " |\n";
    }
    if (std::getenv("CATALOGD_REGENERATE") != nullptr) {
        std::ofstream(path) << page;
        return;
    }
    EXPECT_EQ(found.str(), page) << "Run this test with CATALOGD_REGENERATE=1 in the environment.";
}

}  // namespace
}  // namespace catalogd::endpoints::http
