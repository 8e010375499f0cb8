// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/detail/additive_solver.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace test_additive_solver {

namespace detail = credence::detail;

struct limit_of {
  std::uint32_t numbers;
  [[nodiscard]] std::uint32_t limit() const { return numbers; }
};
/// What the solver asks of ratings, by number.
struct rated {
  struct {
    limit_of raters;
    limit_of items;
    std::vector<std::uint32_t> rater_of;
    std::vector<std::uint32_t> item_of;
  } who;
  std::vector<double> values;
  std::vector<double> weights;

  [[nodiscard]] std::size_t size() const { return values.size(); }
  [[nodiscard]] double value(std::size_t at) const { return values[at]; }
  [[nodiscard]] double weight(std::size_t at) const { return weights[at]; }
};

TEST_CASE("components are numbered as their ratings come; what weighs nothing joins nothing") {
  rated const rows{{{6}, {4}, {5, 2, 5, 0, 2, 3}, {3, 1, 0, 0, 3, 2}}, {1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 0, 0}};
  detail::rating_components const found(rows);
  CHECK(found.count == 2);
  CHECK(found.of_rater == std::vector<std::uint32_t>{1, 0, 2, 0, 0, 1});
  CHECK(found.of_item == std::vector<std::uint32_t>{1, 2, 0, 1});
}

TEST_CASE("effects of two by two, centred, and the residual as it is") {
  // r = item − leaning, exactly: items 1 and 4, raters 0 and 2 of weights 3 and 1.
  rated const rows{{{2}, {2}, {0, 0, 1, 1}, {0, 1, 0, 1}}, {1, 4, 3, 6}, {1, 2, 0.5, 0.5}};
  detail::additive_system system(rows, 0, 1, 0);
  system.solve({1e-14, 10});
  CHECK(system.status == credence::fit_status::converged);
  CHECK(system.residual < 1e-13);
  system.centre(detail::rating_components(rows));
  CHECK(system.rater_effect[0] == doctest::Approx(-0.5));
  CHECK(system.rater_effect[1] == doctest::Approx(1.5));
  CHECK(system.item_effect[0] == doctest::Approx(1.5));
  CHECK(system.item_effect[1] == doctest::Approx(4.5));
  CHECK(system.squared_residuals() < 1e-24);

  detail::additive_system stopped(rows, 0, 1, 0.5);
  stopped.solve({1e-14, 1});
  CHECK(stopped.status == credence::fit_status::iteration_limit);
  CHECK(stopped.iterations == 1);
  CHECK(stopped.residual > 1e-6);
}

}  // namespace test_additive_solver
