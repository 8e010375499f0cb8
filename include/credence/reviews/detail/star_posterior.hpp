// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_STAR_POSTERIOR_HPP
#define CREDENCE_REVIEWS_DETAIL_STAR_POSTERIOR_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/reviews/detail/item_score.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The mean of a distribution of stars, and its deviation: NaN where they have no spread.
struct star_mean {
  double value = not_a_number();
  double standard_error = not_a_number();
};

/// What ratings and a Dirichlet prior tell of the mean of stars.
class star_posterior {
 public:
  star_posterior(level_scale const& scale, std::vector<double> prior)
      : lowest_(scale.lowest), prior_(prior.empty() ? std::vector<double>(scale.levels(), 1.0) : std::move(prior)) {}

  [[nodiscard]] star_mean of(level_counts const& state) const {
    if (state.counts.empty()) return of_evidence([](std::size_t) { return 0.0; });
    return of_evidence([&](std::size_t at) { return state.weighted[at].total_of(state.counts[at]); });
  }
  /// Of an item whose ratings were counted by value.
  [[nodiscard]] star_mean of(counted_values const& item) const {
    // Where the scale begins below 0, a value without a sign wraps round to beyond the counters.
    std::uint64_t const lowest = static_cast<std::uint64_t>(lowest_);
    return of_evidence([&](std::size_t at) {
      std::uint64_t const value = lowest + at;
      return value < item.values ? static_cast<double>(item.counts[value]) : 0.0;
    });
  }

  [[nodiscard]] static double weight_of(level_counts const& state) {
    double sum = 0;
    for (std::size_t at = 0; at < state.counts.size(); ++at) sum += state.weighted[at].total_of(state.counts[at]);
    return sum;
  }

  /// Of the ratings alone; NaN without any.
  [[nodiscard]] double mean_of_ratings(level_counts const& state) const {
    double sum = 0;
    for (std::size_t at = 0; at < state.counts.size(); ++at)
      sum += state.weighted[at].total_of(state.counts[at]) *
             static_cast<double>(lowest_ + static_cast<std::int64_t>(at));
    double const weight = weight_of(state);
    return weight > 0 ? sum / weight : not_a_number();
  }

 private:
  /// The squares are of distances from f: the difference Σs²p − f² would cancel where ratings agree.
  template <class Evidence>
  [[nodiscard]] star_mean of_evidence(Evidence const& evidence) const {
    double total = 0;
    double sum = 0;
    for (std::size_t at = 0; at < prior_.size(); ++at) {
      double const weight = evidence(at) + prior_[at];
      total += weight;
      sum += weight * static_cast<double>(at);
    }
    star_mean found;
    if (!(total > 0)) return found;
    double const from_lowest = sum / total;
    double squares = 0;
    for (std::size_t at = 0; at < prior_.size(); ++at) {
      double const apart = static_cast<double>(at) - from_lowest;
      squares += (evidence(at) + prior_[at]) * (apart * apart);
    }
    found.value = static_cast<double>(lowest_) + from_lowest;
    if (squares > 0) found.standard_error = std::sqrt(squares / total / (total + 1));
    return found;
  }

  std::int64_t lowest_;
  std::vector<double> prior_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
