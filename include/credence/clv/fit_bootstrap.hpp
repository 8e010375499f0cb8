// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_FIT_BOOTSTRAP_HPP
#define CREDENCE_CLV_FIT_BOOTSTRAP_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/refused_calls.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/bootstrap_result.hpp>
#include <credence/inference/detail/replicates.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/random.hpp>

// How uncertain is an answer of a fitted model, whatever it is? Fitted again to customers drawn from the customers.

namespace credence {
inline namespace CREDENCE_ABI {

struct fit_bootstrap_options {
  whole replicates = 200;    ///< fits; 2 to 1,000,000. Bounds at 0.95 want a thousand, a standard error a hundred
  whole seed = 2026;         ///< another seed, other replicates
  number confidence = 0.95;  ///< of the interval, in (0, 1)
};

namespace detail {

/// A customer as models are fitted to him, and how often he was drawn.
struct resampled_customer {
  double frequency = 0;
  double recency = 0;
  double age = 0;
  double log_gaps = 0;
  double monetary_value = 0;
  double spend_count = 0;
  double weight = 0;
};
template <class Law, class Row>
[[nodiscard]] bool read_drawn(Row const& row, resampled_customer& into) {
  purchases own;
  if (detail::read_purchases<Law>(row, own)) return false;
  into = {own.frequency, own.recency, own.age, own.log_gaps, 0, own.frequency, 0};
  if constexpr (requires { row.monetary_value; })
    if (!detail::read_member(row.monetary_value, into.monetary_value)) return false;
  if constexpr (requires { row.spend_count; })
    if (!detail::read_member(row.spend_count, into.spend_count)) return false;
  return true;
}

struct fit_bootstrap_function {
  template <class Fit, rows_range Range, class Answer>
  bootstrap_result operator()(Fit const& fit, Range&& customers, Answer const& answer,
                              fit_bootstrap_options const& options = {}) const {
    calling_thread run;
    return of(run, fit, customers, answer, options);
  }
  template <executor Executor, class Fit, rows_range Range, class Answer>
  bootstrap_result operator()(Executor&& run, Fit const& fit, Range&& customers, Answer const& answer,
                              fit_bootstrap_options const& options = {}) const {
    return of(run, fit, customers, answer, options);
  }

  template <class... Arguments>
  static constexpr void refuse() {
    static_assert(
        no_such_call<Arguments...>,
        "credence: the order of this call is fit_bootstrap([executor,] fit, customers, answer, {options}), where "
        "answer is called with a model: [](auto const& model) { return model.expected_purchases(39.0); }");
  }

 private:
  template <class Executor, class Fit, class Range, class Answer>
  static bootstrap_result of(Executor& run, Fit const& fit, Range& customers, Answer const& answer,
                             fit_bootstrap_options const& options) {
    constexpr bool refits = fitted<Fit> && requires { typename Fit::model_type::options; };
    static_assert(refits, "credence: this is asked of a fit without covariates, which is made again and again");
    if constexpr (refits && check_customer_rows<Range>()) {
      using model_type = typename Fit::model_type;
      if (options.replicates.value < 2 || options.replicates.value > 1'000'000)
        wrong_argument("fit_bootstrap_options::replicates", options.replicates.value, "it must be 2 to 1,000,000");
      check_confidence("fit_bootstrap_options::confidence", options.confidence);
      double const value = static_cast<double>(answer(fit.model()));
      double const customers_fitted = static_cast<double>(fit.count);
      if (std::fabs(fit.observations - customers_fitted) > 1e-9 * customers_fitted)
        raise(error(
            "credence: this fit was made of customers with weights, and its replicates would be of customers without; "
            "give each as often as he counts, and fit them without weights"));
      std::vector<resampled_customer> sample;
      auto const end = std::ranges::end(customers);
      for (auto at = std::ranges::begin(customers); at != end; ++at) {
        auto&& row = *at;
        resampled_customer own;
        if (detail::read_drawn<typename model_type::law_type>(row, own)) sample.push_back(own);
      }
      typename model_type::options again;
      again.penalty = fit.penalty;
      if constexpr (requires { again.k; }) again.k = whole(fit.model().k);  // the same number of stages
      std::vector<double> replicates(static_cast<std::size_t>(options.replicates.value), not_a_number());
      auto const task = [&](std::size_t number) {
        std::vector<resampled_customer> const drawn =
            drawn_again(sample, static_cast<std::uint64_t>(options.seed.value), number);
        auto const refit = credence::fit<model_type>(drawn, weighted_by(&resampled_customer::weight), again);
        if (refit) replicates[number] = static_cast<double>(answer(with_unit(fit.model(), refit.model())));
      };
      if constexpr (std::is_same_v<std::remove_cv_t<Executor>, calling_thread>) {
        for (std::size_t number = 0; number < replicates.size(); ++number) task(number);
      } else {
        detail::run_tasks(run, replicates.size(), task, [](std::size_t number) { return number; });
      }
      bootstrap_options told;
      told.replicates = options.replicates;
      told.confidence = options.confidence;
      told.interval_method = bootstrap_method::percentile;
      return detail::summed_up(value, sample.size(), std::move(replicates), told, [] { return 0.0; });
    } else {
      return {};
    }
  }
  /// As many customers as there are, each of them any one of these: how often each came.
  static std::vector<resampled_customer> drawn_again(std::vector<resampled_customer> const& sample, std::uint64_t seed,
                                                     std::uint64_t number) {
    std::vector<resampled_customer> drawn = sample;
    math::random_stream chance(seed, number);
    for (std::size_t draw = 0; draw < drawn.size(); ++draw)
      drawn[static_cast<std::size_t>(chance.below(drawn.size()))].weight += 1;
    return drawn;
  }
  /// The same unit of time as before, which annual rates ask for.
  template <class Model>
  static Model with_unit(Model const& before, Model const& refitted) {
    if constexpr (requires { before.with_parameters(refitted.parameters().data()); }) {
      return before.with_parameters(refitted.parameters().data());
    } else {
      return refitted;
    }
  }
};

}  // namespace detail

/// The interval of any answer of a fitted model by the bootstrap: `fit_bootstrap([executor,] fit, customers,
/// [](auto const& model) { return model.expected_purchases(39.0); }, {.replicates = 1000})`. Each replicate draws as
/// many customers as there are, with replacement, by weights, and fits the model again; the interval is of percentiles,
/// so that it stays within what the answer can be. Where `delta_interval` does, that is a thousand times quicker; this
/// one asks no smoothness, and shows what a likelihood that is no parabola does. `customers` are what the fit was made
/// of; rows that cannot be are passed over, and a fit that had weights, which are not drawn again, is refused. Fits
/// that do not converge give no replicate: `replicates` says how many did. `answer` is called concurrently with an
/// executor, and must not throw. The same bits by any executor; O(fits). Throws `credence::error` unless the fit
/// converged without weights, and for wrong options. Source: Efron (1979), Annals of Statistics 7, 1.
inline constexpr detail::or_refused<detail::fit_bootstrap_function> fit_bootstrap{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
