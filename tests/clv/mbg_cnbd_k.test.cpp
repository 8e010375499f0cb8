// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/clv_reference.hpp"
#include "support/error_of.hpp"

#include <array>
#include <credence/clv/mbg_cnbd_k.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <cstdlib>
#include <string>
#include <string_view>

namespace test_mbg_cnbd_k {

namespace {

credence::mbg_cnbd_k const two_stages{{.k = 2, .r = 0.9, .alpha = 6, .a = 0.9, .b = 2.5}};
credence::mbg_cnbd_k const three_stages{{.k = 3, .r = 0.9, .alpha = 6, .a = 0.9, .b = 2.5}};

/// What a row of the reference asks.
double answered(credence::mbg_cnbd_k const& model, clv_reference_row const& row) {
  std::string_view const asked = row.quantity;
  if (asked == "E[X(t)]") return model.expected_purchases(row.args[0]);
  if (asked == "P(X(t)=x)") return model.purchase_count_probability(static_cast<int>(row.args[1]), row.args[0]);
  credence::purchase_history own{row.args[0], row.args[1], row.args[2]};
  if (asked.starts_with("loglik")) {
    std::string const text(asked.substr(asked.find('=') + 1));
    own.log_gaps = std::strtod(text.c_str(), nullptr);
    return model.log_likelihood(own);
  }
  if (asked == "P(alive|x,tx,T)") return model.probability_alive(own);
  if (asked == "P(alive at T+15|x,tx,T)") return model.probability_alive(own, 15);
  if (asked == "P(at least one in (T,T+15]|x,tx,T)") return model.probability_of_purchase(own, 15);
  if (asked == "CET(t=15|x,tx,T)") return model.expected_purchases(own, 15);
  FAIL("an unknown quantity: " << row.quantity);
  return 0;
}

}  // namespace

TEST_CASE("mbg_cnbd_k: every row of the reference") {
  for (auto const& row : clv_reference("MBG/CNBD-k ")) {
    CAPTURE(row.model);
    CAPTURE(row.quantity);
    auto const& model = parameter_of(row, "k") == 2 ? two_stages : three_stages;
    CHECK(answered(model, row) == doctest::Approx(row.value).epsilon(2e-12));
  }
}
TEST_CASE("mbg_cnbd_k: some of those rows where the reference is not at hand") {
  // shared/reference/clv_extra.csv: mpmath, from FORMULAS, "MMBG/CNBD-k (d=1)".
  credence::purchase_history const own{.frequency = 2, .recency = 10, .age = 20, .log_gaps = 3.04452243772342};
  CHECK(two_stages.log_likelihood(own) == doctest::Approx(-7.445951646739).epsilon(1e-12));
  CHECK(two_stages.probability_alive(own) == doctest::Approx(0.5719572533211).epsilon(1e-12));
  CHECK(two_stages.expected_purchases(own, 15) == doctest::Approx(0.8678212370951).epsilon(1e-12));
  CHECK(three_stages.probability_of_purchase(own, 15) == doctest::Approx(0.5246815368877).epsilon(1e-12));
  CHECK(three_stages.probability_alive(own, 15) == doctest::Approx(0.4558419673257).epsilon(1e-12));
  CHECK(two_stages.expected_purchases(20) == doctest::Approx(0.7639396895082).epsilon(1e-12));
  CHECK(three_stages.purchase_count_probability(5, 20) == doctest::Approx(0.00349037280227).epsilon(1e-12));
  CHECK(two_stages.probability_alive({.age = 20}) == doctest::Approx(0.5567644662443).epsilon(1e-12));
}

TEST_CASE("mbg_cnbd_k: one stage is mbg_nbd") {
  for (auto const& [r, alpha, a, b] :
       {std::array{0.243, 4.414, 0.793, 2.426}, std::array{2.0, 40.0, 1.0, 0.1}, std::array{1e-3, 0.01, 3.5, 20.0}}) {
    credence::mbg_cnbd_k const one{{.r = r, .alpha = alpha, .a = a, .b = b}};
    credence::mbg_nbd const plain{{.r = r, .alpha = alpha, .a = a, .b = b}};
    for (credence::purchase_history const& own :
         {credence::purchase_history{0, 0, 39}, {2, 30.43, 38.86, 5}, {7, 38, 38}, {900, 20, 39}}) {
      CAPTURE(own.frequency.value);
      CHECK(one.log_likelihood(own) == doctest::Approx(plain.log_likelihood(own)).epsilon(1e-12));
      CHECK(one.probability_alive(own) == doctest::Approx(plain.probability_alive(own)).epsilon(1e-12));
      CHECK(one.probability_alive(own, 39) == doctest::Approx(plain.probability_alive(own, 39)).epsilon(1e-11));
      CHECK(one.probability_of_purchase(own, 39) ==
            doctest::Approx(plain.probability_of_purchase(own, 39)).epsilon(1e-12));
      for (double const within : {1.0, 39.0, 1e6})
        CHECK(one.expected_purchases(own, within) ==
              doctest::Approx(plain.expected_purchases(own, within)).epsilon(1e-11));
      CHECK(one.discounted_residual_transactions(own, {.discount = credence::period_rate{0.0027}}) ==
            doctest::Approx(plain.discounted_residual_transactions(own, {.discount = credence::period_rate{0.0027}}))
                .epsilon(1e-10));
    }
    CHECK(one.expected_purchases(39) == doctest::Approx(plain.expected_purchases(39)).epsilon(1e-12));
    CHECK(one.purchase_count_probability(3, 39) ==
          doctest::Approx(plain.purchase_count_probability(3, 39)).epsilon(1e-11));
  }
}

TEST_CASE("mbg_cnbd_k: what cannot be is refused") {
  using model = credence::mbg_cnbd_k;
  CHECK(error_of([] { model{{.k = 0, .r = 1, .alpha = 1, .a = 1, .b = 1}}; }) ==
        "credence: mbg_cnbd_k_parameters::k is 0; it must lie between 1 and 1000");
  CHECK(error_of([] {
          model{{.k = 1001, .r = 1, .alpha = 1, .a = 1, .b = 1}};
        }).starts_with("credence: mbg_cnbd_k_parameters::k is 1001"));
  CHECK(error_of([] { model{{.k = 2, .r = 0, .alpha = 1, .a = 1, .b = 1}}; }) ==
        "credence: mbg_cnbd_k_parameters::r is 0; it must be positive and finite");
  CHECK(
      error_of([] { model{{.k = 2, .r = 1, .alpha = 1, .a = 1}}; }).starts_with("credence: mbg_cnbd_k_parameters::b"));
  CHECK(error_of([] {
          static_cast<void>(two_stages.probability_alive({.frequency = 2, .recency = 30, .age = 20}));
        }).starts_with("credence: there is no such purchase history"));
  double const own[] = {0.9, 6, 0.9, 2.5};
  CHECK(model::from_parameters(own, 2).parameters() == two_stages.parameters());
  CHECK(model::from_parameters(own, 2).k == two_stages.k);
}

}  // namespace test_mbg_cnbd_k
