// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_DETAIL_RATING_TABLE_HPP
#define CREDENCE_AGREEMENT_DETAIL_RATING_TABLE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/detail/group_table.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Numbers keys from 0. Integers that lie close together are numbered by what they are, all else by a table.
template <class Key>
class key_numbers {
 public:
  template <class Own>
  void add(Own const& key) {
    if constexpr (direct) {
      keys_.push_back(static_cast<std::int64_t>(key));
    } else {
      numbers_.push_back(table_.find_or_add(key));
    }
  }
  /// The number of each key that was added, in order; ends the numbering.
  [[nodiscard]] std::vector<std::size_t> take() {
    if constexpr (direct) {
      if (keys_.empty()) return {};
      auto const [lowest, highest] = std::minmax_element(keys_.begin(), keys_.end());
      std::uint64_t const spread = static_cast<std::uint64_t>(*highest) - static_cast<std::uint64_t>(*lowest);
      std::uint64_t const from = static_cast<std::uint64_t>(*lowest);
      numbers_.reserve(keys_.size());
      bool const close = spread < 4 * keys_.size() + 64;
      for (std::int64_t const key : keys_)
        numbers_.push_back(close ? static_cast<std::size_t>(static_cast<std::uint64_t>(key) - from)
                                 : table_.find_or_add(key));
      keys_.clear();
    }
    return std::move(numbers_);
  }

 private:
  // Of 64 bits without a sign, the greatest would be taken for negative: still one number each.
  static constexpr bool direct = integer_key<Key>;

  std::vector<std::int64_t> keys_;
  std::vector<std::size_t> numbers_;
  group_table<std::conditional_t<direct, std::int64_t, Key>, no_state> table_;
};

/// Ratings put together by unit.
struct rated_units {
  std::vector<double> values;       ///< unit after unit
  std::vector<std::size_t> begins;  ///< where each unit's begin, and where the last one's end
  std::uint64_t duplicates = 0;     ///< ratings left out: the rater had rated the unit before

  [[nodiscard]] std::size_t units() const { return begins.size() - 1; }
  [[nodiscard]] std::span<double const> of(std::size_t unit) const {
    return {values.data() + begins[unit], begins[unit + 1] - begins[unit]};
  }
};

/// By counting, so that ratings of a unit keep their order; of two by one rater the first is kept. Units with fewer
/// than two ratings are left out.
[[nodiscard]] inline rated_units by_unit(std::vector<std::size_t> const& units, std::vector<std::size_t> const& raters,
                                         std::vector<double> const& values) {
  rated_units result;
  std::size_t const most = units.empty() ? 0 : *std::max_element(units.begin(), units.end()) + 1;
  std::vector<std::size_t> begins(most + 1, 0);
  for (std::size_t const unit : units) ++begins[unit + 1];
  for (std::size_t unit = 0; unit < most; ++unit) begins[unit + 1] += begins[unit];
  std::vector<std::size_t> next(begins.begin(), begins.end() - 1);
  std::vector<std::pair<std::size_t, double>> ordered(units.size());
  for (std::size_t at = 0; at < units.size(); ++at) ordered[next[units[at]]++] = {raters[at], values[at]};
  result.values.reserve(values.size());
  result.begins.push_back(0);
  std::vector<std::size_t> last_unit_of;  // of each rater, plus one
  for (std::size_t unit = 0; unit < most; ++unit) {
    std::size_t const first = result.values.size();
    for (std::size_t at = begins[unit]; at < begins[unit + 1]; ++at) {
      auto const& [rater, value] = ordered[at];
      if (rater >= last_unit_of.size()) last_unit_of.resize(rater + 1, 0);
      if (last_unit_of[rater] == unit + 1) {
        ++result.duplicates;
      } else {
        last_unit_of[rater] = unit + 1;
        result.values.push_back(value);
      }
    }
    if (result.values.size() - first >= 2) {
      result.begins.push_back(result.values.size());
    } else {
      result.values.resize(first);
    }
  }
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
