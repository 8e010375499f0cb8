// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_FUNNEL_HPP
#define CREDENCE_RETENTION_FUNNEL_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/error.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/history/detail/event_log.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/retention/detail/funnel_walk.hpp>
#include <credence/retention/detail/interpolated.hpp>
#include <credence/retention/detail/share.hpp>
#include <credence/retention/funnel_accumulator.hpp>
#include <credence/retention/funnel_result.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

template <class... Predicates>
struct steps_argument {
  using named_argument = void;
  std::tuple<Predicates...> predicates;
};
struct steps_function {
  template <class... Predicates>
  [[nodiscard]] constexpr auto operator()(Predicates... predicates) const {
    static_assert(sizeof...(Predicates) >= 1 && sizeof...(Predicates) <= 64, "credence: a funnel has 1 to 64 steps");
    return steps_argument<Predicates...>{{std::move(predicates)...}};
  }
};

template <class Range, class... Predicates>
constexpr bool check_steps() {
  constexpr bool fit = (projection_of<Predicates, Range> && ...);
  static_assert(fit,
                "credence: a step's predicate cannot be applied to these rows; give a member of their own type, or a "
                "callable that takes a row and returns a bool");
  if constexpr (fit) {
    constexpr bool are_bool = (std::is_convertible_v<projected<Range, Predicates>, bool> && ...);
    static_assert(are_bool, "credence: a step's predicate is a projection that returns a bool");
    return are_bool;
  } else {
    return false;
  }
}

struct funnel_function
    : optioned_calls<
          funnel_function, funnel_options,
          call_shape<funnel_options,
                     call_terms{.takes_design = true, .takes_history = true, .order = call_fault::order_of_funnel},
                     argument_kind::projection, argument_kind::projection, argument_kind::design>,
          std::type_identity<funnel_result>> {
  template <class Executor, class Range, class KeyOf, class Time, class... Predicates>
  static funnel_result answer(Executor&, funnel_options const& options, Range& rows, KeyOf const& key, Time const& time,
                              steps_argument<Predicates...> const& steps) {
    if constexpr (check_steps<Range, Predicates...>() && check_present_key<projected<Range, KeyOf>>() &&
                  check_time<projected<Range, Time>>()) {
      using history = funnel_accumulator<present_key<projected<Range, KeyOf>>>;
      history gathered({sizeof...(Predicates), options.on_invalid});
      std::uint64_t done = 0;
      auto const end = std::ranges::end(rows);
      at_row([&] { return done; },
             [&] {
               for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
                 auto&& row = *at;
                 gathered(detail::project(key, row), detail::project(time, row), mask_of(steps, row));
               }
             });
      return answer_of(gathered, options);
    } else {
      return {};
    }
  }
  template <class Executor, class Range, class KeyOf, class Time, class Other, class... More>
  static funnel_result answer(Executor&, funnel_options const&, Range&, KeyOf const&, Time const&, Other const&,
                              More const&...) {
    static_assert(sizeof(Other) == 0,
                  "credence: behind the time stand the steps: funnel(events, &event::user, &event::time, "
                  "credence::steps(&event::is_visit, &event::is_purchase), {.within = std::chrono::days{7}})");
    return {};
  }
  template <class History>
  static funnel_result answer_of(History const& history, funnel_options const& options) {
    static_assert(is_funnel_history<History>, "credence: funnel is asked of rows, or of a funnel_accumulator");
    if constexpr (is_funnel_history<History>) {
      return of(history, options);
    } else {
      return {};
    }
  }

 private:
  template <class Row, class... Predicates>
  static std::uint64_t mask_of(steps_argument<Predicates...> const& steps, Row& row) {
    std::uint64_t mask = 0;
    std::uint64_t bit = 1;
    std::apply(
        [&](auto const&... predicate) {
          ((mask |= static_cast<bool>(detail::project(predicate, row)) ? bit : 0, bit <<= 1), ...);
        },
        steps.predicates);
    return mask;
  }

  template <class History>
  static funnel_result of(History const& history, funnel_options const& options) {
    check_confidence("funnel_options::confidence", options.confidence);
    if (options.within && options.within->micros < 0)
      wrong_argument("funnel_options::within", static_cast<double>(options.within->micros) / 1e6,
                     "seconds; it must not be negative");
    auto const log = history.state().settled();
    auto const count = static_cast<std::size_t>(history.options().steps.value);
    funnel_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    std::int64_t const until = detail::end_of_log(options.observed_until, history.state());
    std::vector<std::vector<double>> since_first(count);
    std::vector<std::vector<double>> since_previous(count);
    funnel_walk walk(count, options, until);
    for (std::size_t number = 0; number + 1 < log.begins.size(); ++number) {
      std::size_t const from = log.begins[number];
      std::size_t const many = log.begins[number + 1] - from;
      if (many == 0) continue;
      walk.walk(log.when.data() + from, log.steps.data() + from, many);
      if (walk.furthest() == 0) {
        ++(walk.after_end() ? result.after_end : walk.too_recent() ? result.too_recent : result.never_began);
        continue;
      }
      for (std::size_t step = 0; step < walk.furthest(); ++step) {
        auto const seconds = [&](std::size_t before) {
          return static_cast<double>(elapsed(walk.taken()[before], walk.taken()[step])) / 1e6;
        };
        since_first[step].push_back(seconds(0));
        since_previous[step].push_back(seconds(step == 0 ? 0 : step - 1));
      }
    }
    for (std::size_t step = 0; step < count; ++step) {
      std::uint64_t const reached = since_first[step].size();
      std::uint64_t const before = since_first[step == 0 ? 0 : step - 1].size();
      funnel_step own;
      own.step = static_cast<std::int64_t>(step) + 1;
      own.reached = reached;
      tell_share(own.from_first, own.from_first_interval, reached, since_first[0].size(), options.confidence);
      tell_share(own.from_previous, own.from_previous_interval, reached, before, options.confidence);
      tell_times(own.median_since_first, own.mean_since_first, since_first[step]);
      tell_times(own.median_since_previous, own.mean_since_previous, since_previous[step]);
      result.steps.push_back(own);
    }
    result.customers = since_first[0].size();
    return result;
  }
  static void tell_times(double& median, double& mean, std::vector<double>& seconds) {
    if (seconds.empty()) return;
    std::sort(seconds.begin(), seconds.end());
    double sum = 0;
    for (double const each : seconds) sum += each;
    mean = sum / static_cast<double>(seconds.size());
    median = interpolated(seconds, 0.5);
  }
};

}  // namespace detail

/// The steps of a funnel, each a predicate of an event: `steps(&event::is_visit, &event::is_purchase)`.
inline constexpr detail::steps_function steps{};

/// How many customers take each of some steps, in order, and how long it takes them? `funnel(events, &event::user,
/// &event::time, steps(&event::is_visit, &event::is_basket, &event::is_purchase), {.within = std::chrono::days{7}})`.
/// Other events may lie between. A customer counts by the furthest step they ever reached within the time since a first
/// step; an event may be several steps, and events at one time follow each other in the order of the steps, unless
/// `strictly_later`: that is how to ask for a second purchase, steps(bought, bought). Beginnings for which `within` is
/// not over when observation ends do not count, nor do events from then on. Wilson intervals. Throws `credence::error`
/// for wrong options. O(events · steps); keeps the events that are steps.
inline constexpr detail::funnel_function funnel{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
