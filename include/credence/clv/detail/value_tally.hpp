// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_VALUE_TALLY_HPP
#define CREDENCE_CLV_DETAIL_VALUE_TALLY_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/clv/historical_value_result.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/t_interval.hpp>

// What customers have brought, added up: of each, of all, and of those who began together.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The customers with their revenue, and then what can be said of all.
template <class Key, class Money>
class value_tally {
  using sum_type = typename Money::sum_type;

 public:
  explicit value_tally(double margin) : margin_(margin) {}

  void add(Key key, std::uint64_t orders, sum_type const& sum) {
    all_ += sum;
    double const revenue = static_cast<double>(Money::to_real(sum));
    result.customers.push_back({std::move(key), orders, revenue, margin_ * revenue});
  }
  [[nodiscard]] double mean_of(sum_type const& sum, std::uint64_t customers) const {
    return margin_ * (static_cast<double>(Money::to_real(sum)) / static_cast<double>(customers));
  }
  void tell_mean(double confidence) {
    result.interval.confidence = confidence;
    result.revenue = static_cast<double>(Money::to_real(all_));
    std::uint64_t const customers = result.customers.size();
    if (customers == 0) return;
    result.value = mean_of(all_, customers);
    if (customers < 2) return;
    double const degrees = static_cast<double>(customers - 1);
    double squares = 0;
    for (auto const& own : result.customers) squares += (own.value - result.value) * (own.value - result.value);
    result.standard_error = std::sqrt(squares / degrees / static_cast<double>(customers));
    result.interval = detail::t_interval(result.value, result.standard_error, degrees, confidence);
  }

  historical_value_result<Key> result;

 private:
  double margin_;
  sum_type all_{};
};

/// Means by cohort, from what members brought in each period since their own.
template <class Money>
class cohort_values {
  using sum_type = typename Money::sum_type;
  struct cohort {
    std::uint64_t customers = 0;
    std::vector<sum_type> by_age;
  };

 public:
  cohort_values(std::int64_t first, std::size_t count) : first_(first), cohorts_(count) {}

  /// What a customer brought in some periods, in their order.
  template <class Periods>
  void add(Periods const& periods) {
    cohort& own = cohorts_[static_cast<std::size_t>(periods.front().first - first_)];
    ++own.customers;
    for (auto const& [index, sum] : periods) {
      auto const age = static_cast<std::size_t>(index - periods.front().first);
      if (own.by_age.size() <= age) own.by_age.resize(age + 1);
      own.by_age[age] += sum;
    }
  }
  template <class Policy, class Tally>
  void tell(Tally& tally, Policy const& policy, std::int64_t last_complete) const {
    for (std::size_t at = 0; at < cohorts_.size(); ++at) {
      cohort const& own = cohorts_[at];
      if (own.customers == 0) continue;
      std::int64_t const index = first_ + static_cast<std::int64_t>(at);
      cohort_value told;
      told.period = {index, policy.begin_of(index), policy.begin_of(index + 1)};
      told.name = policy.name_of(index);
      told.customers = own.customers;
      sum_type sum{};
      for (std::size_t age = 0; age < cohorts_.size() - at; ++age) {
        if (age < own.by_age.size()) sum += own.by_age[age];
        if (index + static_cast<std::int64_t>(age) <= last_complete)
          told.cumulative.push_back(tally.mean_of(sum, own.customers));
      }
      told.value = tally.mean_of(sum, own.customers);
      tally.result.cohorts.push_back(std::move(told));
    }
  }

 private:
  std::int64_t first_;
  std::vector<cohort> cohorts_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
