// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_DETAIL_KRIPPENDORFF_ANSWER_HPP
#define CREDENCE_AGREEMENT_DETAIL_KRIPPENDORFF_ANSWER_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <credence/agreement/detail/rating_table.hpp>
#include <credence/agreement/detail/ratio_pairs.hpp>
#include <credence/agreement/detail/small_ratings.hpp>
#include <credence/agreement/krippendorff_result.hpp>
#include <credence/agreement/no_variation.hpp>
#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/replicates.hpp>
#include <credence/math/random.hpp>
#include <credence/math/student_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// Σ (c − k)² over the ordered pairs: 2n·Σ(c − mean)², about the mean so that nothing cancels.
[[nodiscard]] inline double square_pairs(std::span<double const> values) {
  compensated_sum sum;
  for (double const value : values) sum += value - values[0];
  double const centre = values[0] + sum.value() / static_cast<double>(values.size());
  compensated_sum squares;
  for (double const value : values) squares += (value - centre) * (value - centre);
  return 2 * static_cast<double>(values.size()) * squares.value();
}
/// How many ordered pairs differ. Sorts.
[[nodiscard]] inline double unlike_pairs(std::span<double> values) {
  std::sort(values.begin(), values.end());
  double alike = 0;
  for (std::size_t from = 0, to = 0; from < values.size(); from = to) {
    while (to < values.size() && values[to] == values[from]) ++to;
    alike += static_cast<double>(to - from) * static_cast<double>(to - from);
  }
  return static_cast<double>(values.size()) * static_cast<double>(values.size()) - alike;
}
/// Σ δ² over the ordered pairs of some ratings, which are put in order where that helps.
[[nodiscard]] inline double disagreement(measurement scale, std::span<double> values) {
  switch (scale) {
    case measurement::nominal: return unlike_pairs(values);
    case measurement::ratio: return ratio_pairs(values);
    case measurement::ordinal:
    case measurement::interval: break;
  }
  return square_pairs(values);
}

/// Values replaced by the middles of their ranks: with r that of c, Σ n_g from c to k less (n_c + n_k)/2 is r_k − r_c,
/// so that the ordinal scale is the interval scale of them.
inline void to_ranks(std::vector<double>& values) {
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> distinct;
  std::vector<double> middles;
  for (std::size_t from = 0, to = 0; from < sorted.size(); from = to) {
    while (to < sorted.size() && sorted[to] == sorted[from]) ++to;
    distinct.push_back(sorted[from]);
    middles.push_back((static_cast<double>(from) + static_cast<double>(to)) / 2);
  }
  for (double& value : values)
    value =
        middles[static_cast<std::size_t>(std::lower_bound(distinct.begin(), distinct.end(), value) - distinct.begin())];
}

/// What a unit adds to the observed disagreement, and the ratings it has.
struct unit_disagreement {
  double observed;
  double ratings;
};

inline void add_interval(krippendorff_alpha_result& result, std::vector<unit_disagreement> const& units,
                         krippendorff_alpha_options const& options) {
  double const number_of_units = static_cast<double>(units.size());
  double const ratings = static_cast<double>(result.count);
  double squares = 0;
  for (unit_disagreement const& unit : units) {
    double const off = unit.observed - result.observed_disagreement * unit.ratings;
    squares += off * off;
  }
  if (units.size() < 2) return;
  result.standard_error = std::sqrt(number_of_units / (number_of_units - 1) * squares) / ratings /
                          result.expected_disagreement;
  if (options.replicates.value == 0) {
    double const half = math::student_t_critical(options.confidence, number_of_units - 1) * result.standard_error;
    result.interval.lower = result.value - half;
    result.interval.upper = (std::min)(1.0, result.value + half);
    return;
  }
  std::vector<double> replicates;
  for (std::int64_t replicate = 0; replicate < options.replicates; ++replicate) {
    math::random_stream draws(static_cast<std::uint64_t>(options.seed.value), static_cast<std::uint64_t>(replicate));
    double observed = 0;
    double drawn = 0;
    for (std::size_t at = 0; at < units.size(); ++at) {
      unit_disagreement const& unit = units[static_cast<std::size_t>(draws.below(units.size()))];
      observed += unit.observed;
      drawn += unit.ratings;
    }
    replicates.push_back(1 - observed / drawn / result.expected_disagreement);
  }
  double const tail = (1 - options.confidence) / 2;
  result.interval.lower = replicate_quantile(replicates, tail);
  result.interval.upper = replicate_quantile(replicates, 1 - tail);
}

