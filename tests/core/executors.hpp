// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_CORE_EXECUTORS_HPP
#define CREDENCE_TESTS_CORE_EXECUTORS_HPP

#include <cstddef>

// Executors that run their tasks on the calling thread, each in an order of its own.

struct in_order {
  template <class Task>
  void operator()(std::size_t task_count, Task const& task) const {
    for (std::size_t index = 0; index < task_count; ++index) task(index);
  }
};

struct backwards {
  std::size_t tasks_at_a_time = 3;
  [[nodiscard]] std::size_t concurrency() const { return tasks_at_a_time; }
  template <class Task>
  void operator()(std::size_t task_count, Task task) const {
    while (task_count != 0) task(--task_count);
  }
};

/// Leaves out the last task.
struct forgetful {
  template <class Task>
  void operator()(std::size_t task_count, Task const& task) const {
    for (std::size_t index = 0; index + 1 < task_count; ++index) task(index);
  }
};

#endif
