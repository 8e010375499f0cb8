// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_RANDOM_HPP
#define CREDENCE_MATH_RANDOM_HPP

#include <array>
#include <cmath>
#include <cstdint>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/detail/beta_sides.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/normal.hpp>

// Random numbers that depend on a seed, a stream and how many were drawn before, and on nothing else: replicate i of a
// bootstrap draws from stream i, so the answer is the same whichever thread computes it. The bits, `uniform` and
// `below` are the same on every machine. `binomial` and `normal` go through logarithms, whose last bit differs between
// C libraries and with FMA: two machines agree but for about one draw in 10^13.

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

using philox_block = std::array<std::uint32_t, 4>;

/// Philox4x32-10: the block of 128 random bits with this number (`counter`) under this key.
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
[[nodiscard]] constexpr philox_block philox(philox_block counter, std::uint64_t const key) noexcept {
  auto key_low = static_cast<std::uint32_t>(key);
  auto key_high = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    std::uint64_t const first = std::uint64_t{0xD251'1F53} * counter[0];
    std::uint64_t const second = std::uint64_t{0xCD9E'8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key_low, static_cast<std::uint32_t>(second),
               static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key_high, static_cast<std::uint32_t>(first)};
    key_low += 0x9E37'79B9;   // the golden ratio
    key_high += 0xBB67'AE85;  // √3 − 1
  }
  return counter;
}

/// The upper word of the 128 bits of a product.
[[nodiscard]] constexpr std::uint64_t upper_word(std::uint64_t const left, std::uint64_t const right) noexcept {
  constexpr std::uint64_t half = 0xFFFF'FFFF;
  std::uint64_t const low = (left & half) * (right & half);
  std::uint64_t const cross = (left >> 32) * (right & half) + (low >> 32);
  std::uint64_t const other = (left & half) * (right >> 32) + (cross & half);
  return (left >> 32) * (right >> 32) + (cross >> 32) + (other >> 32);
}

/// log P(X = k) for X ~ Binomial(n, p), but for a constant: Loader's form, in which nothing of size n cancels.
[[nodiscard]] inline double binomial_log_mass(double const successes, double const trials, double const p) noexcept {
  double const failures = trials - successes;
  if (successes <= 0) return trials * std::log1p(-p);
  if (failures <= 0) return trials * std::log(p);
  double const excess = trials * p - successes;
  double const up = excess / successes;
  double const down = -excess / failures;
  return successes * log1p_less(up, 1 + up) + failures * log1p_less(down, 1 + down) + stirling_correction(trials) -
         stirling_correction(successes) - stirling_correction(failures) -
         (0.5 * std::log(successes * (failures / trials)) + log_root_two_pi);
}

}  // namespace detail

/// A stream of random numbers: every draw is a function of the seed, the stream and the draws made before it from this
/// stream, on every machine. 2^64 streams a seed, 2^65 words each; streams are independent for all that is known.
/// A uniform random bit generator in the sense of the standard library too. Regular; copies go on alike. Philox4x32-10,
/// about 10 ns a word.
class random_stream {
 public:
  using result_type = std::uint64_t;

  constexpr explicit random_stream(std::uint64_t seed, std::uint64_t stream = 0) noexcept
      : seed_(seed), stream_(stream) {}

  [[nodiscard]] static constexpr std::uint64_t(min)() noexcept { return 0; }
  [[nodiscard]] static constexpr std::uint64_t(max)() noexcept { return ~std::uint64_t{}; }

  /// The next 64 random bits.
  constexpr std::uint64_t operator()() noexcept {
    if (spare_) {
      spare_ = false;
      return next_;
    }
    detail::philox_block const block =
        detail::philox({static_cast<std::uint32_t>(block_), static_cast<std::uint32_t>(block_ >> 32),
                        static_cast<std::uint32_t>(stream_), static_cast<std::uint32_t>(stream_ >> 32)},
                       seed_);
    ++block_;
    next_ = block[2] | std::uint64_t{block[3]} << 32;
    spare_ = true;
    return block[0] | std::uint64_t{block[1]} << 32;
  }

