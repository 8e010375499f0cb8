// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_ACTIVITY_BYTES_HPP
#define CREDENCE_HISTORY_DETAIL_ACTIVITY_BYTES_HPP

#include <bit>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// One customer's history as bytes: words of 64 periods, each with its number, or where they are counted the periods one
// by one, with how often and for how much.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A customer in a period, as it is told and stored.
template <class Sum>
struct active_period {
  std::int64_t period = 0;
  std::uint64_t times = 0;
  Sum sum{};
  friend bool operator==(active_period const&, active_period const&) = default;
};

inline constexpr double largest_amount = 1e150;  ///< beyond, sums of them might not be finite

/// Could this sum have come about? Of what a host sums up, we cannot know.
template <class Sum>
[[nodiscard]] bool is_sound_sum(Sum const& sum) {
  if constexpr (std::is_same_v<Sum, compensated_sum>) {
    constexpr double most = largest_amount * 0x1p60;
    return is_finite(sum.sum) && is_finite(sum.lost) && sum.sum >= -most && sum.sum <= most && sum.lost >= -most &&
           sum.lost <= most;
  } else {
    return true;
  }
}

template <class Writer, class Sum>
void write_words(Writer& out, std::vector<active_period<Sum>> const& history) {
  std::vector<std::pair<std::int64_t, std::uint64_t>> words;
  for (active_period<Sum> const& each : history) {
    std::int64_t const word = each.period >> 6;
    if (words.empty() || words.back().first != word) words.emplace_back(word, 0);
    words.back().second |= std::uint64_t{1} << (each.period & 63);
  }
  out.put_count(words.size());
  for (auto const& [word, bits] : words) {
    out.put(word);
    out.put(bits);
  }
}
/// `add(period, times, sum)` for each period that is read.
template <class Sum, class Reader, class Add>
[[nodiscard]] bool read_words(Reader& in, Add const& add) {
  std::uint64_t count = 0;
  if (!in.get_count(count) || count == 0) return false;
  std::int64_t before = 0;
  for (std::uint64_t at = 0; at < count; ++at) {
    std::int64_t word = 0;
    std::uint64_t bits = 0;
    constexpr std::int64_t ends = std::int64_t{1} << 57;
    if (!in.get(word) || !in.get(bits) || bits == 0 || word < -ends || word >= ends || (at != 0 && word <= before))
      return false;
    before = word;
    for (; bits != 0; bits &= bits - 1) add(64 * word + std::countr_zero(bits), std::uint64_t{1}, Sum{});
  }
  return true;
}

template <class Writer, class Sum>
void write_tallies(Writer& out, std::vector<active_period<Sum>> const& history) {
  out.put_count(history.size());
  for (active_period<Sum> const& each : history) {
    out.put(each.period);
    out.put(each.times);
    out.put(each.sum);
  }
}
template <class Sum, class Reader, class Add>
[[nodiscard]] bool read_tallies(Reader& in, Add const& add) {
  std::uint64_t count = 0;
  if (!in.get_count(count) || count == 0) return false;
  std::int64_t before = 0;
  for (std::uint64_t at = 0; at < count; ++at) {
    std::int64_t period = 0;
    std::uint64_t times = 0;
    Sum sum{};
    if (!in.get(period) || !in.get(times) || !in.get(sum) || !detail::is_sound_sum(sum) || times == 0 ||
        times > ~std::uint64_t{} / 16 || (at != 0 && period <= before))
      return false;
    before = period;
    add(period, times, sum);
  }
  return true;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
