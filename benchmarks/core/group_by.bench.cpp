// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// NPS, CSAT and mean of every group, with their intervals, in one pass.

#include <credence/core/group_by.hpp>

#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

#include "contest.hpp"
#include "floor/loops.hpp"

namespace {

/// The satisfied are those of 9 and 10, on the scale of 0…10.
auto const three = credence::tee(
    credence::nps_accumulator{},
    credence::csat_accumulator{credence::csat_options{.satisfied_from = 9, .scale_min = 0, .scale_max = 10}},
    credence::mean_accumulator{});

template <class Groups>
void expect_known(Groups const& groups) {
  bench::expect(groups.size() == inputs::groups, "the number of groups");
  for (auto const& [key, accumulator] : groups) {
    auto const& known = inputs::known().by_group[static_cast<std::size_t>(key)];
    auto const [nps, csat, mean] = accumulator.result();
    bench::expect(nps.count == known.count && nps.promoters == known.promoters && nps.detractors == known.detractors,
                  "the counts of a group");
    bench::expect(nps.value, known.nps(), "the NPS of a group");
    bench::expect(csat.value, known.csat(), "the CSAT of a group");
    bench::expect(mean.value, known.mean(), "the mean of a group");
    bench::expect(nps.interval.lower < nps.value && nps.value < nps.interval.upper, "the interval of a group");
  }
}
void expect_known(std::vector<bare::group_answer> const& answers) {
  for (std::size_t group = 0; group < inputs::groups; ++group) {
    auto const& known = inputs::known().by_group[group];
    bench::expect(answers[group].nps, known.nps(), "the NPS of a group");
    bench::expect(answers[group].csat, known.csat(), "the CSAT of a group");
    bench::expect(answers[group].mean, known.mean(), "the mean of a group");
  }
}

bench::enter const rows{{
    .name = "group_by/rows",
    .credence =
        [] { expect_known(credence::group_by(inputs::as_rows(), &inputs::row::group, three, &inputs::row::score)); },
    .floor = [] { expect_known(bare::by_group(inputs::as_rows(), inputs::groups)); },
    .at_most = 1.2,
}};

bench::enter const packed_rows{{
    .name = "group_by/packed_rows",
    .credence =
        [] {
          expect_known(credence::group_by(inputs::as_packed_rows(), &inputs::packed_row::group, three,
                                          &inputs::packed_row::score));
        },
    .floor = [] { expect_known(bare::by_group(inputs::as_packed_rows(), inputs::groups)); },
    .at_most = 1.2,
}};

bench::enter const columns{{
    .name = "group_by/columns",
    .credence =
        [] {
          std::uint16_t const* const group = inputs::group_column().data();
          std::int8_t const* const score = inputs::scores().data();
          expect_known(credence::group_by(
              inputs::row_numbers(), [group](std::size_t row) { return group[row]; }, three,
              [score](std::size_t row) { return score[row]; }));
        },
    .floor = [] { expect_known(bare::by_group(inputs::group_column(), inputs::scores(), inputs::groups)); },
    .at_most = 1.2,
}};

/// Against the serial call: how much CPU time the second thread costs. The groups must be the same.
bench::enter const threads{{
    .name = "two_threads/group_by",
    .credence =
        [] {
          expect_known(credence::group_by(credence::threads{2}, inputs::as_rows(), &inputs::row::group, three,
                                          &inputs::row::score));
        },
    .floor =
        [] { expect_known(credence::group_by(inputs::as_rows(), &inputs::row::group, three, &inputs::row::score)); },
}};

}  // namespace
