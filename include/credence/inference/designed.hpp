// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DESIGNED_HPP
#define CREDENCE_INFERENCE_DESIGNED_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/design.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/linearised.hpp>

// A linearised ratio under a sampling design: SE² = Σ_h (1 − n_h/N_h)·n_h/(n_h − 1)·Σ(z − z̄_h)² over the strata h, z
// the linearised value of a respondent, or its sum over a cluster, and n_h how many respondents or clusters were seen.
// Source: Lumley (2004) Journal of Statistical Software 9(8), R's survey package; Cochran (1977), chapters 5 and 9A.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A ratio, its error and the design that it took into account (without a design effect).
struct designed_answer {
  double value = not_a_number();
  double standard_error = not_a_number();
  std::uint64_t count = 0;
  sampling_design design;
};

/// Keeps a `linearised_ratio` for each stratum, or for each cluster of a stratum. One pass; memory by the number of
/// strata or clusters. `StratumKey` and `ClusterKey` are what the projections return, or `not_given`.
///
///     push(stratum, cluster, add)   add(ratio&) pushes the respondent; keys that were not given are `not_given{}`
///     population(stratum, size)     N_h as the respondent's row says it
///     answer(lone)                  throws for a stratum of which more were seen than there are
template <class StratumKey, class ClusterKey>
class designed_ratio {
  template <class Key>
  using kept = std::conditional_t<is_given<Key>, Key, int>;
  static constexpr bool clustered = is_given<ClusterKey>;

  struct stratum_state {
    double population = infinite_number();
    bool seen = false;
    std::uint64_t units = 0;  ///< clusters, where there are any
    friend bool operator==(stratum_state const&, stratum_state const&) = default;
  };
  struct unit_state {
    std::size_t stratum = 0;
    linearised_ratio ratio;
    friend bool operator==(unit_state const&, unit_state const&) = default;
  };

 public:
  template <class Stratum, class Cluster, class Add>
  void push(Stratum const& stratum, Cluster const& cluster, Add const& add) {
    std::size_t const at = position(strata_, stratum);
    std::size_t unit = at;
    if constexpr (clustered) {
      std::size_t const before = units_.size();
      unit = units_.find_or_add(std::tuple<std::uint64_t, Cluster const&>(at, cluster));
      if (unit == before) ++strata_.states[at].units;
    } else {
      units_.find_or_add(std::tuple<std::uint64_t, int>(at, 0));
      ++strata_.states[at].units;
    }
    units_.states[unit].stratum = at;
    add(units_.states[unit].ratio);
    add(all_);
  }
  /// Throws `credence::error` for a size that cannot be, or that is not that of the stratum's other rows.
  template <class Stratum>
  void population(Stratum const& stratum, double size) {
    if (is_nan(size) || !(size > 0)) wrong_argument("the population of a stratum", size, "it must be a number above 0");
    stratum_state& own = strata_.states[position(strata_, stratum)];
    if (own.seen && own.population != size)
      wrong_argument("the population of a stratum", size,
                     joined({"another row of the same stratum says ", shown(own.population)}));
    own.seen = true;
    own.population = size;
  }

  [[nodiscard]] designed_answer answer(lone_stratum lone) const {
    designed_answer found;
    found.count = all_.count();
    found.value = all_.value();
    found.design.strata = strata_.size();
    if constexpr (clustered) found.design.clusters = units_.size();
    for (stratum_state const& own : strata_.states) {
      double const units = static_cast<double>(own.units);
      if (units > own.population)
        wrong_argument("the population of a stratum", own.population,
                       joined({"it must not be less than what was seen of the stratum: ", shown(own.units)}));
      found.design.degrees_of_freedom += units - 1;
      if (own.units == 1 && units < own.population) ++found.design.lone_strata;
    }
    if (is_nan(found.value)) return found;
    double const blind = lone == lone_stratum::no_variance ? static_cast<double>(found.design.lone_strata) : 0;
    if (found.count < 2 && found.design.lone_strata != 0) return found;
    if (found.design.degrees_of_freedom == 0 && blind > 0) return found;  // no stratum shows any variance
    double const error_squared = clustered ? of_clusters(found.value, lone) : of_respondents(found.value, lone);
    found.standard_error = std::sqrt(error_squared) / std::fabs(all_.bottom_total());
    return found;
  }

 private:
  template <class Table, class Key>
  static std::size_t position(Table& table, Key const& key) {
    if constexpr (is_given<Key>) {
      return table.find_or_add(key);
    } else {
      return table.find_or_add(0);
    }
  }
  /// (1 − n/N)·n/(n − 1); of one unit, whose distance is taken from the mean of all, without the last factor.
  [[nodiscard]] static double factor(stratum_state const& own) {
    double const units = static_cast<double>(own.units);
    double const unseen = is_finite(own.population) ? (own.population - units) / own.population : 1;
    return own.units > 1 ? unseen * (units / (units - 1)) : unseen;
  }
  [[nodiscard]] double of_respondents(double ratio, lone_stratum lone) const {
    double sum = 0;
    for (unit_state const& unit : units_.states) {
      stratum_state const& own = strata_.states[unit.stratum];
      double const apart = unit.ratio.residual_total(ratio);
      double const squares = own.units > 1                          ? unit.ratio.squared_deviations(ratio)
                             : lone == lone_stratum::about_the_mean ? apart * apart
                                                                    : 0;
      sum += factor(own) * squares;
    }
    return sum;
  }
  [[nodiscard]] double of_clusters(double ratio, lone_stratum lone) const {
    std::vector<double> means(strata_.size(), 0);
    for (unit_state const& unit : units_.states)
      means[unit.stratum] += unit.ratio.residual_total(ratio) / static_cast<double>(strata_.states[unit.stratum].units);
    double sum = 0;
    for (unit_state const& unit : units_.states) {
      stratum_state const& own = strata_.states[unit.stratum];
      bool const alone = own.units == 1;
      if (alone && lone == lone_stratum::no_variance) continue;
      double const apart = unit.ratio.residual_total(ratio) - (alone ? 0 : means[unit.stratum]);
      sum += factor(own) * (apart * apart);
    }
    return sum;
  }

