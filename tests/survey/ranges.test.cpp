// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <forward_list>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/group_by.hpp>
#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>

#include "survey/counted.hpp"

// The ranges and values that work without a word from the user.

using credence::nps;
using credence::nps_accumulator;
using credence::nps_result;

namespace {

// 9 10 6 8 and a code that is off the scale: two promoters, one passive, one detractor, NPS 25.
void check(nps_result const& result) {
  CHECK(result.count == 4);
  CHECK(result.promoters == 2);
  CHECK(result.passives == 1);
  CHECK(result.detractors == 1);
  CHECK(result.rejected == 1);
  CHECK(result.value == 25);
}
constexpr int answers[] = {9, 10, 6, 8, 11};

enum class channel : std::uint8_t { web, shop };
enum answer { six = 6, eight = 8, nine, ten, refused };

struct survey {
  int score = 0;
  double weight = 1;
  channel where = channel::web;
  std::string city;
  std::optional<int> stars;

  [[nodiscard]] int points() const { return score; }
  [[nodiscard]] int points_again() const noexcept { return score; }
  int points_not_const() { return score; }
};
struct long_survey : survey {};

std::vector<survey> const rows{{9, 1, channel::web, "Bern", 5},
                               {10, 2, channel::shop, "Genf", std::nullopt},
                               {6, 1, channel::web, "Bern", 1},
                               {8, 1, channel::shop, "Bern", 4},
                               {11, 1, channel::web, "Genf", 6}};

// Single pass, move-only iterator, a sentinel of another type: the least that an input range can be.
class stream_of_answers {
 public:
  class end_of_answers {};
  class iterator {
   public:
    using value_type = int;
    using difference_type = std::ptrdiff_t;
    explicit iterator(stream_of_answers& stream) : stream_(&stream) {}
    iterator(iterator&&) = default;
    iterator& operator=(iterator&&) = default;
    int operator*() const { return answers[stream_->next_]; }
    iterator& operator++() {
      ++stream_->next_;
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(iterator const& here, end_of_answers) { return here.ended(); }

   private:
    [[nodiscard]] bool ended() const { return stream_->next_ == std::size(answers); }
    stream_of_answers* stream_;
  };
  stream_of_answers() = default;
  stream_of_answers(stream_of_answers&&) = default;
  iterator begin() { return iterator(*this); }
  end_of_answers end() { return {}; }

