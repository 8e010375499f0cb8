// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/error.hpp>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/nelson_aalen.hpp>
#include <credence/survival/survival_times.hpp>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
#include <vector>

#include "survival/seen.hpp"

namespace test_survival_times {

using credence::entering_at;
using credence::kaplan_meier;
using credence::nelson_aalen;
using credence::survival_times;
using credence::weighted_by;
using naive_survival::customer;
using naive_survival::seen;

enum class standing : std::uint8_t { here, gone };
struct client {
  std::int64_t days;
  bool has_left;
  std::uint8_t weeks;
  standing now;
  std::optional<std::int16_t> months;
  std::optional<bool> known_to_have_left;
  std::uint64_t ticks;

  [[nodiscard]] int asked() const { return static_cast<int>(days); }
};

TEST_CASE("survival_times: a range of any kind of projection is what was pushed one by one") {
  std::mt19937_64 random(21);
  std::vector<client> clients(5'000);
  credence::survival_times_accumulator days, weeks, months, ticks;
  for (client& one : clients) {
    one.days = static_cast<std::int64_t>(random() % 70'000);
    if (random() % 900 == 0) one.days = -5;
    one.has_left = random() % 3 == 0;
    one.weeks = static_cast<std::uint8_t>(random());
    one.now = one.has_left ? standing::gone : standing::here;
    if (random() % 9 != 0) one.months = static_cast<std::int16_t>(random() % 300);
    if (random() % 9 != 0) one.known_to_have_left = one.has_left;
    one.ticks = random() % 40 == 0 ? ~std::uint64_t{} - random() % 3 : random() % 40;
    days(one.days, one.has_left);
    weeks(one.weeks, one.has_left);
    months(one.months, one.known_to_have_left);
    ticks(one.ticks, one.has_left);
  }
  CHECK(survival_times(clients, &client::days, &client::has_left) == days);
  CHECK(survival_times(clients, &client::asked, &client::has_left) == days);
  CHECK(survival_times(clients, &client::weeks, &client::now) == weeks);
  CHECK(survival_times(clients, &client::months, &client::known_to_have_left) == months);
  CHECK(survival_times(clients, &client::ticks, &client::has_left) == ticks);
  CHECK(days.result().rejections.bad_time > 0);
  CHECK(months.result().rejections.missing > 0);
  // 2^64 − 1 becomes 2^64, as a real: times that differ by less than a part in 10^12 are one anyway
  CHECK(kaplan_meier(ticks).steps.back().time == 18446744073709551616.0);
  CHECK(survival_times(std::vector<client>{}, &client::days, &client::has_left) ==
        credence::survival_times_accumulator{});
  CHECK(kaplan_meier(clients, &client::days, &client::has_left) == kaplan_meier(days));
  CHECK(nelson_aalen(clients, &client::weeks, &client::now) == nelson_aalen(weeks));
}

TEST_CASE("survival_times: whole times that a block cannot count: too long, negative, of a second cause") {
  struct tick {
    int time;
    int cause;
  };
  for (int const odd : {65'535, 65'536, 1'000'000, -1}) {
    for (int const cause : {0, 1, 2, -1}) {
      std::vector<tick> ticks(3'000, tick{4, 1});
      credence::survival_times_accumulator expected;
      ticks[1'500] = {odd, cause};
      ticks[2'999] = {9, 0};
      for (tick const& one : ticks) expected(one.time, one.cause);
      auto const found = survival_times(ticks, &tick::time, &tick::cause);
      CHECK(found == expected);
      CHECK(found.result() == expected.result());
    }
  }
}

TEST_CASE("survival_times: a weight first or by name, an entry, in any order, are the same") {
  std::mt19937_64 random(22);
  auto const all = naive_survival::customers(random, 300, naive_survival::kind::reals, true, true);
  auto const expected = seen(all);
  CHECK(survival_times(all, &customer::time, &customer::event, &customer::weight, entering_at(&customer::entry)) ==
        expected);
  CHECK(survival_times(all, &customer::time, &customer::event, weighted_by(&customer::weight),
                       entering_at(&customer::entry)) == expected);
  CHECK(survival_times(all, &customer::time, &customer::event, entering_at(&customer::entry),
                       weighted_by(&customer::weight)) == expected);
  CHECK(expected.result().count == 300);
}

TEST_CASE("survival_times: raise names the row of the range, also where rows could be counted") {
  struct tick {
    int time;
    int cause;
  };
  for (std::size_t const dirty : {std::size_t{0}, std::size_t{1'023}, std::size_t{1'024}, std::size_t{4'999}}) {
    std::vector<tick> ticks(5'000, tick{4, 1});
    ticks[dirty].time = -1;
    ticks[4'999].cause = -1;
    try {
      static_cast<void>(survival_times(ticks, &tick::time, &tick::cause, {.on_invalid = credence::on_invalid::raise}));
      FAIL("it was not refused");
    } catch (credence::invalid_sample const& complaint) {
      CHECK(complaint.position() == dirty);
    }
    CHECK_THROWS_AS(
        static_cast<void>(kaplan_meier(ticks, &tick::time, &tick::cause, {.on_invalid = credence::on_invalid::raise})),
        credence::invalid_sample);
    CHECK(kaplan_meier(ticks, &tick::time, &tick::cause).rejected == (dirty == 4'999 ? 1 : 2));
  }
}

/// Passed over once, and made while it is: rows are values.
struct days_of_a_log {
  struct iterator {
    using iterator_concept = std::input_iterator_tag;
    using value_type = int;
    using difference_type = std::ptrdiff_t;
    int left = 0;
    int operator*() const { return left; }
    iterator& operator++() {
      --left;
      return *this;
    }
    void operator++(int) { --left; }
    friend bool operator==(iterator const& own, std::default_sentinel_t) { return own.left == 0; }
  };
  int many;
  [[nodiscard]] iterator begin() const { return {many}; }
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }
};

TEST_CASE("survival_times: rows that can be passed over once, and those of vector<bool>") {
  auto const half = [](int day) { return day % 2 != 0; };
  auto const curve = kaplan_meier(
      days_of_a_log{3'000}, [](int day) { return day / 2; }, half);
  CHECK(curve.count == 3'000);
  CHECK(curve.left == 1'500);
  CHECK(curve.steps.size() == 1'501);
  std::vector<bool> const left{true, false, true, true};
  auto const gathered = survival_times(
      left, [](bool) { return 2.5; }, [](auto&& own) { return own; });
  CHECK(gathered.result().left == 3);
}

}  // namespace test_survival_times
