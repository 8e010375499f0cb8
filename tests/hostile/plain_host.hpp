// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_HOSTILE_PLAIN_HOST_HPP
#define CREDENCE_TESTS_HOSTILE_PLAIN_HOST_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hostile {

/// Nothing but what the language and the standard library have.
struct plain_host {
  using score = int;
  using real = double;
  using branch = int;
  enum class mood : std::uint8_t {};
  struct moment : std::chrono::sys_seconds {
    explicit moment(std::int64_t seconds) : std::chrono::sys_seconds(std::chrono::seconds(seconds)) {}
  };
  struct executor {
    template <class Task>
    void operator()(std::size_t task_count, Task const& task) const {
      for (std::size_t index = 0; index < task_count; ++index) task(index);
    }
  };
  template <auto Member>
  struct field {
    template <class Row>
    constexpr auto const& operator()(Row const& each) const {
      return each.*Member;
    }
  };
};

}  // namespace hostile

#endif
