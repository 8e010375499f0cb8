// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_ACTIVITY_PAGE_HPP
#define CREDENCE_HISTORY_DETAIL_ACTIVITY_PAGE_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Of a history that keeps no amounts.
struct no_sum {
  constexpr no_sum& operator+=(no_sum const&) { return *this; }
  friend constexpr bool operator==(no_sum const&, no_sum const&) = default;
  template <class Self, class Visitor>
  static constexpr void describe(Self&, Visitor&&) {}
};

/// With a sum of two words, no tally straddles two lines of the cache.
template <class Sum>
inline constexpr std::size_t tally_alignment = std::is_empty_v<Sum> ? alignof(std::uint64_t)
                                                                    : (std::max)(alignof(Sum), std::size_t{32});

/// What one customer did in one period.
template <class Sum>
struct alignas(tally_alignment<Sum>) activity_tally {
  std::uint16_t who = 0;  ///< within the page
  std::uint64_t times = 0;
  Sum sum{};
};

/// Which of 32,768 customers were active in one period, and how often and for how much, if that is kept. Few are
/// listed as they came, one of them perhaps more than once; many are a bit each, four kilobytes together, or where more
/// is kept, have an entry each that a table of places leads to.
template <class Sum>
class activity_page {
 public:
  using sum_type = Sum;

  activity_page() = default;
  activity_page(activity_page const&) = default;
  activity_page(activity_page&&) noexcept = default;
  /// `add` asks of a table only whether it has memory, which a vector keeps when it is assigned an empty one.
  activity_page& operator=(activity_page const& other) { return *this = activity_page(other); }
  activity_page& operator=(activity_page&&) noexcept = default;

  void add(std::uint32_t who) {
    if (std::uint64_t* const words = bits_.data()) {
      words[who >> 6] |= std::uint64_t{1} << (who & 63);
    } else if (few_.size() != few_.capacity()) {
      few_.push_back(static_cast<std::uint16_t>(who));
    } else {
      list(who);
    }
  }
  void add(std::uint32_t who, std::uint64_t times, Sum const& sum) {
    if (std::uint16_t* const places = places_.data()) {
      add_at(places[who], who, times, sum);
    } else if (tallies_.size() < most_unsettled || tallies_.size() < 2 * settled_) {  // at most twice the customers
      tallies_.push_back({static_cast<std::uint16_t>(who), times, sum});
    } else {
      place_all();
      add(who, times, sum);
    }
  }
  /// Asks for what `add` will look at first, and then for what it will look at next.
  void fetch_place(std::uint32_t who) const {
    if (!places_.empty()) fetch(places_.data() + who);
  }
  void fetch_entry(std::uint32_t who) const {
    if (places_.empty()) return;
    std::size_t const place = places_[who];
    fetch(tallies_.data() + (place - (place != 0)));
  }
  /// Is there one entry a customer?
  [[nodiscard]] bool is_settled() const { return !places_.empty() || (tallies_.size() < 2 && few_.size() < 2); }

  /// `visit(who, times, sum)` for each entry: of one customer there may be several, but where the page was settled.
  template <class Visit>
  void walk(Visit const& visit) const {
    constexpr Sum none{};
    for (std::uint16_t const who : few_) visit(std::uint32_t{who}, std::uint64_t{1}, none);
    for (std::size_t word = 0; word < bits_.size(); ++word)
      for (std::uint64_t left = bits_[word]; left != 0; left &= left - 1)
        visit(static_cast<std::uint32_t>(64 * word) + static_cast<std::uint32_t>(std::countr_zero(left)),
              std::uint64_t{1}, none);
    for (activity_tally<Sum> const& own : tallies_) visit(std::uint32_t{own.who}, own.times, own.sum);
  }
  /// Adds a bit for each customer.
  void add_to(std::uint64_t* words) const {
    for (std::uint16_t const who : few_) words[who >> 6] |= std::uint64_t{1} << (who & 63);
    for (std::size_t word = 0; word < bits_.size(); ++word) words[word] |= bits_[word];
    for (activity_tally<Sum> const& own : tallies_) words[own.who >> 6] |= std::uint64_t{1} << (own.who & 63);
  }
  /// One entry a customer, in order.
  void settle() {
    std::sort(few_.begin(), few_.end());
    few_.erase(std::unique(few_.begin(), few_.end()), few_.end());
    if (!places_.empty()) return;
    // In the order in which they came: sums of reals are rounded in that order.
    std::vector<std::uint32_t> order(tallies_.size());
    for (std::uint32_t at = 0; at < order.size(); ++at) order[at] = at;
    std::sort(order.begin(), order.end(), [this](std::uint32_t one, std::uint32_t other) {
      return tallies_[one].who != tallies_[other].who ? tallies_[one].who < tallies_[other].who : one < other;
    });
    std::vector<activity_tally<Sum>> settled;
    for (std::uint32_t const at : order) {
      activity_tally<Sum> const& own = tallies_[at];
      if (!settled.empty() && settled.back().who == own.who) {
        settled.back().times += own.times;
        settled.back().sum += own.sum;
      } else {
        settled.push_back(own);
      }
    }
    tallies_ = std::move(settled);
    settled_ = tallies_.size();
  }

 private:
#if defined(__GNUC__) || defined(__clang__)
  [[gnu::noinline]]
#endif
  void
  list(std::uint32_t who) {
    constexpr std::size_t most_few = 1'024;  // beyond, the bits take no more than twice as much
    if (few_.size() < most_few) {
      few_.reserve(few_.empty() ? 16 : few_.size() < 256 ? 4 * few_.size() : 2 * few_.size());
      few_.push_back(static_cast<std::uint16_t>(who));
      return;
    }
    bits_.resize(page_keys / 64);
    for (std::uint16_t const listed : few_) bits_[listed >> 6] |= std::uint64_t{1} << (listed & 63);
    bits_[who >> 6] |= std::uint64_t{1} << (who & 63);
    std::vector<std::uint16_t>().swap(few_);
  }

  /// To the entry at this place, plus one; 0 where the customer has none yet.
  void add_at(std::uint16_t& place, std::uint32_t who, std::uint64_t times, Sum const& sum) {
    if (place == 0) {
      tallies_.push_back({static_cast<std::uint16_t>(who), times, sum});
      place = static_cast<std::uint16_t>(tallies_.size());
    } else {
      activity_tally<Sum>& own = tallies_[place - 1U];
      own.times += times;
      own.sum += sum;
    }
  }
  /// One entry a customer, and a table of their places, where it is no larger than the entries.
#if defined(__GNUC__) || defined(__clang__)
  [[gnu::noinline]]
#endif
  void
  place_all() {
    places_.resize(page_keys);
    std::vector<activity_tally<Sum>> before;
    before.swap(tallies_);
    for (activity_tally<Sum> const& own : before) add_at(places_[own.who], own.who, own.times, own.sum);
    settled_ = tallies_.size();
    if (settled_ * sizeof(activity_tally<Sum>) < page_keys * sizeof(std::uint16_t))
      std::vector<std::uint16_t>().swap(places_);
  }

  static constexpr std::size_t most_unsettled = 1'024;

  std::vector<std::uint16_t> few_;
  std::vector<std::uint64_t> bits_;
  std::vector<activity_tally<Sum>> tallies_;
  std::vector<std::uint16_t> places_;  ///< of each customer's entry, plus one
  std::size_t settled_ = 0;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
