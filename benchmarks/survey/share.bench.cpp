// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/survey/share.hpp>

#include "contest.hpp"
#include "floor/loops.hpp"

namespace {

constexpr auto satisfied = [](inputs::row const& row) { return row.score >= 9; };

void expect_known(std::uint64_t count) { bench::expect(count == inputs::known().all.promoters, "the count"); }
void expect_known(credence::share_result const& found) {
  expect_known(found.satisfied);
  bench::expect(found.value, inputs::known().all.csat(), "the share");
}

bench::enter const predicate{{
    .name = "share/predicate_over_rows",
    .credence = [] { expect_known(credence::share(inputs::as_rows(), satisfied)); },
    .floor = [] { expect_known(bare::count_if(inputs::as_rows(), satisfied)); },
    .may_allocate = false,
}};

bench::enter const bits{{
    .name = "share/vector_of_bool",
    .credence = [] { expect_known(credence::share(inputs::promoter_bits())); },
    .floor = [] { expect_known(bare::count_if(inputs::promoter_bits(), [](bool bit) { return bit; })); },
    .may_allocate = false,
}};

}  // namespace
