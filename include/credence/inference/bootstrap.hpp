// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_BOOTSTRAP_HPP
#define CREDENCE_INFERENCE_BOOTSTRAP_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
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
#include <credence/math/normal.hpp>
#include <credence/math/random.hpp>

// The bootstrap (Efron 1979): the answer again and again, of as many rows drawn with replacement from those there are.
// Replicate i draws from stream i of the seed, so that no order of computing changes a bit.

namespace credence {
inline namespace CREDENCE_ABI {

/// How the interval is made of the replicates: bias-corrected and accelerated (Efron 1987), or their plain quantiles.
enum class bootstrap_method : std::uint8_t { bca, percentile };
constexpr std::string_view name_of(bootstrap_method method) {
  switch (method) {
    case bootstrap_method::bca: return "bca";
    case bootstrap_method::percentile: return "percentile";
  }
  return {};
}

struct bootstrap_options {
  whole replicates = 10'000;  ///< 2 to 1,000,000,000
  whole seed = 2026;          ///< another seed, other replicates
  number confidence = 0.95;   ///< of the interval, in (0, 1)
  bootstrap_method interval_method = bootstrap_method::bca;
};

/// The answer of `bootstrap`. NaN where the sample gives no answer.
struct bootstrap_result {
  double value = not_a_number();           ///< of the sample itself
  credence::interval interval;             ///< in the unit of the value
  double standard_error = not_a_number();  ///< the standard deviation of the replicates
  double bias = not_a_number();            ///< their mean less the value
  std::uint64_t replicates = 0;            ///< those that gave an answer
  std::uint64_t count = 0;                 ///< samples used for the value

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && replicates != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("bias", self.bias);
    visit("replicates", self.replicates);
    visit("count", self.count);
  }
  friend constexpr bool operator==(bootstrap_result const&, bootstrap_result const&) = default;
};

namespace detail {

inline void check_bootstrap(bootstrap_options const& options) {
  if (options.replicates < 2 || options.replicates > 1'000'000'000)
    wrong_argument("bootstrap_options::replicates", options.replicates.value, "it must be 2 to 1,000,000,000");
  check_confidence("bootstrap_options::confidence", options.confidence);
}

/// The quantile of the replicates at `level`: the (B + 1)·level-th smallest; between two of them, interpolated on the
/// scale of normal quantiles, and beyond all of them the outermost. Davison and Hinkley (1997), 5.6; R's boot.ci.
[[nodiscard]] inline double replicate_quantile(std::vector<double>& replicates, double level) {
  double const size = static_cast<double>(replicates.size()) + 1;
  double const rank = std::floor(size * level + 1e-9);
  auto const at = [&](double position) {
    auto const place = replicates.begin() + static_cast<std::ptrdiff_t>(position) - 1;
    std::nth_element(replicates.begin(), place, replicates.end());
    return *place;
  };
  if (rank < 1) return at(1);
  if (rank >= size - 1) return at(size - 1);
  double const below = at(rank);
  if (size * level - rank < 1e-9) return below;
  double const above = *std::min_element(replicates.begin() + static_cast<std::ptrdiff_t>(rank), replicates.end());
  double const from = math::normal_quantile(rank / size);
  double const to = math::normal_quantile((rank + 1) / size);
  return below + (math::normal_quantile(level) - from) / (to - from) * (above - below);
}

/// The acceleration Σl³/(6(Σl²)^1.5) of leave-one-out answers' distances l from their mean; `times` is how many
/// samples are alike. 0 where leaving one out leaves no answer, or changes nothing.
class acceleration_sum {
 public:
  void operator()(double left_out, double centre, double times) {
    double const apart = centre - left_out;
    squares_ += times * apart * apart;
    cubes_ += times * apart * apart * apart;
  }
  [[nodiscard]] double value() const {
    double const found = cubes_ / (6 * squares_ * std::sqrt(squares_));
    return is_finite(found) ? found : 0;
  }

 private:
  double squares_ = 0;
  double cubes_ = 0;
};

/// The level whose quantile is the bias-corrected, accelerated bound for a normal deviate.
[[nodiscard]] inline double accelerated_level(double bias, double acceleration, double deviate) {
  double const moved = bias + deviate;
  double const stretch = 1 - acceleration * moved;
  if (!(stretch > 0)) return moved > 0 ? 1 : 0;
  return math::normal_cdf(bias + moved / stretch);
}

/// What the replicates say; those without an answer are left out. `acceleration()` is asked only for bca.
template <class Acceleration>
[[nodiscard]] bootstrap_result summed_up(double value, std::uint64_t count, std::vector<double> replicates,
                                         bootstrap_options const& options, Acceleration const& acceleration) {
  bootstrap_result result;
  result.count = count;
  result.interval.confidence = options.confidence;
  if (count == 0 || !is_finite(value)) return result;
  result.value = value;
  replicates.erase(
      std::remove_if(replicates.begin(), replicates.end(), [](double const& one) { return !is_finite(one); }),
      replicates.end());
  result.replicates = replicates.size();
  if (replicates.size() < 2) return result;
  // About the value, which the replicates are near: nothing cancels.
  double const size = static_cast<double>(replicates.size());
  double sum = 0;
  double below = 0;
  double equal = 0;
  for (double const one : replicates) {
    sum += one - value;
    below += one < value;
    equal += one == value;
  }
  result.bias = sum / size;
  double squares = 0;
  for (double const one : replicates) {
    double const apart = one - value - result.bias;
    squares += apart * apart;
  }
  result.standard_error = std::sqrt(squares / (size - 1));
  double const critical = math::normal_critical(options.confidence);
  double lower = (1 - options.confidence) / 2;
  double upper = 1 - lower;
  if (options.interval_method == bootstrap_method::bca) {
    double const share = (std::clamp)((below + equal / 2) / size, 0.5 / size, 1 - 0.5 / size);
    double const bias = math::normal_quantile(share);
    double const stretched = acceleration();
    lower = accelerated_level(bias, stretched, -critical);
    upper = accelerated_level(bias, stretched, critical);
  }
  result.interval.lower = replicate_quantile(replicates, lower);
  result.interval.upper = replicate_quantile(replicates, upper);
  return result;
}

/// The bootstrap of a mean score of classes, known by how many answers each holds: multinomial draws, O(replicates).
template <std::size_t Classes>
[[nodiscard]] bootstrap_result bootstrap_counts(std::uint64_t const (&counts)[Classes], double const (&scores)[Classes],
                                                double value, bootstrap_options const& options) {
  check_bootstrap(options);
  std::uint64_t total = 0;
  for (std::uint64_t const one : counts) total += one;
  double const samples = static_cast<double>(total);
  double shares[Classes] = {};  // of what the classes before have left
  std::uint64_t left = total;
  for (std::size_t at = 0; at < Classes; ++at) {
    shares[at] = left == 0 ? 0 : static_cast<double>(counts[at]) / static_cast<double>(left);
    left -= counts[at];
  }
  auto const score_of = [&](auto const& numbers, double size) {
    double sum = 0;
    for (std::size_t at = 0; at < Classes; ++at) sum += scores[at] * static_cast<double>(numbers[at]);
    return sum / size;
  };
  // What a replicate's score is compared with is computed as the replicates are: equal counts give equal bits.
  double const centre = total == 0 ? value : score_of(counts, samples);
  std::vector<double> replicates(total == 0 ? 0 : static_cast<std::size_t>(options.replicates.value));
  for (std::size_t one = 0; one < replicates.size(); ++one) {
    math::random_stream draws(static_cast<std::uint64_t>(options.seed.value), one);
    std::uint64_t drawn[Classes] = {};
    std::uint64_t rest = total;
    for (std::size_t at = 0; at + 1 < Classes; ++at) rest -= drawn[at] = draws.binomial(rest, shares[at]);
    drawn[Classes - 1] = rest;
    replicates[one] = score_of(drawn, samples);
  }
  return summed_up(centre, total, std::move(replicates), options, [&] {
    acceleration_sum sum;
    for (std::size_t at = 0; at < Classes; ++at) sum(-scores[at], -centre, static_cast<double>(counts[at]));
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
  leave_one_out(before, right, samples, first, middle, push, answers);
  Accumulator left = before;
  for (std::size_t at = first; at < middle; ++at) push(left, samples[at]);
  leave_one_out(left, after, samples, middle, last, push, answers);
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
           for (; position < samples.size(); ++position) push(whole_sample, samples[position]);
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
      for (std::size_t at = 0; at < samples.size(); ++at) push(drawn, samples[draws.below(samples.size())]);
      replicates[one] = drawn.result().value;
    }
  };
  if (answered) run_tasks(run, (replicates.size() + chunk - 1) / chunk, task, [](std::size_t index) { return index; });
  return summed_up(answer.value, answer.count, std::move(replicates), options, [&] {
    std::vector<double> answers;
    answers.reserve(samples.size());
    leave_one_out(empty, empty, samples, 0, samples.size(), push, answers);
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
