// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_CALL_SHAPE_HPP
#define CREDENCE_CORE_CALL_SHAPE_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/describe.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// What the calls of our function objects look like, and what is wrong with one that does not look so, told by the shape
// of its arguments alone: rows, executor, callable … What projections return is asked for afterwards.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

enum class argument_kind {
  projection,         // of the rows of this call
  design,             // stratified_by, clustered_by, weighted_by
  accumulator,        //
  unfit_accumulator,  // lacks something of one
  policy,             // of periods
  own_options,        //
  other_options,      // or a result
  metric,             // itself, where its accumulator is meant
  text,               // the name of a column, as other languages have it
  unknown
};

enum class call_fault {
  none,
  no_rows,
  rows_late,
  no_executor,
  executor_of_a_serial_call,
  text,
  unfit_projection,
  accumulator_of_a_metric,
  metric_itself,
  unfit_accumulator,
  design_of_another,
  policy_of_another,
  options_early,
  options_of_another,
  options_of_a_combinator,
  design_early,
  policy_early,
  too_few,
  too_many,
  no_policy,
  roles_of_a_history,
  order_of_fold,
  order_of_group_by,
  order_of_over_time,
  order_of_funnel,
  order_of_ranking
};

/// Where a policy of periods stands.
enum class policy_place {
  nowhere,
  among,            // somewhere among the projections
  behind,           // behind them all, and must be there
  behind_if_at_all  //
};

struct call_terms {
  std::size_t further = 0;          // projections that may follow those that must be there
  bool takes_design = false;        // behind them, or other projections that come with a name
  bool takes_design_alone = false;  // right behind the rows, where these can say for themselves what projections would
  bool takes_executor = false;
  bool takes_history = false;  // an accumulator of what customers did in the place of the rows and their projections
  bool takes_scorer = false;   // an accumulator behind the projections: what rows are scored by
  policy_place policy = policy_place::nowhere;
  call_fault order = call_fault::too_few;  // what to say where something else stands in the place of what must be there
};
/// What a call looks like: an executor if it takes one, rows, `Places` in their order, further projections, a design
/// and, where there are any, the options.
template <class Options, call_terms Terms, argument_kind... Places>
struct call_shape {
  using options = Options;
  static constexpr std::array<argument_kind, sizeof...(Places)> places{Places...};
  static constexpr call_terms terms = Terms;
  static constexpr bool has_options = !std::is_void_v<Options>;
};
/// Of a combinator: what comes first, then any projections.
template <call_fault Order, argument_kind... Places>
using combinator_call =
    call_shape<void, call_terms{.further = ~std::size_t{}, .takes_executor = true, .order = Order}, Places...>;
/// Of a function that asks for something in each place, and takes options.
template <class Options, argument_kind... Places>
using values_call = call_shape<Options, call_terms{}, Places...>;
template <class Options, argument_kind... Places>
using parallel_values_call = call_shape<Options, call_terms{.takes_executor = true}, Places...>;

template <class Shape, class... Arguments>
struct fault_of_call;
/// Is this a call that we can say what is wrong with?
template <class Shape, class... Arguments>
concept wrong_call = fault_of_call<Shape, Arguments...>::value != call_fault::none;

template <class Argument>
concept named_argument = requires {
  typename Argument::named_argument;
};
template <class Argument>
concept looks_like_a_policy = requires(Argument const& policy) {
  policy.observed_until;
  Argument::type_id();
};
template <class Argument>
concept looks_like_options = described<Argument> || requires(Argument const& chosen) {
  chosen.confidence;
};
template <class Range>
inline constexpr bool is_range_of_char = false;
template <iterable Range>
inline constexpr bool is_range_of_char<Range> = std::same_as<std::remove_cvref_t<row_of<Range>>, char>;

/// The options of this call, or what converts to them.
template <class Argument, class Shape>
concept options_of_call = std::convertible_to<Argument, typename Shape::options>;

/// One of our function objects, that these rows are no call of? Asked of its shape: to call it would refuse the call.
template <class Type, class Row>
concept refuses = requires {
  typename Type::refused_shape;
}
&&wrong_call<typename Type::refused_shape, Row>;

template <class Shape, class Range, class Argument>
[[nodiscard]] constexpr argument_kind kind_of() {
  using type = std::decay_t<Argument>;
  if constexpr (options_of_call<Argument, Shape>)
    return argument_kind::own_options;
  else if constexpr (accumulator<type>)
    return argument_kind::accumulator;
  else if constexpr (refuses<type, std::remove_reference_t<row_of<Range>>&>)
    return argument_kind::metric;
  else if constexpr (projection_of<type, Range>)
    return argument_kind::projection;
  else if constexpr (named_argument<type>)
    return argument_kind::design;
  else if constexpr (looks_like_an_accumulator<type>)
    return argument_kind::unfit_accumulator;
  else if constexpr (looks_like_a_policy<type>)
    return argument_kind::policy;
  else if constexpr (looks_like_options<type>)
    return argument_kind::other_options;
  else if constexpr ((std::convertible_to<type, char const*> && !std::is_null_pointer_v<type>) ||
                     is_range_of_char<type>)
    return argument_kind::text;
  else
    return argument_kind::unknown;
}