/// From what the units disagree about, and all ratings among themselves.
inline void conclude(krippendorff_alpha_result& result, std::vector<unit_disagreement> const& units, double observed,
                     double expected, krippendorff_alpha_options const& options) {
  double const ratings = static_cast<double>(result.count);
  result.observed_disagreement = observed / ratings;
  result.expected_disagreement = expected / (ratings * (ratings - 1));
  if (result.expected_disagreement > 0) {
    result.value = 1 - result.observed_disagreement / result.expected_disagreement;
    add_interval(result, units, options);
  } else if (options.no_variation == no_variation::perfect) {
    result.value = 1;
  }
}

inline void answer_ratings(krippendorff_alpha_result& result, rated_units rated, std::size_t good,
                           krippendorff_alpha_options const& options) {
  result.interval.confidence = options.confidence;
  result.rejected = result.rejections.total();
  result.count = rated.values.size();
  result.units = rated.units();
  result.duplicates = rated.duplicates;
  result.unpaired = good - rated.values.size() - rated.duplicates;
  if (rated.values.empty()) return;
  if (options.scale == measurement::ordinal) to_ranks(rated.values);
  std::vector<unit_disagreement> units;
  units.reserve(rated.units());
  compensated_sum observed;
  for (std::size_t unit = 0; unit < rated.units(); ++unit) {
    std::span<double> const own{rated.values.data() + rated.begins[unit], rated.begins[unit + 1] - rated.begins[unit]};
    double const size = static_cast<double>(own.size());
    units.push_back({disagreement(options.scale, own) / (size - 1), size});
    observed += units.back().observed;
  }
  conclude(result, units, observed.value(), disagreement(options.scale, rated.values), options);
}

/// δ² between the points of a short scale, which so many ratings have.
[[nodiscard]] inline std::vector<double> point_distances(measurement scale, std::int64_t lowest,
                                                         std::vector<double> const& ratings) {
  std::size_t const points = ratings.size();
  std::vector<double> places(points);
  double before = 0;
  for (std::size_t point = 0; point < points; ++point) {
    places[point] = scale == measurement::ordinal ? before + ratings[point] / 2
                                                  : static_cast<double>(lowest + static_cast<std::int64_t>(point));
    before += ratings[point];
  }
  std::vector<double> distances(points * points, 0.0);
  for (std::size_t one = 0; one < points; ++one)
    for (std::size_t other = 0; other < points; ++other) {
      if (one == other) continue;
      double const apart = scale == measurement::ratio ? (places[one] - places[other]) / (places[one] + places[other])
                                                       : places[one] - places[other];
      distances[one * points + other] = scale == measurement::nominal ? 1 : apart * apart;
    }
  return distances;
}

/// The same from counted points: a unit's pairs by how many it has of each.
inline void answer_ratings(krippendorff_alpha_result& result, small_ratings const& rated,
                           krippendorff_alpha_options const& options) {
  std::size_t const points = rated.points;
  std::vector<double> all(points, 0.0);
  rated.units([&](std::uint8_t const* counts, unsigned ratings) {
    result.count += ratings;
    ++result.units;
    for (std::size_t point = 0; point < points; ++point) all[point] += counts[point];
  });
  result.interval.confidence = options.confidence;
  result.rejected = result.rejections.total();
  result.duplicates = rated.duplicates;
  result.unpaired = rated.good - result.count - rated.duplicates;
  if (result.count == 0) return;
  std::vector<double> const distances = point_distances(options.scale, rated.lowest, all);
  auto const pairs = [&](auto const* counts) {
    double sum = 0;
    for (std::size_t one = 1; one < points; ++one) {
      double of_one = 0;
      for (std::size_t other = 0; other < one; ++other)
        of_one += distances[one * points + other] * static_cast<double>(counts[other]);
      sum += of_one * static_cast<double>(counts[one]);
    }
    return 2 * sum;
  };
  std::vector<unit_disagreement> units;
  units.reserve(static_cast<std::size_t>(result.units));
  compensated_sum observed;
  rated.units([&](std::uint8_t const* counts, unsigned ratings) {
    units.push_back({pairs(counts) / (ratings - 1), static_cast<double>(ratings)});
    observed += units.back().observed;
  });
  conclude(result, units, observed.value(), pairs(all.data()), options);
}

}  // namespace detail

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