 private:
  std::size_t next_ = 0;
};
static_assert(std::ranges::input_range<stream_of_answers> && !std::ranges::forward_range<stream_of_answers>);
static_assert(!std::copyable<std::ranges::iterator_t<stream_of_answers>>);

// Contiguous, but its end is a sentinel that cannot be subtracted.
struct until_negative {
  friend bool operator==(int const* at, until_negative) { return *at < 0; }
};
struct ended_by_a_mark {
  int const* first;
  [[nodiscard]] int const* begin() const { return first; }
  [[nodiscard]] until_negative end() const { return {}; }
};

// A host's decimal: hundredths.
struct decimal {
  std::int64_t hundredths;
};
// A host's key.
struct region {
  std::string country;
  int number;
};
// What a host's proxy may look like.
struct convertible_to_number {
  int held;
  operator int() const { return held; }
};

}  // namespace

template <>
struct credence::real_traits<decimal> {
  static double to_real(decimal const& value) { return static_cast<double>(value.hundredths) / 100; }
};
template <>
struct credence::key_traits<region> {
  static auto to_key(region const& key) { return std::tuple(key.country, key.number); }
  static region from_key(std::tuple<std::string, int> const& known) { return {std::get<0>(known), std::get<1>(known)}; }
};

TEST_CASE("ranges: of the standard library") {
  check(nps(answers));
  check(nps(std::vector<int>(std::begin(answers), std::end(answers))));
  std::vector<int> lvalue(std::begin(answers), std::end(answers));
  check(nps(lvalue));
  check(nps(std::as_const(lvalue)));
  check(nps(std::list<int>(std::begin(answers), std::end(answers))));
  check(nps(std::forward_list<int>(std::begin(answers), std::end(answers))));
  check(nps(std::deque<int>(std::begin(answers), std::end(answers))));
  check(nps(std::set<int>(std::begin(answers), std::end(answers))));
  check(nps(std::span(answers)));
  check(nps(std::span<int const, 5>(answers)));
  check(nps(std::to_array(answers)));
  check(nps(std::map<std::string, int>{{"a", 9}, {"b", 10}, {"c", 6}, {"d", 8}, {"e", 11}},
            &std::pair<std::string const, int>::second));
}

#if !defined(__clang__) || __clang_major__ >= 16  // clang 14 cannot read libstdc++'s views
TEST_CASE("ranges: views of the standard library") {
  std::vector<int> numbers(std::begin(answers), std::end(answers));
  check(nps(std::ranges::subrange(numbers.begin(), numbers.end())));
  check(nps(
      std::ranges::subrange(std::make_reverse_iterator(numbers.end()), std::make_reverse_iterator(numbers.begin()))));
  check(nps(std::views::all(numbers)));
  check(nps(numbers | std::views::reverse));
  check(nps(numbers | std::views::transform([](int number) { return number; })));
  check(nps(numbers | std::views::filter([](int number) { return number != 0; })));
}
#endif

TEST_CASE("ranges: the least that an input range can be") {
  check(nps(stream_of_answers{}));
  stream_of_answers stream;
  check(nps(stream, [](int answer) { return answer; }));
  CHECK(credence::share(stream_of_answers{}, [](int answer) { return answer == 9; }).satisfied == 1);
  CHECK(credence::group_by(
            stream_of_answers{}, [](int answer) { return answer % 2; }, nps_accumulator{})
            .size() == 2);
  int const marked[] = {9, 10, 6, 8, 11, -1};
  check(nps(ended_by_a_mark{marked}));
}

TEST_CASE("ranges: every integer, real, enum and optional type is a score") {
  auto const as = []<class Value>(Value) {
    std::vector<Value> values;
    for (int const each : answers) values.push_back(static_cast<Value>(each));
    check(nps(values));
    check(nps(std::list<Value>(values.begin(), values.end())));
    check(nps(std::vector<std::optional<Value>>(values.begin(), values.end())));
  };
  as(std::int8_t{});
  as(std::uint8_t{});
  as(std::int16_t{});
  as(std::uint16_t{});
  as(std::int32_t{});
  as(std::uint32_t{});
  as(std::int64_t{});
  as(std::uint64_t{});
  as(char{});
  as(0LL);
  as(0ULL);
  as(0.0F);
  as(0.0);
  as(0.0L);
  as(answer{});
  as(convertible_to_number{}.held);
}

TEST_CASE("ranges: proxies and a host's own numbers are scores") {
  check(nps(std::vector<convertible_to_number>{{9}, {10}, {6}, {8}, {11}}));
  check(nps(std::vector<decimal>{{900}, {1000}, {699}, {899}, {1001}}));
  check(nps(rows, [](survey const& row) { return decimal{100 * row.score}; }));
  check(nps(rows, [](survey const& row) { return std::optional<decimal>(decimal{100 * row.score}); }));
  CHECK(nps(rows, &survey::score, [](survey const& row) { return decimal{100 + row.score}; }).weighted);
}

TEST_CASE("ranges: vector<bool>, and other shares of true") {
  CHECK(credence::share(std::vector<bool>{true, false, true, true}).value == .75);
  bool const raw[] = {true, false};
  CHECK(credence::share(raw).value == .5);
  CHECK(credence::share(rows, [](survey const& row) { return row.where == channel::shop; }).value == .4);
  CHECK(credence::share(rows, &survey::where).satisfied == 2);
  CHECK(credence::share(std::vector<bool>{}, [](bool set) { return set; }).count == 0);
}

TEST_CASE("projections: members, member functions, lambdas") {
  check(nps(rows, &survey::score));
  check(nps(rows, &survey::points));
  check(nps(rows, &survey::points_again));
  check(nps(rows, [](survey const& row) { return row.score; }));
  check(nps(rows, [](auto const& row) -> int const& { return row.score; }));
  std::vector<survey> changing = rows;
  check(nps(changing, &survey::points_not_const));
  check(nps(std::vector<long_survey>{{rows[0]}, {rows[1]}, {rows[2]}, {rows[3]}, {rows[4]}}, &survey::score));
  int survey::*member = &survey::score;
  check(nps(rows, member));
  auto const named = [](survey const& row) { return row.score; };
  check(nps(rows, named));
  check(nps(rows, std::function<int(survey const&)>(named)));
  check(nps(rows, +named));
  int calls = 0;
  check(nps(rows, [&calls](survey const& row) mutable {
    ++calls;
    return row.score;
  }));
  CHECK(calls == 5);
}

TEST_CASE("projections: rows that are pointers or reference wrappers") {
  std::vector<survey const*> pointers;
  std::vector<std::unique_ptr<survey>> owners;
  std::vector<std::shared_ptr<survey>> sharers;
  std::vector<std::reference_wrapper<survey const>> wrappers;
  for (survey const& row : rows) {
    pointers.push_back(&row);
    owners.push_back(std::make_unique<survey>(row));
    sharers.push_back(std::make_shared<survey>(row));
    wrappers.emplace_back(row);
  }
  check(nps(pointers, &survey::score));
  check(nps(owners, &survey::score));
  check(nps(sharers, &survey::score));
  check(nps(wrappers, &survey::score));
  check(nps(pointers, &survey::points));
  check(nps(owners, &survey::points));
  check(nps(wrappers, &survey::points));
  CHECK(credence::share(std::vector<std::optional<survey>>(rows.begin(), rows.end()),
                        [](std::optional<survey> const& row) { return row && row->score > 8; })
            .satisfied == 3);
}

TEST_CASE("projections: optional answers, weights and stars") {
  CHECK(credence::csat(rows, &survey::stars).rejections.missing == 1);
  CHECK(credence::csat(rows, &survey::stars).rejections.off_scale == 1);
  CHECK(credence::csat(rows, &survey::stars).satisfied == 2);
  nps_result const weighted = nps(rows, &survey::score, &survey::weight);
  CHECK(weighted.value == about(100 * (3.0 - 1) / 5));
  nps_result const by_stars = nps(rows, &survey::score, &survey::stars);
  CHECK(by_stars.rejections.bad_weight == 1);
  CHECK(by_stars.rejections.off_scale == 1);
}

TEST_CASE("keys: strings, enums, tuples, optionals and a host's own") {
  auto const by_city = credence::group_by(rows, &survey::city, nps_accumulator{}, &survey::score);
  CHECK(by_city.at("Bern").result().count == 3);
  CHECK(by_city.at(std::string_view("Genf")).result().rejected == 1);
  CHECK(by_city.at(std::string("Genf")).result().promoters == 1);
  CHECK_THROWS_AS(static_cast<void>(by_city.at("Basel")), credence::error);
  CHECK(credence::group_by(rows, &survey::where, nps_accumulator{}, &survey::score).at(channel::shop).result().count ==
        2);
  CHECK(credence::group_by(rows, &survey::stars, nps_accumulator{}, &survey::score)
            .at(std::optional<int>{})
            .result()
            .promoters == 1);
  auto const both = credence::group_by(
      rows, [](survey const& row) { return std::pair(row.where, std::string_view(row.city)); }, nps_accumulator{},
      &survey::score);
  CHECK(both.size() == 4);
  CHECK(both.at(std::pair(channel::web, "Bern")).result().count == 2);
  auto const own = credence::group_by(
      rows,
      [](survey const& row) {
        return region{row.city, row.score % 2};
      },
      nps_accumulator{}, &survey::score);
  CHECK(own.size() == 4);
  CHECK(own.at(region{"Bern", 0}).result().count == 2);
  CHECK((*own.begin()).key.number == 1);
}

TEST_CASE("ranges: one pass for several metrics") {
  auto const both = credence::fold(rows, credence::tee(nps_accumulator{}, credence::csat_accumulator{}),
                                   credence::each(&survey::score, &survey::stars));
  check(both.get<nps_accumulator>().result());
  CHECK(both.get<1>().result() == credence::csat(rows, &survey::stars));
  auto const of_stream =
      credence::fold(stream_of_answers{}, credence::tee(nps_accumulator{}, credence::share_accumulator{}));
  check(of_stream.get<0>().result());
}
