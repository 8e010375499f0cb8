// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_LOG_RANK_HPP
#define CREDENCE_SURVIVAL_LOG_RANK_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/group_difference.hpp>
#include <credence/inference/detail/score_test.hpp>
#include <credence/survival/detail/grouped_times.hpp>
#include <credence/survival/detail/late_entries.hpp>
#include <credence/survival/detail/risk_rows.hpp>
#include <credence/survival/detail/survival_state.hpp>
#include <credence/survival/survival_test_result.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a difference counts for that shows at some time: n is who is at risk then, S the share of all that was still
/// here before it.
enum class log_rank_weight : std::uint8_t {
  log_rank,           ///< 1: best where one group leaves a constant factor faster (the default)
  gehan,              ///< n: early differences count most; Gehan, Breslow, Wilcoxon
  tarone_ware,        ///< √n
  peto,               ///< Π (1 − d/(n + 1)), the time itself among them; Peto and Peto
  fleming_harrington  ///< S^ρ·(1 − S)^γ: ρ for early, γ for late differences; R's survdiff has γ = 0
};
constexpr std::string_view name_of(log_rank_weight weight) {
  switch (weight) {
    case log_rank_weight::log_rank: return "log_rank";
    case log_rank_weight::gehan: return "gehan";
    case log_rank_weight::tarone_ware: return "tarone_ware";
    case log_rank_weight::peto: return "peto";
    case log_rank_weight::fleming_harrington: return "fleming_harrington";
  }
  return {};
}

struct log_rank_options {
  log_rank_weight weight = log_rank_weight::log_rank;
  number rho = 0;    ///< of fleming_harrington, 0 or more; given alone, it turns that on
  number gamma = 0;  ///< of fleming_harrington, 0 or more; given alone, it turns that on
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

template <class Key>
using log_rank_group = survival_test_group<Key>;
template <class Key>
using log_rank_result = survival_test_result<Key>;

namespace detail {

/// A group's times, walked from the last down.
struct group_walk {
  std::vector<risk_row> rows;
  late_entries entries;
  std::size_t left_over;  ///< rows that were not met yet
  double later = 0;       ///< who was still there at those that were
  double at_risk = 0;
  double left = 0;

  group_walk(std::vector<time_run> const& runs, std::vector<marked_time> const& marked)
      : rows(detail::risk_rows(runs, marked)), entries(marked), left_over(rows.size()) {}
  /// Down to a time of all groups together: who is at risk just before it, and who left between it and the one before.
  void down_to(double time) {
    left = 0;
    double going = 0;
    for (; left_over != 0 && !(rows[left_over - 1].time < time); --left_over) {
      left += rows[left_over - 1].left;
      going += rows[left_over - 1].left + rows[left_over - 1].stayed;
    }
    later += going;
    at_risk = entries.at_risk(later, going, time);
  }
};

/// What the times at which all groups together had events count for, from the first up.
[[nodiscard]] inline std::vector<double> weights_of(std::vector<risk_row> const& pooled,
                                                    log_rank_options const& options) {
  bool const harrington = options.rho.value != 0 || options.gamma.value != 0 ||
                          options.weight == log_rank_weight::fleming_harrington;
  std::vector<double> weights;
  weights.reserve(pooled.size());
  double survival = 1;
  double peto = 1;
  for (risk_row const& row : pooled) {
    peto *= 1 - row.left / (row.at_risk + 1);
    if (harrington) {
      weights.push_back(std::pow(survival, options.rho.value) * std::pow(1 - survival, options.gamma.value));
    } else if (options.weight == log_rank_weight::gehan) {
      weights.push_back(row.at_risk);
    } else if (options.weight == log_rank_weight::tarone_ware) {
      weights.push_back(std::sqrt(row.at_risk));
    } else {
      weights.push_back(options.weight == log_rank_weight::peto ? peto : 1);
    }
    if (row.left > 0) survival *= 1 - row.left / row.at_risk;
  }
  return weights;
}

struct log_rank_function : grouped_survival_calls<log_rank_function, log_rank_options> {
  template <class Key>
  static log_rank_result<Key> of(grouped_times<Key> const& gathered, log_rank_options const& options) {
    check_powers(options);
    log_rank_result<Key> result;
    gathered.tell(result);
    result.strata = gathered.strata.size();
    for (Key const& key : gathered.keys) {
      log_rank_group<Key>& own = result.groups.emplace_back();
      own.key = key;
    }
    std::size_t const size = gathered.keys.size();
    check_group_count(size);
    group_difference difference(size);
    for (std::vector<survival_state> const& stratum : gathered.strata) add(result, difference, stratum, options);
    for (std::size_t at = 0; at < result.groups.size(); ++at) {
      result.groups[at].observed = difference.observed(at);
      result.groups[at].expected = difference.expected(at);
    }
    result.covariance = difference.covariance();
    score_test const tested = difference.tested();
    result.chi_squared = tested.chi_squared;
    result.degrees_of_freedom = tested.degrees;
    result.p_value = tested.p_value;
    return result;
  }

