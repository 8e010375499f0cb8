// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SURVEY_ASKED_HPP
#define CREDENCE_TESTS_SURVEY_ASKED_HPP

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/core/design.hpp>
#include <credence/survey/response_rate.hpp>
#include <optional>
#include <vector>

#include "survey/counted.hpp"

// The rows of tests/reference/survey_family.R, which made the values that they are tested against.

struct asked {
  int ease;
  std::array<std::optional<int>, 3> items;
  double spent;
  int orders;
  credence::disposition outcome;
  double weight;
  int stratum;
  int cluster;
};

inline std::vector<asked> asked_rows() {
  using enum credence::disposition;
  std::optional<int> const blank{};
  return {{7, {5, 4, blank}, 120.5, 3, complete, 1.5, 1, 1},
          {6, {4, 4, 5}, 80, 2, complete, 2.0, 1, 1},
          {2, {1, 2, 3}, 15.25, 1, partial, 1.0, 1, 2},
          {5, {blank, 5, 4}, 200, 4, complete, 2.5, 1, 2},
          {7, {5, 5, 5}, 60, 2, refusal, 0.5, 1, 3},
          {4, {3, 3, 2}, 0, 0, non_contact, 3.0, 2, 4},
          {1, {1, blank, 1}, 42, 1, unknown_eligibility, 1.0, 2, 4},
          {6, {4, 3, 4}, 310, 6, complete, 1.0, 2, 5},
          {3, {2, 2, blank}, 18, 2, other, 2.0, 2, 5},
          {7, {5, 4, 4}, 99.9, 3, not_eligible, 1.0, 3, 6},
          {5, {4, 5, 3}, 75, 1, complete, 4.0, 3, 6},
          {6, {3, 4, 5}, 130, 5, unknown_eligibility, 1.25, 3, 7},
          {4, {2, 3, 4}, 20, 1, partial, 0.75, 3, 7}};
}

/// What R says of a value: without weights, with them, and their errors under three designs.
struct asked_reference {
  double plain;
  double plain_error;
  double weighted;
  double weighted_error;
  double strata_error;
  double clusters_error;
};

/// Holds `answer(design…)` of the rows to it. `samples` is n/(n−1)'s n where the plain error divides by n, else 0.
template <class Answer>
void check_asked(asked_reference const& expected, double samples, Answer const& answer) {
  auto const weight = credence::weighted_by(&asked::weight);
  auto const strata = credence::stratified_by(&asked::stratum);
  auto const clusters = credence::clustered_by(&asked::cluster);
  double const factor = samples > 0 ? std::sqrt((samples - 1) / samples) : 1;
  auto const plain = answer();
  CHECK(plain.value == about(expected.plain));
  CHECK(plain.standard_error == about(expected.plain_error * factor));
  CHECK_FALSE(plain.design);
  auto const weighted = answer(weight);
  CHECK(weighted.value == about(expected.weighted));
  CHECK(weighted.standard_error == about(expected.weighted_error));
  CHECK(weighted.weighted);
  auto const stratified = answer(weight, strata);
  CHECK(stratified.value == about(expected.weighted));
  CHECK(stratified.standard_error == about(expected.strata_error));
  CHECK(stratified.design.strata == 3);
  CHECK(stratified.design.degrees_of_freedom == 10);
  auto const clustered = answer(strata, clusters, weight);
  CHECK(clustered.value == about(expected.weighted));
  CHECK(clustered.standard_error == about(expected.clusters_error));
  CHECK(clustered.design.clusters == 7);
  CHECK(clustered.design.degrees_of_freedom == 4);
  CHECK(clustered.interval.lower < clustered.value);
  CHECK(clustered.interval.upper > clustered.value);
}

#endif
