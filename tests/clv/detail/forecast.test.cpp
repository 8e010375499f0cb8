// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/detail/forecast.hpp>
#include <credence/clv/mbg_cnbd_k.hpp>
#include <credence/clv/nbd.hpp>

namespace test_forecast {

using credence::detail::customer_ages;
using credence::detail::forecast;
using credence::detail::purchases;
namespace {

struct within_ten {
  template <class Law>
  void operator()(Law const& law, purchases const& own, double* out) const {
    out[0] = law.expected_after(own, 10);
  }
};
/// The law itself, of customers as many as curves are made for.
template <class Law>
void check_law(Law const& law) {
  customer_ages ages;
  for (int at = 0; at < 2'000; ++at) ages.add({static_cast<double>(at % 5), 0, 0.02 * at, 0});
  forecast<Law, within_ten> const asked(law, 10, {}, 1, ages);
  for (int at = 0; at < 2'000; at += 37) {
    double const age = 0.02 * at;
    purchases const own{static_cast<double>(at % 5), at % 5 == 0 ? 0 : 0.7 * age, age, 0};
    double found = 0;
    double const alive = asked(own, &found);
    CHECK(alive == doctest::Approx(credence::detail::alive_by(law, own)).epsilon(1e-12));
    CHECK(found == doctest::Approx(law.expected_after(own, 10)).epsilon(1e-11));
  }
}

}  // namespace

TEST_CASE("forecast: by curves where recency is forgotten, by the law where it is not, and without churn") {
  static_assert(credence::detail::forgets_recency<credence::bg_nbd::law_type>);
  static_assert(!credence::detail::forgets_recency<credence::mbg_cnbd_k::law_type>);
  check_law(credence::bg_nbd({.r = .243, .alpha = 4.414, .a = .793, .b = 2.426}).law());
  check_law(credence::mbg_cnbd_k({.k = 2, .r = .5, .alpha = 6, .a = .9, .b = 1.6}).law());
  check_law(credence::nbd({.r = .385, .alpha = 12.07}).law());
}

}  // namespace test_forecast
