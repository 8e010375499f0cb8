// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_READ_CUSTOMERS_HPP
#define CREDENCE_CLV_DETAIL_READ_CUSTOMERS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

#include <credence/clv/covariates.hpp>
#include <credence/clv/detail/customer_table.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/design.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/named_arguments.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// What a fit of a model of purchases is given: rows that have the members of a purchase history, or projections in
// their place, then a weight and covariates by name.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// `customers [, frequency, recency, age [, log_gaps]] [, weighted_by(…)] [, purchase_covariates(…)]
/// [, dropout_covariates(…)] [, {options}]`.
template <class Options>
using customer_call =
    call_shape<Options,
               call_terms{.further = 4, .takes_design = true, .takes_design_alone = true, .takes_executor = true}>;

template <class Argument>
inline constexpr bool is_positional = !named_argument<std::decay_t<Argument>>;

/// Numbers that covariates answer, of one kind.
template <class Covariates>
inline constexpr std::size_t width_of = 0;
template <class... Projections>
inline constexpr std::size_t width_of<purchase_covariates_argument<Projections...>> = sizeof...(Projections);
template <class... Projections>
inline constexpr std::size_t width_of<dropout_covariates_argument<Projections...>> = sizeof...(Projections);

template <class Argument>
inline constexpr bool is_dropout_covariates = is_wrapped<dropout_covariates_argument, Argument>;

template <class Range, class Covariates>
inline constexpr bool covariates_fit = true;
template <class Range, class... Projections>
inline constexpr bool covariates_fit<Range, purchase_covariates_argument<Projections...>> =
    (projection_of<Projections, Range> && ...);
template <class Range, class... Projections>
inline constexpr bool covariates_fit<Range, dropout_covariates_argument<Projections...>> =
    (projection_of<Projections, Range> && ...);
template <class Range, class Weight>
inline constexpr bool weight_fits = true;
template <class Range, class Projection>
inline constexpr bool weight_fits<Range, weight_argument<Projection>> = projection_of<Projection, Range>;

/// Members of a row in the place of projections.
struct frequency_member {
  template <customer_row Row>
  constexpr auto const& operator()(Row const& row) const {
    return row.frequency;
  }
};
struct recency_member {
  template <customer_row Row>
  constexpr auto const& operator()(Row const& row) const {
    return row.recency;
  }
};
struct age_member {
  template <customer_row Row>
  constexpr auto const& operator()(Row const& row) const {
    return row.age;
  }
};
struct log_gaps_member {
  template <customer_row Row>
  constexpr double operator()(Row const& row) const {
    return detail::purchases_of(row).log_gaps;
  }
};

/// What was read, and what was turned away.
struct read_customers_result {
  customer_table table;
  std::uint64_t count = 0;
  rejections rejected;
};

/// One number of a row. An empty optional is missing.
template <class Projection, class Row>
bool read_number(Projection& projection, Row& row, double& into) {
  auto&& own = detail::project(projection, row);
  if (!detail::has_answer(own)) return false;
  into = detail::real_of(own);
  return true;
}

template <class Range, class... Named>
constexpr bool check_named() {
  constexpr bool known =
      taking<weight_argument, purchase_covariates_argument, dropout_covariates_argument>::template all<Named...>;
  static_assert(known,
                "credence: a fit of purchases takes weighted_by, purchase_covariates and dropout_covariates by name");
  constexpr bool fits = ((covariates_fit<Range, Named> && weight_fits<Range, Named>)&&...);
  static_assert(fits || !known, "credence: a projection of weighted_by or of the covariates does not fit these rows");
  return known && fits;
}

/// Reads all rows. `Fault` says what else a model cannot take: an `std::optional<rejection>` of `purchases`.
template <bool KeepsGaps, class Range, class Fault, class Frequency, class Recency, class Age, class Gaps,
          class... Named>
