// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_DECAYED_MOMENTS_HPP
#define CREDENCE_REVIEWS_DETAIL_DECAYED_MOMENTS_HPP

#include <bit>
#include <cmath>
#include <cstdint>

#include <credence/core/detail/civil.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Samples that lose half their weight a half-life. Time is cut into half-lives, counted from 1970: a sample t into one
// weighs 2^(t/half-life), from 1 to 2, times 2^(−the whole half-lives to that of the latest sample). The second is a
// power of two, so that to rescale what there is when a later sample comes rounds nothing, however often it is done,
// and the first does not depend on what came before.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// 2^−distance, or 0 where only a number without a full mantissa would do.
[[nodiscard]] constexpr double halved(std::uint64_t distance) {
  return distance > 1022 ? 0 : std::bit_cast<double>((1023 - distance) << 52);
}
/// The moments of the same samples when all their weights are multiplied by a factor.
[[nodiscard]] constexpr real_moments rescaled(real_moments const& from, double factor) {
  real_moments const made{from.weight * factor, from.mean, from.squared_deviations * factor};
  return made.weight > 0 ? made : real_moments{};
}

/// Samples weighted by w, for their mean, and by w², for its error.
struct decayed_moments {
  real_moments once;
  real_moments twice;
  std::int64_t period = 0;                                 ///< the half-life that the latest of them lies in
  instant latest = instant::from_micros(earliest_micros);  ///< of those that weigh anything
  std::uint64_t count = 0;
  rejections rejected;

  /// Is there a latest sample? What was halved since is never all there is.
  [[nodiscard]] constexpr bool weighs() const { return once.weight > 0; }

  void push(instant when, time_span half_life, double value, double weight) {
    ++count;
    if (!(weight > 0)) return;
    std::int64_t const own = floor_quotient(when.micros, half_life.micros);
    // As words: the start of the half-life may lie before all time.
    std::uint64_t const into = static_cast<std::uint64_t>(when.micros) -
                               static_cast<std::uint64_t>(own) * static_cast<std::uint64_t>(half_life.micros);
    weight *= std::exp2(static_cast<double>(into) / static_cast<double>(half_life.micros)) * arrive(own, when);
    once.push(value, weight);
    twice.push(value, weight * weight);
  }

  decayed_moments& operator+=(decayed_moments const& other) {
    count += other.count;
    rejected += other.rejected;
    if (!other.weighs()) return *this;
    double const theirs = arrive(other.period, other.latest);
    once += rescaled(other.once, theirs);
    twice += rescaled(other.twice, theirs * theirs);
    return *this;
  }

  [[nodiscard]] constexpr std::uint64_t seen() const { return count + rejected.total(); }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const& options) const {
    std::uint64_t const most = ~std::uint64_t{} / 16;  // so that the counts can be added up
    if (!once.valid() || !twice.valid() || !rejected.valid() || count > most) return false;
    if (!weighs())
      return once == real_moments{} && twice == real_moments{} && period == 0 && latest.micros == earliest_micros;
    return twice.weight > 0 && count != 0 && latest.is_known() &&
           period == floor_quotient(latest.micros, options.half_life.micros) &&
           !(options.observed_until && latest > *options.observed_until);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("once", self.once);
    visit("twice", self.twice);
    visit("period", self.period);
    visit("latest", self.latest);
    visit("count", self.count);
    visit("rejected", self.rejected);
  }
  friend constexpr bool operator==(decayed_moments const&, decayed_moments const&) = default;

 private:
  /// What samples of another half-life are multiplied by, once what there is was: one of the two is 1.
  constexpr double arrive(std::int64_t other, instant other_latest) {
    double factor = 1;
    if (!weighs()) {
      period = other;
    } else if (other > period) {
      double const older = halved(elapsed(period, other));
      once = rescaled(once, older);
      twice = rescaled(twice, older * older);
      period = other;
    } else {
      factor = halved(elapsed(other, period));
    }
    if (other_latest > latest) latest = other_latest;
    return factor;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
