// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_SCORE_TEST_HPP
#define CREDENCE_INFERENCE_DETAIL_SCORE_TEST_HPP

#include <cstddef>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/chi_squared.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Groups that are compared have a covariance for each pair, and their test takes the cube of their number.
inline void check_group_count(std::size_t groups) {
  constexpr std::size_t most_groups = 1'000;
  if (groups > most_groups)
    raise(error(joined({"credence: ", shown(groups), " groups, more than the ", shown(most_groups),
                        " that are compared; group by what many customers have in common"})));
}

/// A test that several scores are all 0.
struct score_test {
  double chi_squared = not_a_number();
  double degrees = 0;
  double p_value = not_a_number();
};

/// u′V⁻u, of scores and their covariance matrix (row by row), which need not have full rank: scores of groups that add
/// up to 0 have one less. Pivots on the diagonal: first of which most is left of what it was, until that is rounding,
/// so that one may vary far less than others. NaN where nothing varies. O(K³).
[[nodiscard]] inline score_test score_test_of(std::vector<double> scores, std::vector<double> covariance) {
  std::size_t const size = scores.size();
  auto const at = [&](std::size_t row, std::size_t column) -> double& { return covariance[row * size + column]; };
  std::vector<bool> done(size);
  score_test found;
  std::vector<double> whole(size);
  for (std::size_t row = 0; row < size; ++row) whole[row] = at(row, row);
  auto const share_left = [&](std::size_t row) { return whole[row] > 0 ? at(row, row) / whole[row] : 0; };
  double sum = 0;
  for (std::size_t step = 0; step < size; ++step) {
    std::size_t pivot = size;
    for (std::size_t row = 0; row < size; ++row)
      if (!done[row] && (pivot == size || share_left(row) > share_left(pivot))) pivot = row;
    if (!(share_left(pivot) > 1e-10)) break;
    double const own = at(pivot, pivot);
    done[pivot] = true;
    sum += scores[pivot] * scores[pivot] / own;
    found.degrees += 1;
    for (std::size_t row = 0; row < size; ++row) {
      if (done[row]) continue;
      double const portion = at(row, pivot) / own;
      scores[row] -= portion * scores[pivot];
      for (std::size_t column = 0; column < size; ++column)
        if (!done[column]) at(row, column) -= portion * at(pivot, column);
    }
  }
  if (found.degrees > 0) {
    found.chi_squared = sum;
    found.p_value = math::chi_squared_upper_tail(sum, found.degrees);
  }
  return found;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
