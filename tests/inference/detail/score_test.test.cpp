// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/detail/score_test.hpp>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "survival/naive.hpp"

namespace test_score_test {

using credence::detail::score_test_of;

TEST_CASE("score_test: one score is a square over a variance, with chi-squared's tail") {
  auto const found = score_test_of({3}, {4});
  CHECK(found.chi_squared == 2.25);
  CHECK(found.degrees == 1);
  CHECK(found.p_value == doctest::Approx(std::erfc(1.5 / std::sqrt(2))).epsilon(1e-12));
}

TEST_CASE("score_test: nothing that varies has no answer") {
  CHECK(std::isnan(score_test_of({}, {}).chi_squared));
  auto const still = score_test_of({1, 2}, {0, 0, 0, 0});
  CHECK(still.degrees == 0);
  CHECK(std::isnan(still.chi_squared));
  CHECK(std::isnan(still.p_value));
}

TEST_CASE("score_test: a score that varies little beside others is not taken for one that does not vary") {
  // 10¹² customers twice and five: the second's scores are the others' negative, but for the five.
  double const many = 1e12;
  auto const three = score_test_of({40, -43, 3}, {many + 5, -many, -5, -many, many + 5, -5, -5, -5, 10});
  CHECK(three.degrees == 2);
  CHECK(three.chi_squared == doctest::Approx(.9).epsilon(1e-3));
  for (double const scale : {1e-9, 1.0, 1e9}) {
    auto const two = score_test_of({2, 3 * scale}, {4, scale, scale, 9 * scale * scale});
    CHECK(two.degrees == 2);
    CHECK(two.chi_squared == doctest::Approx((9 * 4 - 2 * 2 * 3 + 4 * 9) / 35.).epsilon(1e-12));
  }
}

TEST_CASE("score_test: of any rank and of any size it is the pseudo-inverse's form, in whatever order") {
  std::mt19937_64 random(51);
  auto const unit = [&] { return static_cast<double>(random() % 2'001) / 1'000 - 1; };
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    std::size_t const size = 1 + random() % 7;
    std::size_t const rank = 1 + random() % size;
    std::vector<double> covariance(size * size), scores(size);
    double const scale = std::pow(10, static_cast<double>(random() % 13) - 6);
    for (std::size_t part = 0; part < rank; ++part) {
      std::vector<double> along(size);
      for (double& own : along) own = scale * unit();
      double const much = unit();
      for (std::size_t row = 0; row < size; ++row) {
        scores[row] += much * along[row];  // scores lie where they can vary
        for (std::size_t column = 0; column < size; ++column)
          covariance[row * size + column] += along[row] * along[column];
      }
    }
    double expected = 0;
    int degrees = 0;
    naive_survival::pseudo_inverse_form(covariance, scores, expected, degrees);
    auto const found = score_test_of(scores, covariance);
    CHECK(found.degrees == degrees);
    CHECK(naive_survival::near(found.chi_squared, expected, 1e-5));
  }
}

TEST_CASE("score_test: a thousand groups are compared, and no more") {
  CHECK(error_of([] { credence::detail::check_group_count(1'000); }) == "no error");
  CHECK(error_of([] { credence::detail::check_group_count(1'001); }).find("credence: 1001 groups") == 0);
}

}  // namespace test_score_test
