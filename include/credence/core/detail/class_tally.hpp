// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_CLASS_TALLY_HPP
#define CREDENCE_CORE_DETAIL_CLASS_TALLY_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include <credence/core/detail/bounds.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A scale and the points that cut it into classes: class 0 is [lowest, cuts[0]), class k is [cuts[k-1], cuts[k]), and
/// the last ends with, and includes, `highest`. NPS has three classes, a share has two.
template <std::size_t Classes>
struct class_scale {
  double lowest = 0;
  std::array<double, Classes - 1> cuts{};
  double highest = 0;

  template <class Value>
  [[nodiscard]] constexpr bool holds(Value value) const {
    return within(value, lowest, highest);
  }
  template <class Value>
  [[nodiscard]] constexpr std::size_t class_of(Value value) const {
    std::size_t found = 0;
    for (double const cut : cuts) found += above(value, cut, true);
    return found;
  }
};

/// How many values reach each cut, and how many, in the last place, lie off the scale. Those lie above every cut too:
/// see below.
template <std::size_t Classes>
using class_tally = std::array<std::uint64_t, Classes>;

/// The scale among the values of one integer type. A value less the lowest, without a sign, is 0 at the foot of the
/// scale, and whatever lies below the foot wraps round to above its head: one subtraction, and a single comparison
/// tells what is off the scale. The sign bit is flipped as well, because vectors of baseline x86 compare with a sign.
template <class Value, std::size_t Classes>
class integer_scale {
  using unsigned_type = std::make_unsigned_t<Value>;
  static constexpr unsigned_type sign_bit = static_cast<unsigned_type>(unsigned_type{1} << (8 * sizeof(Value) - 1));

 public:
  using shifted_type = std::make_signed_t<Value>;

  constexpr explicit integer_scale(class_scale<Classes> const& scale) {
    Value const lowest = clamped(scale.lowest, true);
    Value const highest = clamped(scale.highest, false);
    // No value of this type is on the scale when its foot lies above their last, or its head below their first.
    empty = scale.lowest > static_cast<double>((std::numeric_limits<Value>::max)()) ||
            scale.lowest >= past_last<Value> ||
            scale.highest < static_cast<double>((std::numeric_limits<Value>::min)()) || lowest > highest;
    foot = static_cast<unsigned_type>(static_cast<unsigned_type>(lowest) + sign_bit);
    below[Classes - 1] = shifted(highest);
    for (std::size_t at = 0; at + 1 < Classes; ++at) {
      Value const cut = clamped(scale.cuts[at], true);
      always[at] = scale.cuts[at] <= static_cast<double>(lowest);
      bool const never = scale.cuts[at] > static_cast<double>(highest) || scale.cuts[at] >= past_last<Value>;
      below[at] = always[at] || never ? below[Classes - 1] : static_cast<shifted_type>(shifted(cut) - 1);
    }
  }
  /// Where the value stands; it is off the scale if greater than `below[Classes - 1]`.
  [[nodiscard]] constexpr shifted_type shifted(Value value) const {
    return static_cast<shifted_type>(static_cast<unsigned_type>(static_cast<unsigned_type>(value) - foot));
  }

  unsigned_type foot = 0;
  std::array<shifted_type, Classes> below{};  ///< greater than this reaches the cut, or leaves the scale
  std::array<bool, Classes> always{};         ///< every value reaches the cut
  bool empty = false;

 private:
  /// The first value at or above a real number, or the last at or below it, within the type.
  static constexpr Value clamped(double real, bool upwards) {
    using limits = std::numeric_limits<Value>;
    if (!(real > static_cast<double>((limits::min)()))) return (limits::min)();
    if (!(real < static_cast<double>((limits::max)()))) return (limits::max)();
    Value const cut = static_cast<Value>(real);
    double const whole = static_cast<double>(cut);
    if (upwards) return whole < real ? static_cast<Value>(cut + 1) : cut;
    return whole > real ? static_cast<Value>(cut - 1) : cut;
  }
};

