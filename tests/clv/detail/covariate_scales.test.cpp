// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/covariate_scales.hpp>

#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/covariates.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/fit_report.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace test_covariate_scales {

using credence::bg_nbd;
using credence::fit;
using credence::fit_status;
using credence::purchase_covariates;

struct customer {
  double frequency = 0;
  double recency = 0;
  double age = 0;
  double known = 0;  ///< varies by about 1 around 0
};

/// Those of whom more is known come back more often, and a third leave with each purchase.
std::vector<customer> const& customers() {
  static std::vector<customer> const all = [] {
    std::vector<customer> made;
    std::uint64_t state = 7;
    auto const random = [&state] {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      return (static_cast<double>(state >> 11) + 0.5) * 0x1p-53;
    };
    for (int at = 0; at < 1'500; ++at) {
      customer own{0, 0, 20 + 20 * random(), 4 * random() - 2};
      double const rate = 0.15 * std::exp(0.4 * own.known) * -std::log(random());  // Gamma(1)
      double const leaves = std::pow(random(), 1.4);
      for (double time = -std::log(random()) / rate; time < own.age; time -= std::log(random()) / rate) {
        own.recency = time;
        ++own.frequency;
        if (random() < leaves) break;
      }
      made.push_back(own);
    }
    return made;
  }();
  return all;
}

TEST_CASE("covariates: wherever they lie and however much they vary, what they do is found") {
  auto const plain = fit<bg_nbd>(customers(), purchase_covariates(&customer::known));
  REQUIRE(plain.status == fit_status::converged);
  CHECK(plain.parameters[4] == doctest::Approx(.4).epsilon(.2));
  struct scale {
    double middle;
    double deviation;
  };
  // An income, a year, microseconds, a share.
  for (scale const own : {scale{5e4, 2e4}, scale{2000, 10}, scale{-3e7, 1e6}, scale{0, 1e-6}}) {
    auto const moved = fit<bg_nbd>(customers(), purchase_covariates([own](customer const& row) {
                                     return own.middle + own.deviation * row.known;
                                   }));
    REQUIRE(moved.status == fit_status::converged);
    CHECK(moved.log_likelihood == doctest::Approx(plain.log_likelihood).epsilon(1e-12));
    CHECK(moved.parameters[4] * own.deviation == doctest::Approx(plain.parameters[4]).epsilon(1e-7));
    CHECK(moved.standard_errors[4] * own.deviation == doctest::Approx(plain.standard_errors[4]).epsilon(1e-6));
    CHECK(moved.standard_errors[0] == doctest::Approx(plain.standard_errors[0]).epsilon(1e-6));
    // ln alpha at known = 0, whose variance is that of the sum of two.
    double const at_middle = std::log(moved.parameters[1]) - own.middle * moved.parameters[4];
    CHECK(at_middle == doctest::Approx(std::log(plain.parameters[1])).epsilon(1e-7));
    double const log_error = moved.standard_errors[1] / moved.parameters[1];
    double const covariance = moved.covariance[1 * 5 + 4] / moved.parameters[1];
    double const variance = log_error * log_error - 2 * own.middle * covariance +
                            own.middle * own.middle * moved.covariance[4 * 5 + 4];
    double const expected = plain.standard_errors[1] / plain.parameters[1];
    CHECK(variance == doctest::Approx(expected * expected).epsilon(1e-3));
    // A customer is who he was.
    CHECK(moved.model().at({own.middle + own.deviation}).alpha ==
          doctest::Approx(plain.model().at({1.0}).alpha).epsilon(1e-6));
  }
}

TEST_CASE("covariates: a penalty is on the coefficients of what was given") {
  double const strength = 20;
  auto const found = fit<bg_nbd>(
      customers(), purchase_covariates([](customer const& row) { return 3 + 2 * row.known; }), {.penalty = strength});
  REQUIRE(found);
  // A maximum of ln L − strength · Σ v² in those coordinates: none of its neighbours is better.
  auto const penalised = [&](std::vector<double> const& at) {
    bg_nbd const base{{std::exp(at[0]), std::exp(at[1]), std::exp(at[2]), std::exp(at[3])}};
    credence::covariate_model<bg_nbd> const model(base, {at[4]}, 1, 0);
    double sum = 0;
    for (customer const& own : customers()) sum += model.at({3 + 2 * own.known}).log_likelihood(own);
    for (double const part : at) sum -= strength * part * part;
    return sum;
  };
  std::vector<double> best = found.parameters;
  for (std::size_t at = 0; at < 4; ++at) best[at] = std::log(best[at]);
  double const most = penalised(best);
  for (std::size_t at = 0; at < 5; ++at)
    for (double const step : {1e-3, -1e-3}) {
      std::vector<double> beside = best;
      beside[at] += step;
      CHECK(penalised(beside) < most);
    }
}

TEST_CASE("covariates: one that does not vary, one that is 0, and one that lies too far off are named") {
  auto const constant = fit<bg_nbd>(customers(), purchase_covariates([](customer const&) { return 2024.0; }));
  CHECK(constant.status == fit_status::flat_ridge);
  CHECK(constant.reason.find("log alpha") != std::string::npos);
  auto const zero = fit<bg_nbd>(customers(), purchase_covariates([](customer const&) { return 0.0; }));
  CHECK(zero.status == fit_status::boundary);
  auto const far_off =
      fit<bg_nbd>(customers(), purchase_covariates([](customer const& row) { return 2024 + 0.5 * row.known; }));
  CHECK(far_off.status == fit_status::singular);
  CHECK(far_off.reason.find("give them less their means") != std::string::npos);
}

}  // namespace test_covariate_scales
