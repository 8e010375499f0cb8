// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PURCHASE_TRACKING_HPP
#define CREDENCE_CLV_PURCHASE_TRACKING_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/refused_calls.hpp>
#include <credence/clv/purchase_tracking_result.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/period_walk.hpp>

// Purchases of all customers week by week, as they came and as a model has them.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Customers who began at one time.
struct beginners {
  double start = 0;
  double customers = 0;
};

/// Those who began at the same time put together, in the order of time.
[[nodiscard]] inline std::vector<beginners> gathered_starts(std::vector<double> starts) {
  std::sort(starts.begin(), starts.end());
  std::vector<beginners> found;
  for (double const start : starts) {
    if (found.empty() || found.back().start != start) found.push_back({start, 0});
    ++found.back().customers;
  }
  return found;
}

inline void check_tracking(purchase_tracking_options const& options) {
  if (!is_finite(options.period) || !(options.period > 0))
    wrong_argument("purchase_tracking_options::period", options.period.value, "it must be positive and finite");
  if (options.same_purchase.micros <= 0)
    wrong_argument("purchase_tracking_options::same_purchase", static_cast<double>(options.same_purchase.micros) / 1e6,
                   "seconds; it must be above 0");
  if (options.calibration && (!is_finite(*options.calibration) || *options.calibration < 0))
    wrong_argument("purchase_tracking_options::calibration", options.calibration->value,
                   "it must be finite, and 0 or more");
  check_end(options.observed_until);
}

/// expected ÷ actual − 1, over some periods.
class share_off {
 public:
  void add(tracked_period const& own) {
    expected_ += own.expected;
    actual_ += own.actual;
  }
  [[nodiscard]] double value() const {
    return actual_.value() > 0 ? expected_.value() / actual_.value() - 1 : not_a_number();
  }

 private:
  compensated_sum expected_;
  compensated_sum actual_;
};

template <class Law>
void track(purchase_tracking_result& result, Law const& law, std::vector<beginners> const& starts,
           std::vector<double> const& counts, purchase_tracking_options const& options) {
  share_off all;
  share_off before;
  share_off after;
  compensated_sum apart;
  compensated_sum actual;
  double earlier = 0;
  for (std::size_t at = 0; at < counts.size(); ++at) {
    tracked_period own;
    own.end = static_cast<double>(at + 1) * options.period;
    own.actual = counts[at];
    compensated_sum expected;
    for (beginners const& group : starts) {
      if (!(group.start < own.end)) break;
      expected += group.customers * law.expected(own.end - group.start);
    }
    own.expected_cumulative = expected.value();
    own.expected = own.expected_cumulative - earlier;
    earlier = own.expected_cumulative;
    actual += own.actual;
    own.actual_cumulative = actual.value();
    apart += std::fabs(own.expected - own.actual);
    all.add(own);
    if (options.calibration) {
      double const slack = 1e-9 * options.period;
      if (own.end <= *options.calibration + slack) before.add(own);
      if (own.end - options.period >= *options.calibration - slack) after.add(own);
    }
    result.periods.push_back(own);
  }
  result.total_error = all.value();
  result.calibration_error = before.value();
  result.holdout_error = after.value();
  if (!counts.empty()) result.mean_absolute_error = apart.value() / static_cast<double>(counts.size());
}

/// A purchase: whose, and when, in spans within which orders are one.
struct dated_purchase {
  std::size_t customer;
  std::int64_t when;
  friend bool operator==(dated_purchase const&, dated_purchase const&) = default;
};

struct purchase_tracking_function {
  /// Customers with their ages, and counts of repeat purchases period by period.
  template <class Fit, rows_range Customers, rows_range Counts>
  purchase_tracking_result operator()(Fit const& fit, Customers&& customers, Counts&& counts,
                                      purchase_tracking_options const& options = {}) const {
    purchase_tracking_result result;
    if constexpr (check_fit<Fit>() && check_customer_rows<Customers>() && number_check::of<row_of<Counts>>()) {
      check_tracking(options);
      using law_type = decltype(detail::model_of(fit).law());
      std::vector<double> const ages = read_ages<law_type>(customers, options.on_invalid, result);
      double greatest = 0;
      for (double const age : ages) greatest = (std::max)(greatest, age);
      std::vector<double> starts;
      for (double const age : ages) starts.push_back(greatest - age);
      std::vector<double> actual;
      rejections none;
      auto const end = std::ranges::end(counts);
      for (auto at = std::ranges::begin(counts); at != end; ++at) {
        auto&& own = *at;
        // Left out, it would move those behind it.
        static_cast<void>(detail::accepts_between(own, 0, 1e300, on_invalid::raise, none, actual.size()));
        actual.push_back(detail::real_of(own));
      }
      result.count = actual.size();
      track(result, detail::model_of(fit).law(), detail::gathered_starts(std::move(starts)), actual, options);
    }
    return result;
  }

