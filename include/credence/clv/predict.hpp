// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PREDICT_HPP
#define CREDENCE_CLV_PREDICT_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/forecast.hpp>
#include <credence/clv/detail/refused_calls.hpp>
#include <credence/clv/predictions.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/math/delta_interval.hpp>
#include <credence/math/log_space.hpp>
#include <credence/math/normal.hpp>

// What all customers will do, by a fitted model.

namespace credence {
inline namespace CREDENCE_ABI {

struct predict_options {
  bool intervals = true;     ///< of what the parameters leave open; of a fit alone, and some ten times the work
  number confidence = 0.95;  ///< of them, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

/// The interval of a probability, symmetric in its log odds, so that it stays within 0 and 1.
[[nodiscard]] inline interval odds_interval(delta_interval_result const& own, double critical) {
  double const share = own.value;
  interval bounds{share, share, own.interval.confidence};
  if (!own) return own.interval;
  double const spread = share * (1 - share);
  if (!(spread > 0)) return bounds;
  double const odds = std::log(share) - std::log1p(-share);
  double const half = critical * own.standard_error / spread;
  bounds.lower = math::expit(odds - half);
  bounds.upper = math::expit(odds + half);
  return bounds;
}
/// The same of what is never below 0, symmetric in its logarithm.
[[nodiscard]] inline interval ratio_interval(delta_interval_result const& own, double critical) {
  if (!own || !(own.value > 0)) return own.interval;
  double const factor = std::exp(critical * own.standard_error / own.value);
  return {own.value / factor, own.value * factor, own.interval.confidence};
}

/// What `predict` asks of a law.
struct predicted_purchases {
  double ahead;
  template <class Law>
  void operator()(Law const& law, purchases const& own, double* out) const {
    out[0] = law.expected_after(own, ahead);
    out[1] = law.buys_within(own, ahead);
  }
};

/// The forecasts of a fitted model and of those to either side of it.
template <class Model, class Forecast>
class forecast_intervals {
 public:
  template <class Make>
  forecast_intervals(likelihood_report<Model> const& report, double confidence, Make const& make)
      : intervals_(report, {confidence}), critical_(math::normal_critical(confidence)) {
    // It asks its models in the same order every time.
    static_cast<void>(intervals_([&](Model const& model) {
      forecasts_.push_back(make(model));
      return 1.0;
    }));
  }
  [[nodiscard]] prediction_intervals operator()(purchases const& own) const {
    double answers[most_models][3];
    for (std::size_t at = 0; at < forecasts_.size(); ++at) answers[at][2] = forecasts_[at](own, answers[at]);
    auto const of = [&](std::size_t which) {
      std::size_t next = 0;
      return intervals_([&](Model const&) { return answers[next++][which]; });
    };
    prediction_intervals bounds;
    if constexpr (knows_alive<typename Model::law_type>) bounds.probability_alive = odds_interval(of(2), critical_);
    bounds.expected_purchases = ratio_interval(of(0), critical_);
    bounds.probability_of_purchase = odds_interval(of(1), critical_);
    return bounds;
  }

 private:
  static constexpr std::size_t most_models = 2 * Model::law_type::parameter_count + 1;
  delta_intervals<Model> intervals_;
  double critical_;
  std::vector<Forecast> forecasts_;
};

struct predict_function {
  template <class Fit, rows_range Range>
  auto operator()(Fit const& fit, Range&& customers, number const& ahead, predict_options const& options = {}) const {
    calling_thread run;
    return answer(run, fit, customers, ahead, options);
  }
  template <executor Executor, class Fit, rows_range Range>
  auto operator()(Executor&& run, Fit const& fit, Range&& customers, number const& ahead,
                  predict_options const& options = {}) const {
    return answer(run, fit, customers, ahead, options);
  }

  template <class... Arguments>
  static constexpr void refuse() {
    static_assert(no_such_call<Arguments...>,
                  "credence: the order of this call is predict([executor,] fit, customers, ahead, {options}), as "
                  "predict(fit, customers, 39.0)");
  }

 private:
  template <class Executor, class Fit, class Range>
  static auto answer(Executor& run, Fit const& fit, Range& customers, double ahead, predict_options const& options) {
    if constexpr (check_fit<Fit>() && check_customer_rows<Range>()) {
      using law_type = decltype(detail::model_of(fit).law());
      static_cast<void>(detail::sound_ahead<law_type>("`ahead`", ahead));
      check_confidence("predict_options::confidence", options.confidence);
      return detail::with_reachable_rows(customers, [&](auto& rows) {
        return told<customer_key<Range>>(run, fit, detail::model_of(fit), rows, ahead, options);
      });
    } else {
      return predictions<prediction<>>{};
    }
  }

  template <class Key, class Executor, class Fit, class Model, class Range>
  static auto told(Executor& run, Fit const& fit, Model const& model, Range& rows, double ahead,
                   predict_options const& options) {
    using law_type = typename Model::law_type;
    using forecast_type = forecast<law_type, predicted_purchases>;
    using row_type = std::conditional_t<knows_alive<law_type>, prediction<Key>, purchase_prediction<Key>>;
    predictions<row_type> result;
    result.ahead = ahead;
    std::size_t const size = static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows));
    customer_ages const ages = detail::ages_of<law_type>(rows, size, options.on_invalid, result);
    auto const make = [&](Model const& own) { return forecast_type(own.law(), ahead, {ahead}, 2, ages); };
    result.customers.resize(size);
    forecast_type const asked = make(model);
    detail::tell_customers<law_type>(run, rows, size,
                                     [&](std::size_t at, auto& row, purchases const& own, auto const& fault) {
                                       row_type& into = result.customers[at];
                                       into.key = detail::key_of<Key>(row, at);
                                       if (fault) return;
                                       double out[2];
                                       [[maybe_unused]] double const alive = asked(own, out);
                                       if constexpr (knows_alive<law_type>) into.probability_alive = alive;
                                       into.expected_purchases = out[0];
                                       into.probability_of_purchase = out[1];
                                     });
    if constexpr (fitted<Fit>) {
      if (options.intervals) {
        forecast_intervals<Model, forecast_type> const bounds(fit, options.confidence, make);
        result.intervals.resize(size);
        detail::tell_customers<law_type>(run, rows, size,
                                         [&](std::size_t at, auto&, purchases const& own, auto const& fault) {
                                           if (!fault) result.intervals[at] = bounds(own);
                                         });
      }
    }
    tell_sums(result);
    return result;
  }
  template <class Result>
  static void tell_sums(Result& result) {
    compensated_sum expected;
    compensated_sum alive;
    for (auto const& own : result.customers) {
      if (is_nan(own.expected_purchases)) continue;
      expected += own.expected_purchases;
      if constexpr (requires { own.probability_alive; }) alive += own.probability_alive;
    }
    result.expected_purchases = expected.value();
    if constexpr (requires { result.customers[0].probability_alive; }) result.expected_alive = alive.value();
  }
};

}  // namespace detail

/// What is to be expected of each customer: `predict([executor,] fit, customers, 39.0 [, {options}])`, the probability
/// that he is alive now, the purchases expected of him within the next 39 units of the model's time and the probability
/// of at least one, each with an interval by the delta method: of what the data leave open of the parameters, not of
/// what a customer does by chance. Or of a model, `predict(model, customers, 39.0)`, which has no intervals. Customers
/// are rows with `frequency`, `recency` and `age`, as those of `rfm`, and keep their `key`. A row that cannot be is
/// answered by NaN, so that answers stand as their rows do, and is counted. A model without churn, such as `nbd`, does
/// not say who is alive. Throws `credence::error` unless the fit converged, and for wrong options. The same bits by any
/// executor. O(customers); where the model allows, by curves through a few ages for each frequency, good to 1e-11.
inline constexpr detail::or_refused<detail::predict_function> predict{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
