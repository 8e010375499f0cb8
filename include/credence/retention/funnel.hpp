// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_FUNNEL_HPP
#define CREDENCE_RETENTION_FUNNEL_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/history/detail/event_log.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/retention/detail/interpolated.hpp>
#include <credence/retention/funnel_accumulator.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct funnel_options {
  std::optional<time_span> within{};        ///< of the first step all must be taken, its end counted; unset: whenever
  bool strictly_later = false;              ///< must each step be later than the one before, or may it be as late?
  std::optional<instant> observed_until{};  ///< up to when events were looked for; unset: the last event
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The customers who reached one step. Times are in seconds, of those who reached it, each by their first way to the
/// furthest step they reached; NaN where nobody did.
struct funnel_step {
  std::int64_t step = 0;                       ///< from 1
  std::uint64_t reached = 0;                   ///< customers who took it, and all before, in order
  double from_first = not_a_number();          ///< their share of those who began, in 0…1
  credence::interval from_first_interval;      ///< Wilson's
  double from_previous = not_a_number();       ///< their share of those who reached the step before, in 0…1
  credence::interval from_previous_interval;   ///< Wilson's
  double median_since_first = not_a_number();  ///< seconds from the first step
  double mean_since_first = not_a_number();
  double median_since_previous = not_a_number();  ///< seconds from the step before
  double mean_since_previous = not_a_number();

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("step", self.step);
    visit("reached", self.reached);
    visit("from_first", self.from_first);
    visit("from_first_interval", self.from_first_interval);
    visit("from_previous", self.from_previous);
    visit("from_previous_interval", self.from_previous_interval);
    visit("median_since_first", self.median_since_first);
    visit("mean_since_first", self.mean_since_first);
    visit("median_since_previous", self.median_since_previous);
    visit("mean_since_previous", self.mean_since_previous);
  }
  friend constexpr bool operator==(funnel_step const&, funnel_step const&) = default;
};

/// The answer of `funnel`: `for (auto const& step : found) step.from_previous`.
struct funnel_result {
  std::vector<funnel_step> steps;
  std::uint64_t customers = 0;      ///< who began, so long ago that `within` is over
  std::uint64_t too_recent = 0;     ///< customers left out: `within` was not over for any of their beginnings
  std::uint64_t never_began = 0;    ///< customers who took other steps, but not the first
  std::uint64_t after_end = 0;      ///< customers left out: they took no step before observation ended
  std::uint64_t count = 0;          ///< events used, those that are no step too
  std::uint64_t rejected = 0;       ///< events left out
  credence::rejections rejections;  ///< and why

  [[nodiscard]] auto begin() const { return steps.begin(); }
  [[nodiscard]] auto end() const { return steps.end(); }
  [[nodiscard]] std::size_t size() const { return steps.size(); }
  [[nodiscard]] funnel_step const& operator[](std::size_t at) const { return steps[at]; }
  explicit operator bool() const { return customers != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("steps", self.steps);
    visit("customers", self.customers);
    visit("too_recent", self.too_recent);
    visit("never_began", self.never_began);
    visit("after_end", self.after_end);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(funnel_result const&, funnel_result const&) = default;
};

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

/// One customer's way through the steps.
class funnel_walk {
 public:
  funnel_walk(std::size_t steps, funnel_options const& options, std::int64_t until)
      : options_(options), until_(until), starts_(steps), times_(steps, std::vector<std::int64_t>(steps)) {}

  /// Walks a customer's events, in the order of time. `furthest()` is then how many steps they took.
  void walk(std::int64_t const* when, std::uint64_t const* steps, std::size_t count) {
    furthest_ = 0;
    too_recent_ = false;
    after_end_ = count != 0 && when[0] >= until_;
    std::fill(starts_.begin(), starts_.end(), no_start);
    for (std::size_t at = 0; at < count && when[at] < until_; ++at)
      options_.strictly_later ? take_down(when[at], steps[at]) : take_up(when[at], steps[at]);
  }
  [[nodiscard]] std::size_t furthest() const { return furthest_; }
  [[nodiscard]] bool too_recent() const { return furthest_ == 0 && too_recent_; }
  [[nodiscard]] bool after_end() const { return after_end_; }
  /// When each step was taken, on the first way to the furthest.
  [[nodiscard]] std::vector<std::int64_t> const& taken() const { return taken_; }

 private:
  static constexpr std::int64_t no_start = earliest_micros;

  // From the last step down, so that one event cannot take two steps; or up, so that it can.
  void take_down(std::int64_t when, std::uint64_t steps) {
    for (std::size_t step = starts_.size(); step-- > 0;)
      if ((steps >> step & 1) != 0) take(when, step);
  }
  void take_up(std::int64_t when, std::uint64_t steps) {
    for (std::size_t step = 0; step < starts_.size(); ++step)
      if ((steps >> step & 1) != 0) take(when, step);
  }
  /// Keeps, for each step, the way to it that began last: none can be followed further within the time.
  void take(std::int64_t when, std::size_t step) {
    if (step == 0) {
      if (options_.within && saturated_sum(when, options_.within->micros) > until_) {
        too_recent_ = true;
        return;
      }
      starts_[0] = when;
      times_[0][0] = when;
    } else {
      std::int64_t const start = starts_[step - 1];
      if (start == no_start ||
          (options_.within && elapsed(start, when) > static_cast<std::uint64_t>(options_.within->micros)))
        return;
      starts_[step] = start;
      std::copy_n(times_[step - 1].begin(), step, times_[step].begin());
      times_[step][step] = when;
    }
    if (step + 1 > furthest_) {
      furthest_ = step + 1;
      taken_ = times_[step];
    }
  }

  funnel_options options_;
  std::int64_t until_;
  std::vector<std::int64_t> starts_;              ///< of the way to each step that began last
  std::vector<std::vector<std::int64_t>> times_;  ///< when its steps were taken
  std::vector<std::int64_t> taken_;
  std::size_t furthest_ = 0;
  bool too_recent_ = false;
  bool after_end_ = false;
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
    if constexpr (check_steps<Range, Predicates...>() && check_customer<projected<Range, KeyOf>>() &&
                  check_time<projected<Range, Time>>()) {
      using history = funnel_accumulator<customer_key<projected<Range, KeyOf>>>;
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
    result.count = history.state().rows;
    result.rejections = history.state().rejected;
    result.rejected = result.rejections.total();
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
      tell_share(own.from_first, own.from_first_interval, reached, since_first[0].size(), options);
      tell_share(own.from_previous, own.from_previous_interval, reached, before, options);
      tell_times(own.median_since_first, own.mean_since_first, since_first[step]);
      tell_times(own.median_since_previous, own.mean_since_previous, since_previous[step]);
      result.steps.push_back(own);
    }
    result.customers = since_first[0].size();
    return result;
  }
  static void tell_share(double& share, interval& bounds, std::uint64_t reached, std::uint64_t of,
                         funnel_options const& options) {
    bounds.confidence = options.confidence;
    if (of == 0) return;
    share = static_cast<double>(reached) / static_cast<double>(of);
    bounds = interval_of({share, static_cast<double>(of)}, share_interval::wilson, options.confidence);
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
