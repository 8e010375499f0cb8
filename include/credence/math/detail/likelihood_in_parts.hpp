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

// The sums of `rows` observations are taken in chunks of this many, whoever takes them, and merged in order: the same
// bits for any executor.
inline constexpr std::size_t likelihood_chunk = 8192;

// The sums of all rows, by the calling thread or an executor. `part(sums, first, last)` adds the rows first … last - 1;
// it may be called concurrently.
template <class Executor, class Part>
[[nodiscard]] likelihood_sums likelihood_in_parts(Executor& run, std::size_t parameters, std::size_t rows,
                                                  Part const& part) {
  std::size_t const chunks = rows / likelihood_chunk + (rows % likelihood_chunk != 0);
  auto const chunk_sums = [&](std::size_t chunk) {
    std::size_t const first = chunk * likelihood_chunk;
    likelihood_sums sums(parameters);
    part(sums, first, rows - first < likelihood_chunk ? rows : first + likelihood_chunk);
    return sums;
  };
  likelihood_sums total(parameters);
  if constexpr (std::is_same_v<std::remove_const_t<Executor>, credence::detail::calling_thread>) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) total += chunk_sums(chunk);
  } else {
    std::vector<likelihood_sums> parts(chunks);
    std::size_t const tasks = chunks < 256 ? chunks : 256;
    credence::detail::run_tasks(
        run, tasks,
        [&](std::size_t task) {
          for (std::size_t chunk = chunks * task / tasks; chunk < chunks * (task + 1) / tasks; ++chunk)
            parts[chunk] = chunk_sums(chunk);
        },
        [](std::size_t task) { return task; });
    for (likelihood_sums const& own : parts) total += own;
  }
  return total;
}

}  // namespace detail
}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
