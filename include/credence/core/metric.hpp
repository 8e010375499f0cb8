// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_METRIC_HPP
#define CREDENCE_CORE_METRIC_HPP

#include <type_traits>
#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/design.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// Is this a call with a sampling design: `[executor,] rows, value [, weight]`, then one to three named arguments?
template <class... Named>
inline constexpr bool all_design = sizeof...(Named) != 0 && (is_design<Named> && ...);
template <class Range, class Value, class First, class... Rest>
[[nodiscard]] constexpr bool rows_and_design() {
  if constexpr (rows_range<Range>) {
    if constexpr (projection_of<Value, Range>) {
      if constexpr (is_design<First>) return (is_design<Rest> && ...);
      if constexpr (!is_design<First> && projection_of<First, Range>) return all_design<Rest...>;
    }
  }
  return false;
}
template <class First, class... Rest>
[[nodiscard]] constexpr bool designed_call() {
  if constexpr (rows_range<First>) return rows_and_design<First, std::remove_reference_t<Rest>...>();
  if constexpr (!rows_range<First> && executor<First> && sizeof...(Rest) > 2) return rows_and_design<Rest...>();
  return false;
}
template <class... Arguments>
inline constexpr bool is_designed_call = designed_call<Arguments...>();

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

}  // namespace detail

/// A metric: `x([executor,] rows [, value [, weight] [, design…]] [, {options}])`, for every metric x of one value a
/// row. The design is up to three of `stratified_by`, `clustered_by` and `weighted_by`, in any order; rows are then
/// folded by the calling thread, executor or not, in memory by the number of strata or clusters. An accumulator that
/// can be asked so has `answer_designed(options, rows, plan, value)`, a static template; see inference/designed.hpp.
/// One whose samples are no numbers has a `value_check` like `detail::number_check`, which says in a static_assert what
/// they are.
///
/// The six plain overloads are spelled out because a forwarding pack cannot carry `{.confidence = 0.9}`: braces have no
/// type until a parameter gives them one. They are told apart by shape alone (range, executor, callable).
template <accumulator Accumulator>
class metric {
 public:
  using options = typename Accumulator::options_type;

  template <rows_range Range, projection_of<Range> Value = detail::identity>
  constexpr auto operator()(Range&& rows, Value value = {}, options chosen = {}) const {
    return answer(chosen, rows, value);
  }

  template <rows_range Range>
  constexpr auto operator()(Range&& rows, options chosen) const {
    return answer(chosen, rows, detail::identity{});
  }

  template <rows_range Range, projection_of<Range> Value, projection_of<Range> Weight>
  constexpr auto operator()(Range&& rows, Value value, Weight weight, options chosen = {}) const {
    return answer(chosen, rows, value, weight);
  }

  template <executor Executor, rows_range Range, projection_of<Range> Value = detail::identity>
  auto operator()(Executor&& run, Range&& rows, Value value = {}, options chosen = {}) const {
    return answer_by(run, chosen, rows, value);
  }

  template <executor Executor, rows_range Range>
  auto operator()(Executor&& run, Range&& rows, options chosen) const {
    return answer_by(run, chosen, rows, detail::identity{});
  }

  template <executor Executor, rows_range Range, projection_of<Range> Value, projection_of<Range> Weight>
  auto operator()(Executor&& run, Range&& rows, Value value, Weight weight, options chosen = {}) const {
    return answer_by(run, chosen, rows, value, weight);
  }

  // With a design, told by the number of arguments: four overloads in place of ten, each a candidate in every error.
  template <class First, class Second, class Third>
  requires detail::is_designed_call<First, Second, Third>
  auto operator()(First&& first, Second second, Third third, options chosen = {}) const {
    return designed(chosen, first, second, third);
  }
  template <class First, class Second, class Third, class Fourth>
  requires detail::is_designed_call<First, Second, Third, Fourth>
  auto operator()(First&& first, Second&& second, Third third, Fourth fourth, options chosen = {}) const {
    return designed(chosen, first, second, third, fourth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth>
  requires detail::is_designed_call<First, Second, Third, Fourth, Fifth>
  auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, options chosen = {}) const {
    return designed(chosen, first, second, third, fourth, fifth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth, class Sixth>
  requires detail::is_designed_call<First, Second, Third, Fourth, Fifth, Sixth>
  auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, Sixth sixth,
                  options chosen = {}) const {
    return designed(chosen, first, second, third, fourth, fifth, sixth);
  }

 private:
  using value_check = typename detail::value_check_of<Accumulator>::type;

  template <class First, class... Rest>
  static auto designed(options& chosen, First& first, Rest&... rest) {
    if constexpr (rows_range<First>) {
      return by_design(chosen, first, rest...);
    } else {
      return by_design(chosen, rest...);
    }
  }
  template <class Range, class Value, class... Design>
  static auto by_design(options& chosen, Range& rows, Value const& value, Design const&... design) {
    auto const plan = detail::plan_of(design...);
    using plan_type = std::remove_const_t<decltype(plan)>;
    constexpr bool good = value_check::template of<detail::projected<Range, Value>>();
    if constexpr (!good || !detail::check_plan<Range, plan_type>()) {
      return Accumulator{}.result();
    } else if constexpr (!plan_type::is_designed) {
      return answer(chosen, rows, value, plan.weight);
    } else {
      constexpr bool takes_designs = requires { Accumulator::answer_designed(chosen, rows, plan, value); };
      static_assert(takes_designs, "credence: this metric does not take strata or clusters");
      if constexpr (takes_designs) {
        return Accumulator::answer_designed(chosen, rows, plan, value);
      } else {
        return Accumulator{}.result();
      }
    }
  }

  // What the projections return is checked here, near the call, so that a wrong one costs its reader some ten lines;
  // there is an answer even then, so that they are not followed by complaints about its fields.
  template <class Range, class... Projections>
  static constexpr auto answer(options& chosen, Range& rows, Projections const&... projections) {
    if constexpr (value_check::template of<detail::projected<Range, Projections>...>()) {
      return fold(rows, Accumulator(std::move(chosen)), projections...).result();
    } else {
      return Accumulator{}.result();
    }
  }
  template <class Executor, class Range, class... Projections>
  static auto answer_by(Executor& run, options& chosen, Range& rows, Projections const&... projections) {
    if constexpr (value_check::template of<detail::projected<Range, Projections>...>()) {
      return fold(run, rows, Accumulator(std::move(chosen)), projections...).result();
    } else {
      return Accumulator{}.result();
    }
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
