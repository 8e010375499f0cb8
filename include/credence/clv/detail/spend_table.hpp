// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_SPEND_TABLE_HPP
#define CREDENCE_CLV_DETAIL_SPEND_TABLE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/clv/spend_history.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Customers side by side, sound ones who came back.
struct spend_block {
  double const* counts = nullptr;
  double const* totals = nullptr;      ///< m̄x
  double const* log_totals = nullptr;  ///<
  double const* weights = nullptr;     ///< nullptr: 1 each
  std::size_t count = 0;

  [[nodiscard]] double weight_at(std::size_t place) const { return weights != nullptr ? weights[place] : 1.0; }
};

/// What is seen of all of them before a fit, weighted: of ln m̄ and of 1/x.
struct spend_moments {
  double weight = 0;          ///< customers
  double mean_log = 0;        ///<
  double variance = 0;        ///< of ln m̄
  double inverse_count = 0;   ///< mean 1/x
  double slope = 0;           ///< of the squared deviation of ln m̄ on 1/x; 0 where all x are the same
  double greatest_count = 0;  ///<
};

/// Customers as a fit of spend reads them again and again.
class spend_table {
 public:
  explicit spend_table(bool keeps_weights) : keeps_weights_(keeps_weights) {}

  [[nodiscard]] std::size_t size() const { return counts_.size(); }
  /// Memory that is not written to costs nothing.
  void reserve(std::size_t count) {
    counts_.reserve(count);
    totals_.reserve(count);
    log_totals_.reserve(count);
    if (keeps_weights_) weights_.reserve(count);
  }
  void push(spends const& own, double weight) {
    double const total = own.mean * own.count;
    counts_.push_back(own.count);
    totals_.push_back(total);
    log_totals_.push_back(std::log(total));
    if (keeps_weights_) weights_.push_back(weight);
  }
  /// Every `stride`-th of them.
  [[nodiscard]] spend_table sample(std::size_t stride) const {
    spend_table chosen(keeps_weights_);
    for (std::size_t at = stride / 2; at < size(); at += stride) {
      chosen.counts_.push_back(counts_[at]);
      chosen.totals_.push_back(totals_[at]);
      chosen.log_totals_.push_back(log_totals_[at]);
      if (keeps_weights_) chosen.weights_.push_back(weights_[at]);
    }
    return chosen;
  }

  /// Sums are made by stretches of so many customers, in their order, whoever makes them.
  static constexpr std::size_t stretch = 8'192;
  [[nodiscard]] std::size_t stretches() const { return size() / stretch + (size() % stretch != 0); }
  [[nodiscard]] spend_block block(std::size_t number) const {
    std::size_t const first = number * stretch;
    return {counts_.data() + first, totals_.data() + first, log_totals_.data() + first,
            keeps_weights_ ? weights_.data() + first : nullptr, (std::min)(stretch, size() - first)};
  }

  [[nodiscard]] spend_moments moments() const {
    spend_moments found;
    for (std::size_t at = 0; at < size(); ++at) {
      double const weight = weight_of(at);
      found.weight += weight;
      found.mean_log += weight * log_mean(at);
      found.inverse_count += weight / counts_[at];
      found.greatest_count = (std::max)(found.greatest_count, counts_[at]);
    }
    if (!(found.weight > 0)) return found;
    found.mean_log /= found.weight;
    found.inverse_count /= found.weight;
    double across = 0;
    double along = 0;
    for (std::size_t at = 0; at < size(); ++at) {
      double const deviation = log_mean(at) - found.mean_log;
      double const beside = 1 / counts_[at] - found.inverse_count;
      found.variance += weight_of(at) * deviation * deviation;
      across += weight_of(at) * deviation * deviation * beside;
      along += weight_of(at) * beside * beside;
    }
    found.variance /= found.weight;
    if (along > 0) found.slope = across / along;
    return found;
  }

 private:
  [[nodiscard]] double weight_of(std::size_t at) const { return keeps_weights_ ? weights_[at] : 1.0; }
  [[nodiscard]] double log_mean(std::size_t at) const { return log_totals_[at] - std::log(counts_[at]); }

  bool keeps_weights_;
  std::vector<double> counts_;
  std::vector<double> totals_;
  std::vector<double> log_totals_;
  std::vector<double> weights_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
