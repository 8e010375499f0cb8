// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_REJECTIONS_HPP
#define CREDENCE_CORE_REJECTIONS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What to do with a dirty sample: leave it out and count it, or throw `credence::invalid_sample` naming its position.
enum class on_invalid : std::uint8_t { reject, raise };
constexpr std::string_view name_of(on_invalid policy) {
  switch (policy) {
    case on_invalid::reject: return "reject";
    case on_invalid::raise: return "raise";
  }
  return {};
}

/// Why a sample was left out.
enum class rejection : std::uint8_t { missing, not_a_number, off_scale, bad_weight, bad_time };

/// How many samples were left out, by reason. Nothing is ever left out silently.
struct rejections {
  std::uint64_t missing = 0;       ///< an empty optional
  std::uint64_t not_a_number = 0;  ///< a NaN
  std::uint64_t off_scale = 0;     ///< outside the scale, or infinite
  std::uint64_t bad_weight = 0;    ///< a weight that is missing, negative, NaN, or (but for 0) beyond 1e±100
  std::uint64_t bad_time = 0;      ///< a time or a duration that cannot be

  /// All of them together.
  [[nodiscard]] constexpr std::uint64_t total() const {
    return missing + not_a_number + off_scale + bad_weight + bad_time;
  }
  /// Can so many samples have been left out? Beyond that the counts could not be added up.
  [[nodiscard]] constexpr bool valid() const {
    std::uint64_t const most = ~std::uint64_t{} / 16;
    return missing <= most && not_a_number <= most && off_scale <= most && bad_weight <= most && bad_time <= most;
  }
  constexpr rejections& operator+=(rejections const& other) {
    missing += other.missing;
    not_a_number += other.not_a_number;
    off_scale += other.off_scale;
    bad_weight += other.bad_weight;
    bad_time += other.bad_time;
    return *this;
  }
  /// Are all of these among them? Then they may be taken away.
  [[nodiscard]] constexpr bool holds(rejections const& other) const {
    return missing >= other.missing && not_a_number >= other.not_a_number && off_scale >= other.off_scale &&
           bad_weight >= other.bad_weight && bad_time >= other.bad_time;
  }
  constexpr rejections& operator-=(rejections const& other) {
    missing -= other.missing;
    not_a_number -= other.not_a_number;
    off_scale -= other.off_scale;
    bad_weight -= other.bad_weight;
    bad_time -= other.bad_time;
    return *this;
  }
  constexpr std::uint64_t& operator[](rejection reason) {
    switch (reason) {
      case rejection::missing: return missing;
      case rejection::not_a_number: return not_a_number;
      case rejection::off_scale: return off_scale;
      case rejection::bad_weight: return bad_weight;
      case rejection::bad_time: break;
    }
    return bad_time;
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("missing", self.missing);
    visit("not_a_number", self.not_a_number);
    visit("off_scale", self.off_scale);
    visit("bad_weight", self.bad_weight);
    visit("bad_time", self.bad_time);
  }
  friend constexpr bool operator==(rejections const&, rejections const&) = default;
};

namespace detail {

/// Is there an answer at all? An empty optional is none.
template <class Value>
[[nodiscard]] constexpr bool has_answer(Value const& value) {
  if constexpr (is_optional<Value>) {
    return value.has_value();
  } else {
    return true;
  }
}

/// The answer as a double. Only where `has_answer`.
template <class Value>
[[nodiscard]] constexpr double real_of(Value const& value) {
  if constexpr (is_optional<Value>) {
    return real_traits<typename Value::value_type>::to_real(*value);
  } else {
    return real_traits<Value>::to_real(value);
  }
}

/// A weight is good when it is there, finite and not negative. Zero is a weight: the sample counts for nothing. Beyond
/// 1e±100 a square under- or overflows, so no honest error could be given.
template <class Weight>
[[nodiscard]] constexpr bool is_weight(Weight const& weight) {
  if (!detail::has_answer(weight)) return false;
  double const real = detail::real_of(weight);
  return is_finite(real) && (real == 0 || (real >= 1e-100 && real <= 1e100));
}

[[nodiscard, gnu::cold]] inline std::string complaint(rejection reason, double value) {
  switch (reason) {
    case rejection::missing: return "is missing";
    case rejection::not_a_number: return "is not a number";
    case rejection::off_scale: return joined({"is ", shown(value), ", which is off the scale"});
    case rejection::bad_weight: return "has a weight that is missing, negative, not a number, or beyond 1e±100";
    case rejection::bad_time: break;
  }
  return "has a time that cannot be";
}

/// Turns a sample away, as the policy says; `position` is its index among those seen. Counts only what it does not
/// throw for, so a raise leaves the counts as they were.
constexpr void turn_away(on_invalid policy, rejections& rejected, rejection reason, double value,
                         std::uint64_t position) {
  if (policy == on_invalid::raise) raise(invalid_sample(complaint(reason, value), position));
  ++rejected[reason];
}

/// Is this a number from `lowest` to `highest`? Otherwise it is turned away.
template <class Value>
[[nodiscard]] constexpr bool accepts_between(Value const& value, double lowest, double highest, on_invalid policy,
                                             rejections& rejected, std::uint64_t position) {
  rejection reason = rejection::missing;
  double real = 0;
  if (detail::has_answer(value)) {
    real = detail::real_of(value);
    if (is_finite(real) && real >= lowest && real <= highest) return true;
    reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
  }
  turn_away(policy, rejected, reason, real, position);
  return false;
}
/// Is this a number within ±`most`? Otherwise it is turned away.
template <class Value>
[[nodiscard]] constexpr bool accepts_real(Value const& value, double most, on_invalid policy, rejections& rejected,
                                          std::uint64_t position) {
  return detail::accepts_between(value, -most, most, policy, rejected, position);
}
/// Is this 0 or 1, for no and yes? Otherwise it is turned away.
template <class Flag>
[[nodiscard]] constexpr bool accepts_flag(Flag const& flag, on_invalid policy, rejections& rejected,
                                          std::uint64_t position) {
  if (!detail::accepts_between(flag, 0, 1, policy, rejected, position)) return false;
  double const told = detail::real_of(flag);
  if (told == 0 || told == 1) return true;
  turn_away(policy, rejected, rejection::off_scale, told, position);
  return false;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
