// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_PAIR_METRIC_HPP
#define CREDENCE_CORE_PAIR_METRIC_HPP

#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/design.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Accumulator>
using pair_metric_call = call_shape<typename Accumulator::options_type,
                                    call_terms{.further = 1, .takes_design = true, .takes_executor = true},
                                    argument_kind::projection, argument_kind::projection>;

}  // namespace detail

/// As `metric`, of two values a row: `x([executor,] rows, first, second [, weight] [, design…] [, {options}])`. An
/// accumulator that can be asked under a design has `answer_designed(options, rows, plan, first, second)`; one that
/// takes weights is pushed to with a third value. One whose samples are no two numbers, but a time and a number, say,
/// has a `value_check` as for `metric`, asked of both.
template <accumulator Accumulator>
class pair_metric
    : public detail::metric_calls<pair_metric<Accumulator>, Accumulator, detail::pair_metric_call<Accumulator>> {
  friend detail::metric_calls<pair_metric, Accumulator, detail::pair_metric_call<Accumulator>>;

  template <class Executor, class Range, class First, class Second, class... Design>
  static constexpr auto answer(Executor& run, typename Accumulator::options_type& chosen, Range& rows,
                               First const& first, Second const& second, Design const&... design) {
    using value_check = typename detail::value_check_of<Accumulator>::type;
    auto const plan = detail::plan_of(design...);
    using plan_type = std::remove_const_t<decltype(plan)>;
    constexpr bool good =
        value_check::template of<detail::projected<Range, First>, detail::projected<Range, Second>>() &&
        detail::number_check::of<detail::weight_value_of<Range, plan_type>>();
    if constexpr (good && detail::check_plan<Range, plan_type>()) {
      return detail::planned<Accumulator>(run, chosen, rows, plan, first, second);
    } else {
      return Accumulator{}.result();
    }
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
