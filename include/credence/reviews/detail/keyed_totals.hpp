// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_KEYED_TOTALS_HPP
#define CREDENCE_REVIEWS_DETAIL_KEYED_TOTALS_HPP

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/version.hpp>

// What an answer keeps of each rater, or of each item, and finds again by the host's own key.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Of one rater or item: Σ of something over its ratings, or what was made of that, and Σw. Side by side, for they are
/// always wanted together.
struct rating_total {
  double sum = 0;
  double weight = 0;
};

/// A sum by what weighs and what damps; where neither does, 0 is as good as anything.
[[nodiscard]] inline double damped(double sum, double weight) { return weight > 0 ? sum / weight : 0; }

/// What is said of a key, and which: of a walk over all.
template <class Key, class Said>
struct keyed : Said {
  Key key{};
};

/// Keys with a total each, by number. A number without ratings is nobody.
template <class Key>
class keyed_totals {
 public:
  keyed_totals() = default;
  /// No counts: all weights are 1.
  keyed_totals(numbered_keys<Key> numbers, std::vector<rating_total> totals, std::vector<std::uint64_t> counts)
      : numbers_(std::move(numbers)), totals_(std::move(totals)), counts_(std::move(counts)) {
    for (std::uint32_t number = 0; number < totals_.size(); ++number) known_ += count(number) != 0;
  }

  /// How many have ratings.
  [[nodiscard]] std::uint64_t known() const { return known_; }
  template <class Own>
  [[nodiscard]] std::uint32_t number_of(Own const& key) const {
    if constexpr (check_present_key<Own>()) {
      return detail::number_found(numbers_, key);
    } else {
      return no_number;
    }
  }
  // Of `no_number` all are 0.
  [[nodiscard]] rating_total total(std::uint32_t number) const {
    return number == no_number ? rating_total{} : totals_[number];
  }
  [[nodiscard]] std::uint64_t count(std::uint32_t number) const {
    if (number == no_number) return 0;
    return counts_.empty() ? static_cast<std::uint64_t>(totals_[number].weight) : counts_[number];
  }
  /// What `say(number)` says of all that have ratings, in the order of their numbers.
  template <class Say>
  [[nodiscard]] auto walked(Say const& say) const {
    std::vector<keyed<Key, decltype(say(no_number))>> all;
    all.reserve(known_);
    auto const& beside = numbers_.keys_beside();
    for (std::uint32_t number = 0; number < totals_.size(); ++number)
      if (count(number) != 0) all.push_back({say(number), numbers_.key_at(number, beside)});
    return all;
  }

 private:
  numbered_keys<Key> numbers_;
  std::vector<rating_total> totals_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t known_ = 0;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