  group_table<stored_key<kept<StratumKey>>, stratum_state> strata_;
  group_table<std::tuple<std::uint64_t, stored_key<kept<ClusterKey>>>, unit_state> units_;
  linearised_ratio all_;
};

template <class Range, class Projection>
struct key_returned {
  using type = std::remove_cvref_t<std::decay_t<projected<Range, Projection>>>;
};
template <class Range>
struct key_returned<Range, not_given> {
  using type = not_given;
};
/// The `designed_ratio` for a plan applied to the rows of a range.
template <class Range, class Plan>
using ratio_for = designed_ratio<typename key_returned<Range, decltype(Plan::stratum)>::type,
                                 typename key_returned<Range, decltype(Plan::cluster)>::type>;

/// Pushes one row's respondent under the plan: projects its keys and population, and calls `add(linearised_ratio&)`.
template <class Ratio, class Plan, class Row, class Add>
void push_designed(Ratio& ratio, Plan const& plan, Row& row, Add const& add) {
  auto const with_cluster = [&](auto const& stratum) {
    if constexpr (is_given<decltype(Plan::cluster)>) {
      auto&& cluster = detail::project(plan.cluster, row);
      ratio.push(stratum, cluster, add);
    } else {
      ratio.push(stratum, not_given{}, add);
    }
    if constexpr (is_given<decltype(Plan::population)>) {
      auto&& size = detail::project(plan.population, row);
      ratio.population(stratum, detail::has_answer(size) ? detail::real_of(size) : not_a_number());
    }
  };
  if constexpr (is_given<decltype(Plan::stratum)>) {
    auto&& stratum = detail::project(plan.stratum, row);
    with_cluster(stratum);
  } else {
    with_cluster(not_given{});
  }
}

/// One sample's part of the ratio. Scores are taken from the first: large ones close together have the same error, and
/// keep its digits.
template <class Accumulator, class Options, class... Samples>
void linearise_sample(Options const& options, linearised_ratio& into, std::optional<double>& origin, double weight,
                      Samples const&... samples) {
  if constexpr (requires { Accumulator::linearise(options, into, weight, samples...); }) {
    Accumulator::linearise(options, into, weight, samples...);
  } else {
    double const score = Accumulator::score_of(options, samples...);
    if (!origin) origin = score;
    into.push_score(score - *origin, weight);
  }
}

/// The answer of a metric under a design: the rows folded as without one, and each that was accepted pushed to a
/// linearised ratio: by `Accumulator::linearise(options, ratio, weight, samples…)` where there is one, else as the
/// score `Accumulator::score_of(options, sample)` under its weight. Then `Accumulator::answer(options, state,
/// designed)`.
template <class Accumulator, class Options, class Range, class Plan, class... Values>
[[nodiscard]] auto answer_designed(Options const& options, Range& rows, Plan const& plan, Values const&... values) {
  Accumulator acc(options);
  ratio_for<Range, Plan> ratio;
  std::optional<double> origin;
  auto row = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  for (std::uint64_t first = 0; row != end;) {
    Accumulator chunk = emptied(acc);  // cut as `fold` cuts: the value has the same bits
    std::uint64_t done = 0;
    auto const push = [&](auto& each, auto&&... samples) {
      std::uint64_t const before = chunk.state().rejected.total();
      double weight = 1;
      if constexpr (is_given<decltype(Plan::weight)>) {
        auto&& own = detail::project(plan.weight, each);
        chunk(samples..., own);
        if (chunk.state().rejected.total() != before) return;
        weight = detail::real_of(own);
      } else {
        chunk(samples...);
        if (chunk.state().rejected.total() != before) return;
      }
      detail::push_designed(ratio, plan, each, [&](linearised_ratio& into) {
        detail::linearise_sample<Accumulator>(options, into, origin, weight, samples...);
      });
    };
    at_row([&] { return first + done; },
           [&] {
             for (; done < chunk_rows && row != end; ++row, static_cast<void>(++done)) {
               auto&& each = *row;
               push(each, detail::project(values, each)...);
             }
           });
    first += done;
    acc += chunk;
  }
  return Accumulator::answer(options, acc.state(), ratio.answer(plan.lone));
}

/// The design as a result reports it: with the effect, whose measure is the variance of one sample.
[[nodiscard]] inline sampling_design reported(designed_answer const& designed, double variance_of_one) {
  sampling_design design = designed.design;
  double const samples = static_cast<double>(designed.count);
  design.design_effect = variance_of_one > 0
                             ? designed.standard_error * designed.standard_error * (samples - 1) / variance_of_one
                             : not_a_number();
  return design;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
