// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_DETAIL_PAIRED_RATINGS_HPP
#define CREDENCE_AGREEMENT_DETAIL_PAIRED_RATINGS_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <vector>

#include <credence/core/detail/group_table.hpp>
#include <credence/core/detail/stored_groups.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How often two raters said which two categories.
template <class Key>
struct paired_ratings {
  stored_groups<std::tuple<Key, Key>, std::uint64_t> pairs;
  rejections rejected;

  template <class First, class Second>
  [[nodiscard]] std::uint64_t& cell(First const& first, Second const& second) {
    return pairs.states[pairs.find_or_add(std::tuple<First const&, Second const&>(first, second))];
  }
  paired_ratings& operator+=(paired_ratings const& other) {
    for (std::size_t at = 0; at < other.pairs.size(); ++at)
      pairs.states[pairs.find_or_add(other.pairs.keys[at])] += other.pairs.states[at];
    rejected += other.rejected;
    return *this;
  }
  /// Takes pairs back. Throws where they are not held, and then changes nothing.
  void subtract(paired_ratings const& one) {
    bool there = rejected.holds(one.rejected);
    bool emptied = false;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; there && at < one.pairs.size(); ++at) {
      auto const& key = one.pairs.keys[at];
      places.push_back(pairs.find(key, codec_of<std::tuple<Key, Key>>::hash(key)));
      there = places.back() != key_index::none && pairs.states[places.back()] >= one.pairs.states[at];
    }
    if (!there) raise(error("credence: a sample was retracted that this accumulator does not hold"));
    for (std::size_t at = 0; at < places.size(); ++at)
      emptied = (pairs.states[places[at]] -= one.pairs.states[at]) == 0 || emptied;
    rejected -= one.rejected;
    if (!emptied) return;
    // A pair that is not held any more is as one that never was.
    paired_ratings held;
    for (std::size_t at = 0; at < pairs.size(); ++at)
      if (pairs.states[at] != 0) held.pairs.states[held.pairs.find_or_add(pairs.keys[at])] = pairs.states[at];
    pairs = held.pairs;
  }
  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (std::uint64_t const count : pairs.states) sum += count;
    return sum;
  }
  [[nodiscard]] std::uint64_t seen() const { return total() + rejected.total(); }
  template <class Options>
  [[nodiscard]] bool valid(Options const&) const {
    std::uint64_t left = ~std::uint64_t{} / 8;  // so that counts can be added up
    for (std::uint64_t const count : pairs.states) {
      if (count == 0 || count > left) return false;
      left -= count;
    }
    return rejected.valid();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("pairs", self.pairs);
    visit("rejected", self.rejected);
  }
  friend bool operator==(paired_ratings const&, paired_ratings const&) = default;
};

/// The answer in an optional, or the answer itself. Only where `has_answer`.
template <class Value>
[[nodiscard]] constexpr auto const& answer_of(Value const& value) {
  if constexpr (is_optional<Value>) {
    return *value;
  } else {
    return value;
  }
}

/// Have these categories a distance?
template <class Key>
inline constexpr bool numeric_category = std::is_arithmetic_v<Key> || std::is_enum_v<Key>;

template <class Range, class First, class Second>
constexpr auto category_type() {
  using first = typename answer_type<std::remove_cvref_t<projected<Range, First>>>::type;
  using second = typename answer_type<std::remove_cvref_t<projected<Range, Second>>>::type;
  if constexpr (check_key<first>() && check_key<second>()) {
    constexpr bool same = std::is_same_v<stored_key<first>, stored_key<second>>;
    static_assert(same, "credence: the two raters' categories are not of one type");
    if constexpr (same) {
      return std::type_identity<stored_key<first>>();
    } else {
      return std::type_identity<void>();
    }
  } else {
    return std::type_identity<void>();
  }
}
/// The categories of two projections, as they are kept; void where they are none, which was complained about.
template <class Range, class First, class Second>
using category_of = typename decltype(category_type<Range, First, Second>())::type;

/// Each category's share of what either rater said, and the pairs by the categories' numbers.
class category_margins {
 public:
  struct pair {
    std::size_t first;
    std::size_t second;
    double share;
  };

