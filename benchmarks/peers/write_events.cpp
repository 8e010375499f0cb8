// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// The events that retention is measured on, as CSV on standard output for its peers: second, user, cents; in order.
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "../events.hpp"

int main() {
  for (inputs::event const& event : inputs::events()) {
    std::array<char, 64> line;
    char* end = line.data();
    for (std::int64_t const value : {event.seconds, std::int64_t{event.customer}, std::int64_t{event.cents}}) {
      end = std::to_chars(end, line.data() + line.size(), value).ptr;
      *end++ = ',';
    }
    end[-1] = '\n';
    if (std::fwrite(line.data(), 1, static_cast<std::size_t>(end - line.data()), stdout) == 0) return EXIT_FAILURE;
  }
  return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
