// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Harrell's C of a million customers with its error, against the bare count of its pairs: two sorts and a Fenwick tree,
// no error, no ties of time. R does it too: benchmarks/peers/survival.R.

#include <credence/survival/concordance.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "subjects.hpp"

namespace {

using inputs::subject;

/// What R finds, where all of them are there.
double known() { return inputs::subjects().size() == inputs::all_subjects ? .5911691797833285 : 0; }

void concordance() {
  auto const found = credence::concordance(inputs::subjects(), &subject::day, &subject::has_left, &subject::x5);
  bench::expect(found.count == inputs::subjects().size() && found.standard_error > 0, "the customers");
  if (known() > 0) bench::expect(found.value, known(), "Harrell's C");
}

void count_pairs() {
  std::vector<subject> order = inputs::subjects();
  std::size_t const size = order.size();
  std::sort(order.begin(), order.end(), [](subject const& one, subject const& other) { return one.x5 < other.x5; });
  struct ranked {
    std::int32_t day;
    bool stayed;
    std::uint32_t rank;
  };
  std::vector<ranked> all(size);
  std::uint32_t rank = 0;
  for (std::size_t at = 0; at < size; ++at) {
    rank += at != 0 && order[at].x5 != order[at - 1].x5;
    all[at] = {order[at].day, !order[at].has_left, rank};
  }
  std::sort(all.begin(), all.end(), [](ranked const& one, ranked const& other) {
    return one.day > other.day || (one.day == other.day && one.stayed > other.stayed);
  });
  std::vector<std::uint32_t> tree(size + 1);
  std::vector<std::uint32_t> own(size);
  std::uint64_t less = 0;
  std::uint64_t equal = 0;
  std::uint64_t pairs = 0;
  for (std::size_t from = 0, to = 0; from < size; from = to) {
    while (to < size && all[to].day == all[from].day && all[to].stayed == all[from].stayed) ++to;
    for (std::size_t at = from; at < to && !all[from].stayed; ++at) {
      for (std::uint32_t node = all[at].rank; node != 0; node &= node - 1) less += tree[node];
      equal += own[all[at].rank];
      pairs += from;
    }
    for (std::size_t at = from; at < to; ++at) {
      ++own[all[at].rank];
      for (std::uint32_t node = all[at].rank + 1; node <= size; node += node & (~node + 1)) ++tree[node];
    }
  }
  double const share = (static_cast<double>(less) + static_cast<double>(equal) / 2) / static_cast<double>(pairs);
  if (known() > 0) bench::expect(share, known(), "the bare count");
  bench::expect(share > .5 && share < .7, "the bare count");
}
std::size_t all_subjects() { return inputs::subjects().size(); }

bench::enter const one{{.name = "concordance/to_sorts_and_a_tree",
                        .credence = concordance,
                        .floor = count_pairs,
                        .at_most = 1,
                        .items = all_subjects}};

}  // namespace
