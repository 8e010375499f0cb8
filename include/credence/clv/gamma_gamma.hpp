// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_GAMMA_GAMMA_HPP
#define CREDENCE_CLV_GAMMA_GAMMA_HPP

#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>

#include <credence/clv/detail/fit_spend.hpp>
#include <credence/clv/detail/gamma_gamma_law.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/clv/spend_history.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/maximise.hpp>

// What a customer spends when he buys.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A search that stalls where p or q is beyond a million does so because rounding hides how little there is left to
/// gain: as p grows a customer spends the same each time, as q grows customers are alike, and γ goes along.
inline void name_stalled_ridge(math::maximum_result& found) {
  constexpr double log_million = 13.8;
  if (found.status != fit_status::iteration_limit) return;
  double const by_p = found.point[0] > log_million ? 1 : 0;
  double const by_q = found.point[1] > log_million ? 1 : 0;
  if (by_p == 0 && by_q == 0) return;
  double const length = std::sqrt(by_p + by_q + (by_q - by_p) * (by_q - by_p));
  found.status = fit_status::flat_ridge;
  found.direction = {by_p / length, by_q / length, (by_q - by_p) / length};
}

}  // namespace detail

/// What a `gamma_gamma` is made of: each purchase of a customer is Gamma(p, ν), and ν is Gamma(q, γ) over customers.
struct gamma_gamma_parameters {
  double p = 0;      ///< shape of a customer's purchases, > 0; great: he spends about the same each time
  double q = 0;      ///< shape of the rates, > 0; great: customers spend about the same as each other
  double gamma = 0;  ///< their rate, > 0, in the unit of money; the mean spend is pγ/(q − 1)

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("p", self.p);
    visit("q", self.q);
    visit("gamma", self.gamma);
  }
  friend constexpr bool operator==(gamma_gamma_parameters const&, gamma_gamma_parameters const&) = default;
};

struct gamma_gamma_options {
  number penalty = 0;          ///< λ ≥ 0: λ Σ v² is taken from ln L, v the logarithms of the parameters
  whole max_iterations = 100;  ///< steps of Newton's method, ≥ 1
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

class gamma_gamma_report;

/// The Gamma–Gamma model of spend (Colombo & Jiang 1999; Fader & Hardie 2013): a customer's mean is known the better
/// the more often he has bought, and is drawn towards that of all the more the less often.
///   ln f(m̄|x) = −ln B(px, q) − q ln(1 + m̄x/γ) − px ln(1 + γ/(m̄x)) − ln m̄
///   E[M | x, m̄] = p(γ + m̄x) ÷ (px + q − 1);  of the population pγ ÷ (q − 1)
/// It holds that how much a customer spends does not go with how often he buys: look whether it does. Spend must be
/// above 0. `fit<gamma_gamma>(rows)`, of rows with `monetary_value` and `spend_count` or `frequency`, or
/// `(rows, &row::purchases, &row::mean_spend [, weighted_by(…)])`; rows without purchases are passed over, and counted.
class gamma_gamma : public gamma_gamma_parameters {
 public:
  using parameters_type = gamma_gamma_parameters;
  using law_type = detail::gamma_gamma_law;
  static constexpr std::array<std::string_view, 3> parameter_names{"p", "q", "gamma"};

  /// `gamma_gamma{{.p = 6.25, .q = 3.74, .gamma = 15.44}}`: throws `credence::error` for parameters that are not
  /// positive and finite.
  explicit gamma_gamma(gamma_gamma_parameters const& own) : gamma_gamma_parameters(own) {
    detail::check_positive("gamma_gamma_parameters::p", p);
    detail::check_positive("gamma_gamma_parameters::q", q);
    detail::check_positive("gamma_gamma_parameters::gamma", gamma);
  }
  [[nodiscard]] std::array<double, 3> parameters() const { return {p, q, gamma}; }
  [[nodiscard]] static gamma_gamma from_parameters(double const* own) { return gamma_gamma({own[0], own[1], own[2]}); }
  [[nodiscard]] detail::gamma_gamma_law law() const { return {p, q, gamma}; }

