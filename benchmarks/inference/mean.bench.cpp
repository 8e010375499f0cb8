// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/inference/mean.hpp>

#include "contest.hpp"
#include "floor/loops.hpp"

namespace {

constexpr auto itself = [](auto value) { return value; };
constexpr auto score_of = [](inputs::row const& row) { return row.score; };

void expect_known(credence::mean_result const& found) {
  bench::expect(found.count == inputs::known().all.count, "the count");
  bench::expect(found.value, inputs::known().all.mean(), "the mean");
}
void expect_known(bare::moments const& found) {
  double const count = static_cast<double>(inputs::rows);
  bench::expect(static_cast<double>(found.sum) / count, inputs::known().all.mean(), "the mean");
  bench::expect(found.squares > found.sum, "the squares");
}

bench::enter const bytes{{
    .name = "mean/int8",
    .credence = [] { expect_known(credence::mean(inputs::scores())); },
    .floor = [] { expect_known(bare::moments_of(inputs::scores(), itself)); },
    .may_allocate = false,
}};

bench::enter const ints{{
    .name = "mean/int",
    .credence = [] { expect_known(credence::mean(inputs::int_scores())); },
    .floor = [] { expect_known(bare::moments_of(inputs::int_scores(), itself)); },
    .may_allocate = false,
}};

bench::enter const rows{{
    .name = "mean/rows",
    .credence = [] { expect_known(credence::mean(inputs::as_rows(), &inputs::row::score)); },
    .floor = [] { expect_known(bare::moments_of(inputs::as_rows(), score_of)); },
    .may_allocate = false,
}};

}  // namespace
