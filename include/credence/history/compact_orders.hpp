// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_COMPACT_ORDERS_HPP
#define CREDENCE_HISTORY_COMPACT_ORDERS_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/period.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/compact_orders_state.hpp>
#include <credence/history/detail/period_ruler.hpp>
#include <credence/history/detail/purchase_record.hpp>
#include <credence/history/detail/push_activity.hpp>
#include <credence/history/rfm_options.hpp>
#include <credence/history/rfm_table.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The options of a `compact_orders_accumulator`: all but `on_invalid` shape its state.
template <period_policy Grid>
struct compact_orders_options {
  Grid grid{};                                       ///< what time is cut into
  std::optional<time_span> unit = detail::one_week;  ///< what 1 is; unset: periods are counted
  order_returns returns = order_returns::netted;     ///< what becomes of amounts below zero
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return grid.check_fields(complain) &&
           (!unit || unit->micros > 0 ||
            complain("compact_orders_options::unit", static_cast<double>(unit->micros) / 1e6,
                     "seconds; it must be above 0"));
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tuple_cat(Grid::shape(self.grid), std::tie(self.unit, self.returns));
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("grid", self.grid);
    visit("unit", self.unit);
    visit("returns", self.returns);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(compact_orders_options const&, compact_orders_options const&) = default;
};

/// What a compact history holds.
struct compact_orders_result {
  std::uint64_t count = 0;             ///< purchases used
  std::uint64_t customers = 0;         ///< who bought
  std::uint64_t purchase_periods = 0;  ///< customers in periods in which they bought
  std::uint64_t returned = 0;          ///< returns: rows with an amount below zero
  std::uint64_t rejected = 0;          ///< rows left out
  credence::rejections rejections;     ///< and why

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("customers", self.customers);
    visit("purchase_periods", self.purchase_periods);
    visit("returned", self.returned);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(compact_orders_result const&, compact_orders_result const&) = default;
};

/// Of each customer only x, the first and the last purchase, the spend and Σ ln(gap), for logs that are split by
/// customer: 64 bytes each, however much they buy. The orders of a customer must come in the order of time; one of a
/// period before the last is turned away as a `bad_time`, counted or raised. A return is taken from the latest purchase
/// that came before it, or is counted as unmatched. To merge two histories that share a customer throws
/// `credence::error` and changes neither: that is what an `orders_accumulator` is for. It cannot tell a holdout apart,
/// and knows nothing of an end of observation before its last order.
template <class Key, period_policy Grid = calendar_day, class Value = void>
class compact_orders_accumulator
    : public accumulator_base<compact_orders_accumulator<Key, Grid, Value>, compact_orders_options<Grid>,
                              detail::compact_orders_state<detail::stored_key<Key>, detail::sum_of_value<Value>>> {
  static_assert(
      !requires(Grid const& grid) { grid.steps_a_window(); },
      "credence: windows that overlap are no grid; gather days or their steps");
  using base = accumulator_base<compact_orders_accumulator, compact_orders_options<Grid>,
                                detail::compact_orders_state<detail::stored_key<Key>, detail::sum_of_value<Value>>>;

 public:
  using key_type = detail::stored_key<Key>;
  using grid_type = Grid;
  using value_type = Value;
  using options_type = typename base::options_type;
  using state_type = typename base::state_type;
  static constexpr bool has_values = !std::is_void_v<Value>;

  using base::base;

  [[nodiscard]] static std::string type_id() {
    return detail::joined({"credence.compact_orders(", detail::codec_of<Key>::name(), ",", Grid::type_id(),
                           detail::amounts_name<Value>, ")"});
  }
  /// Only a split by customer leads to the same state.
  template <class...>
  static constexpr bool exact = false;

  template <class Own, class Time>
  requires(!has_values) static void push(options_type const& options, state_type& state, Own const& key,
                                         Time const& time) {
    enter(options, state, key, time, detail::no_amount{});
  }
  template <class Own, class Time, class Amount>
  requires(has_values) static void push(options_type const& options, state_type& state, Own const& key,
                                        Time const& time, Amount const& amount) {
    enter(options, state, key, time, amount);
  }

  [[nodiscard]] static compact_orders_result answer(options_type const&, state_type const& state) {
    compact_orders_result result;
    rfm_report const& report = state.records.report;
    result.count = report.count;
    result.returned = report.returned;
    result.rejections = report.rejections;
    result.rejected = report.rejections.total();
    state.records.bought.walk([&](std::uint32_t, auto const& bought) {
      result.customers += bought.periods != 0;
      result.purchase_periods += bought.periods;
    });
    return result;
  }

 private:
  template <class Own, class Time, class Amount>
  static void enter(options_type const& options, state_type& state, Own const& own, Time const& time,
                    Amount const& amount) {
    using traits = money_traits<std::conditional_t<has_values, Value, int>>;
    using key_answer = typename detail::answer_type<Own>::type;
    if constexpr (detail::check_key<key_answer>() && detail::check_time<Time>() && detail::check_amount<Amount>()) {
      rfm_report& report = state.records.report;
      std::uint64_t const position = report.count + report.returned + report.rejections.total();
      rejection reason = rejection::missing;
      detail::sum_of_value<Value> sum{};
      std::int64_t period = 0;
      if (!detail::read_event(options.grid, own, time, amount, true, period, sum, reason)) {
        detail::turn_away(options.on_invalid, report.rejections, reason, 0, position);
        return;
      }
      bool const is_back = detail::is_return<traits>(sum);
      if (is_back && options.returns == order_returns::raised) detail::refuse_return(position);
      std::uint32_t const number = detail::number_among(state.customers, own);
      auto& record = state.records.bought[number];
      if (record.periods != 0 && period < record.last) {
        detail::turn_away(options.on_invalid, report.rejections, rejection::bad_time, 0, position);
        return;
      }
      if (!is_back) {
        static_cast<void>(record.buy(detail::period_ruler<Grid>(options.grid, options.unit), period, sum));
        ++report.count;
      } else {
        ++report.returned;
        if (options.returns == order_returns::dropped) {
          ++report.dropped;
        } else if (record.periods == 0) {
          ++report.unmatched;
        } else {
          (record.periods == 1 ? record.first_spend : record.repeat_spend) += sum;
        }
      }
      state.records.latest = (std::max)(state.records.latest, period);
    }
  }
};

namespace detail {

template <class History>
inline constexpr bool is_compact_orders = false;
template <class Key, class Grid, class Value>
inline constexpr bool is_compact_orders<compact_orders_accumulator<Key, Grid, Value>> = true;

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
