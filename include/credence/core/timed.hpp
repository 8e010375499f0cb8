// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_TIMED_HPP
#define CREDENCE_CORE_TIMED_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/period_clock.hpp>
#include <credence/core/detail/row_counting.hpp>
#include <credence/core/error.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/period.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The options of a `timed`: the policy that cuts time, and those of the accumulator.
template <class Policy, class Options>
struct timed_options {
  Policy policy{};
  Options own{};

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("policy", self.policy);
    visit("own", self.own);
  }
  friend constexpr bool operator==(timed_options const&, timed_options const&) = default;
};

/// One accumulator a period, under common options: what `over_time` returns, and an accumulator itself: push with
/// `monthly(time, values…)`, late and unordered times too, and merge with `+=`.
///
/// `for (auto const& month : monthly) { month.period; month.complete; month.name; month.accumulator; }` walks all
/// periods from the first sample's to the last one's, or to `observed_until` if that is later; the empty ones between
/// have accumulators that have seen nothing. One stray time in 2106 would make a long table of nothing: where more than
/// `most_empty(…)` periods are empty, walking throws `credence::error` with their number; nothing is lost, and
/// `result()` answers those with samples.
template <period_policy Policy, accumulator Accumulator>
class timed {
  using counting = detail::row_counting<Accumulator>;
  using groups = grouped<std::int64_t, counting>;

 public:
  using options_type = timed_options<Policy, typename Accumulator::options_type>;
  using state_type = typename groups::state_type;

  /// Do the periods overlap, so that one sample is in several?
  static constexpr bool overlapping = requires(Policy const& policy) { policy.steps_a_window(); };

  /// One period: its bounds, its name (`2026-03`), whether it had ended when observation did, and its samples.
  struct slot {
    static constexpr bool overlapping = timed::overlapping;

    time_period period;
    bool complete;
    std::string name;
    Accumulator accumulator;
  };

  class iterator {
   public:
    using value_type = slot;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(timed const* from, std::int64_t index, std::int64_t last_seen)
        : from_(from), index_(index), last_seen_(last_seen) {}
    slot operator*() const { return from_->slot_at(index_, last_seen_); }
    iterator& operator++() {
      ++index_;
      return *this;
    }
    iterator operator++(int) {
      iterator const before = *this;
      ++index_;
      return before;
    }
    friend bool operator==(iterator const& left, iterator const& right) { return left.index_ == right.index_; }

   private:
    timed const* from_ = nullptr;
    std::int64_t index_ = 0;
    std::int64_t last_seen_ = 0;
  };

  template <class Time, class... Values>
  static constexpr bool exact = detail::is_exact<Accumulator, Values...>();
  static constexpr bool never_raises(options_type const& options) { return groups::never_raises(options.own); }

  timed() = default;
  /// Throws `credence::error` for a policy that cannot be, or an accumulator that has seen samples.
  timed(Policy policy, Accumulator const& like) : options_{std::move(policy), like.options()} {
    options_.policy.check_fields([](char const* argument, auto const& value, std::string_view allowed) -> bool {
      detail::wrong_argument(argument, value, allowed);
    });
    if (!(like == detail::emptied(like)))
      detail::raise(error("credence: over_time takes an empty accumulator; this one already holds samples"));
  }
  timed(options_type options, state_type state) : options_(std::move(options)), state_(std::move(state)) {}

  template <class Time, class... Values>
  void operator()(Time const& time, Values const&... values) {
    push(options_, state_, time, values...);
  }
  template <class Time, class... Values>
  static void push(options_type const& options, state_type& state, Time const& time, Values const&... values) {
    if constexpr (detail::check_time<Time>()) {
      detail::at_row([&] { return rows_in(state); },
                     [&] { groups::push(options.own, state, clock(options)(time), values...); });
    }
  }
  /// Takes a pushed sample back from its period. Throws where it is not held.
  template <class Time, class... Values>
  requires detail::pulls<Accumulator, Values...>
  void retract(Time const& time, Values const&... values) { pull(options_, state_, time, values...); }
  template <class Time, class... Values>
  requires detail::pulls<Accumulator, Values...>
  static void pull(options_type const& options, state_type& state, Time const& time, Values const&... values) {
    if constexpr (detail::check_time<Time>()) groups::pull(options.own, state, clock(options)(time), values...);
  }

  timed& operator+=(timed const& other) {
    if (!same_shape(options_, other.options_)) {
      if (other == timed{}) return *this;
      if (!(*this == timed{}))
        detail::raise(error("credence: two timed accumulators (" + type_id() +
                            ") under different options or policies cannot be merged"));
    }
    if (*this == timed{}) options_ = other.options_;
    groups mine(options_.own, state_);
    mine += groups(options_.own, other.state_);
    state_ = mine.state();
    return *this;
  }

  /// All periods, the empty ones between too. Throws `credence::error` where too many are empty.
  [[nodiscard]] iterator begin() const {
    extent const found = reach();
    std::int64_t const count = found.last - found.first + 1;
    if (count - found.occupied > most_empty(found.occupied)) refuse(found, count - found.occupied);
    return {this, found.first, found.last_seen};
  }
  [[nodiscard]] iterator end() const {
    extent const found = reach();
    return {this, found.last + 1, found.last_seen};
  }
  /// How many periods there are, the empty ones between too.
  [[nodiscard]] std::size_t size() const {
    extent const found = reach();
    return static_cast<std::size_t>(found.last - found.first + 1);
  }
  [[nodiscard]] bool empty() const { return size() == 0; }
  /// How many empty periods may stand beside so many others when all are walked.
  [[nodiscard]] static constexpr std::int64_t most_empty(std::int64_t occupied) {
    return occupied > 50 ? 8 * occupied : 400;
  }
  /// The rows without a time that could be told: `missing` and `bad_time`. What else is wrong with a sample, the
  /// accumulator of its period counts.
  [[nodiscard]] credence::rejections rejections() const {
    credence::rejections rejected;
    rejected.missing = rows_of(detail::missing_time);
    rejected.bad_time = rows_of(detail::bad_time);
    return rejected;
  }
  /// All periods merged into one.
  [[nodiscard]] Accumulator total() const {
    Accumulator sum(options_.own, typename Accumulator::state_type{});
    for (std::int64_t const index : numbers()) sum += own_samples(index);
    return sum;
  }

