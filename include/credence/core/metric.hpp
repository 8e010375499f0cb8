// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_METRIC_HPP
#define CREDENCE_CORE_METRIC_HPP

#include <type_traits>
#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/design.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// Who says whether what projections return can be pushed: the accumulator, where its samples are no numbers.
template <class Accumulator>
struct value_check_of {
  using type = number_check;
};
template <class Accumulator>
requires requires { typename Accumulator::value_check; }
struct value_check_of<Accumulator> {
  using type = typename Accumulator::value_check;
};

template <class Accumulator, class Executor, class Range, class... Projections>
constexpr auto folded(Executor& run, typename Accumulator::options_type& chosen, Range& rows,
                      Projections const&... projections) {
  if constexpr (std::is_same_v<Executor, calling_thread>) {
    return fold(rows, Accumulator(std::move(chosen)), projections...).result();
  } else {
    return fold(run, rows, Accumulator(std::move(chosen)), projections...).result();
  }
}

/// The answer of a call whose values are known to be good.
template <class Accumulator, class Executor, class Range, class Plan, class... Values>
constexpr auto planned(Executor& run, typename Accumulator::options_type& chosen, Range& rows, Plan const& plan,
                       Values const&... values) {
  if constexpr (Plan::is_designed) {
    constexpr bool takes_designs = requires { Accumulator::answer_designed(chosen, rows, plan, values...); };
    static_assert(takes_designs, "credence: this metric does not take strata or clusters");
    if constexpr (takes_designs) {
      return Accumulator::answer_designed(chosen, rows, plan, values...);
    } else {
      return Accumulator{}.result();
    }
  } else if constexpr (is_given<decltype(Plan::weight)>) {
    constexpr bool takes_weights = pushes<Accumulator, std::remove_cvref_t<projected<Range, Values>>..., double>;
    static_assert(takes_weights, "credence: this metric does not take weights");
    if constexpr (takes_weights) {
      return detail::folded<Accumulator>(run, chosen, rows, values..., plan.weight);
    } else {
      return Accumulator{}.result();
    }
  } else {
    return detail::folded<Accumulator>(run, chosen, rows, values...);
  }
}

template <class Derived, class Accumulator, class Shape>
using metric_calls = optioned_calls<Derived, typename Accumulator::options_type, Shape, result_of<Accumulator>>;
template <class Accumulator>
using metric_call = call_shape<typename Accumulator::options_type,
                               call_terms{.further = 2, .takes_design = true, .takes_executor = true}>;

}  // namespace detail

/// A metric: `x([executor,] rows [, value [, weight] [, design…]] [, {options}])`, for every metric x of one value a
/// row. The design is up to three of `stratified_by`, `clustered_by` and `weighted_by`, in any order; rows are then
/// folded by the calling thread, executor or not, in memory by the number of strata or clusters. An accumulator that
/// can be asked so has `answer_designed(options, rows, plan, value)`, a static template; see inference/designed.hpp.
/// One whose samples are no numbers has a `value_check` like `detail::number_check`, which says in a static_assert what
/// they are.
template <accumulator Accumulator>
class metric : public detail::metric_calls<metric<Accumulator>, Accumulator, detail::metric_call<Accumulator>> {
  friend detail::metric_calls<metric, Accumulator, detail::metric_call<Accumulator>>;

  // What the projections return is checked here, near the call, so that a wrong one costs its reader some ten lines;
  // there is an answer even then, so that they are not followed by complaints about its fields.
  template <class Executor, class Range, class Value = detail::identity, class... Design>
  static constexpr auto answer(Executor& run, typename Accumulator::options_type& chosen, Range& rows,
                               Value const& value = {}, Design const&... design) {
    using value_check = typename detail::value_check_of<Accumulator>::type;
    auto const plan = detail::plan_of(design...);
    using plan_type = std::remove_const_t<decltype(plan)>;
    constexpr bool good = value_check::template of<detail::projected<Range, Value>>() &&
                          detail::number_check::of<detail::weight_value_of<Range, plan_type>>();
    if constexpr (good && detail::check_plan<Range, plan_type>()) {
      return detail::planned<Accumulator>(run, chosen, rows, plan, value);
    } else {
      return Accumulator{}.result();
    }
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
