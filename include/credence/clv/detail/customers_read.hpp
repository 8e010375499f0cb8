// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_CUSTOMERS_READ_HPP
#define CREDENCE_CLV_DETAIL_CUSTOMERS_READ_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/clv/detail/age_curves.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// Customers, of whom a fitted model is asked one by one.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Row>
concept keyed_row = requires(Row const& row) {
  row.key;
};
template <class Row>
struct key_of_row {
  using type = std::uint64_t;
};
template <keyed_row Row>
struct key_of_row<Row> {
  using type = std::remove_cvref_t<decltype(std::declval<Row const&>().key)>;
};
/// What a customer is told by: the key of his row, or, where it has none, its number, from 0.
template <class Range>
using customer_key = typename key_of_row<std::remove_cvref_t<row_of<Range>>>::type;

template <class Range>
constexpr bool check_customer_rows() {
  static_assert(customer_rows<Range>,
                "credence: these rows have no members frequency, recency and age; make customers of orders by rfm, or "
                "rows of credence::purchase_history");
  return customer_rows<Range>;
}

/// One member of a row; an empty optional is missing.
template <class Value>
[[nodiscard]] bool read_member(Value const& value, double& into) {
  if (!detail::has_answer(value)) return false;
  into = detail::real_of(value);
  return true;
}
/// A law of opportunities instead of time says itself what cannot be, and is asked of whole numbers of them.
template <class Law>
concept counts_opportunities = requires(purchases const& own) {
  Law::fault(own);
};
template <class Law>
[[nodiscard]] std::optional<rejection> fault_by(purchases const& own) {
  if constexpr (counts_opportunities<Law>) {
    return Law::fault(own);
  } else {
    return fault_of(own);
  }
}
/// How far ahead a law may be asked.
template <class Law>
[[nodiscard]] double sound_ahead(char const* name, double ahead) {
  if constexpr (counts_opportunities<Law>)
    if (is_finite(ahead) && (std::floor(ahead) != ahead || ahead > Law::most_opportunities))
      wrong_argument(name, ahead, "it must be a whole number of opportunities, at most 1,000,000");
  return sound_time(name, ahead);
}

/// The customer of a row, or why there is none.
template <class Law, class Row>
[[nodiscard]] std::optional<rejection> read_purchases(Row const& row, purchases& own) {
  if (!detail::read_member(row.frequency, own.frequency) || !detail::read_member(row.recency, own.recency) ||
      !detail::read_member(row.age, own.age))
    return rejection::missing;
  if constexpr (requires { row.log_gaps; })
    if (!detail::read_member(row.log_gaps, own.log_gaps)) return rejection::missing;
  return fault_by<Law>(own);
}

/// What a row of an answer is told by.
template <class Key, class Row>
[[nodiscard]] Key key_of(Row const& row, std::size_t number) {
  if constexpr (keyed_row<Row>) {
    static_cast<void>(number);
    return row.key;
  } else {
    return number;
  }
}

/// Who is asked about, in one piece: `tell(number, row, customer, fault)` for each of some rows.
template <class Law, class Range, class Tell>
void each_customer(Range& rows, std::size_t first, std::size_t count, Tell const& tell) {
  auto at = std::ranges::begin(rows) + static_cast<std::iter_difference_t<iterator_of<Range>>>(first);
  for (std::size_t number = first; number < first + count; ++number, static_cast<void>(++at)) {
    auto&& row = *at;
    purchases own;
    std::optional<rejection> const fault = detail::read_purchases<Law>(row, own);
    tell(number, row, own, fault);
  }
}

/// Rows that can be reached by number as they are; others are copied.
template <class Range, class Use>
auto with_reachable_rows(Range& rows, Use const& use) {
  if constexpr (shareable_rows<Range>) {
    return use(rows);
  } else {
    std::vector<std::remove_cvref_t<row_of<Range>>> copied;
    auto const end = std::ranges::end(rows);
    for (auto at = std::ranges::begin(rows); at != end; ++at) copied.push_back(*at);
    return use(copied);
  }
}

/// A first look at all customers: their ages by frequency; counts them, and those that are turned away, in `result`.
template <class Law, class Range, class Result>
[[nodiscard]] customer_ages ages_of(Range& rows, std::size_t size, on_invalid policy, Result& result) {
  customer_ages ages;
  detail::each_customer<Law>(rows, 0, size, [&](std::size_t at, auto const&, purchases const& own, auto const& fault) {
    if (fault) {
      turn_away(policy, result.rejections, *fault, own.frequency, at);
    } else {
      ++result.count;
      ages.add(own);
    }
  });
  result.rejected = result.rejections.total();
  return ages;
}

/// How many rows a task takes.
inline constexpr std::size_t customers_a_task = 16'384;

/// `tell` as above for all of them, in tasks; each must touch nothing but its own customer's.
template <class Law, class Executor, class Range, class Tell>
void tell_customers(Executor& run, Range& rows, std::size_t count, Tell const& tell) {
  if constexpr (std::is_same_v<std::remove_cv_t<Executor>, calling_thread>) {
    detail::each_customer<Law>(rows, 0, count, tell);
  } else {
    std::size_t const tasks = count / customers_a_task + (count % customers_a_task != 0);
    detail::run_tasks(
        run, tasks,
        [&](std::size_t task) {
          std::size_t const first = task * customers_a_task;
          detail::each_customer<Law>(rows, first, count - first < customers_a_task ? count - first : customers_a_task,
                                     tell);
        },
        [](std::size_t task) { return task; });
  }
}

template <class Model>
concept purchase_model = requires(Model const& model, purchases const& own) {
  model.law().expected_after(own, 1.0);
  model.unit;
};
/// The report of a fit, not a model by itself.
template <class Fit>
concept fitted = requires(Fit const& fit) {
  typename Fit::model_type;
  fit.model();
  fit.covariance;
};

template <class Fit>
constexpr bool check_fit() {
  if constexpr (fitted<Fit>) {
    constexpr bool fits = purchase_model<typename Fit::model_type>;
    static_assert(fits,
                  "credence: this fit has covariates, so that each kind of customer has a model of his own: ask "
                  "fit.model().at(...), or it is no model of purchases");
    return fits;
  } else {
    static_assert(purchase_model<Fit>,
                  "credence: what stands before the customers is no fit and no model of their purchases; write "
                  "fit<credence::bg_nbd>(customers), say");
    return purchase_model<Fit>;
  }
}
/// The model of a fit, which throws unless it converged, or the model itself.
template <class Fit>
[[nodiscard]] auto const& model_of(Fit const& fit) {
  if constexpr (fitted<Fit>) {
    return fit.model();
  } else {
    return fit;
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
