// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_HOLDOUT_SCORE_HPP
#define CREDENCE_CLV_HOLDOUT_SCORE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/refused_calls.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// How well did a model foretell what came after the time it was fitted to, and did it beat the obvious?

namespace credence {
inline namespace CREDENCE_ABI {

struct holdout_score_options {
  whole open_bin = 7;  ///< customers of this frequency or more are calibrated as one; 1 to 100,000
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// How far predictions are from what came, in purchases of a customer.
struct prediction_errors {
  double mean_absolute_error = not_a_number();
  double root_mean_squared_error = not_a_number();
  double bias = not_a_number();  ///< mean of predicted less actual: positive, too many were foretold
  double predicted = 0;          ///< purchases of all customers

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("mean_absolute_error", self.mean_absolute_error);
    visit("root_mean_squared_error", self.root_mean_squared_error);
    visit("bias", self.bias);
    visit("predicted", self.predicted);
  }
  friend constexpr bool operator==(prediction_errors const&, prediction_errors const&) = default;
};

/// Customers of one frequency in calibration, and what they bought in the holdout on average.
struct holdout_bin {
  std::uint64_t frequency = 0;        ///< repeat purchases in calibration; of the last bin, so many or more
  std::uint64_t customers = 0;        ///< how many they are
  double predicted = not_a_number();  ///< purchases of one of them, in the mean, by the model
  double actual = not_a_number();     ///< and as it came

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("frequency", self.frequency);
    visit("customers", self.customers);
    visit("predicted", self.predicted);
    visit("actual", self.actual);
  }
  friend constexpr bool operator==(holdout_bin const&, holdout_bin const&) = default;
};

/// The answer of `holdout_score`. NaN where there is no customer.
struct holdout_score_result {
  prediction_errors model;               ///< of the model
  prediction_errors mean_rate;           ///< of the baseline in which everyone buys at the mean rate of all, Σx/ΣT
  prediction_errors own_rate;            ///< of that in which each goes on at his own rate, x/T
  double actual = 0;                     ///< purchases in the holdout
  std::vector<holdout_bin> calibration;  ///< by frequency, from 0 to the open bin
  std::uint64_t count = 0;               ///< customers used
  std::uint64_t rejected = 0;            ///< customers left out
  credence::rejections rejections;       ///< and why

  explicit operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("model", self.model);
    visit("mean_rate", self.mean_rate);
    visit("own_rate", self.own_rate);
    visit("actual", self.actual);
    visit("calibration", self.calibration);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(holdout_score_result const&, holdout_score_result const&) = default;
};

namespace detail {

template <class Row>
concept holdout_row = requires(Row const& row) {
  row.holdout_frequency;
  row.holdout_duration;
};

class prediction_error_sums {
 public:
  void add(double predicted, double actual) {
    double const error = predicted - actual;
    absolute_ += std::fabs(error);
    squares_ += error * error;
    bias_ += error;
    predicted_ += predicted;
  }
  [[nodiscard]] prediction_errors told(std::uint64_t customers) const {
    prediction_errors errors;
    errors.predicted = predicted_.value();
    if (customers == 0) return errors;
    double const count = static_cast<double>(customers);
    errors.mean_absolute_error = absolute_.value() / count;
    errors.root_mean_squared_error = std::sqrt(squares_.value() / count);
    errors.bias = bias_.value() / count;
    return errors;
  }

