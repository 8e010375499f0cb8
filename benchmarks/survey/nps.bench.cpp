// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/survey/nps.hpp>

#include <credence/interop/threads.hpp>

#include "contest.hpp"
#include "floor/loops.hpp"

namespace {

constexpr auto itself = [](auto value) { return value; };
constexpr auto score_of = [](auto const& row) { return row.score; };

void expect_known(credence::nps_result const& found) {
  auto const& known = inputs::known().all;
  bench::expect(found.count == known.count && found.promoters == known.promoters, "the counts");
  bench::expect(found.value, known.nps(), "the NPS");
  bench::expect(found.interval.lower < found.value && found.value < found.interval.upper, "the interval");
}
void expect_known(double found) { bench::expect(found, inputs::known().all.nps(), "the NPS"); }

/// 45 % of the speed of a plain read is 2.22 times its time; 80 % is 1.25.
bench::enter const bytes{{
    .name = "nps/int8_to_read",
    .credence = [] { expect_known(credence::nps(inputs::scores())); },
    .floor =
        [] {
          bench::expect(bare::read(inputs::scores().data(), inputs::rows) == inputs::known().word_sum,
                        "the sum of the words");
        },
    .at_most = 1 / 0.45,
    .may_allocate = false,
}};

bench::enter const bytes_to_count{{
    .name = "nps/int8_to_count",
    .credence = [] { expect_known(credence::nps(inputs::scores())); },
    .floor = [] { expect_known(bare::nps(inputs::scores(), itself)); },
    .may_allocate = false,
}};

bench::enter const ints{{
    .name = "nps/int",
    .credence = [] { expect_known(credence::nps(inputs::int_scores())); },
    .floor = [] { expect_known(bare::nps(inputs::int_scores(), itself)); },
    .may_allocate = false,
}};

bench::enter const rows{{
    .name = "nps/rows",
    .credence = [] { expect_known(credence::nps(inputs::as_rows(), &inputs::row::score)); },
    .floor = [] { expect_known(bare::nps(inputs::as_rows(), score_of)); },
    .may_allocate = false,
}};

bench::enter const weighted{{
    .name = "nps/weighted",
    .credence =
        [] {
          bench::expect(
              credence::nps(inputs::as_weighted_rows(), &inputs::weighted_row::score, &inputs::weighted_row::weight)
                  .value,
              inputs::known().weighted_nps, "the weighted NPS");
        },
    .floor =
        [] {
          auto const classes = bare::weighted_classes(inputs::as_weighted_rows());
          double const weight = classes[0].weight + classes[1].weight + classes[2].weight;
          bench::expect(100 * (classes[2].weight - classes[0].weight) / weight, inputs::known().weighted_nps,
                        "the weighted NPS");
        },
    .may_allocate = false,
}};

/// The way of a stream: one sample a call.
bench::enter const pushed{{
    .name = "nps/pushed_one_by_one",
    .credence =
        [] {
          credence::nps_accumulator acc;
          for (std::int8_t const score : inputs::scores()) acc(score);
          expect_known(acc.result());
        },
    .floor = [] { expect_known(bare::nps(inputs::scores(), itself)); },
    .may_allocate = false,
}};

/// Against the serial call: how much CPU time the second thread costs. The bits must be the same.
bench::enter const threads{{
    .name = "two_threads/nps",
    .credence =
        [] {
          static auto const serial = credence::nps(inputs::as_rows(), &inputs::row::score);
          bench::expect(credence::nps(credence::threads{2}, inputs::as_rows(), &inputs::row::score) == serial,
                        "the bits of two threads");
        },
    .floor = [] { expect_known(credence::nps(inputs::as_rows(), &inputs::row::score)); },
}};
bench::enter const weighted_threads{{
    .name = "two_threads/nps_weighted",
    .credence =
        [] {
          static auto const serial =
              credence::nps(inputs::as_weighted_rows(), &inputs::weighted_row::score, &inputs::weighted_row::weight);
          bench::expect(credence::nps(credence::threads{2}, inputs::as_weighted_rows(), &inputs::weighted_row::score,
                                      &inputs::weighted_row::weight) == serial,
                        "the bits of two threads");
        },
    .floor =
        [] {
          bench::expect(
              credence::nps(inputs::as_weighted_rows(), &inputs::weighted_row::score, &inputs::weighted_row::weight)
                  .value,
              inputs::known().weighted_nps, "the weighted NPS");
        },
}};

/// Results without the pass over the rows: an interval, a comparison. No two have the same counts.
constexpr std::uint64_t many = 100'000;
constexpr std::size_t how_many() { return many; }

credence::nps_accumulator of_counts(std::uint64_t detractors, std::uint64_t passives, std::uint64_t promoters) {
  credence::nps_accumulator::state_type state;
  state.counts = {detractors, passives, promoters};
  return {credence::nps_options{}, state};
}
template <class Answer>
void for_many(Answer const& answer) {
  double width = 0;
  for (std::uint64_t at = 0; at < many; ++at) {
    credence::interval const bounds = answer(of_counts(1 + at % 97, 1 + at % 89, 1 + at % 83)).interval;
    width += bounds.upper - bounds.lower;
  }
  bench::expect(width > 0 && width < 200.0 * many, "the widths of the intervals");
}

bench::enter const score_interval{{
    .name = "nps/score_interval",
    .credence = [] { for_many([](auto const& acc) { return acc.result(); }); },
    .items = how_many,
    .may_allocate = false,
}};
bench::enter const adjusted_wald_interval{{
    .name = "nps/adjusted_wald_interval",
    .credence =
        [] {
          for_many(
              [](auto const& acc) { return acc.result({.interval_method = credence::nps_interval::adjusted_wald}); });
        },
    .items = how_many,
    .may_allocate = false,
}};
bench::enter const compared{{
    .name = "nps/compare",
    .credence =
        [] {
          credence::nps_result const other = of_counts(20, 30, 50).result();
          for_many([&](auto const& acc) { return credence::compare(acc.result(), other); });
        },
    .items = how_many,
    .may_allocate = false,
}};

}  // namespace
