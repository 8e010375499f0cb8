// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_FIT_SPEND_HPP
#define CREDENCE_CLV_DETAIL_FIT_SPEND_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/clv/detail/read_customers.hpp>
#include <credence/clv/detail/search.hpp>
#include <credence/clv/detail/spend_table.hpp>
#include <credence/clv/spend_history.hpp>
#include <credence/core/design.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/named_arguments.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/math/detail/likelihood_in_parts.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>
#include <credence/math/second_order.hpp>

// From rows to the customers that a model of spend is fitted to, and the search over them.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct read_spends_result {
  spend_table table;
  std::uint64_t without_purchases = 0;
  credence::rejections rejections;
};

/// Reads all rows. Of a customer without purchases to average the mean is not read.
template <class Range, class Count, class Mean, class... Named>
read_spends_result read_spends(on_invalid policy, Range& rows, Count count, Mean mean, Named const&... named) {
  auto weight = detail::picked<weight_argument>(named...);
  constexpr bool is_weighted = is_given<decltype(weight)>;
  read_spends_result result{spend_table(is_weighted), 0, {}};
  if constexpr (shareable_rows<Range>)
    result.table.reserve(static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows)));
  std::uint64_t position = 0;
  auto at = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  for (; at != end; ++at, static_cast<void>(++position)) {
    auto&& row = *at;
    spends own;
    bool const is_there = detail::read_number(count, row, own.count) &&
                          (averages_nothing(own) || detail::read_number(mean, row, own.mean));
    if (!is_there) {
      turn_away(policy, result.rejections, rejection::missing, 0, position);
      continue;
    }
    if (std::optional<rejection> const reason = detail::fault_of(own)) {
      turn_away(policy, result.rejections, *reason, is_whole_count(own.count) ? own.mean : own.count, position);
      continue;
    }
    double weighs = 1;
    if constexpr (is_weighted) {
      auto&& given = detail::project(weight.weight, row);
      if (!detail::is_weight(given)) {
        turn_away(policy, result.rejections, rejection::bad_weight, 0, position);
        continue;
      }
      weighs = detail::real_of(given);
    }
    if (averages_nothing(own)) {
      ++result.without_purchases;
    } else {
      result.table.push(own, weighs);
    }
  }
  return result;
}

template <class Range, class... Named>
constexpr bool check_named_of_spend() {
  constexpr bool known = taking<weight_argument>::template all<Named...>;
  static_assert(known, "credence: a fit of spend takes weighted_by by name, and nothing else");
  constexpr bool fits = (weight_fits<Range, Named> && ...);
  static_assert(fits || !known, "credence: the projection of weighted_by does not fit these rows");
  return known && fits;
}

/// Calls `read(count, mean, named…)` with the projections of a call, or members in their place.
template <class Read, class Range, class First, class Second, class... Named>
auto with_spend(Read const& read, Range&, First const& first, Second const& second,
                Named const&... named) requires(is_positional<First>&& is_positional<Second>) {
  if constexpr (number_check::of<projected<Range, First const>, projected<Range, Second const>>() &&
                detail::check_named_of_spend<Range, Named...>()) {
    return read(first, second, named...);
  } else {
    return read_spends_result{spend_table(false), 0, {}};
  }
}
template <class Read, class Range, class... Named>
auto with_spend(Read const& read, Range&, Named const&... named) requires((!is_positional<Named>)&&...) {
  static_assert(spend_row<row_of<Range>>,
                "credence: these rows have no member monetary_value, or neither spend_count nor frequency; say what is "
                "what by two projections: (rows, &row::purchases, &row::mean_spend)");
  if constexpr (spend_row<row_of<Range>> && detail::check_named_of_spend<Range, Named...>()) {
    return read(spend_count_member{}, monetary_value_member{}, named...);
  } else {
    return read_spends_result{spend_table(false), 0, {}};
  }
}
template <class Read, class Range, class Only, class... Named>
auto with_spend(Read const&, Range&, Only const&,
                Named const&...) requires(is_positional<Only> && ((!is_positional<Named>)&&...)) {
  static_assert(!is_positional<Only>,
                "credence: two projections say what a customer spends, how many purchases and their mean: (rows, "
                "&row::purchases, &row::mean_spend)");
  return read_spends_result{spend_table(false), 0, {}};
}

/// What is too little to fit to, in words; empty where it is enough.
[[nodiscard]] inline std::string_view lacks_of(spend_table const& table, spend_moments const& moments) {
  if (table.size() == 0 || !(moments.weight > 0))
    return "there is no customer whose spend is known: none came back, or the rows have no amounts";
  if (table.size() == 1) return "there is one customer only whose spend is known";
  if (!(moments.variance > 1e-20)) return "all customers spend the same";
  return {};
}

/// ln L of all customers with its slope and curvature, at the logarithms of the parameters.
template <class Law, class Executor>
[[nodiscard]] math::likelihood_sums likelihood_of_spend(Executor& run, spend_table const& table, double greatest_count,
                                                        std::vector<double> const& logs) {
  constexpr std::size_t count = Law::parameter_count;
  typename Law::terms const terms(detail::natural_of<count>(logs), greatest_count);
  return math::detail::likelihood_in_parts(run, count, table.stretches(), [&](std::size_t number) {
    math::second_order<count> own;
    terms.add(table.block(number), own);
    return own;
  });
}

/// The maximum, from nothing.
template <class Law, class Executor>
[[nodiscard]] math::maximum_result maximum_of_spend(Executor& run, spend_table const& table,
                                                    spend_moments const& moments, double penalty,
                                                    math::maximise_options const& options) {
  auto const likelihood = [&](spend_table const& customers, std::vector<double> const& point) {
    return detail::likelihood_of_spend<Law>(run, customers, moments.greatest_count, point);
  };
  return detail::maximum_of(table, detail::logs_of(Law::start(moments)), penalty, options, likelihood);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
