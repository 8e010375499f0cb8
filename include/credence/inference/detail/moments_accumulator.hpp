// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_MOMENTS_ACCUMULATOR_HPP
#define CREDENCE_INFERENCE_DETAIL_MOMENTS_ACCUMULATOR_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/bounds.hpp>
#include <credence/core/detail/class_tally.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>
#include <credence/inference/detail/mean_state.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The accumulator of a metric of the mean and spread of its samples. `Options` has `lowest()` and `highest()`, what a
/// sample may be, and `on_invalid`; `Derived` has `type_id` and `answer`.
template <class Derived, class Options>
class moments_accumulator : public accumulator_base<Derived, Options, mean_state> {
  using base = accumulator_base<Derived, Options, mean_state>;

 public:
  using base::base;
  using state_type = mean_state;

  /// Integers are; reals and weights are rounded.
  template <class... Values>
  static constexpr bool exact = sizeof...(Values) == 1 && (is_whole_sample<Values> && ...);

  template <class Value>
  static constexpr void push(Options const& options, state_type& state, Value const& value) {
    if constexpr (number_check::of<Value>()) {
      if (!accepted(options, state, value)) return;
      if constexpr (is_whole_sample<Value>) {
        state.integers.push(whole_of(value));
      } else {
        double const real = detail::real_of(value);
        ++state.real_count;
        state.reals.push(real, 1);
        state.squares.push(real, 1);
      }
    }
  }
  template <class Value, class Weight>
  static constexpr void push(Options const& options, state_type& state, Value const& value, Weight const& weight) {
    if constexpr (number_check::of<Value, Weight>()) {
      if (!accepted(options, state, value)) return;
      if (!detail::is_weight(weight))
        return turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      double const real = detail::real_of(value);
      double const times = detail::real_of(weight);
      ++state.real_count;
      ++state.weighted_count;
      state.reals.push(real, times);
      state.squares.push(real, times * times);
    }
  }

  template <std::integral Value>
  static constexpr void push_times(Options const& options, state_type& state, Value value, std::uint64_t times) {
    if (within(value, options.lowest(), options.highest())) {
      state.integers.push(value, times);
    } else {
      state.rejected.off_scale += times;
    }
  }
  /// In short sums where they cannot overflow: always for narrow integers, and where they are small for wide ones.
  template <std::integral Value>
  static constexpr void push_block(Options const& options, state_type& state, Value const* values, std::size_t count) {
    // 2¹⁴ squares of 8 bits stay below 2³⁰, 2³⁰ of 16 bits and 2¹⁰ of what `are_small` below 2⁶².
    constexpr std::size_t most = std::size_t{1} << (sizeof(Value) == 1 ? 14 : sizeof(Value) == 2 ? 30 : 10);
    using short_sum = std::conditional_t<sizeof(Value) == 1, std::int32_t, std::int64_t>;
    using number_type = std::conditional_t<std::is_same_v<Value, bool>, unsigned char, Value>;
    integer_scale<number_type, 1> const scale({options.lowest(), {}, options.highest()});
    for (std::size_t left = count; left != 0;) {
      std::size_t const stretch = left < most ? left : most;
      if (scale.empty) {
        state.rejected.off_scale += stretch;
      } else if (are_small(values, stretch)) {
        push_small<short_sum>(state, values, stretch, scale);
      } else {
        for (std::size_t at = 0; at < stretch; ++at) push(options, state, values[at]);
      }
      values += stretch;
      left -= stretch;
    }
  }

  template <class Value>
  static constexpr void pull(Options const& options, state_type& state, Value const& value) {
    state_type one;
    Options counting = options;
    counting.on_invalid = on_invalid::reject;
    push(counting, one, value);
    integer_moments rest = state.integers;
    if (one.integers.count != 0 && rest.count != 0) rest.retract(whole_of(value));
    if (rest.count + one.integers.count != state.integers.count || !rest.valid() || !state.rejected.holds(one.rejected))
      raise(error("credence: a sample was retracted that this accumulator does not hold"));
    state.integers = rest;
    state.rejected -= one.rejected;
  }

 private:
  /// Are they all within −2²⁶…2²⁶−1?
  template <std::integral Value>
  static constexpr bool are_small(Value const* values, std::size_t count) {
    if constexpr (sizeof(Value) <= 2) {
      return true;
    } else {
      std::make_unsigned_t<Value> bits = 0;
      for (std::size_t at = 0; at < count; ++at)
        bits |= static_cast<std::make_unsigned_t<Value>>(values[at] < Value{} ? ~values[at] : values[at]);
      return bits >> 26 == 0;
    }
  }
  template <class Sum, std::integral Value, class Scale>
  static constexpr void push_small(state_type& state, Value const* values, std::size_t count, Scale const& scale) {
    Sum good = 0;
    Sum sum = 0;
    Sum squares = 0;
    auto const add = [&](Value value) {
      bool const on_scale = !(scale.shifted(value) > scale.below[0]);
      Sum const kept = on_scale ? static_cast<Sum>(value) : 0;
      good += on_scale;
      sum += kept;
      squares += kept * kept;
    };
    std::size_t done = 0;
    for (constexpr std::size_t piece = 256; count - done >= piece; done += piece)  // g++ -O2 wants to know how many
      for (std::size_t at = 0; at < piece; ++at) add(values[done + at]);
    for (; done < count; ++done) add(values[done]);
    std::uint64_t const kept_count = static_cast<std::uint64_t>(good);
    state.integers += integer_moments{kept_count, wide_integer<2>(sum), wide_integer<3>(squares)};
    state.rejected.off_scale += count - kept_count;
  }
  template <class Value>
  static constexpr bool accepted(Options const& options, state_type& state, Value const& value) {
    rejection reason = rejection::missing;
    double real = 0;
    if (detail::has_answer(value)) {
      real = detail::real_of(value);
      if (is_finite(real) && within(detail::measure_of(value), options.lowest(), options.highest())) return true;
      reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
    }
    turn_away(options.on_invalid, state.rejected, reason, real, state.seen());
    return false;
  }
  template <class Value>
  static constexpr auto whole_of(Value const& value) {
    if constexpr (is_optional<Value>) {
      return whole_of(*value);
    } else if constexpr (std::is_enum_v<Value>) {
      return static_cast<std::underlying_type_t<Value>>(value);
    } else {
      return value;
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
