// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_WEIGHTING_HPP
#define CREDENCE_SURVEY_WEIGHTING_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/design.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/survey/detail/margin_targets.hpp>
#include <credence/survey/detail/raking.hpp>
#include <credence/survey/raking_report.hpp>

// Weights that make a sample look like the population: who answered too seldom counts for more. Post-stratification
// meets the shares of one margin exactly; raking meets those of several at once.

namespace credence {
inline namespace CREDENCE_ABI {

/// The weights: a projection, which gives a row its weight, with the report of the fit. `weights(row)` is the base
/// weight times one factor a margin; NaN for a row that has none, so that a metric turns it away and counts it. Throws
/// `credence::error` with the report's sentence unless the fit converged. Copies share the factors; const calls are
/// concurrent, and cost one look-up a margin.
template <class Base, class... Margins>
class raked_weights : public raking_report {
 public:
  raked_weights(raking_report report, Base base, std::tuple<Margins...> wanted, detail::raking_table factors)
      : raking_report(std::move(report)),
        base_(std::move(base)),
        fit_(std::make_shared<fit const>(fit{std::move(wanted), std::move(factors)})) {}

  template <class Row>
  requires((detail::answers_for<Base, Row> && ... && detail::answers_for<typename Margins::projection_type, Row>))
      [[nodiscard]] double
      operator()(Row&& row) const {
    if (!*this) detail::raise(error(detail::joined({"credence: there are no weights: ", message()})));
    detail::row_place<sizeof...(Margins)> const place = detail::place_of(fit_->wanted, row);
    if (place.fault) return not_a_number();
    double weight = 1;
    if constexpr (detail::is_given<Base>) {
      auto&& base = detail::project(base_, row);
      if (!detail::is_weight(base)) return not_a_number();
      weight = detail::real_of(base);
    }
    for (std::size_t at = 0; at < sizeof...(Margins); ++at) weight *= fit_->factors[at][place.categories[at]];
    return weight;
  }

 private:
  struct fit {
    std::tuple<Margins...> wanted;
    detail::raking_table factors;
  };
  Base base_;
  std::shared_ptr<fit const> fit_;
};

namespace detail {

/// Out of line: inlined, g++ 12 takes the value of an unset `total` for one that is read.
[[gnu::noinline]] inline void check_raking(raking_options const& options) {
  options.check_fields(
      [](char const* name, double value, std::string_view allowed) -> bool { wrong_argument(name, value, allowed); });
}

/// Fits the factors, and reports how that ended. Who is to blame is named by its numbers, `margin` and `category`.
[[nodiscard]] inline raking_fit fit_weights(raking_cells const& cells, raking_table const& targets,
                                            raking_options const& options, raking_report& report) {
  raking const problem(cells, targets);
  if (!problem.has_weight()) return {};
  raking_fit fit = problem.fitted(options.tolerance, static_cast<std::uint64_t>(options.iteration_limit.value));
  report.iterations = fit.cycles;
  report.largest_gap = fit.largest_gap;
  if (fit.converged) {
    double const count = static_cast<double>(report.count);
    report.status = raking_status::converged;
    report.design_effect = count * problem.scale(fit, options.total ? options.total->value : count);
  } else {
    report.status = fit.starved ? raking_status::degenerate_data : raking_status::iteration_limit;
    report.failing_margin = fit.margin + 1;
  }
  return fit;
}

struct raked_function {
  template <rows_range Range, class... Margins>
  auto operator()(Range&& rows, margins_argument<Margins...> wanted, raking_options options = {}) const {
    return found(rows, std::move(wanted.margins), not_given{}, options);
  }
  template <rows_range Range, class... Margins, projection_of<Range> Weight>
  auto operator()(Range&& rows, margins_argument<Margins...> wanted, Weight weight, raking_options options = {}) const {
    return found(rows, std::move(wanted.margins), std::move(weight), options);
  }

 private:
  template <class Range, class Base, class... Margins>
  static auto found(Range& rows, std::tuple<Margins...> wanted, Base base, raking_options const& options) {
    if constexpr (check_base<Range, Base>() && (check_margin<Range, Margins>() && ...)) {
      check_raking(options);
      raking_report report;
      raking_cells const cells = gathered(rows, wanted, base, options, report);
      raking_fit fit = fit_weights(cells, detail::targets_of(wanted), options, report);
      if (report.failing_margin != 0) report.failing_category = detail::category_name(wanted, fit.margin, fit.category);
      return raked_weights<Base, Margins...>(std::move(report), std::move(base), std::move(wanted),
                                             std::move(fit.factors));
    }
  }
  template <class Range, class Base>
  static constexpr bool check_base() {
    if constexpr (is_given<Base>) {
      return number_check::of<projected<Range, Base>>();
    } else {
      return true;
    }
  }
  /// One pass: the weight of every combination of categories that there is.
  template <class Range, class Base, class... Margins>
  static raking_cells gathered(Range& rows, std::tuple<Margins...> const& wanted, Base const& base,
                               raking_options const& options, raking_report& report) {
    group_table<std::tuple<number_of<Margins>...>, weighted_cell> table;
    std::uint64_t position = 0;
    auto const end = std::ranges::end(rows);
    for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
      auto&& row = *at;
      row_place<sizeof...(Margins)> const place = detail::place_of(wanted, row);
      if (place.fault) {
        if (options.on_invalid == on_invalid::raise)
          raise(invalid_sample(joined({"falls into no category of margin ", shown(place.margin + 1)}), position));
        ++report.rejections[*place.fault];
        continue;
      }
      double weight = 1;
      if constexpr (is_given<Base>) {
        auto&& own = detail::project(base, row);
        if (!detail::is_weight(own)) {
          turn_away(options.on_invalid, report.rejections, rejection::bad_weight, 0, position);
          continue;
        }
        weight = detail::real_of(own);
      }
      ++report.count;
      auto const key =
          std::apply([](auto... each) { return std::tuple<decltype(each)...>(each...); }, place.categories);
      weighted_cell& cell = table.states[table.find_or_add(key)];
      cell.weight += weight;
      cell.squares += weight * weight;
    }
    report.rejected = report.rejections.total();
    raking_cells cells{{}, std::move(table.states)};
    for (auto const& key : table.keys) std::apply([&](auto... each) { (cells.categories.push_back(each), ...); }, key);
    return cells;
  }
  template <class Margin>
  using number_of = std::uint32_t;
};

struct post_stratified_function {
  template <rows_range Range, class Projection, class Key>
  auto operator()(Range&& rows, margin_argument<Projection, Key> wanted, raking_options options = {}) const {
    return raked_function{}(rows, margins_function{}(std::move(wanted)), options);
  }
  template <rows_range Range, class Projection, class Key, projection_of<Range> Weight>
  auto operator()(Range&& rows, margin_argument<Projection, Key> wanted, Weight weight,
                  raking_options options = {}) const {
    return raked_function{}(rows, margins_function{}(std::move(wanted)), std::move(weight), options);
  }
};

}  // namespace detail

/// `margin(projection, targets)`: what a row is counted under (any key), and the share of each category in the
/// population. Targets are pairs of a key and a share or a count (a map, a vector, an array; braces for a pointer to a
/// member) and are normalised to sum to 1. A row of a category whose target is 0 gets the weight 0; an empty optional
/// is "missing", unless it has a target. Throws `credence::error` for a target that is negative or not finite, for only
/// targets of 0, and for a category twice.
inline constexpr detail::margin_function margin{};
/// `margins(margin(…), margin(…) …)`: those that `raked` is to meet together.
inline constexpr detail::margins_function margins{};

/// Weights that meet several margins at once: `raked(rows, margins(margin(&person::sex, {{"f", .52}, {"m", .48}}),
/// margin(&person::age_group, by_age))[, base weight][, {options}])`. Each row's base weight (1 where none is given)
/// times one factor a margin, found by iterative proportional fitting until every share is within `tolerance` of its
/// target at the end of a cycle. Of all weights that meet the targets they are the nearest to the base weights, by
/// Σ w·ln(w/base). Mean 1 over the rows used, unless `total` says what they sum to.
/// Rows in no category of some margin, or with a bad base weight, have no weight and are counted by reason.
/// Always ask `weights.status`: targets that contradict the rows do not converge, and then there are no weights.
/// The standard errors of metrics take weights as given: that the targets are known for certain mostly makes the true
/// ones smaller.
/// One pass over the rows, O(combinations of categories seen · margins) a cycle; memory by the combinations.
/// Throws `credence::error` for options out of range. Source: Deming and Stephan (1940), Annals of Mathematical
/// Statistics 11, 427; Lumley (2010), Complex Surveys, chapter 7.
inline constexpr detail::raked_function raked{};
/// Weights that meet one margin exactly: base weight times target ÷ share. `post_stratified(rows,
/// margin(&person::region, by_region)[, base weight][, {options}])`; otherwise as `raked`, and done in one cycle. For
/// two columns together, their cross: a projection that returns a tuple.
inline constexpr detail::post_stratified_function post_stratified{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
