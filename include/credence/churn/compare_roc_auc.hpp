// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_COMPARE_ROC_AUC_HPP
#define CREDENCE_CHURN_COMPARE_ROC_AUC_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <vector>

#include <credence/churn/churn_scores.hpp>
#include <credence/churn/detail/compared_areas.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/compared_by_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct compare_roc_auc_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `compare_roc_auc`: the fields of a `comparison`, and what went in.
struct compare_roc_auc_result {
  double difference = not_a_number();      ///< first AUC − second
  credence::interval interval;             ///< of the difference, by the normal
  double standard_error = not_a_number();  ///< of the difference; NaN for one positive or one negative
  double z = not_a_number();               ///< difference ÷ standard_error
  double p_value = not_a_number();         ///< two-sided, in 0…1
  sample_design samples = sample_design::paired;
  double first = not_a_number();        ///< AUC of the first score
  double second = not_a_number();       ///< of the second
  double correlation = not_a_number();  ///< of the two AUCs, in −1…1; NaN where either has no error
  std::uint64_t count = 0;              ///< customers used
  std::uint64_t positives = 0;          ///< who left
  std::uint64_t negatives = 0;          ///< who stayed
  std::uint64_t rejected = 0;           ///< customers left out
  credence::rejections rejections;      ///< and why: the first of scores and label that is not good

  constexpr explicit operator bool() const { return positives != 0 && negatives != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("difference", self.difference);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("z", self.z);
    visit("p_value", self.p_value);
    visit("samples", self.samples);
    visit("first", self.first);
    visit("second", self.second);
    visit("correlation", self.correlation);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(compare_roc_auc_result const&, compare_roc_auc_result const&) = default;
};

namespace detail {

/// Of each of `values` the share of `others` that is less, those equal counting one half.
[[nodiscard]] inline std::vector<double> shares_below(std::vector<double> const& values, std::vector<double> others) {
  sort_reals(others);
  std::vector<double> shares;
  shares.reserve(values.size());
  for (double const value : values) {
    auto const from = std::lower_bound(others.begin(), others.end(), value);
    auto const to = std::upper_bound(from, others.end(), value);
    shares.push_back((static_cast<double>(from - others.begin()) + static_cast<double>(to - others.begin())) /
                     (2 * static_cast<double>(others.size())));
  }
  return shares;
}

/// What the customers of one kind say of two AUCs: their means, and the covariances of those means.
struct paired_placements {
  double first = 0;
  double second = 0;
  double first_variance = 0;
  double second_variance = 0;
  double difference_variance = 0;  ///< apart: what is left of two that move together would cancel

  paired_placements(std::vector<double> const& one, std::vector<double> const& other) {
    double const count = static_cast<double>(one.size());
    compensated_sum first_sum;
    compensated_sum second_sum;
    for (std::size_t at = 0; at < one.size(); ++at) {
      first_sum += one[at];
      second_sum += other[at];
    }
    first = first_sum.value() / count;
    second = second_sum.value() / count;
    for (std::size_t at = 0; at < one.size(); ++at) {
      double const from_first = one[at] - first;
      double const from_second = other[at] - second;
      first_variance += from_first * from_first;
      second_variance += from_second * from_second;
      difference_variance += (from_first - from_second) * (from_first - from_second);
    }
    for (double* const variance : {&first_variance, &second_variance, &difference_variance})
      *variance /= (count - 1) * count;
  }
};

struct compare_roc_auc_function : optioned_calls<compare_roc_auc_function, compare_roc_auc_options,
                                                 values_call<compare_roc_auc_options, argument_kind::projection,
                                                             argument_kind::projection, argument_kind::projection>,
                                                 std::type_identity<compare_roc_auc_result>> {
  template <class Executor, class Range, class First, class Second, class Label>
  static compare_roc_auc_result answer(Executor&, compare_roc_auc_options const& options, Range& rows,
                                       First const& first, Second const& second, Label const& label) {
    check_confidence("compare_roc_auc_options::confidence", options.confidence);
    compare_roc_auc_result result;
    result.interval.confidence = options.confidence;
    if constexpr (number_check::of<projected<Range, First>, projected<Range, Second>, projected<Range, Label>>()) {
      pairs positives;
      pairs negatives;
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& row = *at;
        auto const& one = detail::project(first, row);
        if (!detail::accepts_score(one, {}, options.on_invalid, result.rejections, position)) continue;
        auto const& other = detail::project(second, row);
        if (!detail::accepts_score(other, {}, options.on_invalid, result.rejections, position)) continue;
        auto const& told = detail::project(label, row);
        if (!detail::accepts_flag(told, options.on_invalid, result.rejections, position)) continue;
        (detail::real_of(told) == 1 ? positives : negatives).add(detail::real_of(one), detail::real_of(other));
      }
      tell(result, positives, negatives);
    }
    return result;
  }

 private:
  /// Both scores of the customers of one kind.
  struct pairs {
    std::vector<double> first;
    std::vector<double> second;

    void add(double one, double other) {
      first.push_back(one);
      second.push_back(other);
    }
  };

  static void tell(compare_roc_auc_result& result, pairs const& positives, pairs const& negatives) {
    result.positives = positives.first.size();
    result.negatives = negatives.first.size();
    result.count = result.positives + result.negatives;
    result.rejected = result.rejections.total();
    if (!result) return;
    // Of a negative the share of positives above it is 1 less that below: the same spread.
    paired_placements const of_positives(shares_below(positives.first, negatives.first),
                                         shares_below(positives.second, negatives.second));
    paired_placements const of_negatives(shares_below(negatives.first, positives.first),
                                         shares_below(negatives.second, positives.second));
    result.first = of_positives.first;
    result.second = of_positives.second;
    result.difference = result.first - result.second;
    if (result.positives < 2 || result.negatives < 2) return;
    double const variance = of_positives.difference_variance + of_negatives.difference_variance;
    double const one = of_positives.first_variance + of_negatives.first_variance;
    double const other = of_positives.second_variance + of_negatives.second_variance;
    if (one > 0 && other > 0)
      result.correlation = (std::min)((std::max)((one + other - variance) / 2 / std::sqrt(one * other), -1.0), 1.0);
    bool const same = !(variance > 0) && result.difference == 0;  // every customer is on the right side of as many
    double const confidence = result.interval.confidence;
    comparison const by_normal = same ? compared_by_t(0, 0, infinite_number(), confidence)
                                      : compared_areas(result.difference, std::sqrt(variance), confidence);
    result.interval = by_normal.interval;
    result.standard_error = by_normal.standard_error;
    result.z = by_normal.z;
    result.p_value = by_normal.p_value;
  }
};

}  // namespace detail

/// Which of two scores of the same customers tells better who leaves? `compare_roc_auc(customers, &customer::ours,
/// &customer::theirs, &customer::has_left)`: the AUC of the first less that of the second, by DeLong's test for paired
/// samples, which knows that both were put to the same customers. A customer with either score, or the label, missing
/// or not good is left out and counted. Throws `credence::error` for a confidence outside (0, 1). O(n log n); keeps the
/// scores. Source: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44, 837.
inline constexpr detail::compare_roc_auc_function compare_roc_auc{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
