// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_PAIR_METRIC_HPP
#define CREDENCE_CORE_PAIR_METRIC_HPP

#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/design.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Are these rows, two values, and then perhaps a weight and a design?
template <class Range, class First, class Second, class... Rest>
[[nodiscard]] constexpr bool rows_and_two_values() {
  if constexpr (rows_range<Range>) {
    if constexpr (projection_of<First, Range> && projection_of<Second, Range>) {
      if constexpr (sizeof...(Rest) == 0) {
        return true;
      } else {
        return rows_and_design<Range, First, Rest...>() ||
               (sizeof...(Rest) == 1 && (projection_of<Rest, Range> && ...));
      }
    }
  }
  return false;
}
template <class First, class... Rest>
[[nodiscard]] constexpr bool pair_call() {
  if constexpr (rows_range<First>) return rows_and_two_values<First, std::remove_reference_t<Rest>...>();
  if constexpr (!rows_range<First> && executor<First> && sizeof...(Rest) > 2)
    return rows_and_two_values<std::remove_reference_t<Rest>...>();
  return false;
}
template <class... Arguments>
inline constexpr bool is_pair_call = pair_call<Arguments...>();

}  // namespace detail

/// As `metric`, of two values a row: `x([executor,] rows, first, second [, weight] [, design…] [, {options}])`. An
/// accumulator that can be asked under a design has `answer_designed(options, rows, plan, first, second)`; one that
/// takes weights is pushed to with a third value.
template <accumulator Accumulator>
class pair_metric {
 public:
  using options = typename Accumulator::options_type;

  // Told apart by the number of arguments, for the sake of `{.confidence = 0.9}` behind them: see `metric`.
  template <class First, class Second, class Third>
  requires detail::is_pair_call<First, Second, Third>
  auto operator()(First&& first, Second second, Third third, options chosen = {}) const {
    return answer(chosen, first, second, third);
  }
  template <class First, class Second, class Third, class Fourth>
  requires detail::is_pair_call<First, Second, Third, Fourth>
  auto operator()(First&& first, Second&& second, Third third, Fourth fourth, options chosen = {}) const {
    return answer(chosen, first, second, third, fourth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth>
  requires detail::is_pair_call<First, Second, Third, Fourth, Fifth>
  auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, options chosen = {}) const {
    return answer(chosen, first, second, third, fourth, fifth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth, class Sixth>
  requires detail::is_pair_call<First, Second, Third, Fourth, Fifth, Sixth>
  auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, Sixth sixth,
                  options chosen = {}) const {
    return answer(chosen, first, second, third, fourth, fifth, sixth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth, class Sixth, class Seventh>
  requires detail::is_pair_call<First, Second, Third, Fourth, Fifth, Sixth, Seventh>
  auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, Sixth sixth, Seventh seventh,
                  options chosen = {}) const {
    return answer(chosen, first, second, third, fourth, fifth, sixth, seventh);
  }

 private:
  struct calling_thread {};

  template <class First, class... Rest>
  static auto answer(options& chosen, First& first, Rest&... rest) {
    if constexpr (rows_range<First>) {
      calling_thread run;
      return answer_by(run, chosen, first, rest...);
    } else {
      return answer_by(first, chosen, rest...);
    }
  }
  template <class Executor, class Range, class First, class Second, class... Design>
  static auto answer_by(Executor& run, options& chosen, Range& rows, First const& first, Second const& second,
                        Design const&... design) {
    auto const plan = detail::plan_of(design...);
    using plan_type = std::remove_const_t<decltype(plan)>;
    constexpr bool good = detail::number_check::of<detail::projected<Range, First>, detail::projected<Range, Second>>();
    if constexpr (!good || !detail::check_plan<Range, plan_type>()) {
      return Accumulator{}.result();
    } else if constexpr (plan_type::is_designed) {
      constexpr bool takes_designs = requires { Accumulator::answer_designed(chosen, rows, plan, first, second); };
      static_assert(takes_designs, "credence: this metric does not take strata or clusters");
      if constexpr (takes_designs) {
        return Accumulator::answer_designed(chosen, rows, plan, first, second);
      } else {
        return Accumulator{}.result();
      }
    } else if constexpr (detail::is_given<decltype(plan_type::weight)>) {
      constexpr bool takes_weights = detail::pushes<Accumulator, double, double, double>;
      static_assert(takes_weights, "credence: this metric does not take weights");
      if constexpr (takes_weights) {
        return folded(run, chosen, rows, first, second, plan.weight);
      } else {
        return Accumulator{}.result();
      }
    } else {
      return folded(run, chosen, rows, first, second);
    }
  }
  template <class Executor, class Range, class... Projections>
  static auto folded(Executor& run, options& chosen, Range& rows, Projections const&... projections) {
    if constexpr (std::is_same_v<Executor, calling_thread>) {
      return fold(rows, Accumulator(chosen), projections...).result();
    } else {
      return fold(run, rows, Accumulator(chosen), projections...).result();
    }
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
