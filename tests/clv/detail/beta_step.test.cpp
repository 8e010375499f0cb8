// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/beta_step.hpp>
#include <credence/math/second_order.hpp>

#include <cstddef>

#include <doctest/doctest.h>

namespace test_beta_step {

TEST_CASE("log_beta_step: mpmath at 60 digits") {
  struct row {
    double fixed, from, more, value;
  };
  for (row const& each : {row{.7, 1.2, 1, -0.45953232937844014}, row{.7, 1.2, 11, -1.6960577938059463},
                          row{1e-8, 1e8, 1e-8, -1.000000005e-24}, row{1e-8, 2, 1, -4.9999999875000001e-9},
                          row{1e8, 1e8, 5, -3.4657358527997277}, row{1e8, 1e-8, 5, -107.34603071253291},
                          row{2.5, 1e8, 3, -7.4999998312500047e-8}, row{30, .5, 1e6, -342.08466049318483},
                          row{1e-3, 20, 1e-3, -5.1268194969925419e-8}, row{1, 9, 1e90, -205.03543379212789}}) {
    CAPTURE(each.fixed);
    CAPTURE(each.from);
    CHECK(credence::detail::log_beta_step(each.fixed, each.from, each.more) ==
          doctest::Approx(each.value).epsilon(each.value > -1e-20 ? 1e-8 : 1e-13).scale(0));
  }
  CHECK(credence::detail::log_beta_step(3.0, 4.0, 0.0) == 0);
}

TEST_CASE("log_beta_step: derivatives, mpmath") {
  using credence::math::variable;
  auto const found = credence::detail::log_beta_step(variable<3>(.7, 0), variable<3>(1.2, 1), variable<3>(2.5, 2));
  double const gradient[] = {-1.00750132226203, .448692113691671, -.196531944064577};
  double const hessian[] = {.432935850768221,  .432935850768221,  -.52440349698552,
                            -.255036207474415, .0550016501956237, .0550016501956237};
  for (std::size_t at = 0; at < 3; ++at) CHECK(found.gradient[at] == doctest::Approx(gradient[at]).epsilon(1e-13));
  for (std::size_t at = 0; at < 6; ++at) CHECK(found.hessian[at] == doctest::Approx(hessian[at]).epsilon(1e-12));
}

}  // namespace test_beta_step