  /// The periods that samples lie in, in the order of time, however far apart.
  [[nodiscard]] std::vector<slot> result() const {
    extent const found = reach();
    std::vector<slot> found_slots;
    for (std::int64_t const index : numbers()) found_slots.push_back(slot_at(index, found.last_seen));
    return found_slots;
  }
  [[nodiscard]] options_type const& options() const { return options_; }
  [[nodiscard]] state_type const& state() const { return state_; }
  [[nodiscard]] static bool same_shape(options_type const& left, options_type const& right) {
    return Policy::shape(left.policy) == Policy::shape(right.policy) && Accumulator::same_shape(left.own, right.own);
  }
  [[nodiscard]] bool valid() const {
    if (!options_.policy.check_fields([](auto const&...) { return false; }) || !groups(options_.own, state_).valid())
      return false;
    std::int64_t const first = options_.policy.index_of(instant::from_micros(detail::earliest_micros + 1));
    std::int64_t const last = options_.policy.index_of(instant::from_micros(detail::latest_micros - 1));
    return std::all_of(state_.keys.begin(), state_.keys.end(), [&](std::int64_t index) {
      return !detail::is_period(index) || (index >= first && index <= last);
    });
  }
  [[nodiscard]] static std::string type_id() {
    return detail::joined({"credence.timed(", Policy::type_id(), ",", Accumulator::type_id(), ")"});
  }
  friend bool operator==(timed const&, timed const&) = default;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor&& visit) {
    visit("options", self.options_);
    visit("state", self.state_);
  }

 private:
  struct extent {
    std::int64_t first = 0;
    std::int64_t last = -1;
    std::int64_t last_seen = -1;  ///< the last that holds a sample
    std::int64_t occupied = 0;
  };

  [[nodiscard]] static detail::period_clock<Policy> clock(options_type const& options) {
    return {options.policy, detail::raises_invalid(options.own)};
  }
  [[nodiscard]] static std::uint64_t rows_in(state_type const& state) {
    std::uint64_t rows = 0;
    for (auto const& period : state.states) rows += period.rows;
    return rows;
  }
  [[nodiscard]] extent reach() const {
    extent found;
    for (std::int64_t const index : numbers()) {
      if (found.occupied == 0) found.first = index;
      found.last = index;
      ++found.occupied;
    }
    found.last_seen = found.last;
    std::optional<instant> const& until = options_.policy.observed_until;
    if (found.occupied != 0 && until && until->is_known())
      found.last = (std::max)(found.last, options_.policy.index_of(instant::from_micros(until->micros - 1)));
    return found;
  }
  /// Of the periods that samples lie in, in order.
  [[nodiscard]] std::vector<std::int64_t> numbers() const {
    std::vector<std::int64_t> indices;
    for (std::size_t at = 0; at < state_.size(); ++at)
      if (detail::is_period(state_.keys[at]) && state_.states[at].rows != 0) indices.push_back(state_.keys[at]);
    std::sort(indices.begin(), indices.end());
    return indices;
  }
  [[nodiscard]] std::size_t position_of(std::int64_t index) const {
    return state_.find(index, detail::codec_of<std::int64_t>::hash(index));
  }
  [[nodiscard]] std::uint64_t rows_of(std::int64_t index) const {
    std::size_t const at = position_of(index);
    return at == detail::key_index::none ? 0 : state_.states[at].rows;
  }
  /// What was pushed within a period; of overlapping ones, within its last step.
  [[nodiscard]] Accumulator own_samples(std::int64_t index) const {
    std::size_t const at = position_of(index);
    return Accumulator(options_.own,
                       at == detail::key_index::none ? typename Accumulator::state_type{} : state_.states[at].own);
  }
  [[nodiscard]] slot slot_at(std::int64_t index, std::int64_t last_seen) const {
    Policy const& policy = options_.policy;
    time_period const period{index, policy.begin_of(first_step(index)), policy.begin_of(index + 1)};
    bool const complete = policy.observed_until ? period.end <= *policy.observed_until : index < last_seen;
    Accumulator samples(options_.own, typename Accumulator::state_type{});
    for (std::int64_t step = first_step(index); step <= index; ++step) samples += own_samples(step);
    return {period, complete, policy.name_of(index), std::move(samples)};
  }
  [[nodiscard]] std::int64_t first_step(std::int64_t index) const {
    if constexpr (overlapping) {
      return index - options_.policy.steps_a_window() + 1;
    } else {
      return index;
    }
  }
  [[noreturn, gnu::cold]] void refuse(extent const& found, std::int64_t empty) const {
    Policy const& policy = options_.policy;
    detail::raise(error(detail::joined(
        {"credence: from ", policy.name_of(found.first), " to ", policy.name_of(found.last), " there are ",
         detail::shown(empty), " empty periods beside ", detail::shown(found.occupied), " with samples, more than the ",
         detail::shown(most_empty(found.occupied)), " that are walked; is a time wrong? result() answers those"})));
  }

  options_type options_{};
  state_type state_{};
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