  /// The mean spend of a purchase over the population: pγ/(q − 1), +∞ unless q > 1.
  [[nodiscard]] double expected_spend() const { return law().expected({}); }
  /// E[M | x, m̄]: what this customer spends in the mean, in the host's money; without purchases that of the
  /// population. +∞ unless px + q > 1. Throws `credence::error` for a history that cannot be.
  [[nodiscard]] double expected_spend(spend_history const& history) const {
    return law().expected(detail::sound_spends(history));
  }
  template <spend_row Row>
  [[nodiscard]] double expected_spend(Row const& row) const {
    detail::spends const own = detail::spends_of(row);
    return expected_spend(spend_history{own.count, averages_nothing(own) ? 0.0 : own.mean});
  }
  /// Of each row of a range to an output iterator, which is returned; NaN for a history that cannot be.
  template <rows_range Range, std::output_iterator<double> Out>
  requires spend_row<detail::row_of<Range>> Out expected_spend(Range&& customers, Out out)
  const {
    detail::gamma_gamma_law const the_law = law();
    auto at = std::ranges::begin(customers);
    auto const end = std::ranges::end(customers);
    for (; at != end; ++at) {
      auto&& row = *at;
      detail::spends const own = detail::spends_of(row);
      *out = detail::fault_of(own) ? not_a_number() : the_law.expected(own);
      ++out;
    }
    return out;
  }
  /// ln f(m̄ | x) of one customer; 0 without purchases.
  [[nodiscard]] double log_likelihood(spend_history const& history) const {
    return law().log_likelihood(detail::sound_spends(history));
  }
  /// f(m̄ | x): how dense means of x purchases, x ≥ 1, of a customer not known lie at m̄, per unit of money.
  [[nodiscard]] double density(spend_history const& history) const {
    if (!(history.count > 0))
      detail::wrong_argument("spend_history::count", history.count.value, "a mean is of 1 purchase or more");
    return std::exp(log_likelihood(history));
  }

  using options = gamma_gamma_options;
  using call =
      detail::call_shape<options,
                         detail::call_terms{
                             .further = 2, .takes_design = true, .takes_design_alone = true, .takes_executor = true}>;

  /// What `fit` asks.
  template <class Executor, class Range, class... Rest>
  static gamma_gamma_report answer(Executor& run, options const& chosen, Range& rows, Rest const&... rest);
};

/// The answer of `fit<gamma_gamma>`: `count` are those who came back.
class gamma_gamma_report : public likelihood_report<gamma_gamma> {
 public:
  using likelihood_report<gamma_gamma>::likelihood_report;
  gamma_gamma_report(likelihood_report<gamma_gamma> report, std::uint64_t others)
      : likelihood_report<gamma_gamma>(std::move(report)), without_purchases(others) {}

  std::uint64_t without_purchases = 0;  ///< rows passed over: customers of whom there is no purchase to average

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    likelihood_report<gamma_gamma>::describe(self, visit);
    visit("without_purchases", self.without_purchases);
  }
  friend bool operator==(gamma_gamma_report const& left, gamma_gamma_report const& right) {
    return static_cast<likelihood_report<gamma_gamma> const&>(left) ==
               static_cast<likelihood_report<gamma_gamma> const&>(right) &&
           left.without_purchases == right.without_purchases;
  }
};

template <class Executor, class Range, class... Rest>
gamma_gamma_report gamma_gamma::answer(Executor& run, options const& chosen, Range& rows, Rest const&... rest) {
  if (!is_finite(chosen.penalty) || chosen.penalty < 0)
    detail::wrong_argument("gamma_gamma_options::penalty", chosen.penalty.value, "it must be finite, and 0 or more");
  if (chosen.max_iterations.value < 1)
    detail::wrong_argument("gamma_gamma_options::max_iterations", chosen.max_iterations.value, "it must be at least 1");
  detail::read_spends_result const read = detail::with_spend(
      [&](auto const&... projections) { return detail::read_spends(chosen.on_invalid, rows, projections...); }, rows,
      rest...);
  detail::spend_moments const moments = read.table.moments();
  math::likelihood_terms terms;
  terms.names.assign(parameter_names.begin(), parameter_names.end());
  terms.logarithms = law_type::parameter_count;
  terms.count = read.table.size();
  terms.observations = moments.weight;
  terms.rejected = read.rejections.total();
  terms.rejections = read.rejections;
  terms.penalty = chosen.penalty;
  terms.reason = detail::lacks_of(read.table, moments);
  math::maximum_result found;  // of degenerate data, so far
  if (terms.reason.empty()) {
    math::maximise_options search;
    search.max_iterations = static_cast<std::uint64_t>(chosen.max_iterations.value);
    found = detail::maximum_of_spend<law_type>(run, read.table, moments, chosen.penalty, search);
    detail::name_stalled_ridge(found);
  }
  return {math::report_of<gamma_gamma>(found, std::move(terms)), read.without_purchases};
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