 private:
  static void check_powers(log_rank_options const& options) {
    for (auto const& [name, power] : {std::pair("log_rank_options::rho", options.rho.value),
                                      std::pair("log_rank_options::gamma", options.gamma.value)})
      if (!is_finite(power) || power < 0) wrong_argument(name, power, "it must be 0 or more");
    bool const other = options.weight != log_rank_weight::log_rank &&
                       options.weight != log_rank_weight::fleming_harrington;
    if (other && (options.rho.value != 0 || options.gamma.value != 0))
      wrong_argument("log_rank_options::weight", name_of(options.weight),
                     "rho and gamma are of the weight fleming_harrington alone");
  }
  /// A stratum's part, time by time.
  template <class Key>
  static void add(log_rank_result<Key>& result, group_difference& difference,
                  std::vector<survival_state> const& stratum, log_rank_options const& options) {
    survival_state all;
    std::vector<group_walk> walks;
    for (std::size_t at = 0; at < stratum.size(); ++at) {
      all += stratum[at];
      result.groups[at].count += stratum[at].count();
      result.groups[at].left += stratum[at].left();
      stratum[at].in_order([&](auto const& runs, auto const& marked) { walks.emplace_back(runs, marked); });
    }
    auto const pooled =
        all.in_order([](auto const& runs, auto const& marked) { return detail::risk_rows(runs, marked); });
    std::vector<double> const weights = detail::weights_of(pooled, options);
    std::vector<double> at_risk(result.groups.size());
    std::vector<double> left(result.groups.size());
    for (std::size_t at = pooled.size(); at-- != 0;) {
      for (std::size_t group = 0; group < walks.size(); ++group) {
        walks[group].down_to(pooled[at].time);
        at_risk[group] = walks[group].at_risk;
        left[group] = walks[group].left;
      }
      if (pooled[at].left > 0) difference.add(at_risk, left, weights[at]);
    }
  }
};

}  // namespace detail

/// Do groups of customers leave alike? `log_rank(customers, &customer::months, &customer::has_left [, weight],
/// grouped_by(&customer::plan) [, stratified_by(&customer::country)] [, weighted_by(…)] [, entering_at(…)]
/// [, {options}])`, or of `group_by(customers, &customer::plan, survival_times_accumulator{}, …)`: at each time at
/// which somebody left, who left of each group is held against what its share of those at risk would make expect;
/// χ² of the differences, with as many degrees of freedom as groups less one. With strata the groups are compared
/// within each, and the differences added up. Weights of times by option: Gehan's, Tarone and Ware's, Peto's, Fleming
/// and Harrington's.
///
/// What is taken for rows, times and events, and what is left out, is as for `kaplan_meier`; weights count customers. A
/// group without customers at risk when anyone left takes no part; with one group, or where nobody left, there is no
/// answer. Throws `credence::error` for powers below 0 and for more than a thousand groups. O(rows) where times are
/// whole and below 65,536, else their sorting, and times × groups² + groups³. Source: Mantel (1966); Harrington and
/// Fleming (1982); R's survdiff.
inline constexpr detail::log_rank_function log_rank{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
