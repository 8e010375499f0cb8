// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_DETAIL_LIKELIHOOD_IN_PARTS_HPP
#define CREDENCE_MATH_DETAIL_LIKELIHOOD_IN_PARTS_HPP

#include <cstddef>
#include <type_traits>
#include <vector>

#include <credence/core/executor.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/version.hpp>
#include <credence/math/likelihood_sums.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

// The sums of so many parts, by the calling thread or an executor, merged in their order: the same bits for both.
// `part(number)` is the sum of one, a `second_order` or `likelihood_sums`; it may be called concurrently.
template <class Executor, class Part>
[[nodiscard]] likelihood_sums likelihood_in_parts(Executor& run, std::size_t parameters, std::size_t count,
                                                  Part const& part) {
  likelihood_sums total(parameters);
  auto const put = [&](auto const& own) {
    if constexpr (requires { total += own; }) {
      total += own;
    } else {
      total.add(own);
    }
  };
  if constexpr (std::is_same_v<std::remove_const_t<Executor>, credence::detail::calling_thread>) {
    for (std::size_t number = 0; number < count; ++number) put(part(number));
  } else {
    std::vector<std::decay_t<decltype(part(std::size_t{}))>> parts(count);
    std::size_t const tasks = count < 256 ? count : 256;
    credence::detail::run_tasks(
        run, tasks,
        [&](std::size_t task) {
          for (std::size_t number = count * task / tasks; number < count * (task + 1) / tasks; ++number)
            parts[number] = part(number);
        },
        [](std::size_t task) { return task; });
    for (auto const& own : parts) put(own);
  }
  return total;
}

}  // namespace detail
}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
