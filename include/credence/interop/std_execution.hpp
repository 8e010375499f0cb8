// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INTEROP_STD_EXECUTION_HPP
#define CREDENCE_INTEROP_STD_EXECUTION_HPP

// <execution> is included here and nowhere else: with libstdc++ the mere include needs TBB at link time.
#include <algorithm>
#include <cstddef>
#include <execution>
#include <numeric>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// A standard execution policy as an executor: `nps(std_execution(std::execution::par), rows, &survey::score)`. Tasks
/// may throw inside credence, which keeps what they throw; vectorised policies (`unseq`) are therefore refused.
template <class Policy>
class std_execution {
  static_assert(std::is_execution_policy_v<Policy>, "credence: std_execution takes a policy of <execution>");
  static_assert(std::is_same_v<Policy, std::execution::parallel_policy> ||
                    std::is_same_v<Policy, std::execution::sequenced_policy>,
                "credence: tasks are no vector code; use std::execution::par or std::execution::seq");

 public:
  explicit std_execution(Policy const& policy) : policy_(policy) {}

  template <class Task>
  void operator()(std::size_t task_count, Task const& task) const {
    std::vector<std::size_t> indices(task_count);
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    std::for_each(policy_, indices.begin(), indices.end(), [&task](std::size_t index) { task(index); });
  }

 private:
  Policy policy_;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
