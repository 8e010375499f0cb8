// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_CLASS_COUNTS_HPP
#define CREDENCE_INFERENCE_DETAIL_CLASS_COUNTS_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/bounds.hpp>
#include <credence/core/detail/class_tally.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/weight_shares.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// "No scale": every finite number is on it.
inline constexpr double lowest_real = std::numeric_limits<double>::lowest();
inline constexpr double highest_real = (std::numeric_limits<double>::max)();

/// The state of every metric that only asks which class an answer falls into: counts, what was turned away, and, for
/// the samples that came with a weight, Σw and Σw² per class. From those the weighted value, its linearised standard
/// error and Kish's effective count all follow. A sample pushed without a weight has weight 1.
template <std::size_t Classes>
struct class_counts {
  std::array<std::uint64_t, Classes> counts{};
  rejections rejected;
  std::array<weight_sums, Classes> weighted{};

  constexpr class_counts& operator+=(class_counts const& other) {
    for (std::size_t at = 0; at < Classes; ++at) {
      counts[at] += other.counts[at];
      weighted[at] += other.weighted[at];
    }
    rejected += other.rejected;
    return *this;
  }
  /// Takes back what came without a weight. Throws where it is not held, and then changes nothing.
  constexpr void subtract(class_counts const& one) {
    bool there = rejected.holds(one.rejected);
    for (std::size_t at = 0; at < Classes; ++at) there = there && counts[at] - weighted[at].count >= one.counts[at];
    if (!there) raise(error("credence: a sample was retracted that this accumulator does not hold"));
    for (std::size_t at = 0; at < Classes; ++at) counts[at] -= one.counts[at];
    rejected -= one.rejected;
  }
  [[nodiscard]] constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (std::uint64_t const count : counts) sum += count;
    return sum;
  }
  [[nodiscard]] constexpr std::uint64_t seen() const { return total() + rejected.total(); }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const&) const {
    std::uint64_t const most = ~std::uint64_t{} / (4 * Classes);  // so that the counts can be added up
    for (std::size_t at = 0; at < Classes; ++at)
      if (weighted[at].count > counts[at] || counts[at] > most || !weighted[at].valid()) return false;
    return rejected.valid();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("counts", self.counts);
    visit("rejected", self.rejected);
    visit("weighted", self.weighted);
  }
  friend constexpr bool operator==(class_counts const&, class_counts const&) = default;
};

template <std::size_t Classes>
struct class_shares : weight_shares<std::array<double, Classes>> {
  explicit class_shares(class_counts<Classes> const& state)
      : weight_shares<std::array<double, Classes>>(state.counts, state.weighted) {}
};

/// The accumulator of a metric whose answers fall into classes. `Options` has `scale()`, a `class_scale`, and
/// `on_invalid`; `Derived` has `type_id` and `answer`.
template <class Derived, class Options, std::size_t Classes>
class class_accumulator : public accumulator_base<Derived, Options, class_counts<Classes>> {
  using base = accumulator_base<Derived, Options, class_counts<Classes>>;

 public:
  using base::base;
  using state_type = class_counts<Classes>;

  /// Counts are exact; sums of weights are rounded.
  template <class... Values>
  static constexpr bool exact = sizeof...(Values) == 1;

  template <class Value>
  static constexpr void push(Options const& options, state_type& state, Value const& value) {
    if constexpr (number_check::of<Value>()) {
      class_scale<Classes> const scale = options.scale();
      if (std::size_t const found = sorted(options, state, scale, value); found < Classes) ++state.counts[found];
    }
  }
  template <class Value, class Weight>
  static constexpr void push(Options const& options, state_type& state, Value const& value, Weight const& weight) {
    if constexpr (number_check::of<Value, Weight>()) {
      class_scale<Classes> const scale = options.scale();
      std::size_t const found = sorted(options, state, scale, value);
      if (found == Classes) return;
      if (!detail::is_weight(weight))
        return turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      ++state.counts[found];
      state.weighted[found].add(detail::real_of(weight));
    }
  }

  /// The score of an accepted value, and the answer under a sampling design, where `Derived` has `scores` of its
  /// classes and an `answer(options, state, designed)`.
  template <class Value>
  [[nodiscard]] static constexpr double score_of(Options const& options, Value const& value) {
    return Derived::scores[options.scale().class_of(detail::measure_of(value))];
  }
  template <class Range, class Plan, class Value, class Own = Derived>
  requires requires { Own::scores; }
  [[nodiscard]] static auto answer_designed(Options const& options, Range& rows, Plan const& plan, Value const& value) {
    return detail::answer_designed<Own>(options, rows, plan, value);
  }

  /// `times` samples of one value: what a tally of a small scale is turned into.
  template <std::integral Value>
  static constexpr void push_times(Options const& options, state_type& state, Value value, std::uint64_t times) {
    class_scale<Classes> const scale = options.scale();
    (scale.holds(value) ? state.counts[scale.class_of(value)] : state.rejected.off_scale) += times;
  }

  template <std::integral Value>
  static constexpr void push_block(Options const& options, state_type& state, Value const* values, std::size_t count) {
    class_scale<Classes> const scale = options.scale();
    class_tally<Classes> const reached = tally_classes(values, count, scale);
    // What is off the scale reaches every cut, so neighbouring tallies differ by just what is in the class.
    state.counts[0] += count - reached[0];
    for (std::size_t at = 1; at < Classes; ++at) state.counts[at] += reached[at - 1] - reached[at];
    state.rejected.off_scale += reached[Classes - 1];
  }

  template <class Value>
  static constexpr void pull(Options const& options, state_type& state, Value const& value) {
    if constexpr (number_check::of<Value>()) {
      class_scale<Classes> const scale = options.scale();
      state_type one;
      Options counting = options;
      counting.on_invalid = on_invalid::reject;
      if (std::size_t const found = sorted(counting, one, scale, value); found < Classes) ++one.counts[found];
      state.subtract(one);
    }
  }

 private:
  /// The class of a value, or `Classes` when it was turned away.
  template <class Value>
  static constexpr std::size_t sorted(Options const& options, state_type& state, class_scale<Classes> const& scale,
                                      Value const& value) {
    rejection reason = rejection::missing;
    double real = 0;
    if (detail::has_answer(value)) {
      real = detail::real_of(value);
      if (is_finite(real) && scale.holds(detail::measure_of(value))) return scale.class_of(detail::measure_of(value));
      reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
    }
    turn_away(options.on_invalid, state.rejected, reason, real, state.seen());
    return Classes;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
