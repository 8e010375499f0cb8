// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_EXECUTOR_HPP
#define CREDENCE_CORE_EXECUTOR_HPP

#include <cstddef>
#include <exception>
#include <type_traits>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct task_archetype {
  void operator()(std::size_t) const {}
};

}  // namespace detail

/// What runs tasks for us: `executor(task_count, task)` calls `task(0)` … `task(task_count - 1)`, each once, in any
/// order and on any threads, and returns when all have run. `task` is copyable and never throws. A pool, TBB, OpenMP or
/// a plain loop will do; `credence::threads` comes with the library. It may say `concurrency()`, how many run at a
/// time.
template <class Executor>
concept executor = !detail::iterable<Executor> && requires(Executor & run) {
  run(std::size_t{}, detail::task_archetype{});
};

namespace detail {

/// Runs the tasks. What they throw is kept, and one is rethrown when all are done: that of the task which threw at the
/// first place in the rows, so that it is the serial call's. `place(index)` is asked only of a task that threw.
template <class Executor, class Task, class Place>
void run_tasks(Executor& run, std::size_t count, Task const& task, [[maybe_unused]] Place const& place) {
  std::vector<unsigned char> has_run(count, 0);  // not vector<bool>: its elements share bytes between threads
#if CREDENCE_EXCEPTIONS
  std::vector<std::exception_ptr> thrown(count);
  run(count, [&](std::size_t index) noexcept {
    try {
      task(index);
    } catch (...) {
      thrown[index] = std::current_exception();
    }
    has_run[index] = 1;
  });
  std::size_t first = count;
  for (std::size_t index = 0; index < count; ++index)
    if (thrown[index] && (first == count || place(index) < place(first))) first = index;
  if (first != count) std::rethrow_exception(thrown[first]);
#else
  run(count, [&](std::size_t index) {
    task(index);
    has_run[index] = 1;
  });
#endif
  for (unsigned char const each : has_run)
    if (each == 0) raise(error("credence: the executor returned before every task had run"));
}

/// How many tasks to cut a job into when every task costs a pass over the rows.
template <class Executor>
[[nodiscard]] std::size_t concurrency(Executor const& run) {
  if constexpr (requires { static_cast<std::size_t>(run.concurrency()); }) {
    std::size_t const said = static_cast<std::size_t>(run.concurrency());
    return said == 0 ? 1 : said < 256 ? said : 256;
  } else {
    return 8;
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
