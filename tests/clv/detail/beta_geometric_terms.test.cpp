// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/beta_geometric_terms.hpp>

#include <credence/clv/detail/beta_geometric_law.hpp>
#include <credence/clv/detail/likelihood_of_customers.hpp>
#include <credence/core/real.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace test_beta_geometric_terms {

using credence::detail::beta_geometric_law;
using credence::detail::block_sums;
using credence::detail::purchase_block;
using credence::detail::purchases;

struct columns {
  std::vector<double> frequency, recency, age, weight;

  purchase_block block(bool weighted) const {
    return {frequency.data(), recency.data(), age.data(), nullptr, weighted ? weight.data() : nullptr, age.size()};
  }
};

// Of many kinds: most without repeat purchases, some with as many as a table does not hold, last purchases at the end.
columns drawn(std::size_t count) {
  columns made;
  std::uint64_t state = 7;
  auto const chance = [&] {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return static_cast<double>(state >> 11) / 0x1p53;
  };
  for (std::size_t at = 0; at < count; ++at) {
    double const age = 0.1 + 40 * chance();
    double const kind = chance();
    double const frequency = kind < 0.5    ? 0.0
                             : kind < 0.9  ? 1 + std::floor(5 * chance())
                             : kind < 0.99 ? std::floor(80 * chance())
                                           : std::floor(2e3 * chance());
    made.frequency.push_back(frequency);
    made.age.push_back(age);
    made.recency.push_back(frequency == 0 ? 0 : chance() < 0.1 ? age : age * chance());
    made.weight.push_back(std::floor(1 + 3 * chance()));
  }
  return made;
}

/// The law's own likelihood, differentiated, one customer after the other; and how much of each sum there is.
template <class Law>
void check_against_the_law(std::array<double, 4> const& natural, columns const& all, bool weighted) {
  typename Law::terms const terms(natural, 2e3);
  block_sums<4> sums;
  terms.add(all.block(weighted), sums);
  auto const numbers = credence::detail::by_logarithms(natural);
  block_sums<4> expected;
  block_sums<4> size;
  for (std::size_t at = 0; at < all.age.size(); ++at) {
    auto const term = Law::log_likelihood_at(numbers, purchases{all.frequency[at], all.recency[at], all.age[at], 0}) *
                      (weighted ? all.weight[at] : 1.0);
    expected += term;
    size.value += std::fabs(term.value);
    for (std::size_t of = 0; of < 4; ++of) size.gradient[of] += std::fabs(term.gradient[of]);
    for (std::size_t of = 0; of < 10; ++of) size.hessian[of] += std::fabs(term.hessian[of]);
  }
  CHECK(std::fabs(sums.value - expected.value) <= 1e-13 * size.value);
  for (std::size_t of = 0; of < 4; ++of)
    CHECK(std::fabs(sums.gradient[of] - expected.gradient[of]) <= 1e-12 * size.gradient[of]);
  for (std::size_t of = 0; of < 10; ++of) {
    CAPTURE(of);
    CHECK(std::fabs(sums.hessian[of] - expected.hessian[of]) <= 1e-11 * size.hessian[of]);
  }
}

template <class Law>
void check_everywhere() {
  for (std::array<double, 4> const& natural :
       {std::array<double, 4>{.243, 4.414, .793, 2.426}, {3, 100, .1, 20}, {1, 1e-3, 30, .5}, {1e4, 1e6, 1, 1}})
    for (std::size_t const count : {1u, 7u, 8u, 9u, 5'000u})
      for (bool const weighted : {false, true}) check_against_the_law<Law>(natural, drawn(count), weighted);
}

TEST_CASE("beta_geometric_terms: the sums are those of the law, differentiated") {
  check_everywhere<beta_geometric_law<false>>();
  check_everywhere<beta_geometric_law<true>>();
}

TEST_CASE("beta_geometric_terms: the slope is that of the value, and the curvature that of the slope") {
  columns const all = drawn(300);
  std::array<double, 4> const natural{.4, 6, .8, 2};
  auto const at = [&](std::size_t which, double step) {
    std::array<double, 4> moved = natural;
    moved[which] *= std::exp(step);
    beta_geometric_law<true>::terms const terms(moved, 2e3);
    block_sums<4> sums;
    terms.add(all.block(false), sums);
    return sums;
  };
  block_sums<4> const here = at(0, 0);
  constexpr double step = 1e-4;
  for (std::size_t which = 0; which < 4; ++which) {
    block_sums<4> const above = at(which, step);
    block_sums<4> const below = at(which, -step);
    CHECK((above.value - below.value) / (2 * step) == doctest::Approx(here.gradient[which]).epsilon(1e-6));
    for (std::size_t other = 0; other < 4; ++other)
      CHECK((above.gradient[other] - below.gradient[other]) / (2 * step) ==
            doctest::Approx(here.second(which, other)).epsilon(1e-5));
  }
}

TEST_CASE("beta_geometric_terms: the order of customers does not count, nor a weight from a repetition") {
  columns const all = drawn(3'000);
  columns repeated;
  for (std::size_t at = all.age.size(); at-- != 0;)
    for (int time = 0; time < all.weight[at]; ++time) {
      repeated.frequency.push_back(all.frequency[at]);
      repeated.recency.push_back(all.recency[at]);
      repeated.age.push_back(all.age[at]);
    }
  beta_geometric_law<false>::terms const terms({.243, 4.414, .793, 2.426}, 2e3);
  block_sums<4> weighted;
  terms.add(all.block(true), weighted);
  block_sums<4> one_by_one;
  terms.add(repeated.block(false), one_by_one);
  CHECK(weighted.value == doctest::Approx(one_by_one.value).epsilon(1e-13));
  for (std::size_t of = 0; of < 4; ++of)
    CHECK(weighted.gradient[of] == doctest::Approx(one_by_one.gradient[of]).epsilon(1e-11));
}

TEST_CASE("beta_geometric_terms: finite wherever a search may stray") {
  columns const all = drawn(100);
  for (double const r : {1e-8, 1e8})
    for (double const alpha : {1e-8, 1e8})
      for (double const a : {1e-8, 1e8})
        for (double const b : {1e-8, 1e8}) {
          beta_geometric_law<true>::terms const terms({r, alpha, a, b}, 2e3);
          block_sums<4> sums;
          terms.add(all.block(false), sums);
          CHECK(credence::is_finite(sums.value));
          for (double const slope : sums.gradient) CHECK(credence::is_finite(slope));
          for (double const bend : sums.hessian) CHECK(credence::is_finite(bend));
        }
}

}  // namespace test_beta_geometric_terms
