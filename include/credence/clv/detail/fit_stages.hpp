// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_FIT_STAGES_HPP
#define CREDENCE_CLV_DETAIL_FIT_STAGES_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/clv/cnbd_k_fit.hpp>
#include <credence/clv/detail/customer_table.hpp>
#include <credence/clv/detail/fit_customers.hpp>
#include <credence/clv/detail/likelihood_of_customers.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/detail/read_customers.hpp>
#include <credence/clv/detail/search.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/detail/likelihood_in_parts.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>
#include <credence/math/second_order.hpp>

// The fit of a model of purchases with stages: one for each number of stages, the likeliest of which is the answer.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The terms of a likelihood with so many stages; what depends on the frequency alone is in a table.
template <class Law>
class stage_terms {
  using number = math::second_order<4>;
  static constexpr double longest_table = 1024;

 public:
  stage_terms(std::array<double, 4> const& natural, double greatest_frequency, int stages)
      : numbers_(by_logarithms(natural)), k_(stages) {
    double const last = (std::min)(greatest_frequency, longest_table);
    for (double frequency = 0; frequency <= last; ++frequency)
      by_frequency_.push_back(Law::log_likelihood_of_frequency(numbers_, frequency, stages));
  }
  void add(purchase_block const& block, block_sums<4>& sums) const {
    for (std::size_t at = 0; at < block.count; ++at) {
      purchases const own = block.at(at);
      number const known = own.frequency < static_cast<double>(by_frequency_.size())
                               ? by_frequency_[static_cast<std::size_t>(own.frequency)]
                               : Law::log_likelihood_of_frequency(numbers_, own.frequency, k_);
      sums += (known + Law::log_likelihood_of_times(numbers_, own, k_)) * block.weight_at(at);
    }
  }

 private:
  std::array<number, 4> numbers_;
  int k_;
  std::vector<number> by_frequency_;
};

/// ln L of all customers with so many stages, at the logarithms of r, alpha, a and b.
template <class Law, class Executor>
[[nodiscard]] math::likelihood_sums likelihood_with_stages(Executor& run, customer_table const& table,
                                                           double greatest_frequency, int stages,
                                                           std::vector<double> const& logs) {
  stage_terms<Law> const terms(detail::natural_of<4>(logs), greatest_frequency, stages);
  return math::detail::likelihood_in_parts(run, 4, table.stretches(), [&](std::size_t number) {
    block_sums<4> own;
    terms.add(table.at(number).block(), own);
    return own;
  });
}

/// Does any customer who came back tell of his gaps? Those who do not say have 0, as has hardly anyone else.
[[nodiscard]] inline bool tells_gaps(customer_table const& table) {
  for (std::size_t number = 0; number < table.stretches(); ++number) {
    purchase_block const block = table.at(number).block();
    for (std::size_t at = 0; at < block.count; ++at)
      if (block.at(at).log_gaps != 0) return true;
  }
  return false;
}

/// The searches, from the fewest stages to the most, each from where the one before ended.
template <class Law, class Executor>
class stage_search {
 public:
  stage_search(Executor& run, customer_table const& table, purchase_moments const& moments,
               cnbd_k_fit_options const& chosen)
      : run_(run), table_(table), moments_(moments), penalty_(chosen.penalty) {
    options_.max_iterations = static_cast<std::uint64_t>(chosen.max_iterations.value);
  }

  [[nodiscard]] math::maximum_result with(int stages) {
    auto const likelihood = [&](customer_table const& customers, std::vector<double> const& point) {
      return detail::likelihood_with_stages<Law>(run_, customers, moments_.greatest_frequency, stages, point);
    };
    std::vector<double> start = last_.empty() ? detail::logs_of(Law::start(moments_, stages)) : last_;
    if (!last_.empty()) start[1] += std::log(static_cast<double>(last_k_) / stages);  // the rate grows as stages do
    math::maximum_result found = detail::maximum_of(table_, start, penalty_, options_, likelihood);
    if (found) {
      last_ = found.point;
      last_k_ = stages;
    }
    return found;
  }

