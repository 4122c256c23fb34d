// Samples: what is recorded, what a window of them shows, and what goes when.
#include "catalog/metrics.h"

#include <algorithm>
#include <random>

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {

namespace metrics {
static bool operator==(const Point& one, const Point& other) {
    return one.at == other.at && one.value == other.value;
}
static void PrintTo(const Point& point, std::ostream* out) {
    *out << point.value << " at " << point.at;
}
}  // namespace metrics

namespace {

using metrics::Expiry;
using metrics::Point;
using metrics::Sample;
using metrics::Window;
using testing::ElementsAre;
using testing::IsEmpty;

using Points = std::vector<Point>;

class Metrics : public CatalogFixture {
protected:
    void record(const std::vector<Sample>& samples, const Expiry& expiry = {}) {
        commit([&](WriteTransaction& t) { metrics::record(t, samples, expiry); });
    }
    // One at each of these times, with its time for a value.
    void record_at(const std::string& name, std::initializer_list<std::int64_t> times) {
        for (const std::int64_t at : times) {
            record({{name, at, static_cast<double>(at)}});
        }
    }
    bool record_once(const Sample& sample) {
        return commit([&](WriteTransaction& t) { return metrics::record_once(t, sample); });
    }
    std::int64_t trim(std::int64_t before, std::int64_t most = 1'000) {
        return commit([&](WriteTransaction& t) { return metrics::trim(t, before, most); });
    }
    std::int64_t remove_expired(const Expiry& expiry) {
        return commit([&](WriteTransaction& t) { return metrics::remove_expired(t, expiry); });
    }
    Points history(const std::string& name, const Window& window = {}, std::int64_t most = 1'000) {
        return metrics::history(writer(), name, window, most);
    }
    std::vector<std::string> names() { return metrics::names(writer()); }
};

TEST_F(Metrics, AreShownInOrderOfTimeHoweverTheyCame) {
    record({{"load", 30, 3}, {"load", -10, 1.5}, {"other", 15, 9}, {"load", 20, -2}});
    EXPECT_THAT(history("load"), ElementsAre(Point{-10, 1.5}, Point{20, -2}, Point{30, 3}));
    EXPECT_THAT(names(), ElementsAre("load", "other"));
}

TEST_F(Metrics, OfOneTimeAreKeptBesideEachOtherAsTheyCame) {
    record({{"load", 5, 3}, {"load", 5, 1}});
    record({{"load", 5, 2}, {"load", 5, 2}});
    EXPECT_THAT(history("load"), ElementsAre(Point{5, 3}, Point{5, 1}, Point{5, 2}, Point{5, 2}));
}

TEST_F(Metrics, OfAWindowAreThoseBetweenItsEndsIncludingBoth) {
    record_at("load", {10, 20, 30, 40});
    EXPECT_THAT(history("load", {20, 30}), ElementsAre(Point{20, 20}, Point{30, 30}));
    EXPECT_THAT(history("load", {21, 29}), IsEmpty());
    EXPECT_THAT(history("load", {30, 20}), IsEmpty());
}

TEST_F(Metrics, OfAnUnknownNameAreNone) {
    record_at("load", {10});
    EXPECT_THAT(history("loa"), IsEmpty());
    EXPECT_THAT(history(""), IsEmpty());
}

TEST_F(Metrics, AreAveragedIntoAsManyPointsAsAreWanted) {
    record_at("load", {10, 20, 30, 40, 50});
    EXPECT_THAT(history("load", {}, 1), ElementsAre(Point{30, 30}));
    EXPECT_THAT(history("load", {}, 2), ElementsAre(Point{20, 20}, Point{45, 45}));
    EXPECT_THAT(history("load", {}, 5), testing::SizeIs(5));
}

TEST_F(Metrics, HaveFiniteMeansHoweverLargeTheyAre) {
    constexpr double largest = std::numeric_limits<double>::max();
    constexpr std::int64_t year_9999 = 253'402'300'799'999;
    record({{"load", year_9999, largest}, {"load", year_9999, largest}});
    EXPECT_THAT(history("load", {}, 1), ElementsAre(Point{year_9999, largest}));
}

TEST_F(Metrics, AreImportedOnceHoweverOften) {
    EXPECT_TRUE(record_once({"load", 5, 1.25}));
    EXPECT_FALSE(record_once({"load", 5, 1.25}));
    EXPECT_TRUE(record_once({"load", 5, 1.5}));
    EXPECT_TRUE(record_once({"load", 5, 1}));
    EXPECT_TRUE(record_once({"load", 6, 1.25}));
    EXPECT_TRUE(record_once({"other", 5, 1.25}));
    EXPECT_THAT(history("load"),
                ElementsAre(Point{5, 1.25}, Point{5, 1.5}, Point{5, 1}, Point{6, 1.25}));
}

TEST_F(Metrics, GoFromTheirFrontWhenTheirTimeIsOver) {
    record_at("load", {10, 20, 30, 40});
    record_at("other", {10});
    record({{"load", 50, 50}}, {35, 2});
    EXPECT_THAT(history("load"), ElementsAre(Point{30, 30}, Point{40, 40}, Point{50, 50}));
    record({{"load", 60, 60}}, {35, 2});
    EXPECT_THAT(history("load", {0, 50}), ElementsAre(Point{40, 40}, Point{50, 50}));
    EXPECT_THAT(history("other"), testing::SizeIs(1)) << "nothing of it was recorded";
}

TEST_F(Metrics, OfOneTimeGoOneByOneInTheirOrder) {
    record({{"load", 1, 10}, {"load", 1, 11}, {"load", 1, 12}, {"load", 2, 20}, {"load", 2, 21}});
    EXPECT_EQ(remove_expired({5, 2}), 2);
    EXPECT_THAT(history("load"), ElementsAre(Point{1, 12}, Point{2, 20}, Point{2, 21}));
    EXPECT_EQ(remove_expired({5, 2}), 2);
    EXPECT_THAT(history("load"), ElementsAre(Point{2, 21}));
}

TEST_F(Metrics, OfSeveralNamesShareWhatACallMayRemove) {
    record_at("a", {1, 2, 3});
    record_at("b", {1, 2, 3});
    record({{"a", 9, 9}, {"b", 9, 9}}, {5, 4});
    EXPECT_THAT(history("a"), testing::SizeIs(1));
    EXPECT_THAT(history("b"), ElementsAre(Point{2, 2}, Point{3, 3}, Point{9, 9}));
}

TEST_F(Metrics, ThatAreOldAlreadyStayWhenTheyAreRecorded) {
    record({{"load", 1, 1}}, {100, 10});
    EXPECT_THAT(history("load"), testing::SizeIs(1));
}

TEST_F(Metrics, AreCleanedUpInSlicesUntilNoneIsLeft) {
    record_at("a", {1, 2, 3});
    record_at("b", {1, 2, 9});
    EXPECT_EQ(remove_expired({5, 2}), 2);
    EXPECT_EQ(remove_expired({5, 2}), 2);
    EXPECT_EQ(remove_expired({5, 2}), 1);
    EXPECT_EQ(remove_expired({5, 2}), 0);
    EXPECT_THAT(names(), ElementsAre("b"));
    EXPECT_THAT(history("b"), ElementsAre(Point{9, 9}));
}

TEST_F(Metrics, BeforeATimeAreTrimmedAndCountedAndNamesWithoutAnyAreForgotten) {
    record_at("a", {10, 20, 30});
    record_at("b", {19});
    EXPECT_EQ(trim(20), 2);
    EXPECT_THAT(history("a"), ElementsAre(Point{20, 20}, Point{30, 30}));
    EXPECT_THAT(names(), ElementsAre("a"));
    EXPECT_EQ(trim(20), 0);
    EXPECT_EQ(trim(std::numeric_limits<std::int64_t>::max()), 2);
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(Metrics, AreNotTrimmedWhereTheyAreMoreThanOneCommitMayRemove) {
    record_at("a", {1, 2});
    record_at("b", {1, 2});
    const auto before = everything();
    EXPECT_EQ(refused<TooManySamples>([](auto& t) { metrics::trim(t, 3, 3); }).most, 3);
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(trim(3, 4), 4);
}

TEST_F(Metrics, AreTrimmedStepByStepUpToTheTimeThatARefusalNames) {
    record_at("a", {1, 2, 3, 4, 5, 6});
    record_at("b", {3, 4});
    const auto refusal = refused<TooManySamples>([](auto& t) { metrics::trim(t, 9, 4); });
    EXPECT_EQ(refusal.before, 3) << "a has two before it, which are its share";
    EXPECT_EQ(trim(refusal.before, 4), 2);
    EXPECT_EQ(refused<TooManySamples>([](auto& t) { metrics::trim(t, 9, 4); }).before, 5);
    EXPECT_EQ(trim(5, 4), 4);
    EXPECT_EQ(trim(9, 4), 2);
}

TEST_F(Metrics, ThatAreNoNumbersAreRefused) {
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    refused<SQLite::Exception>([&](auto& t) { metrics::record(t, {{"a", 1, nothing}}, {}); });
    EXPECT_THAT(names(), IsEmpty());
}

// Random samples, and windows of them: what a plain look at all of them gives.
class RandomMetrics : public Metrics, public testing::WithParamInterface<unsigned> {
protected:
    std::int64_t up_to(std::int64_t most) {
        return static_cast<std::int64_t>(random_() % static_cast<unsigned>(most));
    }
    std::string random_name() { return std::string(1, static_cast<char>('a' + up_to(3))); }

    void record_some() {
        std::vector<Sample> samples;
        for (std::int64_t i = up_to(40); i > 0; --i) {
            samples.push_back({random_name(), up_to(200), static_cast<double>(up_to(1'000)) / 8});
        }
        record(samples);
        all_.insert(all_.end(), samples.begin(), samples.end());
    }
    void trim_some() {
        const std::int64_t before = up_to(30);
        const auto old = [&](const Sample& sample) { return sample.at < before; };
        EXPECT_EQ(trim(before, 100'000), std::count_if(all_.begin(), all_.end(), old));
        std::erase_if(all_, old);
    }
    Points expected(const std::string& name, const Window& window) {
        Points points;
        for (const Sample& sample : all_) {
            if (sample.name == name && sample.at >= window.from && sample.at <= window.to) {
                points.push_back({sample.at, sample.value});
            }
        }
        std::stable_sort(points.begin(), points.end(),
                         [](const Point& a, const Point& b) { return a.at < b.at; });
        return points;
    }
    static Point mean_of(const Points& samples, std::size_t begin, std::size_t end) {
        Point sum;
        for (std::size_t i = begin; i < end; ++i) {
            sum.at += samples[i].at;
            sum.value += samples[i].value;
        }
        const auto count = static_cast<std::int64_t>(end - begin);
        return {sum.at / count, sum.value / static_cast<double>(count)};
    }
    // Exactly so many groups, each a fair share of the samples; together they weigh what all do.
    static void expect_means(const Points& points, const Points& samples, std::size_t most) {
        const std::size_t groups = std::min(samples.size(), most);
        ASSERT_EQ(points.size(), groups);
        double weighed = 0;
        std::size_t begin = 0;
        for (std::size_t i = 0; i < groups; ++i) {
            const std::size_t end = ((i + 1) * samples.size() + groups - 1) / groups;
            const Point mean = mean_of(samples, begin, end);
            EXPECT_EQ(points[i].at, mean.at);
            EXPECT_NEAR(points[i].value, mean.value, 1e-9);
            weighed += points[i].value * static_cast<double>(end - begin);
            begin = end;
        }
        EXPECT_EQ(begin, samples.size());
        EXPECT_NEAR(weighed, total(samples), 1e-6);
    }
    static double total(const Points& samples) {
        double sum = 0;
        for (const Point& sample : samples) {
            sum += sample.value;
        }
        return sum;
    }

    std::vector<Sample> all_;
    std::mt19937 random_{GetParam()};
};

TEST_P(RandomMetrics, OfAnyWindowAreWhatAPlainLookFinds) {
    for (int i = 0; i < 60 && !HasFailure(); ++i) {
        SCOPED_TRACE("round " + std::to_string(i));
        record_some();
        if (up_to(8) == 0) {
            trim_some();
        }
        const Window window{up_to(200), up_to(220)};
        const std::string name = random_name();
        EXPECT_EQ(history(name, window, 100'000), expected(name, window));
        const std::int64_t most = 1 + up_to(30);
        expect_means(history(name, window, most), expected(name, window),
                     static_cast<std::size_t>(most));
    }
    expect_sound();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMetrics, testing::Range(1U, 6U));

}  // namespace
}  // namespace catalogd::catalog