  template <class Key>
  explicit category_margins(paired_ratings<Key> const& ratings) {
    double const total = static_cast<double>(ratings.total());
    group_table<Key, no_state> categories;
    for (std::size_t at = 0; at < ratings.pairs.size(); ++at) {
      auto const& [first, second] = ratings.pairs.keys[at];
      pairs.push_back({categories.find_or_add(first), categories.find_or_add(second),
                       static_cast<double>(ratings.pairs.states[at]) / total});
      of_first.resize(categories.size());
      of_second.resize(categories.size());
      of_first[pairs.back().first] += pairs.back().share;
      of_second[pairs.back().second] += pairs.back().share;
    }
    if constexpr (numeric_category<Key>)
      for (std::size_t at = 0; at < categories.size(); ++at)
        values.push_back(detail::real_of(static_cast<Key>(categories.keys[at])));
  }
  [[nodiscard]] std::size_t size() const { return of_first.size(); }

  std::vector<pair> pairs;
  std::vector<double> of_first;
  std::vector<double> of_second;
  std::vector<double> values;  ///< empty where categories have none
};

/// What κ and its error are made of: disagreements, which do not cancel where nearly all is of one category.
struct kappa_parts {
  double observed = 0;          ///< the disagreement there is, 1 − po
  double expected = 0;          ///< and that by chance, 1 − pe
  std::vector<double> weights;  ///< of each pair
  std::vector<double> margins;  ///< of each pair: the mean weights of its row and of its column
  std::vector<double> shares;   ///< of each pair

  /// Fleiss, Cohen and Everitt's: the spread of w − (w̄ᵢ. + w̄.ⱼ)(1 − κ), about its mean so that nothing cancels.
  [[nodiscard]] double standard_error(double kappa, double count) const {
    auto const part = [&](std::size_t at) { return weights[at] - margins[at] * (1 - kappa); };
    double mean_part = 0;
    for (std::size_t at = 0; at < shares.size(); ++at) mean_part += shares[at] * part(at);
    double sum = 0;
    for (std::size_t at = 0; at < shares.size(); ++at)
      sum += shares[at] * (part(at) - mean_part) * (part(at) - mean_part);
    return std::sqrt(sum / count) / expected;
  }
};

[[nodiscard]] inline kappa_parts unweighted_parts(category_margins const& table) {
  kappa_parts parts;
  // The share that is not of a category: for the greatest one as a sum, where the difference from 1 would cancel.
  std::size_t greatest = 0;
  for (std::size_t at = 0; at < table.size(); ++at)
    if (table.of_second[at] > table.of_second[greatest]) greatest = at;
  double rest = 0;
  for (std::size_t at = 0; at < table.size(); ++at)
    if (at != greatest) rest += table.of_second[at];
  for (std::size_t at = 0; at < table.size(); ++at)
    parts.expected += table.of_first[at] * (at == greatest ? rest : 1 - table.of_second[at]);
  for (category_margins::pair const& own : table.pairs) {
    bool const agrees = own.first == own.second;
    parts.observed += agrees ? 0 : own.share;
    parts.weights.push_back(agrees ? 1 : 0);
    parts.margins.push_back(table.of_second[own.first] + table.of_first[own.second]);
    parts.shares.push_back(own.share);
  }
  return parts;
}

[[nodiscard]] inline kappa_parts weighted_parts(category_margins const& table, bool linear) {
  kappa_parts parts;
  double lowest = table.values[0];
  double highest = lowest;
  for (double const value : table.values) {
    lowest = value < lowest ? value : lowest;
    highest = value > highest ? value : highest;
  }
  double const range = highest > lowest ? highest - lowest : 1;
  auto const distance = [&](std::size_t one, std::size_t other) {
    double const apart = std::fabs(table.values[one] - table.values[other]) / range;
    return linear ? apart : apart * apart;
  };
  std::vector<double> of_first(table.size(), 0.0);   // the mean distance of a category from the second's
  std::vector<double> of_second(table.size(), 0.0);  // and from the first's
  for (std::size_t one = 0; one < table.size(); ++one) {
    for (std::size_t other = 0; other < table.size(); ++other) {
      of_first[one] += distance(one, other) * table.of_second[other];
      of_second[one] += distance(one, other) * table.of_first[other];
    }
    parts.expected += table.of_first[one] * of_first[one];
  }
  for (category_margins::pair const& own : table.pairs) {
    double const apart = distance(own.first, own.second);
    parts.observed += own.share * apart;
    parts.weights.push_back(1 - apart);
    parts.margins.push_back((1 - of_first[own.first]) + (1 - of_second[own.second]));
    parts.shares.push_back(own.share);
  }
  return parts;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