 private:
  Executor& run_;
  customer_table const& table_;
  purchase_moments const& moments_;
  double penalty_;
  math::maximise_options options_;
  std::vector<double> last_;
  int last_k_ = 1;
};

/// Do these rows, or the projections in their place, say Σ ln(gap)?
template <class Range, class... Rest>
constexpr bool says_gaps() {
  constexpr std::size_t positional = (std::size_t{is_positional<Rest>} + ... + 0);
  if constexpr (positional == 0) {
    return requires(std::remove_cvref_t<row_of<Range>> const& row) { row.log_gaps; };
  } else {
    return positional > 3;
  }
}

template <class Model, class Executor, class Range, class... Rest>
[[nodiscard]] cnbd_k_report<Model> fit_stages(Executor& run, cnbd_k_fit_options const& chosen, Range& rows,
                                              Rest const&... rest) {
  using law = typename Model::law_type;
  constexpr bool is_varied = has_covariates<Model, Rest...>;
  static_assert(!is_varied, "credence: this model takes no covariates; pareto_nbd, bg_nbd and mbg_nbd do");
  detail::check_fit_options(chosen);
  if constexpr (detail::check_customers<Range, Rest...>() && !is_varied) {
    if (!chosen.k && !says_gaps<Range, Rest...>()) refuse_to_choose_stages();
    read_customers_result read = detail::with_projections(
        [&](auto const& frequency, auto const& recency, auto const& age, auto const& gaps, auto const&... named) {
          if constexpr (detail::check_named<Range, std::decay_t<decltype(named)>...>()) {
            return detail::read_customers<true>(
                chosen.on_invalid, rows, [](purchases const& own) { return fault_of(own); }, frequency, recency, age,
                gaps, named...);
          } else {
            return read_customers_result{customer_table(true, false, 0), 0, {}};
          }
        },
        rest...);
    customer_table table = std::move(read.table);
    math::likelihood_terms terms;
    terms.names.assign(Model::parameter_names.begin(), Model::parameter_names.end());
    terms.logarithms = law::parameter_count;
    terms.count = read.count;
    terms.rejected = read.rejected.total();
    terms.rejections = read.rejected;
    terms.penalty = chosen.penalty;
    terms.reason = detail::lacks_of(table);
    if (!terms.reason.empty()) {
      math::maximum_result nothing;  // its status is that of degenerate data
      nothing.point.assign(law::parameter_count, 0.0);
      return {math::report_of<Model>(nothing, std::move(terms),
                                     [](double const* natural) { return Model::from_parameters(natural, 1); }),
              {}};
    }
    if (!chosen.k && !detail::tells_gaps(table)) refuse_to_choose_stages();
    table.compress();
    purchase_moments const moments = table.moments();
    terms.observations = moments.weight;
    std::optional<time_span> const unit = detail::unit_of(chosen.unit, rows);
    stage_search<law, Executor> search(run, table, moments, chosen);
    std::vector<tried_stages> tried;
    std::optional<likelihood_report<Model>> likeliest;
    int const first = static_cast<int>(chosen.k ? chosen.k->value : 1);
    int const last = static_cast<int>(chosen.k ? chosen.k->value : chosen.max_k.value);
    for (int stages = first; stages <= last; ++stages) {
      likelihood_report<Model> own = math::report_of<Model>(search.with(stages), terms, [&](double const* natural) {
        return Model::from_parameters(natural, stages, unit);
      });
      tried.push_back({stages, own.status, own.log_likelihood});
      bool const is_likelier = !likeliest || (own && (!*likeliest || own.log_likelihood > likeliest->log_likelihood));
      if (is_likelier) likeliest = std::move(own);
    }
    return {std::move(*likeliest), std::move(tried)};
  } else {
    return {};
  }
}

/// What makes `fit<model>` of a model of purchases with stages.
template <class Model>
struct fitted_by_stages {
  using options = cnbd_k_fit_options;
  using call = customer_call<options>;

  template <class Executor, class Range, class... Rest>
  static cnbd_k_report<Model> answer(Executor& run, options const& chosen, Range& rows, Rest const&... rest) {
    return detail::fit_stages<Model>(run, chosen, rows, rest...);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
