// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include <credence/core/fold.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

#include "core/executors.hpp"
#include "core/tickets.hpp"

using credence::csat_accumulator;
using credence::each;
using credence::mean_accumulator;
using credence::nps_accumulator;
using credence::tee;
using both_accumulator = credence::tee_accumulator<nps_accumulator, csat_accumulator>;

namespace {

struct survey {
  int score;
  std::optional<int> stars;
  double weight;
  int doubled() const { return 2 * stars.value_or(0); }
};
// A host's number that may throw as it is read.
struct touchy {
  int held;
};
std::vector<survey> const rows{{9, 5, 1}, {10, std::nullopt, 2}, {3, 1, 0.5}, {12, 4, 1}};

static_assert(credence::accumulator<both_accumulator>);
static_assert(std::is_same_v<decltype(tee(nps_accumulator{}, csat_accumulator{})), both_accumulator>);
// Exact where every part is, of its own value.
using value = credence::each_value<int, double>;
static_assert(both_accumulator::exact<int> && both_accumulator::exact<value> &&
              !both_accumulator::exact<value, double>);
static_assert(credence::tee_accumulator<nps_accumulator, mean_accumulator>::exact<credence::each_value<double, int>> &&
              !credence::tee_accumulator<nps_accumulator, mean_accumulator>::exact<value>);
static_assert([] {
  auto acc = tee(nps_accumulator{}, nps_accumulator{{.passive_from = 4, .promoter_from = 5, .scale_max = 5}});
  acc(5);
  acc(4);
  return acc.state() != decltype(acc){}.state() && acc.get<1>().state().counts[1] == 1;
}());

}  // namespace

template <>
struct credence::real_traits<touchy> {
  static double to_real(touchy const& value) {
    if (value.held < 0) throw std::domain_error("touched");
    return value.held;
  }
};

TEST_CASE("each part sees its own value, and gives the answer it would have given alone") {
  auto const both =
      credence::fold(rows, tee(nps_accumulator{}, csat_accumulator{}), each(&survey::score, &survey::stars));
  CHECK(both.get<nps_accumulator>() == credence::fold(rows, nps_accumulator{}, &survey::score));
  CHECK(both.get<csat_accumulator>() == credence::fold(rows, csat_accumulator{}, &survey::stars));
  CHECK(both.get<1>().result().rejections.missing == 1);
  CHECK(both.get<0>().result().rejections.off_scale == 1);
  CHECK(std::get<0>(both.result()) == both.get<0>().result());
  CHECK(std::get<1>(both.result()) == both.get<1>().result());
  CHECK(credence::fold(in_order{}, rows, both_accumulator{}, each(&survey::score, &survey::stars)) == both);
}

TEST_CASE("a weight after them goes to every part; a value that is not `each` does too") {
  auto const both = credence::fold(rows, both_accumulator{}, each(&survey::score, &survey::stars), &survey::weight);
  CHECK(both.get<0>() == credence::fold(rows, nps_accumulator{}, &survey::score, &survey::weight));
  CHECK(both.get<1>() == credence::fold(rows, csat_accumulator{}, &survey::stars, &survey::weight));
  auto const same = credence::fold(rows, both_accumulator{}, &survey::score);
  CHECK(same.get<1>() == credence::fold(rows, csat_accumulator{}, &survey::score));
  auto const weights = credence::fold(rows, tee(nps_accumulator{}, nps_accumulator{}), &survey::score,
                                      each(&survey::weight, [](survey const&) { return 1; }));
  CHECK(weights.get<1>().result().effective_count == 3);
  CHECK(weights.get<0>() == both.get<0>());
}

TEST_CASE("projections of each may be anything, on rows that are made on the way") {
  auto const callables = each([](survey const& row) { return row.score; }, &survey::doubled);
  struct makes {
    std::size_t at = 0;
    using value_type = survey;
    using difference_type = std::ptrdiff_t;
    survey operator*() const { return rows[at]; }  // a new one each time
    makes& operator++() {
      ++at;
      return *this;
    }
    makes operator++(int) { return {at++}; }
    bool operator==(makes const&) const = default;
  };
  struct {
    makes begin() const { return {0}; }
    makes end() const { return {rows.size()}; }
  } const prvalues;
  CHECK(credence::fold(prvalues, both_accumulator{}, callables) == credence::fold(rows, both_accumulator{}, callables));
  CHECK(credence::fold(prvalues, both_accumulator{}, each(&survey::score, &survey::stars)) ==
        credence::fold(rows, both_accumulator{}, each(&survey::score, &survey::stars)));
}

