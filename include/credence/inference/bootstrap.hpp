// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_BOOTSTRAP_HPP
#define CREDENCE_INFERENCE_BOOTSTRAP_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/bootstrap_result.hpp>
#include <credence/inference/detail/replicates.hpp>
#include <credence/math/random.hpp>

// The bootstrap (Efron 1979): the answer again and again, of as many rows drawn with replacement from those there are.
// Replicate i draws from stream i of the seed, so that no order of computing changes a bit.

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// The bootstrap of a mean score of classes, known by how many answers each holds: multinomial draws, O(replicates).
[[nodiscard]] inline bootstrap_result bootstrap_counts(std::span<std::uint64_t const> counts,
                                                       std::span<double const> scores, double value,
                                                       bootstrap_options const& options) {
  check_bootstrap(options);
  std::size_t const classes = counts.size();
  std::uint64_t total = 0;
  for (std::uint64_t const one : counts) total += one;
  double const samples = static_cast<double>(total);
  std::vector<double> shares(classes);  // of what the classes before have left
  std::uint64_t left = total;
  for (std::size_t at = 0; at < classes; ++at) {
    shares[at] = left == 0 ? 0 : static_cast<double>(counts[at]) / static_cast<double>(left);
    left -= counts[at];
  }
  auto const score_of = [&](std::span<std::uint64_t const> numbers) {
    double sum = 0;
    for (std::size_t at = 0; at < classes; ++at) sum += scores[at] * static_cast<double>(numbers[at]);
    return sum / samples;
  };
  // What a replicate's score is compared with is computed as the replicates are: equal counts give equal bits.
  double const centre = total == 0 ? value : score_of(counts);
  std::vector<double> replicates(total == 0 ? 0 : static_cast<std::size_t>(options.replicates.value));
  std::vector<std::uint64_t> drawn(classes);
  for (std::size_t one = 0; one < replicates.size(); ++one) {
    math::random_stream draws(static_cast<std::uint64_t>(options.seed.value), one);
    std::uint64_t rest = total;
    for (std::size_t at = 0; at + 1 < classes; ++at) rest -= drawn[at] = draws.binomial(rest, shares[at]);
    drawn[classes - 1] = rest;
    replicates[one] = score_of(drawn);
  }
  return summed_up(centre, total, std::move(replicates), options, [&] {
    acceleration_sum sum;
    for (std::size_t at = 0; at < classes; ++at) sum(-scores[at], -centre, static_cast<double>(counts[at]));
    return sum.value();
  });
}

/// The answers with each sample left out in turn, by halves: what lies before and after a stretch is merged once for
/// all samples in it. O(n log n) pushes, O(log n) accumulators.
template <class Accumulator, class Samples, class Push>
void leave_one_out(Accumulator const& before, Accumulator const& after, Samples const& samples, std::size_t first,
                   std::size_t last, Push const& push, std::vector<double>& answers) {
  if (last - first == 1) {
    Accumulator all = before;
    all += after;
    answers.push_back(all.result().value);
    return;
  }
  std::size_t const middle = first + (last - first) / 2;
  Accumulator right = emptied(before);
  for (std::size_t at = middle; at < last; ++at) push(right, samples[at]);
  right += after;
  detail::leave_one_out(before, right, samples, first, middle, push, answers);
  Accumulator left = before;
  for (std::size_t at = first; at < middle; ++at) push(left, samples[at]);
  detail::leave_one_out(left, after, samples, middle, last, push, answers);
}

struct serial_executor {
  template <class Task>
  void operator()(std::size_t count, Task const& task) const {
    for (std::size_t at = 0; at < count; ++at) task(at);
  }
};

