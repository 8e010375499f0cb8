// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_FLOOR_LOOPS_HPP
#define CREDENCE_BENCHMARKS_FLOOR_LOOPS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

// The bare work, as a throw-away program would do it: nothing is checked, nothing can be merged, there are no
// intervals. One thread, the flags of the benchmark.

namespace bare {

/// All bytes, eight at a time: no count of them can be faster than this by much.
inline std::uint64_t read(std::int8_t const* values, std::size_t count) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at + 8 <= count; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, values + at, sizeof word);
    sum += word;
  }
  return sum;
}

/// NPS by two counts; `score_of(row)` reads a score.
template <class Rows, class ScoreOf>
double nps(Rows const& rows, ScoreOf score_of) {
  std::int64_t promoters = 0;
  std::int64_t detractors = 0;
  for (auto const& row : rows) {
    int const score = score_of(row);
    promoters += score >= 9;
    detractors += score < 7;
  }
  return 100 * static_cast<double>(promoters - detractors) / static_cast<double>(rows.size());
}

/// The same with weights, and what a standard error needs: Σw and Σw² of each class.
struct weighted_class {
  std::uint64_t count = 0;
  double weight = 0;
  double weight_squared = 0;
};
template <class Rows>
std::array<weighted_class, 3> weighted_classes(Rows const& rows) {
  std::array<weighted_class, 3> classes;
  for (auto const& row : rows) {
    weighted_class& own = classes[static_cast<std::size_t>((row.score >= 7) + (row.score >= 9))];
    ++own.count;
    own.weight += row.weight;
    own.weight_squared += row.weight * row.weight;
  }
  return classes;
}

/// The sum and the sum of squares, of which a mean and its error are made.
struct moments {
  std::int64_t sum = 0;
  std::int64_t squares = 0;
};
template <class Rows, class ScoreOf>
moments moments_of(Rows const& rows, ScoreOf score_of) {
  moments found;
  for (auto const& row : rows) {
    std::int64_t const score = score_of(row);
    found.sum += score;
    found.squares += score * score;
  }
  return found;
}

template <class Rows, class Predicate>
std::uint64_t count_if(Rows const& rows, Predicate holds) {
  std::uint64_t count = 0;
  for (auto const& row : rows) count += holds(row);
  return count;
}

/// Counts by group and score: 16 places a group, 64 kB of them for 1,000 groups.
struct group_answer {
  double nps;
  double csat;
  double mean;
};
inline std::vector<group_answer> answers_of(std::vector<std::uint32_t> const& histogram) {
  std::vector<group_answer> answers;
  for (std::size_t group = 0; group < histogram.size() / 16; ++group) {
    double count = 0;
    double promoters = 0;
    double detractors = 0;
    double sum = 0;
    for (std::size_t score = 0; score <= 10; ++score) {
      double const times = histogram[group * 16 + score];
      count += times;
      sum += times * static_cast<double>(score);
      promoters += score >= 9 ? times : 0;
      detractors += score < 7 ? times : 0;
    }
    answers.push_back({100 * (promoters - detractors) / count, promoters / count, sum / count});
  }
  return answers;
}
template <class Rows>
std::vector<group_answer> by_group(Rows const& rows, std::size_t groups) {
  std::vector<std::uint32_t> histogram(groups * 16);
  for (auto const& row : rows) ++histogram[row.group * std::size_t{16} + static_cast<std::size_t>(row.score)];
  return answers_of(histogram);
}
inline std::vector<group_answer> by_group(std::vector<std::uint16_t> const& group_column,
                                          std::vector<std::int8_t> const& scores, std::size_t groups) {
  std::vector<std::uint32_t> histogram(groups * 16);
  for (std::size_t at = 0; at < scores.size(); ++at)
    ++histogram[group_column[at] * std::size_t{16} + static_cast<std::size_t>(scores[at])];
  return answers_of(histogram);
}

}  // namespace bare

#endif