  /// A number in (0, 1), never 0 nor 1: one of the 2^52 odd multiples of 2^-53, all alike. One word.
  constexpr double uniform() noexcept { return (static_cast<double>((*this)() >> 12) + 0.5) * 0x1p-52; }

  /// A whole number in [0, limit), all exactly alike. `limit` is at least 1. One word, rarely more.
  /// Source: Lemire, "Fast random integer generation in an interval", 2019.
  constexpr std::uint64_t below(std::uint64_t const limit) {
    if (limit == 0) credence::detail::wrong_argument("below(limit)", limit, "it must be at least 1");
    std::uint64_t word = (*this)();
    if (word * limit < limit) {
      std::uint64_t const surplus = (0 - limit) % limit;  // 2^64 modulo the limit
      while (word * limit < surplus) word = (*this)();
    }
    return detail::upper_word(word, limit);
  }

  /// How many of so many trials succeed, each with probability p in [0, 1]: a draw of the binomial distribution itself,
  /// not of an approximation, but for the rounding of its probabilities (1e-13 of each). Up to 2^53 trials.
  ///
  /// Throws `credence::error` for p outside [0, 1] or more trials. Where trials·min(p, 1 − p) is below 10, by inversion
  /// (one word, O(trials·p)); above, by transformed rejection (2.3 to 3 words, O(1)).
  /// Source: Hörmann, "The generation of binomial random variates", 1993 (BTRS).
  std::uint64_t binomial(std::uint64_t const trials, double const p) {
    if (!detail::probability(p))
      credence::detail::wrong_argument("binomial(trials, p): p", p, "it must lie between 0 and 1");
    if (trials > std::uint64_t{1} << 53)
      credence::detail::wrong_argument("binomial(trials, p): trials", trials, "it must not be above 2^53");
    if (trials == 0 || p == 0) return 0;
    double const rarer = p > 0.5 ? 1 - p : p;
    if (rarer == 0) return trials;
    auto const count = static_cast<double>(trials);
    double const drawn = count * rarer < 10 ? by_inversion(count, rarer) : by_rejection(count, rarer);
    auto const successes = static_cast<std::uint64_t>(drawn);
    return p > 0.5 ? trials - successes : successes;
  }

  /// A draw of the standard normal distribution: the quantile of a `uniform`. Within ±8.21.
  double normal() noexcept { return normal_quantile(uniform()); }

  friend constexpr bool operator==(random_stream const&, random_stream const&) = default;

 private:
  double by_inversion(double const trials, double const p) noexcept {
    double const odds = p / (1 - p);
    double const none = std::exp(trials * std::log1p(-p));
    for (;;) {
      double rest = uniform();
      double mass = none;
      for (double successes = 0; successes <= trials; ++successes) {
        if (rest <= mass) return successes;
        rest -= mass;
        mass *= odds * ((trials - successes) / (successes + 1));
        // What rounding left of the 1 the masses add up to, about 1e-16: another draw.
        if (mass < 1e-20 && successes > trials * p) break;
      }
    }
  }

  double by_rejection(double const trials, double const p) noexcept {
    double const deviation = std::sqrt(trials * p * (1 - p));
    double const scale = 1.15 + 2.53 * deviation;
    double const slope = -0.0873 + 0.0248 * scale + 0.01 * p;
    double const centre = trials * p + 0.5;
    double const sure = 0.92 - 4.2 / scale;
    for (;;) {
      double const place = uniform() - 0.5;
      double height = uniform();
      double const room = 0.5 - std::fabs(place);
      double const successes = std::floor((2 * slope / room + scale) * place + centre);
      // Here the hat is so close to the distribution that the draw stands whatever the masses are.
      if (room >= 0.07 && height <= sure) return successes;
      if (successes < 0 || successes > trials) continue;
      height *= (2.83 + 5.1 / scale) * deviation / (slope / (room * room) + scale);
      double const mode = std::floor((trials + 1) * p);
      if (std::log(height) <=
          detail::binomial_log_mass(successes, trials, p) - detail::binomial_log_mass(mode, trials, p))
        return successes;
    }
  }

  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t block_ = 0;
  std::uint64_t next_ = 0;
  bool spare_ = false;
};

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
