// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_LEVEL_COUNTS_HPP
#define CREDENCE_INFERENCE_DETAIL_LEVEL_COUNTS_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/class_counts.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The whole points of an answer scale.
struct level_scale {
  static constexpr std::int64_t most_levels = 1001;

  std::int64_t lowest;
  std::int64_t highest;

  [[nodiscard]] constexpr std::size_t levels() const {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(highest) - static_cast<std::uint64_t>(lowest)) + 1;
  }
  /// Which point an answer is, from 0; `levels()` where it is none. Only where `has_answer`.
  template <class Value>
  [[nodiscard]] constexpr std::size_t level_of(Value const& value) const {
    if constexpr (std::is_integral_v<Value> && sizeof(Value) <= sizeof(std::int64_t)) {  // __int128 may be one as well
      if constexpr (std::is_unsigned_v<Value> && sizeof(Value) == sizeof(std::int64_t))
        if (value > static_cast<Value>((std::numeric_limits<std::int64_t>::max)())) return levels();
      // Without a sign, what lies below the lowest point wraps round to above the highest.
      std::uint64_t const above_lowest = static_cast<std::uint64_t>(static_cast<std::int64_t>(value)) -
                                         static_cast<std::uint64_t>(lowest);
      return above_lowest < levels() ? static_cast<std::size_t>(above_lowest) : levels();
    } else if constexpr (is_optional<Value>) {
      return level_of(*value);
    } else {
      double const real = detail::real_of(value);
      if (!(real >= static_cast<double>(lowest) && real <= static_cast<double>(highest))) return levels();
      auto const point = static_cast<std::int64_t>(real);
      return static_cast<double>(point) == real ? static_cast<std::size_t>(point - lowest) : levels();
    }
  }
  /// Are these the ends of a scale? Names the option that is wrong.
  template <class Complain>
  constexpr bool check_fields(char const* lowest_name, char const* highest_name, Complain const& complain) const {
    constexpr std::int64_t furthest = 1'000'000'000;
    for (std::int64_t const end : {lowest, highest})
      if (end < -furthest || end > furthest)
        return complain(end == lowest ? lowest_name : highest_name, end, "it must lie within -1e9 and 1e9");
    if (highest <= lowest)
      return complain(highest_name, highest,
                      joined({"it must be greater than ", lowest_name, ", which is ", shown(lowest)}));
    if (levels() > most_levels)
      return complain(
          highest_name, highest,
          joined({"a scale has at most ", shown(most_levels), " points, and ", lowest_name, " is ", shown(lowest)}));
    return true;
  }
};

/// The point of a value, or `levels()` when it was turned away; `position()` is asked only then.
template <class Value, class Position>
[[nodiscard]] std::size_t accepted_level(level_scale const& scale, Value const& value, on_invalid policy,
                                         rejections& rejected, Position const& position) {
  rejection reason = rejection::missing;
  double real = 0;
  if (detail::has_answer(value)) {
    real = detail::real_of(value);
    std::size_t const level = is_finite(real) ? scale.level_of(value) : scale.levels();
    if (level != scale.levels()) return level;
    reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
  }
  turn_away(policy, rejected, reason, real, position());
  return scale.levels();
}

/// How often each point of a scale was answered, and the weights of those answers that came with one: an exact summary
/// of a survey question, from which every share, mean and median follows. Empty until the first answer.
struct level_counts {
  std::vector<std::uint64_t> counts;
  std::vector<weight_sums> weighted;
  rejections rejected;

  level_counts& operator+=(level_counts const& other) {
    rejected += other.rejected;
    if (other.counts.empty()) return *this;
    reach(other.counts.size());
    for (std::size_t at = 0; at < counts.size(); ++at) {
      counts[at] += other.counts[at];
      weighted[at] += other.weighted[at];
    }
    return *this;
  }
  /// Makes room for the points of the scale.
  void reach(std::size_t levels) {
    if (counts.size() == levels) return;
    std::vector<weight_sums> room(levels);
    counts.resize(levels);
    weighted.swap(room);
  }
  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (std::uint64_t const count : counts) sum += count;
    return sum;
  }
  [[nodiscard]] std::uint64_t seen() const { return total() + rejected.total(); }
  template <class Options>
  [[nodiscard]] bool valid(Options const& options) const {
    if (!rejected.valid() || counts.size() != weighted.size()) return false;
    if (counts.empty()) return true;
    if (counts.size() != options.levels().levels() || total() == 0) return false;
    std::uint64_t const most = ~std::uint64_t{} / (8 * level_scale::most_levels);  // so that the counts can be added up
    for (std::size_t at = 0; at < counts.size(); ++at)
      if (weighted[at].count > counts[at] || counts[at] > most || !weighted[at].valid()) return false;
    return true;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("counts", self.counts);
    visit("weighted", self.weighted);
    visit("rejected", self.rejected);
  }
  friend bool operator==(level_counts const&, level_counts const&) = default;

  /// The classes that two cuts make of the points: below `first`, up to below `second`, and from there on.
  [[nodiscard]] class_counts<3> classes(std::size_t first, std::size_t second) const {
    class_counts<3> found;
    found.rejected = rejected;
    for (std::size_t at = 0; at < counts.size(); ++at) {
      std::size_t const own = at < first ? 0 : at < second ? 1 : 2;
      found.counts[own] += counts[at];
      found.weighted[own] += weighted[at];
    }
    return found;
  }
  /// The answers below a cut, and those that reach it.
  [[nodiscard]] class_counts<2> reaching(std::size_t cut) const {
    class_counts<2> found;
    found.rejected = rejected;
    for (std::size_t at = 0; at < counts.size(); ++at) {
      found.counts[at >= cut] += counts[at];
      found.weighted[at >= cut] += weighted[at];
    }
    return found;
  }
};