TEST_CASE("where a later part throws, the ones before it have not seen the sample") {
  auto acc = tee(nps_accumulator{}, csat_accumulator{{.on_invalid = credence::on_invalid::raise}});
  acc(5);
  auto const before = acc;
  CHECK_THROWS_AS(acc(9), credence::invalid_sample);
  CHECK(acc == before);
  // A part that does not say whether it throws is taken to.
  auto tickets = tee(nps_accumulator{}, ticket_accumulator{});
  CHECK_THROWS_AS(tickets(-1), credence::invalid_sample);
  CHECK(tickets == decltype(tickets){});
  tickets(3);
  CHECK(tickets.get<ticket_accumulator>().result().count == 1);
}

TEST_CASE("where a host's own number throws as it is read, no part has seen the sample") {
  auto acc = tee(nps_accumulator{}, mean_accumulator{});
  acc(credence::each_value<int, touchy>{{9, {3}}});
  auto const before = acc;
  CHECK_THROWS_AS(acc(credence::each_value<int, touchy>{{9, {-1}}}), std::domain_error);
  CHECK_THROWS_AS(acc(credence::each_value<int, std::optional<touchy>>{{9, touchy{-1}}}), std::domain_error);
  CHECK_THROWS_AS(acc(9, touchy{-1}), std::domain_error);
  CHECK(acc == before);
}

TEST_CASE("a sample is taken back from every part or from none") {
  auto acc = tee(nps_accumulator{}, mean_accumulator{});
  acc(9);
  auto const one = acc;
  acc(7);
  acc(credence::each_value<int, int>{{11, 4}});
  acc.retract(credence::each_value<int, int>{{11, 4}});
  acc.retract(7);
  CHECK(acc == one);
  CHECK_THROWS_AS(acc.retract(credence::each_value<int, int>{{9, 4}}), credence::error);  // the mean holds no 4
  CHECK(acc == one);
}

TEST_CASE("a block is the same as one by one") {
  std::vector<std::int8_t> scores;
  for (int at = 0; at < 3'000; ++at) scores.push_back(static_cast<std::int8_t>(at % 14 - 1));
  both_accumulator one_by_one;
  for (std::int8_t const score : scores) one_by_one(score);
  both_accumulator block;
  block.push_many(scores.data(), scores.size());
  CHECK(block == one_by_one);
  CHECK(credence::fold(scores, both_accumulator{}) == one_by_one);
  CHECK(both_accumulator::never_raises({}));
  CHECK_FALSE(both_accumulator::never_raises({{}, {.on_invalid = credence::on_invalid::raise}}));
}

TEST_CASE("it merges wholly or not at all") {
  auto const of = [](double satisfied_from, int value) {
    auto acc = tee(nps_accumulator{}, csat_accumulator{{.satisfied_from = satisfied_from}});
    acc(value);
    return acc;
  };
  auto acc = of(4, 5);
  auto const before = acc;
  CHECK_THROWS_AS(acc += of(3, 5), credence::error);
  CHECK(acc == before);
  acc += of(4, 2);
  CHECK(acc.get<0>().result().count == 2);
  both_accumulator adopting;
  adopting += of(3, 5);
  CHECK(adopting == of(3, 5));
  CHECK_FALSE(both_accumulator::same_shape(of(3, 5).options(), of(4, 5).options()));
  acc += acc;
  CHECK(acc.get<1>().result().count == 4);
}

TEST_CASE("its name is made of its parts' names, and it is valid when they are") {
  CHECK(both_accumulator::type_id() == "credence.tee(credence.nps,credence.csat)");
  CHECK(both_accumulator{}.valid());
  CHECK_FALSE(tee(nps_accumulator{}, ticket_accumulator({}, {1, 2})).valid());
}

TEST_CASE("tees nest, and parts that are groupings have keys of their own") {
  auto const nested = credence::fold(rows, tee(tee(nps_accumulator{}, mean_accumulator{}), csat_accumulator{}),
                                     each(&survey::score, &survey::stars));
  CHECK(nested.get<0>().get<1>().result().count == 4);
  CHECK(nested.get<1>() == credence::fold(rows, csat_accumulator{}, &survey::stars));
  using by_score = credence::grouped<int, nps_accumulator>;
  using by_parity = credence::grouped<bool, nps_accumulator>;
  auto const two_ways = credence::fold(rows, tee(by_score{}, by_parity{}),
                                       each(&survey::score, [](survey const& row) { return row.score % 2 != 0; }),
                                       &survey::score);
  CHECK(two_ways.get<by_parity>().at(true).result().count == 2);
  CHECK(two_ways.get<by_score>().size() == 4);
}
