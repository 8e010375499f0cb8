// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/grouped.hpp>
#include <credence/core/sharded.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/io.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>

#include "core/tickets.hpp"

namespace test_io {

// A host that has types which list their fields, and a way of its own to print what has a score.
namespace host {
struct survey {
  int score = 9;
  template <class Self, class Visitor>
  static void describe(Self& self, Visitor&& visit) {
    visit("score", self.score);
  }
};
struct silent {
  int stars = 5;
  template <class Self, class Visitor>
  static void describe(Self& self, Visitor&& visit) {
    visit("stars", self.stars);
  }
};
template <class Type>
requires requires(Type const& value) { value.score; }
std::ostream& operator<<(std::ostream& out, Type const& value) { return out << "a score of " << value.score; }
}  // namespace host

// What a host may write: it must change nothing for its own types.
using namespace credence;  // NOLINT

namespace {

template <class Type>
concept printable = requires(std::ostream& out, Type const& value) {
  out << value;
};
static_assert(printable<nps_result> && printable<nps_accumulator> && printable<interval> && printable<comparison> &&
              printable<csat_options> && printable<tee_accumulator<nps_accumulator>>);
static_assert(!printable<host::silent> && printable<host::survey>);

struct everything {
  double real = 1.0 / 3;
  std::uint64_t count = 7;
  bool flag = true;
  number amount = 2.5;
  whole places = -4;
  std::optional<number> unset{};
  std::optional<int> set = 3;
  on_invalid policy = on_invalid::raise;
  std::string text = "web";
  std::string_view view = "shop";
  std::vector<std::string> labels{"a", "b"};
  std::vector<int> none{};
  std::tuple<int, bool> pair{1, false};
  wide_integer<2> sum{-12};
  interval inner{0.25, 0.5, 0.9};
  template <class Self, class Visitor>
  static void describe(Self& self, Visitor&& visit) {
    visit("real", self.real);
    visit("count", self.count);
    visit("flag", self.flag);
    visit("amount", self.amount);
    visit("places", self.places);
    visit("unset", self.unset);
    visit("set", self.set);
    visit("policy", self.policy);
    visit("text", self.text);
    visit("view", self.view);
    visit("labels", self.labels);
    visit("none", self.none);
    visit("pair", self.pair);
    visit("sum", self.sum);
    visit("inner", self.inner);
  }
};

template <class Value>
std::string printed(Value const& value, int precision = 6) {
  std::ostringstream out;
  out << std::setprecision(precision) << value;
  return out.str();
}

}  // namespace

TEST_CASE("a result prints its fields by name, nested ones too") {
  CHECK(printed(nps(std::vector{9, 10, 7, 3, 11}), 4) ==
        "{value: 25, interval: {lower: -50.47, upper: 77.83, confidence: 0.95}, standard_error: 41.46, count: 4, "
        "promoters: 2, passives: 1, detractors: 1, promoter_share: 0.5, passive_share: 0.25, detractor_share: 0.25, "
        "weighted: false, effective_count: 4, rejected: 1, rejections: {missing: 0, not_a_number: 0, off_scale: 1, "
        "bad_weight: 0, bad_time: 0}, "
        "design: {strata: 0, clusters: 0, lone_strata: 0, degrees_of_freedom: 0, design_effect: 0}}");
}

TEST_CASE("the stream's precision is used and left as it is") {
  interval const third{1.0 / 3, 2.0 / 3, 0.95};
  CHECK(printed(third, 3) == "{lower: 0.333, upper: 0.667, confidence: 0.95}");
  CHECK(printed(third, 10) == "{lower: 0.3333333333, upper: 0.6666666667, confidence: 0.95}");
  std::ostringstream out;
  out << std::fixed << std::setprecision(1) << third << third.lower;
  CHECK(out.str() == "{lower: 0.3, upper: 0.7, confidence: 0.9}0.3");
}

TEST_CASE("options print what is unset, and methods by name") {
  CHECK(printed(share_options{.satisfied_from = 4, .scale_max = 5, .interval_method = share_interval::jeffreys}) ==
        "{satisfied_from: 4, scale_min: unset, scale_max: 5, confidence: 0.95, interval_method: jeffreys, on_invalid: "
        "reject}");
}

TEST_CASE("every kind of field") {
  std::ostringstream out;
  detail::print(out, everything{});
  CHECK(out.str() ==
        "{real: 0.333333, count: 7, flag: true, amount: 2.5, places: -4, unset: unset, set: 3, policy: raise, text: "
        "web, view: shop, labels: [a, b], none: [], pair: [1, false], sum: -12, inner: {lower: 0.25, upper: 0.5, "
        "confidence: 0.9}}");
}

TEST_CASE("accumulators print their options and their state, a host's too") {
  ticket_accumulator acc({.label = 3});
  acc(30);
  CHECK(printed(acc) == "{options: {limit: 24, label: 3}, state: {count: 1, late: 1}}");
  CHECK(printed(sharded("monday", acc)) ==
        "{options: {limit: 24, label: 3}, state: {labels: [monday], merged: {count: 1, late: 1}}}");
  CHECK(printed(tee(acc, acc)) ==
        "{options: [{limit: 24, label: 3}, {limit: 24, label: 3}], state: [{count: 1, late: 1}, {count: 1, late: 1}]}");
}

TEST_CASE("groups print by key, whatever the key is") {
  grouped<std::string, ticket_accumulator> groups;
  CHECK(printed(groups) == "{options: {limit: 24, label: 0}, state: {}}");
  groups("web", 30);
  groups("shop", 3);
  CHECK(printed(groups) ==
        "{options: {limit: 24, label: 0}, state: {web: {count: 1, late: 1}, shop: {count: 1, late: 0}}}");
  auto const key_of = [](auto const& key) {
    grouped<std::remove_cvref_t<decltype(key)>, ticket_accumulator> one;
    one(key, 3);
    std::string const text = printed(one);
    std::size_t const from = text.find("state: {") + 8;
    return text.substr(from, text.find(": {count") - from);
  };
  enum class channel { web, shop };
  CHECK(key_of(std::int8_t{65}) == "65");
  CHECK(key_of('A') == "A");
  CHECK(key_of(true) == "true");
  CHECK(key_of(channel::shop) == "1");
  CHECK(key_of(on_invalid::raise) == "raise");
  CHECK(key_of(std::pair(std::string("web"), std::optional<int>())) == "[web, unset]");
  CHECK(key_of(std::chrono::year(2026) / 2) == "[2026, 2]");
}

TEST_CASE("what a host prints itself stays its own, though it lists its fields and uses our namespace") {
  CHECK(printed(host::survey{}) == "a score of 9");
}

}  // namespace test_io