read_customers_result read_customers(on_invalid policy, Range& rows, Fault const& fault, Frequency frequency,
                                     Recency recency, Age age, Gaps gaps, Named const&... named) {
  auto weight = detail::picked<weight_argument>(named...);
  auto purchase = detail::picked<purchase_covariates_argument>(named...);
  auto dropout = detail::picked<dropout_covariates_argument>(named...);
  constexpr bool is_weighted = is_given<decltype(weight)>;
  constexpr std::size_t width = width_of<decltype(purchase)> + width_of<decltype(dropout)>;
  read_customers_result result{customer_table(KeepsGaps, is_weighted, width), 0, {}};
  if constexpr (shareable_rows<Range>)
    result.table.reserve(static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows)));
  double known[width + 1] = {};
  std::uint64_t position = 0;
  auto at = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  for (; at != end; ++at, static_cast<void>(++position)) {
    auto&& row = *at;
    purchases own;
    bool is_there = detail::read_number(frequency, row, own.frequency) &&
                    detail::read_number(recency, row, own.recency) && detail::read_number(age, row, own.age);
    if constexpr (KeepsGaps) is_there = is_there && detail::read_number(gaps, row, own.log_gaps);
    [[maybe_unused]] std::size_t next = 0;
    auto const read_covariates = [&]([[maybe_unused]] auto& covariates) {
      if constexpr (width_of<std::remove_cvref_t<decltype(covariates)>> != 0)
        std::apply(
            [&](auto&... each) { is_there = (detail::read_number(each, row, known[next++]) && ... && is_there); },
            covariates.projections);
    };
    read_covariates(purchase);
    read_covariates(dropout);
    if (!is_there) {
      turn_away(policy, result.rejected, rejection::missing, 0, position);
      continue;
    }
    std::optional<rejection> reason = fault(own);
    for (std::size_t place = 0; place < width && !reason; ++place)
      if (!is_finite(known[place])) reason = is_nan(known[place]) ? rejection::not_a_number : rejection::off_scale;
    if (reason) {
      turn_away(policy, result.rejected, *reason, own.frequency, position);
      continue;
    }
    double weighs = 1;
    if constexpr (is_weighted) {
      auto&& given = detail::project(weight.weight, row);
      if (!detail::is_weight(given)) {
        turn_away(policy, result.rejected, rejection::bad_weight, 0, position);
        continue;
      }
      weighs = detail::real_of(given);
    }
    ++result.count;
    if (weighs > 0) result.table.push(own, weighs, known);  // of weight 0 he is no customer: nobody to learn from
  }
  return result;
}

/// What of the rest of a call names the projections, if anything does; and whether all of it fits.
template <class Range, class... Rest>
constexpr bool check_customers() {
  constexpr std::size_t positional = (std::size_t{is_positional<Rest>} + ... + 0);
  if constexpr (positional == 0) {
    static_assert(customer_row<row_of<Range>>,
                  "credence: these rows have no members frequency, recency and age; say what is what by three "
                  "projections: (rows, &row::repeats, &row::last, &row::age), or make customers of orders by rfm");
    if constexpr (customer_row<row_of<Range>>) {
      using row_type = std::remove_cvref_t<row_of<Range>>;
      return number_check::of<decltype(std::declval<row_type const&>().frequency),
                              decltype(std::declval<row_type const&>().recency),
                              decltype(std::declval<row_type const&>().age)>();
    } else {
      return false;
    }
  } else {
    static_assert(positional >= 3,
                  "credence: three projections say how often a customer came back, when he was last seen and for how "
                  "long he is known: (rows, &row::frequency, &row::recency, &row::age)");
    return positional >= 3;
  }
}

/// Calls `read(frequency, recency, age, gaps, named…)` with the projections of a call, or members in their place.
template <class Read, class First, class Second, class Third, class... Rest>
auto with_projections(
    Read const& read, First const& first, Second const& second, Third const& third,
    Rest const&... rest) requires(is_positional<First>&& is_positional<Second>&& is_positional<Third>) {
  if constexpr ((is_positional<Rest> || ...)) {
    return [&](auto const& gaps, auto const&... named) { return read(first, second, third, gaps, named...); }(rest...);
  } else {
    return read(
        first, second, third, [](auto const&) { return 0.0; }, rest...);
  }
}
template <class Read, class... Named>
auto with_projections(Read const& read, Named const&... named) requires(!is_positional<Named> && ...) {
  return read(frequency_member{}, recency_member{}, age_member{}, log_gaps_member{}, named...);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
