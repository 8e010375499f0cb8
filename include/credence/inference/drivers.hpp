// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DRIVERS_HPP
#define CREDENCE_INFERENCE_DRIVERS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/covariance.hpp>
#include <credence/inference/detail/importance.hpp>
#include <credence/inference/detail/replicates.hpp>
#include <credence/math/random.hpp>

// What moves a score: how much of its variance each of several drivers explains, where drivers go together.

namespace credence {
inline namespace CREDENCE_ABI {

struct drivers_options {
  whole replicates = 0;      ///< of a bootstrap over respondents for the intervals; 0: no intervals
  whole seed = 2026;         ///< of the bootstrap
  number confidence = 0.95;  ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// What there was to be said.
enum class drivers_status : std::uint8_t {
  ok,
  collinear,     ///< some drivers are made of others: shares are shared among them, coefficients are not one only
  no_variation,  ///< the score, or every driver, never varies
  too_few        ///< fewer respondents than drivers and two
};
constexpr std::string_view name_of(drivers_status status) {
  switch (status) {
    case drivers_status::ok: return "ok";
    case drivers_status::collinear: return "collinear";
    case drivers_status::no_variation: return "no_variation";
    case drivers_status::too_few: return "too_few";
  }
  return {};
}

/// One driver. The shares of all drivers sum to R².
struct driver_importance {
  double shapley_share = not_a_number();    ///< of R²: its gain in R² over all orders of taking drivers in (LMG)
  credence::interval interval;              ///< of that; NaN where no replicates were asked for
  double relative_weight = not_a_number();  ///< of R²: Johnson's, by the nearest drivers that do not go together
  double pratt_share = not_a_number();      ///< of R²: coefficient times correlation; may be negative
  double coefficient = not_a_number();      ///< standardised: standard deviations of the score for one of the driver
  double correlation = not_a_number();      ///< with the score, in −1…1; NaN for a driver that never varies

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("shapley_share", self.shapley_share);
    visit("interval", self.interval);
    visit("relative_weight", self.relative_weight);
    visit("pratt_share", self.pratt_share);
    visit("coefficient", self.coefficient);
    visit("correlation", self.correlation);
  }
  friend constexpr bool operator==(driver_importance const&, driver_importance const&) = default;
};

struct drivers_result {
  double r_squared = not_a_number();       ///< of all drivers together, in 0…1
  std::vector<driver_importance> drivers;  ///< in the order of the projection
  drivers_status status = drivers_status::too_few;
  std::uint64_t count = 0;          ///< respondents with all answers
  std::uint64_t rejected = 0;       ///< respondents left out
  credence::rejections rejections;  ///< and why, by their first answer that is not good

  /// Is there an answer?
  constexpr explicit operator bool() const { return !is_nan(r_squared); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("r_squared", self.r_squared);
    visit("drivers", self.drivers);
    visit("status", self.status);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(drivers_result const&, drivers_result const&) = default;
};

namespace detail {

/// With more, there are more than a million subsets.
inline constexpr std::size_t most_drivers = 20;

/// From the co-moments of the score, column 0, and the drivers.
[[nodiscard]] inline drivers_result importance_of(co_moments const& moments) {
  drivers_result result;
  result.count = moments.count();
  std::size_t const drivers = moments.columns() == 0 ? 0 : moments.columns() - 1;
  result.drivers.resize(drivers);
  if (result.count < drivers + 2 || drivers == 0) return result;
  // Correlations; a driver that never varies goes with nothing.
  std::vector<double> correlations(drivers * drivers, 0.0);
  std::vector<double> with_score(drivers, 0.0);
  bool any = false;
  bool all = true;
  for (std::size_t row = 0; row < drivers; ++row) {
    bool const varies = moments.product(row + 1, row + 1) > 0;
    any = any || varies;
    all = all && varies;
    if (!varies) continue;
    result.drivers[row].correlation = moments.correlation(0, row + 1);
    with_score[row] = result.drivers[row].correlation;
    for (std::size_t column = 0; column < drivers; ++column)
      if (moments.product(column + 1, column + 1) > 0)
        correlations[row * drivers + column] = row == column ? 1 : moments.correlation(row + 1, column + 1);
  }
  result.status = drivers_status::no_variation;
  if (!any || !(moments.product(0, 0) > 0)) return result;
  subset_fits const fits(correlations, with_score);
  result.r_squared = fits.all();
  std::vector<double> const shares = fits.shapley_shares();
  johnson_weights const johnson = johnson_weights_of(correlations, with_score);
  result.status = fits.collinear() || !all ? drivers_status::collinear : drivers_status::ok;
  for (std::size_t at = 0; at < drivers; ++at) {
    driver_importance& own = result.drivers[at];
    own.shapley_share = shares[at];
    own.relative_weight = johnson.weights[at];
    own.coefficient = johnson.coefficients[at];
    own.pratt_share = johnson.coefficients[at] * with_score[at];
  }
  return result;
}

struct drivers_function : refusal<values_call<drivers_options, argument_kind::projection, argument_kind::projection>,
                                  std::type_identity<drivers_result>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> Score, projection_of<Range> Drivers>
  drivers_result operator()(Range&& rows, Score score, Drivers drivers, drivers_options options = {}) const {
    using items = projected<Range, Drivers>;
    static_assert(
        rows_range<items>,
        "credence: the second projection returns no range of drivers; return a std::array, a vector or a span "
        "of numbers or optionals");
    if constexpr (rows_range<items>) {
      if constexpr (number_check::of<projected<Range, Score>, row_of<items>>())
        return gathered(rows, score, drivers, options);
    }
    return {};
  }

 private:
  template <class Range, class Score, class Drivers>
  static drivers_result gathered(Range& rows, Score& score, Drivers& drivers, drivers_options const& options) {
    check_options(options);
    co_moments moments;
    rejections rejected;
    std::vector<double> row;
    std::vector<double> kept;  // the good rows, where they are drawn from again
    std::size_t columns = 0;
    auto const end = std::ranges::end(rows);
    for (auto at = std::ranges::begin(rows); at != end; ++at) {
      auto&& respondent = *at;
      row.clear();
      bool good = true;
      auto const add = [&](auto const& value) {
        bool const there = detail::has_answer(value);
        double const real = there ? detail::real_of(value) : 0;
        row.push_back(real);
        if (!good || (there && is_finite(real) && real >= -1e150 && real <= 1e150)) return;
        good = false;
        turn_away(options.on_invalid, rejected,
                  !there         ? rejection::missing
                  : is_nan(real) ? rejection::not_a_number
                                 : rejection::off_scale,
                  real, moments.count() + rejected.total());
      };
      add(detail::project(score, respondent));
      auto&& items = detail::project(drivers, respondent);
      for (auto const& item : items) add(item);
      if (row.size() > most_drivers + 1)
        wrong_argument("the number of drivers", row.size() - 1,
                       "at most 20 can be shared out exactly; leave out those that say the same");
      if (columns != 0 && row.size() != columns)
        raise(error(joined({"credence: a respondent has ", shown(row.size() - 1), " drivers, and those before ",
                            shown(columns - 1)})));
      columns = row.size();
      if (!good) continue;
      moments.push(row);
      if (options.replicates > 0) kept.insert(kept.end(), row.begin(), row.end());
    }
    drivers_result result = importance_of(moments);
    for (driver_importance& own : result.drivers) own.interval.confidence = options.confidence;
    if (result && options.replicates > 0) add_intervals(result, kept, columns, options);
    result.rejected = rejected.total();
    result.rejections = rejected;
    return result;
  }

  static void check_options(drivers_options const& options) {
    check_confidence("drivers_options::confidence", options.confidence);
    if (options.replicates < 0 || options.replicates.value == 1 || options.replicates > 1'000'000'000)
      wrong_argument("drivers_options::replicates", options.replicates.value, "it must be 0, or 2 to 1,000,000,000");
  }
  /// Quantiles of the shares among respondents drawn with replacement; a replicate without an answer counts as none.
  static void add_intervals(drivers_result& result, std::vector<double> const& rows, std::size_t columns,
                            drivers_options const& options) {
    std::size_t const respondents = rows.size() / columns;
    std::vector<std::vector<double>> shares(result.drivers.size());
    for (std::int64_t replicate = 0; replicate < options.replicates; ++replicate) {
      math::random_stream draws(static_cast<std::uint64_t>(options.seed.value), static_cast<std::uint64_t>(replicate));
      co_moments moments;
      for (std::size_t at = 0; at < respondents; ++at)
        moments.push({rows.data() + columns * draws.below(respondents), columns});
      drivers_result const drawn = importance_of(moments);
      if (!drawn) continue;
      for (std::size_t at = 0; at < shares.size(); ++at) shares[at].push_back(drawn.drivers[at].shapley_share);
    }
    double const tail = (1 - options.confidence) / 2;
    for (std::size_t at = 0; at < shares.size(); ++at) {
      if (shares[at].size() < 2) continue;
      result.drivers[at].interval.lower = replicate_quantile(shares[at], tail);
      result.drivers[at].interval.upper = replicate_quantile(shares[at], 1 - tail);
    }
  }
};

}  // namespace detail

/// What moves a score: `drivers(respondents, &respondent::overall, [](auto const& r) { return std::array{r.speed,
/// r.price}; })`. Of the variance that all drivers explain together by a linear regression, R², the share of each:
///   shapley_share    the gain in R² by the driver, averaged over all orders of taking drivers in (LMG)
///   relative_weight  Johnson's: of the drivers' nearest orthogonal stand-ins, given back to them
///   pratt_share      standardised coefficient times correlation
/// Importance is not cause: it says what goes with the score. With some dozens of respondents the shares are rough: ask
/// for `replicates`, and each Shapley share has the quantiles of its bootstrap over respondents as an interval.
/// Respondents who left anything out are left out and counted. Throws `credence::error` for more than 20 drivers, for
/// unlike numbers of them, and for wrong options. O(respondents·drivers²), and O(2^drivers·drivers): .1 s for 20; as
/// much again for each replicate. Source: Lindeman,
/// Merenda and Gold (1980); Johnson (2000), Multivariate Behavioral Research 35, 1; Pratt (1987).
inline constexpr detail::drivers_function drivers{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
