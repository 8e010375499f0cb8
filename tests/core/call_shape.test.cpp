// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/calendar.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/design.hpp>
#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/executors.hpp"

namespace test_call_shape {

// What is said of a call by its shape. The sentences that go with it, and that a compiler prints them first, are held
// by tests/compile_fail.

namespace {

using credence::detail::argument_kind;
using credence::detail::call_fault;
using credence::detail::call_terms;

struct row {
  int value, second;
  double weight;
  std::optional<int> asked() const { return value; }
};
struct other_row {
  int value;
};
using rows = std::vector<row> const&;
using member = int row::*;
using options = credence::nps_options;
using accumulator = credence::nps_accumulator;
using strata = decltype(credence::stratified_by(&row::value));
using policy = credence::calendar_month;

/// A host's model that scores rows, and happens to name its types as accumulators do.
struct model {
  using options_type = int;
  using state_type = int;
  double operator()(row const& one) const { return one.weight; }
};
struct own_options : options {};
struct half_an_accumulator {
  using options_type = int;
  using state_type = int;
};

template <class... Arguments>
constexpr call_fault metric_fault =
    credence::detail::fault_of_call<credence::detail::metric_call<accumulator>, Arguments...>::value;
template <class... Arguments>
constexpr call_fault pair_fault = credence::detail::fault_of_call<
    credence::detail::values_call<options, argument_kind::projection, argument_kind::projection>, Arguments...>::value;
template <class... Arguments>
constexpr call_fault grouping_fault = credence::detail::fault_of_call<
    credence::detail::combinator_call<call_fault::order_of_group_by, argument_kind::projection,
                                      argument_kind::accumulator>,
    Arguments...>::value;
template <class... Arguments>
constexpr call_fault timing_fault = credence::detail::fault_of_call<
    credence::detail::combinator_call<call_fault::order_of_over_time, argument_kind::projection, argument_kind::policy,
                                      argument_kind::accumulator>,
    Arguments...>::value;

}  // namespace

TEST_CASE("call_shape: calls of a metric that are right") {
  constexpr call_fault none = call_fault::none;
  static_assert(metric_fault<rows> == none);
  static_assert(metric_fault<std::vector<int>> == none);
  static_assert(metric_fault<std::span<row>, member> == none);
  static_assert(metric_fault<rows, std::optional<int> (row::*)() const> == none);
  static_assert(metric_fault<rows, int (&)(row const&)> == none);
  static_assert(metric_fault<rows, options> == none);
  static_assert(metric_fault<rows, member, double row::*, options const&> == none);
  static_assert(metric_fault<rows, member, strata> == none);
  static_assert(metric_fault<rows, member, double row::*, strata, strata, strata, options> == none);
  static_assert(metric_fault<in_order, rows, member, double row::*, strata> == none);
  static_assert(metric_fault<in_order&, rows> == none);
  static_assert(metric_fault<rows, decltype(credence::each(&row::value, &row::second))> == none);
  static_assert(metric_fault<rows, member, own_options> == none);
  static_assert(metric_fault<rows, model> == none);
  // Pointers to rows, and rows that are text themselves.
  static_assert(metric_fault<std::vector<row*>, member> == none);
  static_assert(metric_fault<std::vector<std::string>, std::size_t (std::string::*)() const> == none);
}

TEST_CASE("call_shape: what is wrong with a call of a metric") {
  static_assert(metric_fault<> == call_fault::no_rows);
  static_assert(metric_fault<row> == call_fault::no_rows);
  static_assert(metric_fault<int, member> == call_fault::no_rows);
  static_assert(metric_fault<in_order> == call_fault::no_rows);
  static_assert(metric_fault<member, rows> == call_fault::rows_late);
  static_assert(metric_fault<options, rows, member> == call_fault::rows_late);
  static_assert(metric_fault<member, options, rows> == call_fault::rows_late);
  static_assert(metric_fault<void (*)(int), rows, member> == call_fault::no_executor);
  static_assert(metric_fault<rows, char const(&)[6]> == call_fault::text);
  static_assert(metric_fault<rows, std::string> == call_fault::text);
  static_assert(metric_fault<rows, member, char const*> == call_fault::text);
  static_assert(metric_fault<rows, int other_row::*> == call_fault::unfit_projection);
  static_assert(metric_fault<rows, int> == call_fault::unfit_projection);
  static_assert(metric_fault<rows, void (*)(row const&)> == call_fault::unfit_projection);
  static_assert(metric_fault<rows, accumulator, member> == call_fault::accumulator_of_a_metric);
  static_assert(metric_fault<rows, options, member> == call_fault::options_early);
  static_assert(metric_fault<rows, member, credence::csat_options> == call_fault::options_of_another);
  static_assert(metric_fault<rows, member, credence::nps_result> == call_fault::options_of_another);
  static_assert(metric_fault<rows, member, strata, member> == call_fault::design_early);
  static_assert(metric_fault<rows, strata> == call_fault::design_early);
  static_assert(metric_fault<rows, member, member, member> == call_fault::too_many);
  static_assert(metric_fault<rows, member, strata, strata, strata, strata, strata> == call_fault::too_many);
  static_assert(metric_fault<rows, member, policy> == call_fault::policy_of_another);
  static_assert(metric_fault<rows, decltype(nullptr)> == call_fault::unfit_projection);
  static_assert(metric_fault<accumulator, rows, member> == call_fault::accumulator_of_a_metric);
}

TEST_CASE("call_shape: calls with something in each place") {
  static_assert(pair_fault<rows, member, member> == call_fault::none);
  static_assert(pair_fault<rows, member, member, options> == call_fault::none);
  static_assert(pair_fault<rows, member> == call_fault::too_few);
  static_assert(pair_fault<rows, member, options> == call_fault::too_few);
  static_assert(pair_fault<rows> == call_fault::too_few);
  static_assert(pair_fault<rows, member, member, member> == call_fault::too_many);
  static_assert(pair_fault<rows, member, member, strata> == call_fault::design_of_another);
  static_assert(pair_fault<in_order, rows, member, member> == call_fault::executor_of_a_serial_call);
}

TEST_CASE("call_shape: calls of combinators, which take an accumulator and no options") {
  static_assert(grouping_fault<rows, member, accumulator> == call_fault::none);
  static_assert(grouping_fault<in_order, rows, member, accumulator&, member, double row::*> == call_fault::none);
  static_assert(grouping_fault<rows, accumulator, member> == call_fault::order_of_group_by);
  static_assert(grouping_fault<rows, member, member, accumulator> == call_fault::order_of_group_by);
  static_assert(grouping_fault<rows, member, accumulator, strata> == call_fault::design_of_another);
  static_assert(grouping_fault<rows, member, decltype(credence::nps), member> == call_fault::metric_itself);
  static_assert(grouping_fault<rows, member, half_an_accumulator, member> == call_fault::unfit_accumulator);
  static_assert(grouping_fault<accumulator, rows, member> == call_fault::order_of_group_by);
  static_assert(grouping_fault<rows, char const*, accumulator> == call_fault::text);
  static_assert(grouping_fault<rows, member, accumulator, member, options> == call_fault::options_of_a_combinator);
  static_assert(timing_fault<rows, member, policy, accumulator, member> == call_fault::none);
  static_assert(timing_fault<rows, policy, member, accumulator> == call_fault::order_of_over_time);
  static_assert(timing_fault<rows, member, accumulator, policy> == call_fault::order_of_over_time);
}

}  // namespace test_call_shape