/// What is wrong with what stands behind the rows. First what is wrong wherever it stands, then what stands in the
/// wrong place.
template <class Shape, std::size_t Count>
[[nodiscard]] constexpr call_fault fault_of_kinds(std::array<argument_kind, Count> const& kinds) {
  using enum argument_kind;
  bool const combines = !Shape::has_options;
  for (std::size_t at = 0; at + 1 < Count; ++at) {
    if (kinds[at] == text) return call_fault::text;
    if (kinds[at] == unknown) return call_fault::unfit_projection;
    if (kinds[at] == other_options)
      return combines ? call_fault::options_of_a_combinator : call_fault::options_of_another;
    if ((kinds[at] == accumulator || kinds[at] == unfit_accumulator) && !combines && !Shape::terms.takes_scorer)
      return call_fault::accumulator_of_a_metric;
    if (kinds[at] == unfit_accumulator) return call_fault::unfit_accumulator;
    if (kinds[at] == metric) return call_fault::metric_itself;
    if (kinds[at] == design && !Shape::terms.takes_design) return call_fault::design_of_another;
    if (kinds[at] == policy && !combines && Shape::terms.policy == policy_place::nowhere)
      return call_fault::policy_of_another;
    if (kinds[at] == own_options && at + 2 != Count) return call_fault::options_early;
  }
  std::size_t at = 0;
  for (argument_kind const place : Shape::places) {
    if (Shape::terms.policy == policy_place::among && kinds[at] == policy) ++at;
    if (kinds[at++] != place) return kinds[at - 1] == design ? call_fault::design_early : Shape::terms.order;
  }
  std::size_t further = 0;
  while (kinds[at] == projection) ++at, ++further;
  if (further > Shape::terms.further) return call_fault::too_many;
  if (Shape::terms.takes_scorer && kinds[at++] != accumulator) return Shape::terms.order;
  bool const policy_behind = Shape::terms.policy == policy_place::behind ||
                             Shape::terms.policy == policy_place::behind_if_at_all;
  if (policy_behind && kinds[at] == policy) {
    ++at;
    if (kinds[at] == projection && further < Shape::terms.further) return call_fault::policy_early;
  } else if (Shape::terms.policy == policy_place::behind) {
    return call_fault::no_policy;
  }
  std::size_t const first_design = at;
  while (Shape::terms.takes_design && kinds[at] == design) ++at;
  bool const is_designed = at != first_design;
  if (at - first_design > 4) return call_fault::too_many;  // one of them twice
  bool const design_alone = is_designed && first_design == 0 && !Shape::terms.takes_design_alone;
  if (kinds[at] == projection || design_alone) return call_fault::design_early;
  if (kinds[at] == own_options) ++at;
  return at + 1 == Count ? call_fault::none : combines ? Shape::terms.order : call_fault::too_many;
}

template <class Shape, class Range, class... Rest>
[[nodiscard]] constexpr call_fault fault_behind_rows() {
  // One more, that is none of what may stand there: the end.
  return fault_of_kinds<Shape>(
      std::array<argument_kind, sizeof...(Rest) + 1>{kind_of<Shape, Range, Rest>()..., argument_kind::unknown});
}

/// What is wrong with a call that does not begin with rows.
template <class Shape, class First>
[[nodiscard]] constexpr call_fault fault_before_rows() {
  return call_fault::no_rows;
}
template <class Shape, class First, class Second, class... Rest>
[[nodiscard]] constexpr call_fault fault_before_rows() {
  if constexpr (rows_range<Second>) {
    using first = std::remove_reference_t<First>;
    if constexpr (looks_like_an_accumulator<std::remove_cv_t<first>>)
      return Shape::has_options ? call_fault::accumulator_of_a_metric : Shape::terms.order;
    else if constexpr (executor<first>)
      return Shape::terms.takes_executor ? fault_behind_rows<Shape, Second, Rest...>()
                                         : call_fault::executor_of_a_serial_call;
    else if constexpr (kind_of<Shape, Second, First>() == argument_kind::unknown)
      return call_fault::no_executor;
    else
      return call_fault::rows_late;
  } else {
    return (rows_range<Rest> || ...) ? call_fault::rows_late : call_fault::no_rows;
  }
}

/// Does this call begin with an accumulator, where one may stand for the rows it was gathered from?
template <class Shape, class First>
concept history_call = Shape::terms.takes_history&& looks_like_an_accumulator<std::remove_cvref_t<First>>;

/// What is wrong with what stands behind a history: a policy or a scorer, then the options.
template <class Shape, class... Rest>
[[nodiscard]] constexpr call_fault fault_behind_history() {
  if constexpr ((named_argument<std::decay_t<Rest>> || ...)) return call_fault::roles_of_a_history;
  // Of no rows: whatever is called a projection of an int here, is one too many.
  constexpr bool is_scored = Shape::terms.takes_scorer && (accumulator<std::decay_t<Rest>> || ...);
  return fault_of_kinds<
      call_shape<typename Shape::options, call_terms{.takes_scorer = is_scored, .policy = Shape::terms.policy}>>(
      std::array<argument_kind, sizeof...(Rest) + 1>{kind_of<Shape, int const(&)[1], Rest>()...,
                                                     argument_kind::unknown});
}

template <class Shape, class... Arguments>
struct fault_of_call {
  static constexpr call_fault value = call_fault::no_rows;
};
template <class Shape, class First, class... Rest>
requires history_call<Shape, First>
struct fault_of_call<Shape, First, Rest...> {
  static constexpr call_fault value = fault_behind_history<Shape, Rest...>();
};
template <class Shape, class First, class... Rest>
struct fault_of_call<Shape, First, Rest...> {
  static constexpr call_fault value = fault_before_rows<Shape, First, Rest...>();
};
// A grouping has a begin and an end too.
template <class Shape, rows_range First, class... Rest>
requires(!history_call<Shape, First>) struct fault_of_call<Shape, First, Rest...> {
  static constexpr call_fault value = fault_behind_rows<Shape, First, Rest...>();
};

/// Are the options not among these? They have a parameter of their own.
template <class Shape, class... Arguments>
concept without_options = !(options_of_call<Arguments, Shape> || ...);

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