 private:
  compensated_sum absolute_;
  compensated_sum squares_;
  compensated_sum bias_;
  compensated_sum predicted_;
};

/// A customer, and what came of him.
struct held_out {
  purchases before;
  double bought = 0;
  double within = 0;
};
template <class Law, class Row>
[[nodiscard]] std::optional<rejection> read_held_out(Row const& row, held_out& own) {
  if (std::optional<rejection> const fault = detail::read_purchases<Law>(row, own.before)) return fault;
  if (!detail::read_member(row.holdout_frequency, own.bought) || !detail::read_member(row.holdout_duration, own.within))
    return rejection::missing;
  if (is_nan(own.bought) || is_nan(own.within)) return rejection::not_a_number;
  if (!is_finite(own.bought) || own.bought < 0) return rejection::off_scale;
  if (!is_finite(own.within) || own.within < 0) return rejection::bad_time;
  if (own.within == 0)
    return rejection::missing;  // as of rows without a calibration: there was no holdout to be right in
  if (counts_opportunities<Law> && std::floor(own.within) != own.within) return rejection::bad_time;
  return std::nullopt;
}

struct holdout_score_function {
  template <class Fit, rows_range Range>
  holdout_score_result operator()(Fit const& fit, Range&& customers, holdout_score_options const& options = {}) const {
    holdout_score_result result;
    constexpr bool has_holdout = holdout_row<std::remove_cvref_t<row_of<Range>>>;
    static_assert(has_holdout,
                  "credence: these rows have no members holdout_frequency and holdout_duration; make them by rfm with "
                  "{.calibration_until = ...}");
    if constexpr (has_holdout && check_fit<Fit>() && check_customer_rows<Range>()) {
      std::int64_t const open = options.open_bin;
      if (open < 1 || open > 100'000) wrong_argument("holdout_score_options::open_bin", open, "it must be 1 to 100000");
      auto const law = detail::model_of(fit).law();
      std::vector<held_out> const kept =
          read<std::remove_const_t<decltype(law)>>(customers, options.on_invalid, result);
      compensated_sum purchases_before;
      compensated_sum ages;
      for (held_out const& own : kept) {
        purchases_before += own.before.frequency;
        ages += own.before.age;
      }
      double const rate = ages.value() > 0 ? purchases_before.value() / ages.value() : 0;
      struct bin_sums {
        compensated_sum predicted;
        compensated_sum actual;
      };
      std::vector<bin_sums> bins(static_cast<std::size_t>(open) + 1);
      result.calibration.resize(bins.size());
      prediction_error_sums by_model;
      prediction_error_sums by_mean;
      prediction_error_sums by_own;
      compensated_sum actual;
      for (held_out const& own : kept) {
        double const predicted = law.expected_after(own.before, own.within);
        by_model.add(predicted, own.bought);
        by_mean.add(rate * own.within, own.bought);
        by_own.add(own.before.age > 0 ? own.before.frequency / own.before.age * own.within : 0, own.bought);
        actual += own.bought;
        std::size_t const bin = own.before.frequency < static_cast<double>(open)
                                    ? static_cast<std::size_t>(own.before.frequency)
                                    : bins.size() - 1;
        ++result.calibration[bin].customers;
        bins[bin].predicted += predicted;
        bins[bin].actual += own.bought;
      }
      result.model = by_model.told(result.count);
      result.mean_rate = by_mean.told(result.count);
      result.own_rate = by_own.told(result.count);
      result.actual = actual.value();
      for (std::size_t at = 0; at < bins.size(); ++at) {
        holdout_bin& own = result.calibration[at];
        own.frequency = at;
        if (own.customers == 0) continue;
        own.predicted = bins[at].predicted.value() / static_cast<double>(own.customers);
        own.actual = bins[at].actual.value() / static_cast<double>(own.customers);
      }
    }
    return result;
  }

  template <class... Arguments>
  static constexpr void refuse() {
    static_assert(no_such_call<Arguments...>,
                  "credence: the order of this call is holdout_score(fit, customers, {options})");
  }

 private:
  template <class Law, class Range>
  static std::vector<held_out> read(Range& customers, on_invalid policy, holdout_score_result& result) {
    std::vector<held_out> kept;
    std::uint64_t position = 0;
    auto const end = std::ranges::end(customers);
    for (auto at = std::ranges::begin(customers); at != end; ++at, static_cast<void>(++position)) {
      auto&& row = *at;
      held_out own;
      if (std::optional<rejection> const fault = detail::read_held_out<Law>(row, own)) {
        turn_away(policy, result.rejections, *fault, own.before.frequency, position);
      } else {
        kept.push_back(own);
      }
    }
    result.count = kept.size();
    result.rejected = result.rejections.total();
    return kept;
  }
};

}  // namespace detail

/// Predictions against what came: `holdout_score(fit, customers)`, of a fit, or a model, to customers as they were at
/// the end of calibration, and rows that also have `holdout_frequency` and `holdout_duration`, as those of `rfm` with
/// `.calibration_until`. Mean absolute and root mean squared error, bias, and predicted beside actual means by the
/// frequency in calibration; and the same errors of two baselines that need no model. Most customers buy nothing in
/// most holdouts, so that a small absolute error says little by itself: a model that does not beat the mean rate, or
/// each customer's own past rate, is of no use for these customers. Rows that cannot be are left out and counted, as
/// are those without a holdout. Throws `credence::error` unless the fit converged, and for wrong options. O(customers).
inline constexpr detail::or_refused<detail::holdout_score_function> holdout_score{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
