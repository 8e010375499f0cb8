// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DESIGN_HPP
#define CREDENCE_CORE_DESIGN_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <credence/core/host_types.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>

// How a sample was drawn, as a survey metric is told it: `stratified_by`, `clustered_by` and `weighted_by` stand after
// the value (and the positional weight), in any order. What they change is the error of the value, never the value.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a stratum adds to the variance of which only one respondent (or one cluster) was seen.
enum class lone_stratum : std::uint8_t {
  no_variance,    ///< nothing: its variance cannot be seen, and the error is too small for it (the default)
  about_the_mean  ///< its squared distance from the mean of all: on the safe side
};
constexpr std::string_view name_of(lone_stratum policy) {
  switch (policy) {
    case lone_stratum::no_variance: return "no_variance";
    case lone_stratum::about_the_mean: return "about_the_mean";
  }
  return {};
}

/// The design that an answer took into account; all 0 where none was given.
struct sampling_design {
  std::uint64_t strata = 0;       ///< strata seen; 1 where there are only clusters
  std::uint64_t clusters = 0;     ///< clusters seen; 0 where none were named
  std::uint64_t lone_strata = 0;  ///< strata that hold more than the one respondent (or cluster) seen of them
  double degrees_of_freedom = 0;  ///< clusters − strata, or respondents − strata
  double design_effect = 0;       ///< variance ÷ that of as many independent equally likely samples; NaN if that is 0

  /// Was there one?
  constexpr explicit operator bool() const { return strata != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("strata", self.strata);
    visit("clusters", self.clusters);
    visit("lone_strata", self.lone_strata);
    visit("degrees_of_freedom", self.degrees_of_freedom);
    visit("design_effect", self.design_effect);
  }
  friend constexpr bool operator==(sampling_design const&, sampling_design const&) = default;
};

namespace detail {

/// A projection that was not given.
struct not_given {};
template <class Projection>
inline constexpr bool is_given = !std::is_same_v<Projection, not_given>;

template <class Stratum, class Population>
struct strata_argument {
  using named_argument = void;
  Stratum stratum;
  Population population;
  lone_stratum lone;
};
template <class Cluster>
struct clusters_argument {
  using named_argument = void;
  Cluster cluster;
};
template <class Weight>
struct weight_argument {
  using named_argument = void;
  Weight weight;
};

template <class Argument>
inline constexpr bool is_strata = false;
template <class Stratum, class Population>
inline constexpr bool is_strata<strata_argument<Stratum, Population>> = true;
template <class Argument>
inline constexpr bool is_clusters = false;
template <class Cluster>
inline constexpr bool is_clusters<clusters_argument<Cluster>> = true;
template <class Argument>
inline constexpr bool is_named_weight = false;
template <class Weight>
inline constexpr bool is_named_weight<weight_argument<Weight>> = true;

struct stratified_by_function {
  template <class Stratum>
  constexpr auto operator()(Stratum stratum, lone_stratum lone = lone_stratum::no_variance) const {
    return strata_argument<Stratum, not_given>{std::move(stratum), {}, lone};
  }
  template <class Stratum, class Population>
  requires(!std::is_same_v<Population, lone_stratum>) constexpr auto operator()(
      Stratum stratum, Population population, lone_stratum lone = lone_stratum::no_variance) const {
    return strata_argument<Stratum, Population>{std::move(stratum), std::move(population), lone};
  }
};
struct clustered_by_function {
  template <class Cluster>
  constexpr auto operator()(Cluster cluster) const {
    return clusters_argument<Cluster>{std::move(cluster)};
  }
};
struct weighted_by_function {
  template <class Weight>
  constexpr auto operator()(Weight weight) const {
    return weight_argument<Weight>{std::move(weight)};
  }
};

/// All that a call says of its design: projections, each `not_given` where it was not.
template <class Weight = not_given, class Stratum = not_given, class Population = not_given, class Cluster = not_given>
struct sampling_plan {
  Weight weight{};
  Stratum stratum{};
  Population population{};
  Cluster cluster{};
  lone_stratum lone = lone_stratum::no_variance;

