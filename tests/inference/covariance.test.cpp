// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/core/real.hpp>
#include <credence/inference/covariance.hpp>
#include <cstddef>
#include <vector>

#include "support/attitude.hpp"

namespace test_covariance {

namespace {

credence::detail::co_moments moments_of(std::size_t from, std::size_t to, double shift = 0) {
  credence::detail::co_moments moments;
  for (std::size_t at = from; at < to; ++at) {
    std::vector<double> row;
    for (int const answer : attitude[at]) row.push_back(shift + answer);
    moments.push(row);
  }
  return moments;
}

}  // namespace

TEST_CASE("covariance: the definition, at any distance from 0 and however it is cut") {
  double const size = static_cast<double>(attitude.size());
  for (double const shift : {0., 1e9}) {
    for (std::size_t const cut : {std::size_t{0}, std::size_t{1}, std::size_t{13}, attitude.size()}) {
      credence::detail::co_moments moments = moments_of(0, cut, shift);
      moments += moments_of(cut, attitude.size(), shift);
      CHECK(moments.valid());
      REQUIRE(moments.count() == attitude.size());
      REQUIRE(moments.columns() == 7);
      for (std::size_t one = 0; one < 7; ++one)
        for (std::size_t other = 0; other < 7; ++other) {
          double mean_one = 0;
          double mean_other = 0;
          for (auto const& row : attitude) {
            mean_one += row[one] / size;
            mean_other += row[other] / size;
          }
          double products = 0;
          for (auto const& row : attitude) products += (row[one] - mean_one) * (row[other] - mean_other);
          double const within = shift == 0 ? 1e-12 : 1e-7;
          CHECK(moments.product(one, other) == doctest::Approx(products).epsilon(within));
          CHECK(moments.product(one, other) == moments.product(other, one));
          CHECK(moments.covariance(one, other) == doctest::Approx(products / (size - 1)).epsilon(within));
        }
      CHECK(moments.correlation(2, 2) == doctest::Approx(1).epsilon(1e-14));
    }
  }
}

TEST_CASE("covariance: of R's cor(attitude), and of columns that never vary") {
  credence::detail::co_moments const moments = moments_of(0, attitude.size());
  CHECK(moments.correlation(0, 1) == doctest::Approx(.825417562).epsilon(1e-8));  // R 4.2: rating, complaints
  credence::detail::co_moments constant;
  for (double const value : {1., 2., 4.}) constant.push(std::array{value, 3.});
  CHECK_FALSE(std::fabs(constant.correlation(0, 1)) > 0);
}

}  // namespace test_covariance