template <class Executor, class Range, class Accumulator, class... Projections>
[[nodiscard]] bootstrap_result bootstrap_rows(Executor& run, Range& rows, Accumulator const& like,
                                              bootstrap_options const& options, Projections const&... projections) {
  check_bootstrap(options);
  // Projected once, not once a replicate.
  using sample = std::tuple<std::remove_cvref_t<projected<Range, Projections const>>...>;
  std::vector<sample> samples;
  Accumulator const empty = emptied(like);
  auto const push = [](Accumulator& into, sample const& one) {
    std::apply([&](auto const&... values) { into(values...); }, one);
  };
  auto row = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  for (; row != end; ++row) {
    auto&& projected_row = *row;
    samples.push_back(sample(detail::project(projections, projected_row)...));
  }
  Accumulator whole_sample = empty;
  std::uint64_t position = 0;
  at_row([&] { return position; },
         [&] {
           for (; position < samples.size(); ++position)
             push(whole_sample, samples[static_cast<std::size_t>(position)]);
         });
  auto const answer = whole_sample.result();
  bool const answered = answer.count != 0 && is_finite(answer.value);
  std::vector<double> replicates(answered ? static_cast<std::size_t>(options.replicates.value) : 0);
  std::size_t const chunk = 32;
  auto const task = [&](std::size_t index) {
    std::size_t const stop = (std::min)(replicates.size(), (index + 1) * chunk);
    for (std::size_t one = index * chunk; one < stop; ++one) {
      math::random_stream draws(static_cast<std::uint64_t>(options.seed.value), one);
      Accumulator drawn = empty;
      for (std::size_t at = 0; at < samples.size(); ++at)
        push(drawn, samples[static_cast<std::size_t>(draws.below(samples.size()))]);
      replicates[one] = drawn.result().value;
    }
  };
  if (answered)
    detail::run_tasks(run, (replicates.size() + chunk - 1) / chunk, task, [](std::size_t index) { return index; });
  return summed_up(answer.value, answer.count, std::move(replicates), options, [&] {
    std::vector<double> answers;
    answers.reserve(samples.size());
    detail::leave_one_out(empty, empty, samples, 0, samples.size(), push, answers);
    double apart = 0;
    for (double const one : answers) apart += one - answer.value;
    double const centre = answer.value + apart / static_cast<double>(answers.size());
    acceleration_sum sum;
    for (double const one : answers) sum(one, centre, 1);
    return sum.value();
  });
}

}  // namespace detail

/// The bootstrap of any metric with a `value`: `bootstrap([executor,] rows, accumulator [, value [, weight]]
/// [, {options}])`. Rows are drawn, with replacement, those that the metric turns away among them; only the options of
/// the accumulator count, not what it holds. BCa: bias from the share of replicates below the value (ties count one
/// half), acceleration from the jackknife. All replicates equal: an interval of no width. No answer: `count` 0 or NaN.
/// The same bits with and without an executor. Throws `credence::error` for wrong options.
/// O(replicates·rows) pushes, and O(rows·log rows) for BCa; keeps the projected values.
/// Source: Efron, "Better bootstrap confidence intervals", 1987.
template <rows_range Range, accumulator Accumulator, projection_of<Range> Value = detail::identity>
[[nodiscard]] bootstrap_result bootstrap(Range&& rows, Accumulator const& empty, Value value = {},
                                         bootstrap_options options = {}) {
  detail::serial_executor run;
  return detail::bootstrap_rows(run, rows, empty, options, value);
}
template <rows_range Range, accumulator Accumulator>
[[nodiscard]] bootstrap_result bootstrap(Range&& rows, Accumulator const& empty, bootstrap_options options) {
  detail::serial_executor run;
  return detail::bootstrap_rows(run, rows, empty, options, detail::identity{});
}
template <rows_range Range, accumulator Accumulator, projection_of<Range> Value, projection_of<Range> Weight>
[[nodiscard]] bootstrap_result bootstrap(Range&& rows, Accumulator const& empty, Value value, Weight weight,
                                         bootstrap_options options = {}) {
  detail::serial_executor run;
  return detail::bootstrap_rows(run, rows, empty, options, value, weight);
}
template <executor Executor, rows_range Range, accumulator Accumulator, projection_of<Range> Value = detail::identity>
[[nodiscard]] bootstrap_result bootstrap(Executor&& run, Range&& rows, Accumulator const& empty, Value value = {},
                                         bootstrap_options options = {}) {
  return detail::bootstrap_rows(run, rows, empty, options, value);
}
template <executor Executor, rows_range Range, accumulator Accumulator>
[[nodiscard]] bootstrap_result bootstrap(Executor&& run, Range&& rows, Accumulator const& empty,
                                         bootstrap_options options) {
  return detail::bootstrap_rows(run, rows, empty, options, detail::identity{});
}
template <executor Executor, rows_range Range, accumulator Accumulator, projection_of<Range> Value,
          projection_of<Range> Weight>
[[nodiscard]] bootstrap_result bootstrap(Executor&& run, Range&& rows, Accumulator const& empty, Value value,
                                         Weight weight, bootstrap_options options = {}) {
  return detail::bootstrap_rows(run, rows, empty, options, value, weight);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
