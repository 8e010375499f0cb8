// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_LABEL_EXPECTATION_HPP
#define CREDENCE_REVIEWS_DETAIL_LABEL_EXPECTATION_HPP

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/reviews/detail/label_table.hpp>

// One pass of EM over labels: what the items' true categories are likely to be, given the raters, and how often each
// rater is then expected to have said what about which.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A product of many probabilities, whose logarithm is taken once: the exponent is kept apart, so that nothing
/// underflows.
class long_product {
 public:
  /// By a positive factor that is no denormal number, times 2 to `exponent`.
  void times(double factor, std::int64_t exponent = 0) {
    std::uint64_t const bits = std::bit_cast<std::uint64_t>(significand_ * factor);
    exponent_ += exponent + static_cast<std::int64_t>(bits >> 52) - 1023;
    significand_ = std::bit_cast<double>((bits & 0x000f'ffff'ffff'ffffU) | 0x3ff0'0000'0000'0000U);
  }
  [[nodiscard]] double log() const {
    constexpr double ln_2 = 0.693147180559945309417;
    return std::log(significand_) + static_cast<double>(exponent_) * ln_2;
  }

 private:
  double significand_ = 1;  // in [1, 2)
  std::int64_t exponent_ = 0;
};

/// What is known of the raters and of the categories.
struct label_chances {
  std::vector<double> shares;  ///< of each category among the items
  std::vector<double> chance;  ///< of each cell, by true category: that its rater says so
};

/// What they let expect.
struct label_expectation {
  std::vector<double> posteriors;  ///< of each item, by category
  std::vector<double> counts;      ///< of each cell, by true category: labels
  std::vector<double> shares;      ///< of each category: items
  double log_likelihood = 0;

