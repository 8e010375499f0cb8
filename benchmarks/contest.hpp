// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_CONTEST_HPP
#define CREDENCE_BENCHMARKS_CONTEST_HPP

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "inputs.hpp"

namespace bench {

/// One piece of work, as credence does it and as the bare loop does that it is held against. Both look at their answer
/// (`expect`), so that neither can be optimised away and neither can be fast and wrong.
struct contest {
  std::string name;
  std::function<void()> credence;
  std::function<void()> floor = {};
  double at_most = 0;                                                 ///< times the floor's CPU time, if we promise any
  std::size_t (*items)() = [] { return std::size_t{inputs::rows}; };  ///< how many one run works on
  bool may_allocate = true;
};

inline std::vector<contest>& contests() {
  static std::vector<contest> all;
  return all;
}
/// `enter const one{{.name = …}};` at namespace scope.
struct enter {
  explicit enter(contest entry) { contests().push_back(std::move(entry)); }
};

/// How often the program has asked for memory: counted in main.cpp.
std::size_t allocations();

inline void expect(bool right, char const* what) {
  if (right) return;
  std::fprintf(stderr, "wrong answer: %s\n", what);
  std::exit(1);
}
inline void expect(double found, double known, char const* what) {
  if (std::fabs(found - known) <= 1e-12 * std::fabs(known)) return;
  std::fprintf(stderr, "wrong answer: %s is %.17g, not %.17g\n", what, found, known);
  std::exit(1);
}

}  // namespace bench

#endif