/// The accumulator of a metric of a whole scale. `Options` has `levels()`, a `level_scale`, and `on_invalid`; `Derived`
/// has `type_id`, `answer` and, where it takes designs, `score_of`.
template <class Derived, class Options>
class level_accumulator : public accumulator_base<Derived, Options, level_counts> {
  using base = accumulator_base<Derived, Options, level_counts>;

 public:
  using base::base;
  using state_type = level_counts;

  /// Counts are exact; sums of weights are rounded.
  template <class... Values>
  static constexpr bool exact = sizeof...(Values) == 1;

  template <class Value>
  static void push(Options const& options, state_type& state, Value const& value) {
    if constexpr (number_check::of<Value>()) {
      level_scale const scale = options.levels();
      std::size_t const level =
          detail::accepted_level(scale, value, options.on_invalid, state.rejected, [&] { return state.seen(); });
      if (level == scale.levels()) return;
      state.reach(scale.levels());
      ++state.counts[level];
    }
  }
  template <class Value, class Weight>
  static void push(Options const& options, state_type& state, Value const& value, Weight const& weight) {
    if constexpr (number_check::of<Value, Weight>()) {
      level_scale const scale = options.levels();
      std::size_t const level =
          detail::accepted_level(scale, value, options.on_invalid, state.rejected, [&] { return state.seen(); });
      if (level == scale.levels()) return;
      if (!detail::is_weight(weight))
        return turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      state.reach(scale.levels());
      ++state.counts[level];
      state.weighted[level].add(detail::real_of(weight));
    }
  }

  template <std::integral Value>
  static void push_times(Options const& options, state_type& state, Value value, std::uint64_t times) {
    level_scale const scale = options.levels();
    std::size_t const level = scale.level_of(value);
    if (level == scale.levels()) {
      state.rejected.off_scale += times;
    } else if (times != 0) {
      state.reach(scale.levels());
      state.counts[level] += times;
    }
  }

  /// Into two sets of counters in turn: a run of equal answers does not wait for its own last addition.
  template <std::integral Value>
  static void push_block(Options const& options, state_type& state, Value const* values, std::size_t count) {
    level_scale const scale = options.levels();
    constexpr std::size_t most = 64;
    std::size_t const levels = scale.levels();
    if (levels >= most) {
      for (std::size_t at = 0; at < count; ++at) push_times(options, state, values[at], 1);
      return;
    }
    std::array<std::array<std::uint64_t, most>, 2> found{};
    for (std::size_t at = 0; at < count; ++at) ++found[at & 1][scale.level_of(values[at])];
    std::uint64_t const off = found[0][levels] + found[1][levels];
    state.rejected.off_scale += off;
    if (off == count) return;
    state.reach(levels);
    for (std::size_t level = 0; level < levels; ++level) state.counts[level] += found[0][level] + found[1][level];
  }

  template <class Value>
  static void pull(Options const& options, state_type& state, Value const& value) {
    if constexpr (number_check::of<Value>()) {
      Options counting = options;
      counting.on_invalid = on_invalid::reject;
      state_type one;
      push(counting, one, value);
      bool there = state.rejected.holds(one.rejected) && state.counts.size() >= one.counts.size();
      for (std::size_t at = 0; there && at < one.counts.size(); ++at)
        there = state.counts[at] - state.weighted[at].count >= one.counts[at];
      if (!there) raise(error("credence: a sample was retracted that this accumulator does not hold"));
      for (std::size_t at = 0; at < one.counts.size(); ++at) state.counts[at] -= one.counts[at];
      state.rejected -= one.rejected;
      if (state.total() == 0) {
        state.counts.clear();
        state.weighted.clear();
      }
    }
  }

  template <class Range, class Plan, class Value, class Own = Derived>
  requires requires(Options const& options) { Own::score_of(options, 1); }
  [[nodiscard]] static auto answer_designed(Options const& options, Range& rows, Plan const& plan, Value const& value) {
    return detail::answer_designed<Own>(options, rows, plan, value);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
