// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/fit_bootstrap.hpp>
#include <credence/math/fit.hpp>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "clv/fitted.hpp"
#include "support/error_of.hpp"

namespace test_fit_bootstrap {

using credence::fit_bootstrap;
namespace {
struct backwards {
  void operator()(std::size_t count, std::function<void(std::size_t)> const& task) const {
    while (count != 0) task(--count);
  }
};
auto const rate = [](credence::bg_nbd const& model) { return model.r / model.alpha; };
}  // namespace

TEST_CASE("fit_bootstrap: CDNOW's standard errors, nearly those of the likelihood") {
  auto const customers = clv_fitted::cdnow();
  if (customers.empty()) return;
  auto const fit = credence::fit<credence::bg_nbd>(customers);
  REQUIRE(fit);
  auto const found =
      fit_bootstrap(fit, customers, [](credence::bg_nbd const& model) { return model.r; }, {.replicates = 100});
  CHECK(found.value == doctest::Approx(.24259452243).epsilon(1e-6));
  CHECK(found.replicates == 100);
  CHECK(found.count == 2'357);
  CHECK(found.standard_error == doctest::Approx(.01255737).epsilon(0.3));
  CHECK(found.interval.lower < found.value);
  CHECK(found.interval.upper > found.value);
  // Another order of the replicates, the same bits; another seed, others.
  CHECK(fit_bootstrap(backwards{}, fit, customers, rate, {.replicates = 10}) ==
        fit_bootstrap(fit, customers, rate, {.replicates = 10}));
  CHECK_FALSE(fit_bootstrap(fit, customers, rate, {.replicates = 10, .seed = 1}) ==
              fit_bootstrap(fit, customers, rate, {.replicates = 10}));
}

TEST_CASE("fit_bootstrap: wrong options, and a fit that failed") {
  auto const customers = clv_fitted::customers(30);
  auto const fit = clv_fitted::report();
  auto const names = [&](credence::fit_bootstrap_options const& own, char const* text) {
    return error_of([&] { static_cast<void>(fit_bootstrap(fit, customers, rate, own)); }).find(text) !=
           std::string::npos;
  };
  CHECK(names({.replicates = 1}, "::replicates is 1"));
  CHECK(names({.confidence = 1}, "::confidence"));
  auto weighted = clv_fitted::report();
  weighted.count = 30;
  weighted.observations = 60;
  CHECK(error_of([&] { static_cast<void>(fit_bootstrap(weighted, customers, rate)); }).find("with weights") !=
        std::string::npos);
  credence::likelihood_report<credence::bg_nbd> const failed;
  CHECK(error_of([&] { static_cast<void>(fit_bootstrap(failed, customers, rate)); }).find("degenerate_data") !=
        std::string::npos);
  // Nobody to draw: no replicate, and no answer.
  CHECK_FALSE(fit_bootstrap(fit, std::vector<clv_fitted::customer>{}, rate, {.replicates = 3}));
}

}  // namespace test_fit_bootstrap