#if defined(__GNUC__) || defined(__clang__)
/// Tallies whole strips of 2 × 16 bytes and answers how many values that were. The tallies are as narrow as the values,
/// so that a strip costs one comparison and one subtraction a cut; they are widened before they can overflow. Unrolled
/// by packs: g++ at -O2 unrolls no loop for us, and then keeps the tallies in memory at a third of the speed.
template <class Value, std::size_t Classes, std::size_t... Cut>
std::size_t tally_strips(Value const* values, std::size_t count, integer_scale<Value, Classes> const& scale,
                         class_tally<Classes>& reached, std::index_sequence<Cut...>) {
  using unsigned_type = std::make_unsigned_t<Value>;
  typedef unsigned_type unsigned_lanes __attribute__((vector_size(16)));
  typedef std::make_signed_t<Value> signed_lanes __attribute__((vector_size(16)));
  constexpr std::size_t width = 16 / sizeof(Value);
  constexpr std::size_t most = sizeof(Value) == 1 ? 255 : 65'535;
  unsigned_lanes const foot = unsigned_lanes{} + scale.foot;
  signed_lanes const below[] = {(signed_lanes{} + scale.below[Cut])...};
  // Not answered by value: on 32-bit x86 without SSE, g++ warns of how that is called.
  auto const shift = [&foot](Value const* from, signed_lanes& into) {
    unsigned_lanes loaded;
    std::memcpy(&loaded, from, sizeof loaded);
    into = reinterpret_cast<signed_lanes>(loaded - foot);
  };
  std::size_t done = 0;
  while (count - done >= 2 * width) {
    std::size_t const left = (count - done) / (2 * width);
    unsigned_lanes first[Classes] = {};
    unsigned_lanes second[Classes] = {};
    for (std::size_t strips = left < most ? left : most; strips != 0; --strips, done += 2 * width) {
      signed_lanes one;
      signed_lanes two;
      shift(values + done, one);
      shift(values + done + width, two);
      // A comparison answers all ones, that is −1, in each lane where it holds.
      ((first[Cut] -= reinterpret_cast<unsigned_lanes>(one > below[Cut])), ...);
      ((second[Cut] -= reinterpret_cast<unsigned_lanes>(two > below[Cut])), ...);
    }
    for (std::size_t lane = 0; lane < width; ++lane)
      ((reached[Cut] += std::uint64_t{first[Cut][lane]} + second[Cut][lane]), ...);
  }
  return done;
}
#endif

/// Tallies integers by class: reached[k] is how many reach cut k or lie off the scale, and the last is how many lie off
/// it. Contiguous 8-bit values go at about the speed of memory. O(count), no allocation.
template <class Value, std::size_t Classes>
[[nodiscard]] constexpr class_tally<Classes> tally_classes(Value const* values, std::size_t count,
                                                           class_scale<Classes> const& real_scale) {
  class_tally<Classes> reached{};
  if constexpr (std::is_same_v<Value, bool>) {
    std::uint64_t set = 0;
    for (std::size_t at = 0; at < count; ++at) set += values[at];
    std::uint64_t const times[] = {count - set, set};
    for (int value = 0; value < 2; ++value) {
      bool const on_scale = real_scale.holds(value);
      for (std::size_t at = 0; at + 1 < Classes; ++at)
        if (!on_scale || value >= real_scale.cuts[at]) reached[at] += times[value];
      if (!on_scale) reached[Classes - 1] += times[value];
    }
  } else {
    integer_scale<Value, Classes> const scale(real_scale);
    std::size_t done = 0;
#if defined(__GNUC__) || defined(__clang__)
    if (!std::is_constant_evaluated())
      done = tally_strips(values, count, scale, reached, std::make_index_sequence<Classes>{});
#endif
    for (; done < count; ++done)
      for (std::size_t at = 0; at < Classes; ++at) reached[at] += scale.shifted(values[done]) > scale.below[at];
    for (std::size_t at = 0; at < Classes; ++at)
      if (scale.always[at] || scale.empty) reached[at] = count;
  }
  return reached;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
