// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INTEROP_THREADS_HPP
#define CREDENCE_INTEROP_THREADS_HPP

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// An executor on threads of its own: `nps(threads{4}, rows, &survey::score)`. `threads{}` takes as many as the machine
/// has. They are started for the call and joined before it returns; the caller's thread works too. Where the system
/// gives no more threads, the tasks run on those there are (with exceptions on).
class threads {
 public:
  threads() : threads(0) {}
  explicit threads(unsigned count) : count_(count != 0 ? count : std::thread::hardware_concurrency()) {
    if (count_ == 0) count_ = 1;
  }
  [[nodiscard]] unsigned concurrency() const { return count_; }

  template <class Task>
  void operator()(std::size_t task_count, Task const& task) const {
    std::atomic<std::size_t> next{0};
    auto const work = [&] {
      for (std::size_t index = next++; index < task_count; index = next++) task(index);
    };
    std::vector<std::thread> others;
    std::size_t const wanted = task_count < count_ ? task_count : count_;
#if CREDENCE_EXCEPTIONS
    try {
      others.reserve(wanted);
      while (others.size() + 1 < wanted) others.emplace_back(work);
    } catch (...) {  // no memory or no more threads: `work` below runs what is left
    }
#else
    while (others.size() + 1 < wanted) others.emplace_back(work);
#endif
    work();
    for (std::thread& other : others) other.join();
  }

 private:
  unsigned count_;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