  explicit label_expectation(label_table const& labels)
      : posteriors(labels.items() * labels.categories),
        counts(labels.category_of.size() * labels.categories),
        shares(labels.categories) {}
  void forget() {
    std::fill(counts.begin(), counts.end(), 0.0);
    std::fill(shares.begin(), shares.end(), 0.0);
  }
  void count(label_table const& labels, std::size_t item, double const* posterior) {
    for (std::size_t truth = 0; truth < labels.categories; ++truth) shares[truth] += posterior[truth];
    for (std::size_t at = labels.item_begins[item]; at < labels.item_begins[item + 1]; ++at) {
      double* const row = counts.data() + labels.cells[at] * labels.categories;
      for (std::size_t truth = 0; truth < labels.categories; ++truth) row[truth] += posterior[truth];
    }
  }
  /// Is each item as likely to be of any category as all others are? Unless all are of one for certain, their labels
  /// then say nothing of them, and to go on would not help: where raters only contradict each other, votes are no
  /// start.
  [[nodiscard]] bool tells_nothing(label_table const& labels) const {
    constexpr double alike = 1e-9;
    double const items = static_cast<double>(labels.items());
    for (double const share : shares)
      if (share > items * (1 - alike)) return false;
    for (std::size_t at = 0; at < posteriors.size(); ++at)
      if (std::fabs(posteriors[at] - shares[at % labels.categories] / items) > alike) return false;
    return true;
  }
  /// Where nothing is known of anybody: each category's share of the item's labels.
  void begin_with_votes(label_table const& labels) {
    forget();
    for (std::size_t item = 0; item < labels.items(); ++item) {
      double* const posterior = posteriors.data() + item * labels.categories;
      std::size_t const first = labels.item_begins[item];
      std::size_t const last = labels.item_begins[item + 1];
      for (std::size_t at = first; at < last; ++at) posterior[labels.category_of[labels.cells[at]]] += 1;
      for (std::size_t truth = 0; truth < labels.categories; ++truth)
        posterior[truth] /= static_cast<double>(last - first);
      count(labels, item, posterior);
    }
  }
};

/// Products of an item's chances that would underflow: each category with an exponent of its own. Answers their sum's
/// exponent, and the products less it. At least one is above 0: the likeliest category of the pass before was likely
/// for each label by no less than a part in the labels of its rater and the categories.
inline std::int64_t scaled_chances(label_table const& labels, label_chances const& known, std::size_t item,
                                   double* products) {
  constexpr std::int64_t step = 512;
  constexpr double least = 0x1p-500;
  constexpr double lift = 0x1p512;
  std::size_t const categories = labels.categories;
  std::vector<std::int64_t> exponents(categories, 0);
  auto const lifted = [&](double value, std::size_t truth) {
    for (; value > 0 && value < least; value *= lift) exponents[truth] -= step;
    return value;
  };
  for (std::size_t truth = 0; truth < categories; ++truth) products[truth] = lifted(known.shares[truth], truth);
  for (std::size_t at = labels.item_begins[item]; at < labels.item_begins[item + 1]; ++at) {
    double const* const row = known.chance.data() + labels.cells[at] * categories;
    for (std::size_t truth = 0; truth < categories; ++truth)
      products[truth] = lifted(products[truth] * lifted(row[truth], truth), truth);
  }
  bool any = false;
  std::int64_t greatest = 0;
  for (std::size_t truth = 0; truth < categories; ++truth) {
    if (!(products[truth] > 0)) continue;
    greatest = any ? (std::max)(greatest, exponents[truth]) : exponents[truth];
    any = true;
  }
  for (std::size_t truth = 0; truth < categories; ++truth) {
    if (exponents[truth] == greatest) continue;
    products[truth] = exponents[truth] == greatest - step ? products[truth] / lift : 0;
  }
  return greatest;
}

/// One pass over all labels, for a number of categories that the compiler knows, or for any (0). Chances are
/// multiplied, not their logarithms added: a product that has underflowed is less than 2⁻¹²² of a sum that has not.
template <std::size_t Known>
void expect_labels(label_table const& labels, label_chances const& known, label_expectation& expected) {
  constexpr double least = 0x1p-900;
  std::size_t const categories = Known == 0 ? labels.categories : Known;
  double of_known[Known == 0 ? 1 : Known];
  std::vector<double> of_any(Known == 0 ? categories : 0);
  double* const product = Known == 0 ? of_any.data() : of_known;
  double of_shares[Known == 0 ? 1 : Known] = {};
  double* const shares = Known == 0 ? expected.shares.data() : of_shares;
  expected.forget();
  long_product likelihood;
  std::uint32_t const* const cells = labels.cells.data();
  double const* const chance = known.chance.data();
  double* const counts = expected.counts.data();
  double* posterior = expected.posteriors.data();
  std::size_t const items = labels.items();
  for (std::size_t item = 0; item < items; ++item, posterior += categories) {
    std::size_t const first = labels.item_begins[item];
    std::size_t const last = labels.item_begins[item + 1];
    for (std::size_t truth = 0; truth < categories; ++truth) product[truth] = known.shares[truth];
    for (std::size_t at = first; at < last; ++at) {
      double const* const row = chance + cells[at] * categories;
      for (std::size_t truth = 0; truth < categories; ++truth) product[truth] *= row[truth];
    }
    double sum = 0;
    for (std::size_t truth = 0; truth < categories; ++truth) sum += product[truth];
    std::int64_t exponent = 0;
    if (sum < least) {
      exponent = detail::scaled_chances(labels, known, item, product);
      sum = 0;
      for (std::size_t truth = 0; truth < categories; ++truth) sum += product[truth];
    }
    likelihood.times(sum, exponent);
    for (std::size_t truth = 0; truth < categories; ++truth) {
      product[truth] /= sum;  // not by its inverse: what is certain is 1, and nothing more than that
      posterior[truth] = product[truth];
      shares[truth] += product[truth];
    }
    for (std::size_t at = first; at < last; ++at) {
      double* const row = counts + cells[at] * categories;
      for (std::size_t truth = 0; truth < categories; ++truth) row[truth] += product[truth];
    }
  }
  if (Known != 0) std::copy(shares, shares + categories, expected.shares.begin());
  expected.log_likelihood = likelihood.log();
}

inline void expect_labels(label_table const& labels, label_chances const& known, label_expectation& expected) {
  switch (labels.categories) {
    case 2: return detail::expect_labels<2>(labels, known, expected);
    case 3: return detail::expect_labels<3>(labels, known, expected);
    case 4: return detail::expect_labels<4>(labels, known, expected);
    case 5: return detail::expect_labels<5>(labels, known, expected);
    case 6: return detail::expect_labels<6>(labels, known, expected);
    case 7: return detail::expect_labels<7>(labels, known, expected);
    case 8: return detail::expect_labels<8>(labels, known, expected);
    default: return detail::expect_labels<0>(labels, known, expected);
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
