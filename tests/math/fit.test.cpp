// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/call_shape.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/math/fit.hpp>
#include <vector>

namespace test_fit {

namespace {

struct customer {
  int orders;
};

/// A family of one parameter: a mean, found in one step, shrunk towards nought, of rows or of a projection of them.
struct middle_options {
  credence::number l2 = 0;
};
struct middle_model {
  double value;
};
struct middle {
  using options = middle_options;
  using call = credence::detail::call_shape<options, credence::detail::call_terms{.further = 1}>;

  template <class Executor, class Range, class Value = credence::detail::identity>
  static credence::fit_report<middle_model> answer(Executor&, options const& chosen, Range& rows,
                                                   Value const& value = {}) {
    credence::fit_summary summary;
    double sum = 0;
    for (auto&& row : rows) {
      sum += static_cast<double>(credence::detail::project(value, row));
      ++summary.count;
    }
    if (summary.count == 0) return credence::fit_report<middle_model>(summary);
    summary.status = credence::fit_status::converged;
    return {summary, {sum / (static_cast<double>(summary.count) + chosen.l2)}};
  }
};

}  // namespace

TEST_CASE("fit: a family of models, with and without projections and options") {
  using credence::fit;
  std::vector<customer> const rows{{1}, {2}, {6}};
  CHECK(fit<middle>(rows, &customer::orders).model().value == 3);
  CHECK(fit<middle>(rows, &customer::orders, {.l2 = 6}).model().value == 1);
  CHECK(fit<middle>(std::vector{4, 5, 6}).model().value == 5);
  CHECK(fit<middle>(std::vector{4, 5, 6}, {.l2 = 2}).model().value == 3);
  CHECK(!fit<middle>(std::vector<int>()));
}

}  // namespace test_fit
