// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <credence/agreement/cronbach_alpha.hpp>
#include <credence/agreement/icc.hpp>
#include <credence/core/bytes.hpp>
#include <credence/interop/threads.hpp>
#include <limits>
#include <optional>
#include <vector>

#include "support/attitude.hpp"

namespace test_icc {

using credence::icc;
using credence::icc_estimate;
using credence::icc_form;
using credence::icc_result;

namespace {

doctest::Approx about(double value, double within = 1e-11) { return doctest::Approx(value).epsilon(within); }

// Shrout and Fleiss (1979), table 2.
std::vector<std::array<int, 4>> const shrout_fleiss{{9, 2, 5, 8}, {6, 1, 3, 2},  {8, 4, 6, 8},
                                                    {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};

struct reference {
  double value, lower, upper, f, p_value;
};

std::array<icc_estimate, 6> all_of(icc_result const& result) {
  return {result.one_way,         result.two_way_random,         result.two_way_mixed,
          result.one_way_average, result.two_way_random_average, result.two_way_mixed_average};
}

// R 4.2, psych 2.2.9: ICC(ratings, lmer = FALSE).
void hold(icc_result const& found, reference const (&expected)[6]) {
  std::array<icc_estimate, 6> const own = all_of(found);
  for (std::size_t at = 0; at < 6; ++at) {
    CAPTURE(at);
    CHECK(own[at].value == about(expected[at].value));
    CHECK(own[at].interval.lower == about(expected[at].lower));
    CHECK(own[at].interval.upper == about(expected[at].upper));
    CHECK(own[at].f == about(expected[at].f));
    CHECK(own[at].p_value == about(expected[at].p_value, 1e-10));
  }
}

}  // namespace

TEST_CASE("icc: the table of Shrout and Fleiss, by R's psych::ICC") {
  icc_result const found = icc(shrout_fleiss);
  CHECK(found.count == 6);
  CHECK(found.raters == 4);
  hold(found, {{.16574176840548, -.13293232487475, .72256006232812, 1.7946784922395, .16476880834464},
               {.28976377952756, .018786513374712, .76108436964895, 11.027247956403, .00013456651648434},
               {.71484071484071, .34246476503393, .94585825995536, 11.027247956403, .00013456651648434},
               {.44279713367927, -.88444215523812, .91241542034078, 1.7946784922395, .16476880834464},
               {.62005054759899, .071136815302503, .92723204016772, 11.027247956403, .00013456651648434},
               {.90931554237707, .6756747138163, .98589167816906, 11.027247956403, .00013456651648434}});
  CHECK(found.value == found.two_way_random.value);
  for (icc_form const form : {icc_form::one_way, icc_form::two_way_mixed, icc_form::two_way_random_average}) {
    icc_result const asked = icc(shrout_fleiss, {.form = form});
    std::size_t const at = form == icc_form::one_way ? 0 : form == icc_form::two_way_mixed ? 2 : 4;
    CHECK(asked.value == all_of(found)[at].value);
    CHECK(asked.interval == all_of(found)[at].interval);
  }
}

TEST_CASE("icc: seven raters, by R's psych::ICC; the average of consistency is Cronbach's alpha") {
  icc_result const found = icc(attitude);
  hold(found, {{.1885617370925, .076950854658678, .3570300961268, 2.6266575289635, 5.5229586097656e-05},
               {.24033988829792, .096748695635918, .43068333461116, 6.3752241272222, 1.2862163373222e-15},
               {.43435367892838, .28839663464304, .6083409409479, 6.3752241272222, 1.2862163373222e-15},
               {.61928801567267, .36851207012281, .79537461703235, 2.6266575289635, 5.5229586097656e-05},
               {.68892388323321, .42849998289867, .84115491638878, 6.3752241272222, 1.2862163373222e-15},
               {.84314276956476, .73937568564311, .91577307215998, 6.3752241272222, 1.2862163373222e-15}});
  auto const alpha = credence::cronbach_alpha(attitude);
  CHECK(found.two_way_mixed_average.value == about(alpha.value, 1e-13));
  CHECK(found.two_way_mixed_average.interval.lower == about(alpha.interval.lower, 1e-13));
  CHECK(icc(credence::threads{2}, attitude) == found);
}

TEST_CASE("icc: far from 0 nothing is lost, and a constant bias counts for agreement only") {
  std::vector<std::array<double, 4>> shifted;
  std::vector<std::array<double, 4>> biased;
  for (auto const& row : shrout_fleiss) {
    shifted.push_back({1e9 + row[0], 1e9 + row[1], 1e9 + row[2], 1e9 + row[3]});
    biased.push_back({100. + row[0], 1. * row[1], 1. * row[2], 1. * row[3]});
  }
  icc_result const found = icc(shifted);
  CHECK(found.two_way_random.value == about(.28976377952756, 1e-9));
  CHECK(found.one_way.interval.lower == about(-.13293232487475, 1e-7));
  CHECK(icc(biased).two_way_mixed.value == about(.71484071484071));
  CHECK(icc(biased).two_way_random.value < .01);
  // A rater who is always one higher: consistent, not in agreement.
  std::vector<std::array<int, 2>> higher;
  for (int subject = 0; subject < 9; ++subject) higher.push_back({subject, subject + 1});
  icc_result const by_one = icc(higher);
  CHECK(by_one.two_way_mixed.value == about(1));
  CHECK(by_one.two_way_random.value == about(7.5 / 8));
  CHECK(by_one.two_way_random.interval.lower < by_one.two_way_random.value);
}

TEST_CASE("icc: what says nothing, and perfect agreement") {
  using rows = std::vector<std::vector<double>>;
  CHECK_FALSE(icc(rows{}));
  CHECK_FALSE(icc(rows{{1, 2, 3}}));
  CHECK_FALSE(icc(rows{{1}, {2}, {3}}));
  CHECK_FALSE(icc(rows{{4, 4}, {4, 4}, {4, 4}}));
  icc_result const perfect = icc(rows{{1, 1, 1}, {2, 2, 2}, {5, 5, 5}});
  for (icc_estimate const& own : all_of(perfect)) {
    CHECK(own.value == 1);
    CHECK(credence::is_nan(own.interval.lower));
    CHECK(own.p_value == 0);
  }
  // Subjects that never differ, raters that do.
  icc_result const nothing = icc(rows{{1, 3}, {3, 1}, {1, 3}, {3, 1}});
  CHECK(nothing.one_way.value == -1);
  CHECK(nothing.one_way.p_value == 1);
  CHECK(nothing.one_way_average.value == -std::numeric_limits<double>::infinity());
}

TEST_CASE("icc: incomplete subjects are counted; states merge and travel") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::array<std::optional<double>, 2>> const rows{{1, 2}, {std::nullopt, 2}, {3, nan}, {1e200, 1}, {4, 4},
                                                               {2, 3}};
  icc_result const found = icc(rows);
  CHECK(found.count == 3);
  CHECK(found.rejections.missing == 1);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 1);
  CHECK_THROWS_AS(static_cast<void>(icc(rows, {.on_invalid = credence::on_invalid::raise})), credence::invalid_sample);
  CHECK_THROWS_AS(static_cast<void>(icc(rows, {.confidence = 0})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(icc(std::vector<std::vector<int>>{{1, 2}, {1}})), credence::error);
  CHECK(icc(std::vector<std::vector<int>>{{}, {}}).rejections.missing == 2);
  credence::icc_accumulator head;
  credence::icc_accumulator tail;
  for (std::size_t at = 0; at < shrout_fleiss.size(); ++at) (at < 2 ? head : tail)(shrout_fleiss[at]);
  head += tail;
  CHECK(head.result().value == about(.28976377952756));
  CHECK(head.result({.form = icc_form::two_way_mixed}).value == about(.71484071484071));
  CHECK(credence::from_bytes<credence::icc_accumulator>(credence::to_bytes(head)) == head);
}

}  // namespace test_icc