  /// A log of orders.
  template <class Fit, rows_range Range, projection_of<Range> KeyOf, projection_of<Range> Time>
  purchase_tracking_result operator()(Fit const& fit, Range&& orders, KeyOf key, Time time,
                                      purchase_tracking_options const& options = {}) const {
    purchase_tracking_result result;
    if constexpr (check_fit<Fit>() && check_present_key<projected<Range, KeyOf>>() &&
                  check_time<projected<Range, Time>>()) {
      check_tracking(options);
      auto const& model = detail::model_of(fit);
      if (!model.unit || model.unit->micros <= 0)
        raise(error(
            "credence: how long a unit of the model's time is, is not known, so that orders cannot be counted by it: "
            "set `.unit` of the model or of what it was fitted to, as rfm does"));
      double const unit = static_cast<double>(model.unit->micros);
      std::int64_t last = earliest_micros;
      std::vector<dated_purchase> const all = read_orders(orders, key, time, options, result, last);
      if (all.empty()) return result;
      std::int64_t const span = options.same_purchase.micros;
      std::int64_t first = all.front().when;
      for (dated_purchase const& own : all) first = (std::min)(first, own.when);
      double const scale = static_cast<double>(span) / unit;
      // At both ends of time a span would begin before, or end after, all that can be counted.
      std::int64_t const until = options.observed_until && options.observed_until->is_known()
                                     ? options.observed_until->micros
                                     : saturated_product(floor_quotient(last, span) + 1, span);
      double const observed = static_cast<double>(elapsed(saturated_product(first, span), until)) / unit;
      double const whole_periods = std::floor(observed / options.period * (1 + 1e-12));
      if (!(whole_periods <= 1'000'000))
        wrong_argument("purchase_tracking_options::period", options.period.value,
                       "in what was observed there must be at most 1000000 periods");
      std::vector<double> counts(static_cast<std::size_t>((std::max)(whole_periods, 0.0)));
      std::vector<double> starts;
      for (std::size_t at = 0; at < all.size(); ++at) {
        double const since = static_cast<double>(elapsed(first, all[at].when)) * scale;
        if (at == 0 || all[at].customer != all[at - 1].customer) {
          starts.push_back(since);
          continue;
        }
        double const period = std::floor(since / options.period * (1 + 1e-12));
        if (period < static_cast<double>(counts.size())) ++counts[static_cast<std::size_t>(period)];
      }
      result.customers = starts.size();
      track(result, model.law(), detail::gathered_starts(std::move(starts)), counts, options);
    }
    return result;
  }

  template <class... Arguments>
  static constexpr void refuse() {
    static_assert(no_such_call<Arguments...>,
                  "credence: the order of this call is purchase_tracking(fit, orders, &order::customer, "
                  "&order::placed, {options}), or purchase_tracking(fit, customers, counts, {options})");
  }

 private:
  template <class Law, class Range>
  static std::vector<double> read_ages(Range& customers, on_invalid policy, purchase_tracking_result& result) {
    std::vector<double> ages;
    std::uint64_t position = 0;
    auto const end = std::ranges::end(customers);
    for (auto at = std::ranges::begin(customers); at != end; ++at, static_cast<void>(++position)) {
      auto&& row = *at;
      purchases own;
      if (std::optional<rejection> const fault = detail::read_purchases<Law>(row, own)) {
        turn_away(policy, result.rejections, *fault, own.frequency, position);
      } else {
        ages.push_back(own.age);
      }
    }
    result.customers = ages.size();
    result.rejected = result.rejections.total();
    return ages;
  }
  /// Customer by customer, in the order of time, each purchase once; and when the last order came.
  template <class Range, class KeyOf, class Time>
  static std::vector<dated_purchase> read_orders(Range& orders, KeyOf& key, Time& time,
                                                 purchase_tracking_options const& options,
                                                 purchase_tracking_result& result, std::int64_t& last) {
    group_table<present_key<projected<Range, KeyOf>>, no_state> customers;
    std::vector<dated_purchase> all;
    std::uint64_t position = 0;
    auto const end = std::ranges::end(orders);
    for (auto at = std::ranges::begin(orders); at != end; ++at, static_cast<void>(++position)) {
      auto&& row = *at;
      auto&& who = detail::project(key, row);
      auto&& when = detail::project(time, row);
      instant const placed = detail::instant_of(when);
      bool const is_there = detail::has_answer(who) && detail::has_answer(when);
      if (!is_there || !placed.is_known()) {
        turn_away(options.on_invalid, result.rejections, is_there ? rejection::bad_time : rejection::missing, 0,
                  position);
        continue;
      }
      if (options.observed_until && placed.micros >= options.observed_until->micros) continue;
      last = (std::max)(last, placed.micros);
      all.push_back({number_of(customers, who), floor_quotient(placed.micros, options.same_purchase.micros)});
      ++result.count;
    }
    result.rejected = result.rejections.total();
    std::sort(all.begin(), all.end(), [](dated_purchase const& one, dated_purchase const& other) {
      return one.customer != other.customer ? one.customer < other.customer : one.when < other.when;
    });
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }
  template <class Customers, class Key>
  static std::size_t number_of(Customers& customers, Key const& who) {
    if constexpr (is_optional<Key>) {
      return customers.find_or_add(*who);
    } else {
      return customers.find_or_add(who);
    }
  }
};

}  // namespace detail

/// Does a model follow the purchases of all customers through time? `purchase_tracking(fit, orders, &order::customer,
/// &order::placed, {.calibration = 39.0})`: repeat purchases in each period since the first order of all, in units of
/// the model's time, beside those that it expects, Σ E[X(t − start)] over the customers who had come by then. Orders of
/// a customer within the same day are one purchase, as in `rfm`. Or `purchase_tracking(fit, customers, counts)`, of
/// rows with an `age` at the end of calibration, of which the greatest began first, and of counts of repeat purchases
/// period by period. Periods that have not ended are not told. Orders without a customer or a time are left out and
/// counted. Throws `credence::error` unless the fit converged, for wrong options, and for orders where the unit of the
/// model is not known. O(orders log orders + periods · different starts).
inline constexpr detail::or_refused<detail::purchase_tracking_function> purchase_tracking{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
