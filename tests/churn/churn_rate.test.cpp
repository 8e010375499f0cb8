// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/churn/churn_rate.hpp>
#include <credence/core/time_projection.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "churn/spans.hpp"
#include "support/error_of.hpp"

namespace test_churn_rate {

using namespace std::chrono;
using credence::churn_denominator;
using credence::churn_rate;
using credence::returning_customers;
using spans::at;
using spans::subscription;

/// So many customers from before January on, of whom so many leave on its tenth day, and so many who join on its fifth.
std::vector<subscription> january(int customers, int lost, int joined = 0, int lost_new = 0) {
  std::vector<subscription> rows;
  for (int who = 0; who < customers + joined; ++who) {
    bool const is_new = who >= customers;
    bool const leaves = is_new ? who - customers < lost_new : who < lost;
    rows.push_back({who, at(is_new ? 96 : -1000), {}, 0});
    if (leaves) rows.back().end = at(216);
  }
  return rows;
}
credence::churn_rate_result of_january(std::vector<subscription> const& rows, churn_denominator denominator) {
  return churn_rate(rows, &subscription::start, &subscription::end,
                    {.from = at(0), .to = at(31 * 24), .denominator = denominator});
}

TEST_CASE("churn rate: published examples") {
  CHECK(of_january(january(70, 10), churn_denominator::start_of_period).value ==
        doctest::Approx(10.0 / 70).epsilon(1e-15));  // Appstle: 14.29 %
  CHECK(std::round(of_january(january(70, 10), churn_denominator::start_of_period).value * 1e4) == 1429);
  CHECK(of_january(january(500, 50), churn_denominator::start_of_period).value == .1);  // 500 -> 450
  auto const posthog = of_january(january(100'000, 17'000), churn_denominator::start_of_period);
  CHECK(posthog.value == .17);
  CHECK(posthog.active_at_start == 100'000);
  CHECK(posthog.active_at_end == 83'000);
}

TEST_CASE("churn rate: ChartMogul divides by the customers at the start, and does not count the new ones who leave") {
  auto const found = of_january(january(200, 20, 50, 5), churn_denominator::start_of_period);
  CHECK(found.lost == 20);
  CHECK(found.lost_new == 5);
  CHECK(found.value == .1);
}
TEST_CASE("churn rate: Stripe divides by the start and the new, over trailing 30 days") {
  auto const rows = january(200, 20, 50, 5);
  auto const found = churn_rate(rows, &subscription::start, &subscription::end,
                                {.from = at(0), .to = at(30 * 24), .denominator = churn_denominator::start_plus_new});
  CHECK(found.lost == 25);
  CHECK(found.exposed == 250);
  CHECK(found.value == .1);
  // Stripe counts a second leaving of one customer as a second churn; here a customer is lost once.
  std::vector<subscription> const twice{{1, at(-9), at(5)}, {1, at(7), at(9)}, {2, at(-9), {}}};
  CHECK(churn_rate(twice, &subscription::who, &subscription::start, &subscription::end,
                   {.from = at(0), .to = at(30 * 24), .denominator = churn_denominator::start_plus_new})
            .lost == 1);
}
TEST_CASE("churn rate: Recurly's basic definition is all the lost over the start, its better one is by customer-days") {
  // Their example: 1,000 customers, of whom 50 leave, and 500 new ones, of whom 12 leave: 6.2 %.
  auto const rows = january(1'000, 50, 500, 12);
  auto const found = of_january(rows, churn_denominator::start_of_period);
  CHECK(found.value == .05);
  CHECK(static_cast<double>(found.lost + found.lost_new) / static_cast<double>(found.active_at_start) == .062);
  CHECK(found.active_at_end == 1'438);
  auto const days = of_january(rows, churn_denominator::exposure);
  CHECK(days.lost == 62);
  CHECK(days.exposed == 950 * 31 + 50 * 9 + 488 * 27 + 12 * 5);
  CHECK(days.value == doctest::Approx(62 / days.exposed).epsilon(1e-15));
}
TEST_CASE("churn rate: PostHog divides those of the start who stopped by those of the start") {
  auto const found = of_january(january(100, 20, 30, 10), churn_denominator::start_of_period);
  CHECK(found.value == .2);  // 100 at the start, 80 of them at the end
}
TEST_CASE("churn rate: Shopify's formula adds up days") {
  // 100; on the first day 10 leave, on the second 9 of 90.
  std::vector<subscription> rows = january(100, 0);
  for (std::size_t who = 0; who < 19; ++who) rows[who].end = at(who < 10 ? 5 : 30);
  auto const found = of_january(rows, churn_denominator::daily);
  CHECK(found.value == doctest::Approx(.2).epsilon(1e-15));
  CHECK(found.lost == 19);
}
TEST_CASE("churn rate: the average divides by the mean of start and end") {
  auto const found = of_january(january(200, 20, 50, 5), churn_denominator::average);
  CHECK(found.active_at_end == 225);
  CHECK(found.exposed == 212.5);
  CHECK(found.value == doctest::Approx(25 / 212.5).epsilon(1e-15));
}
TEST_CASE("churn rate: by exposure, with the exact interval that R's cipoisson has") {
  // 5 leavings in 100 customer-days: R 4.2.2, survival 3.5-3, cipoisson(5, 100).
  std::vector<subscription> rows;
  for (int who = 0; who < 10; ++who) rows.push_back({who, at(0), who < 5 ? std::optional(at(240)) : std::nullopt, 0});
  auto const found = churn_rate(rows, &subscription::start, &subscription::end,
                                {.from = at(0), .to = at(241), .denominator = churn_denominator::exposure});
  CHECK(found.lost == 5);
  double const days = 100 + 5.0 / 24;  // those who stay are at risk an hour more
  CHECK(found.exposed == doctest::Approx(days).epsilon(1e-15));
  CHECK(found.interval.lower * days / 100 == doctest::Approx(.0162348639011842).epsilon(1e-13));
  CHECK(found.interval.upper * days / 100 == doctest::Approx(.116683320793227).epsilon(1e-13));
  auto const weekly =
      churn_rate(rows, &subscription::start, &subscription::end,
                 {.from = at(0), .to = at(241), .denominator = churn_denominator::exposure, .unit = weeks{1}});
  CHECK(weekly.value == doctest::Approx(7 * found.value).epsilon(1e-14));
  CHECK(weekly.interval.upper == doctest::Approx(7 * found.interval.upper).epsilon(1e-14));
}

TEST_CASE("churn rate: as counted hour by hour, with and without customers, whatever the denominator") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    auto const rows = spans::random_spans(seed, 60, 12, 400);
    std::vector<subscription> alone = rows;
    for (std::size_t row = 0; row < alone.size(); ++row) alone[row].who = static_cast<int>(row);
    int const from = static_cast<int>(seed * 7 % 150);
    int const to = from + 1 + static_cast<int>(seed * 37 % 200);
    for (churn_denominator const denominator : spans::denominators)
      for (bool const returning_are_lost : {false, true}) {
        credence::churn_rate_options options{.from = at(from), .to = at(to), .denominator = denominator};
        if (returning_are_lost) options.returning = returning_customers::lost;
        CAPTURE(seed);
        CAPTURE(static_cast<int>(denominator));
        CAPTURE(returning_are_lost);
        auto const found = churn_rate(rows, &subscription::who, &subscription::start, &subscription::end, options);
        CHECK(spans::same(found, spans::counted_by_hour(rows, from, to, denominator, returning_are_lost)));
        auto const each = churn_rate(rows, &subscription::start, &subscription::end, options);
        CHECK(spans::same(each, spans::counted_by_hour(alone, from, to, denominator, returning_are_lost)));
        CHECK(spans::alike(each,
                           churn_rate(alone, &subscription::who, &subscription::start, &subscription::end, options)));
        if (found.exposed > 0) {
          CHECK(found.interval.lower <= found.value);
          CHECK(found.interval.upper >= found.value);
        }
        auto const split = churn_rate(rows, &subscription::who, &subscription::start, &subscription::end,
                                      credence::reason_of(&subscription::reason), options);
        CHECK(spans::alike(split.rate, found));
        std::uint64_t lost = 0;
        double value = 0;
        for (auto const& reason : split) {
          lost += reason.lost;
          value += reason.value;
          if (found.exposed > 0) CHECK(reason.interval.upper >= reason.value);
        }
        CHECK(lost == found.lost);
        if (found.exposed > 0) CHECK(value == doctest::Approx(found.value).epsilon(1e-12));
      }
  }
}

TEST_CASE("churn rate: of many customers, numbered as they lie or by their names") {
  auto const rows = spans::random_spans(4, 20'000, 3'000, 900);
  credence::churn_rate_options const options{
      .from = at(200), .to = at(500), .denominator = churn_denominator::exposure};
  auto const found = churn_rate(rows, &subscription::who, &subscription::start, &subscription::end, options);
  CHECK(found.returned > 100);
  CHECK(found == churn_rate(
                     rows, [](subscription const& each) { return std::to_string(each.who); }, &subscription::start,
                     &subscription::end, options));
}

TEST_CASE("churn rate: spans of one customer that overlap or touch are one, and gaps are a return") {
  std::vector<subscription> const rows{{1, at(-10), at(5)}, {1, at(5), at(9)},  {1, at(7), at(20)},
                                       {1, at(22), {}},     {2, at(-9), at(8)}, {3, at(4), at(4)}};
  auto const asked = [&](returning_customers returning) {
    return churn_rate(rows, &subscription::who, &subscription::start, &subscription::end,
                      {.from = at(0), .to = at(24), .returning = returning});
  };
  auto const kept = asked(returning_customers::not_lost);
  CHECK(kept.active_at_start == 2);
  CHECK(kept.lost == 1);
  CHECK(kept.returned == 1);
  CHECK(kept.joined == 1);
  CHECK(kept.lost_new == 1);  // who came and went at once
  CHECK(kept.active_at_end == 1);
  CHECK(kept.count == 6);
  CHECK(asked(returning_customers::lost).lost == 2);
}

TEST_CASE("churn rate: what begins or ends at the first moment of the window lies in it, at its end not") {
  std::vector<subscription> const rows{{1, at(0), {}}, {2, at(-1), at(0)}, {3, at(-1), at(24)}, {4, at(24), {}}};
  auto const found = churn_rate(rows, &subscription::start, &subscription::end, {.from = at(0), .to = at(24)});
  CHECK(found.active_at_start == 2);
  CHECK(found.joined == 1);
  CHECK(found.lost == 1);
  CHECK(found.active_at_end == 2);
}

TEST_CASE("churn rate: reasons, the most frequent first, and of overlapping spans that of the last to end") {
  std::vector<subscription> const rows{{1, at(-10), at(5), 7}, {1, at(-10), at(9), 8}, {2, at(-9), at(8), 8},
                                       {3, at(-9), at(8), 9},  {4, at(-9), {}, 5},     {5, at(-9), at(300), 6}};
  auto const found = churn_rate(rows, &subscription::who, &subscription::start, &subscription::end,
                                credence::reason_of(&subscription::reason), {.from = at(0), .to = at(24)});
  REQUIRE(found.size() == 2);
  CHECK(found[0].reason == 8);
  CHECK(found[0].lost == 2);
  CHECK(found[0].value == .4);
  CHECK(found[1].reason == 9);
  CHECK(found.rate.lost == 3);
  CHECK(churn_rate(rows, &subscription::start, &subscription::end, credence::reason_of(&subscription::reason),
                   {.from = at(0), .to = at(24)})
            .size() == 3);
}

struct dirty {
  std::optional<int> who;
  std::optional<credence::instant> start;
  std::optional<credence::instant> end;
};

TEST_CASE("churn rate: dirty spans are counted by reason, or raise with their row") {
  auto const known = [](std::int64_t micros) { return credence::instant::from_micros(micros); };
  std::int64_t const lowest = (std::numeric_limits<std::int64_t>::min)();
  std::int64_t const highest = (std::numeric_limits<std::int64_t>::max)();
  std::vector<dirty> const rows{{1, known(5), known(9)},
                                {2, {}, {}},
                                {3, known(9), known(8)},
                                {4, known(lowest), {}},
                                {5, known(1), known(highest)},
                                {{}, known(1), {}},
                                {6, known(lowest + 1), known(highest - 1)}};
  auto const asked = [&](credence::on_invalid policy) {
    return churn_rate(rows, &dirty::who, &dirty::start, &dirty::end,
                      {.from = known(lowest + 1),
                       .to = known(highest - 1),
                       .denominator = churn_denominator::exposure,
                       .on_invalid = policy});
  };
  auto const found = asked(credence::on_invalid::reject);
  CHECK(found.count == 2);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.bad_time == 3);
  CHECK(found.rejected == 5);
  CHECK(found.exposed == doctest::Approx((0x1p64 - 3 + 4) / 86.4e9).epsilon(1e-15));
  CHECK(error_of([&] { asked(credence::on_invalid::raise); }) == "credence: sample 1 is missing");
  std::vector<dirty> const late{rows[0], rows[2]};
  CHECK(error_of([&] {
          churn_rate(late, &dirty::start, &dirty::end,
                     {.from = known(0), .to = known(10), .on_invalid = credence::on_invalid::raise});
        }) == "credence: sample 1 has a time that cannot be");
  CHECK(error_of([&] {
          churn_rate(late, &dirty::start, &dirty::end,
                     {.from = known(0), .to = known(10), .denominator = churn_denominator::daily});
        }) == "no error");
}

TEST_CASE("churn rate: nobody to lose is no rate; wrong options throw and name themselves") {
  std::vector<subscription> rows;
  auto const asked = [&](credence::churn_rate_options const& options) {
    return churn_rate(rows, &subscription::start, &subscription::end, options);
  };
  for (churn_denominator const denominator : spans::denominators) {
    auto const none = asked({.from = at(0), .to = at(24), .denominator = denominator});
    CHECK_FALSE(none);
    CHECK(std::isnan(none.value));
    CHECK(std::isnan(none.interval.upper));
    CHECK(none.interval.confidence == .95);
  }
  auto const complaint = [&](credence::churn_rate_options const& options) { return error_of([&] { asked(options); }); };
  CHECK(complaint({}).find("churn_rate_options::from is \"unset\"") != std::string::npos);
  CHECK(complaint({.from = at(0)}).find("churn_rate_options::to is \"unset\"") != std::string::npos);
  CHECK(complaint({.to = at(0)}).find("churn_rate_options::from is") != std::string::npos);
  CHECK(complaint({.from = at(1), .to = at(0)}).find("must end after it begins") != std::string::npos);
  CHECK(complaint({.from = at(1), .to = at(1)}).find("must end after it begins") != std::string::npos);
  CHECK(complaint({.from = at(0), .to = at(1), .unit = seconds{0}}).find("churn_rate_options::unit") !=
        std::string::npos);
  CHECK(complaint({.from = at(0), .to = at(1), .confidence = 1}).find("churn_rate_options::confidence") !=
        std::string::npos);
  CHECK(complaint({.from = at(0), .to = at(24'000'001), .denominator = churn_denominator::daily})
            .find("fewer than 1,000,000 days") != std::string::npos);
  CHECK(complaint({.from = credence::instant::from_micros((std::numeric_limits<std::int64_t>::min)()), .to = at(0)})
            .find("no time that can be told") != std::string::npos);
}

struct ticket {
  std::int64_t since;
  year_month month;
  std::optional<std::int64_t> until;
  std::optional<year_month_day> last_day;
};

TEST_CASE("churn rate: of whatever tells the time, and by tasks") {
  std::vector<ticket> const rows{{1'767'225'600, 2026y / January, 1'770'000'000, 2026y / February / 2},
                                 {1'767'225'600, 2026y / January, {}, {}},
                                 {1'767'225'600, 2026y / January, {}, 2026y / February / 30}};
  credence::churn_rate_options options{.from = 2026y / February, .to = 2026y / March};
  auto const seconds =
      churn_rate(rows, credence::epoch_seconds(&ticket::since), credence::epoch_seconds(&ticket::until), options);
  CHECK(seconds.value == 1.0 / 3);
  auto const in_turn = [](std::size_t tasks, auto const& task) {
    for (std::size_t index = 0; index < tasks; ++index) task(index);
  };
  auto const days = churn_rate(in_turn, rows, &ticket::month, &ticket::last_day, options);
  CHECK(days.value == .5);
  CHECK(days.rejections.bad_time == 1);  // 30 February
}

}  // namespace test_churn_rate