  /// Does it say more than a weight?
  static constexpr bool is_designed = is_given<Stratum> || is_given<Cluster>;
};

/// The plan of a call's last arguments: at most one positional weight, then the named ones.
[[nodiscard]] constexpr sampling_plan<> plan_of() { return {}; }
template <class First, class... Rest>
[[nodiscard]] constexpr auto plan_of(First const& first, Rest const&... rest) {
  auto const plan = detail::plan_of(rest...);
  using known = std::remove_const_t<decltype(plan)>;
  using weight_type = decltype(known::weight);
  using stratum_type = decltype(known::stratum);
  using population_type = decltype(known::population);
  using cluster_type = decltype(known::cluster);
  if constexpr (is_strata<First>) {
    static_assert(!is_given<stratum_type>,
                  "credence: `stratified_by` was given twice; strata made of two columns are a tuple of both");
    return sampling_plan<weight_type, decltype(first.stratum), decltype(first.population), cluster_type>{
        plan.weight, first.stratum, first.population, plan.cluster, first.lone};
  } else if constexpr (is_clusters<First>) {
    static_assert(!is_given<cluster_type>,
                  "credence: `clustered_by` was given twice; the clusters of the first stage decide");
    return sampling_plan<weight_type, stratum_type, population_type, decltype(first.cluster)>{
        plan.weight, plan.stratum, plan.population, first.cluster, plan.lone};
  } else {
    constexpr bool known_name = is_named_weight<First> || !requires { typename First::named_argument; };
    static_assert(known_name,
                  "credence: this call takes stratified_by, clustered_by and weighted_by; starts_if, returns_if, "
                  "cohort_of and steps are of retention");
    if constexpr (!known_name) {
      return plan;
    } else {
      static_assert(!is_given<weight_type>, "credence: this call names two weights");
      auto const& weight = [&]() -> auto const& {
        if constexpr (is_named_weight<First>) {
          return first.weight;
        } else {
          return first;
        }
      }
      ();
      return sampling_plan<std::remove_cvref_t<decltype(weight)>, stratum_type, population_type, cluster_type>{
          weight, plan.stratum, plan.population, plan.cluster, plan.lone};
    }
  }
}

template <class Range, class Projection>
inline constexpr bool fits_rows = !is_given<Projection> || projection_of<Projection, Range>;

/// What a plan's weight answers; where there is none, or none that fits these rows, a number.
template <class Range, class Projection>
struct weight_value {
  using type = double;
};
template <class Range, projection_of<Range> Projection>
struct weight_value<Range, Projection> {
  using type = projected<Range, Projection>;
};
template <class Range, class Plan>
using weight_value_of = typename weight_value<Range, decltype(Plan::weight)>::type;

/// The one place where a design that does not fit the rows is complained about.
template <class Range, class Plan>
constexpr bool check_plan() {
  using Weight = decltype(Plan::weight);
  using Stratum = decltype(Plan::stratum);
  using Population = decltype(Plan::population);
  using Cluster = decltype(Plan::cluster);
  constexpr bool fits = fits_rows<Range, Weight> && fits_rows<Range, Stratum> && fits_rows<Range, Population> &&
                        fits_rows<Range, Cluster>;
  static_assert(fits,
                "credence: what stratified_by, clustered_by or weighted_by was given cannot be applied to these rows; "
                "give a member, or a callable that takes a row");
  if constexpr (fits) {
    bool good = true;
    if constexpr (is_given<Population>) good = number_check::of<projected<Range, Population>>() && good;
    if constexpr (is_given<Stratum>) good = check_key<projected<Range, Stratum>>() && good;
    if constexpr (is_given<Cluster>) good = check_key<projected<Range, Cluster>>() && good;
    return good;
  } else {
    return false;
  }
}

}  // namespace detail

/// `stratified_by(stratum[, population][, lone_stratum])`: the sample was drawn from each stratum on its own.
/// `population` answers N_h, how many there are in the row's stratum (with clusters: how many clusters), and turns on
/// the factor 1 − n_h/N_h of a finite population; the constant stratum `[](auto const&) { return 0; }` gives it to a
/// sample without strata. What is any `key_like`: an integer, an enum, a string, an optional (empty: a stratum of its
/// own), a tuple.
inline constexpr detail::stratified_by_function stratified_by{};
/// `clustered_by(cluster)`: respondents came in groups (households, branches, days), and the groups were drawn. Only
/// the first stage of drawing is told; the same name in two strata is two clusters.
inline constexpr detail::clustered_by_function clustered_by{};
/// `weighted_by(weight)`: the sampling weight by name, where it does not stand after the value.
inline constexpr detail::weighted_by_function weighted_by{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
