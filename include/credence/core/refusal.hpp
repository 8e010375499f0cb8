// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_REFUSAL_HPP
#define CREDENCE_CORE_REFUSAL_HPP

#include <utility>

#include <credence/core/call_shape.hpp>
#include <credence/core/version.hpp>

// Metrics, combinators and other functions of rows have, beside their overloads, one that takes what none of them takes
// and refuses it in a sentence that says what to write; without it the compiler lists all overloads and why each does
// not fit. Braces have no type and never get here: a misspelt option is the compiler's own message, whose candidates
// name the options.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The sentences. There is an answer even so, lest complaints about its fields follow.
template <class Shape, class Answer, class... Arguments>
constexpr Answer refused() {
  constexpr call_fault fault = fault_of_call<Shape, Arguments...>::value;
  using enum call_fault;
  static_assert(fault != no_rows,
                "credence: this call begins with no range of rows; rows come first, as a vector, a span or whatever "
                "has begin and end, and a single sample is pushed to an accumulator: nps_accumulator heard; heard(9);");
  static_assert(fault != rows_late,
                "credence: the rows stand in the wrong place; the order is [executor,] rows, projections, {options}");
  static_assert(fault != no_executor,
                "credence: what stands before the rows is no executor; one is called as run(task_count, task), and "
                "calls task(index) for every std::size_t index below task_count");
  static_assert(fault != executor_of_a_serial_call,
                "credence: this call takes no executor; the calling thread runs it");
  static_assert(fault != text,
                "credence: text is no projection, for C++ finds no member by its name; write &row::score, or a "
                "callable that takes a row");
  static_assert(fault != unfit_projection,
                "credence: this projection cannot be applied to these rows; give a member of their own type, or a "
                "callable that takes a row and returns a value; an executor stands before the rows, options in braces");
  static_assert(fault != accumulator_of_a_metric,
                "credence: this call takes no accumulator; give it rows and projections alone, or the accumulator to "
                "fold, group_by or over_time");
  static_assert(fault != metric_itself,
                "credence: the metric itself stands where its accumulator is meant: nps_accumulator{}");
  static_assert(fault != unfit_accumulator,
                "credence: this accumulator lacks something that the concept credence::accumulator asks for");
  static_assert(
      fault != design_of_another,
      "credence: this call takes no design and no weight by name; a weight for fold, group_by or over_time is "
      "a projection behind the value, and starts_if and the like are for cohort_retention");
  static_assert(fault != policy_of_another,
                "credence: this call takes no policy of periods; over_time does, behind the time");
  static_assert(fault != options_early,
                "credence: options come last, behind the projections: (rows, &row::score, {.confidence = 0.9})");
  static_assert(fault != options_of_another,
                "credence: these are the options, or the result, of something else; in braces the right ones are "
                "meant: (rows, &row::score, {.confidence = 0.9})");
  static_assert(
      fault != options_of_a_combinator,
      "credence: this call takes no options; give them to its accumulator: nps_accumulator({.scale_max = 5})");
  static_assert(fault != design_early,
                "credence: stratified_by, clustered_by and weighted_by stand behind the value and its weight");
  static_assert(fault != policy_early,
                "credence: what cuts time into periods stands behind all projections: (rows, &order::customer, "
                "&order::placed, &order::total, credence::calendar_day{})");
  static_assert(
      fault != too_few,
      "credence: a projection is missing; the order is [executor,] rows, a projection for each value, {options}");
  static_assert(fault != too_many,
                "credence: this call has more arguments than there are to give; what groups, weighs or explains rows "
                "comes by name, as grouped_by(&row::plan) or reason_of(&row::why), and several metrics are asked at "
                "once by fold(rows, tee(...), each(...))");
  static_assert(fault != no_policy,
                "credence: this call must be told how time is cut into periods; write a policy behind the projections, "
                "such as credence::calendar_month{}; starts_if and the like, and the options, stand behind it");
  static_assert(fault != roles_of_a_history,
                "credence: what was gathered knows already who began and came back; give starts_if, returns_if and "
                "cohort_of to a call with rows, or push event_roles to a cohort_accumulator");
  static_assert(fault != order_of_fold,
                "credence: the order of this call is fold([executor,] rows, accumulator, projections...)");
  static_assert(fault != order_of_group_by,
                "credence: the order of this call is group_by([executor,] rows, key, accumulator, projections...)");
  static_assert(fault != order_of_over_time,
                "credence: the order of this call is over_time([executor,] rows, time, policy, accumulator, "
                "projections...), with a policy such as calendar_month{}");
  static_assert(fault != order_of_funnel,
                "credence: the order of this call is funnel(rows, user, time, steps(predicates...), {options})");
  static_assert(
      fault != order_of_ranking,
      "credence: the order of this call is ranking([executor,] rows, key, value, accumulator, {options}), with "
      "what scores an item, such as star_lower_bound_accumulator{}; or ranking(groups, {options})");
  return Answer{};
}

/// What stands for the answer of a refused call whose answer has no type before it is called.
struct no_answer {
  using type = no_answer;
};
template <class Accumulator>
struct result_of {
  using type = decltype(std::declval<Accumulator const&>().result());
};

/// A base of function objects, for the overload that refuses: `Answer::type` is what they return.
template <class Shape, class Answer = no_answer>
struct refusal {
  using refused_shape = Shape;
  template <class... Arguments>
  requires wrong_call<Shape, Arguments...>
  constexpr auto operator()(Arguments&&...) const { return refused<Shape, typename Answer::type, Arguments...>(); }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
