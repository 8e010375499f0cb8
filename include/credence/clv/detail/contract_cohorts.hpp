// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_CONTRACT_COHORTS_HPP
#define CREDENCE_CLV_DETAIL_CONTRACT_COHORTS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <vector>

#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/math/log_space.hpp>

// What is seen of contracts: how many customers of a cohort are alive at each renewal.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Customers of whom the same is seen: there after `start` renewals, when they were first counted, and after `from` of
/// them; after `until` no more. With `until` 0 they are there still.
struct renewal_term {
  double start = 0;
  double from = 0;
  double until = 0;
  double customers = 0;

  [[nodiscard]] auto key() const { return std::tie(from, until, start); }
};

/// ln of how likely that is, of one of them.
template <class Law, class Number>
[[nodiscard]] Number log_likelihood_of(std::array<Number, Law::parameter_count> const& natural,
                                       renewal_term const& term) {
  using std::expm1;
  using std::log;
  Number own = 0.0;
  if (term.from > term.start) own = Law::template log_kept_at<Number>(natural, term.start, term.from);
  if (term.until > 0) own += log(-expm1(Law::template log_kept_at<Number>(natural, term.from, term.until)));
  return own;
}

/// Cohorts, of equal terms one each.
struct contract_cohorts {
  std::vector<renewal_term> terms;
  double customers = 0;       ///< at the first counts that were followed by another
  double lost = 0;            ///<
  double lost_at_once = 0;    ///< at the first renewal of all
  double exposed = 0;         ///< customers who came to a renewal, each as often as he did
  std::size_t stretches = 0;  ///< distinct (from, until) between two counts: as much as there is to learn from
  std::uint64_t count = 0;    ///< counts used
  credence::rejections rejections;
};

/// Reads the counts of one cohort. A count that is none, or that is greater than the one before it, is turned away;
/// those lost there were lost somewhere between its neighbours.
class cohort_reader {
 public:
  cohort_reader(on_invalid policy, contract_cohorts& cohorts) : policy_(policy), cohorts_(cohorts) {}

  template <class Count>
  void push(Count const& count, std::uint64_t position) {
    double const place = static_cast<double>(place_++);
    if (!detail::accepts_between(count, 0, begun_ ? alive_ : 0x1p53, policy_, cohorts_.rejections, position)) return;
    double const alive = detail::real_of(count);
    ++cohorts_.count;
    if (!begun_) {
      begun_ = true;
      start_ = place;
    } else {
      if (last_ == start_) cohorts_.customers += alive_;
      double const lost = alive_ - alive;
      cohorts_.lost += lost;
      cohorts_.exposed += alive_ * (place - last_);
      if (last_ == 0) cohorts_.lost_at_once += lost;
      if (alive_ > 0) cohorts_.terms.push_back({start_, last_, place, lost});
    }
    alive_ = alive;
    last_ = place;
  }
  void finish() {
    if (begun_ && last_ > start_ && alive_ > 0) cohorts_.terms.push_back({start_, last_, 0, alive_});
  }

 private:
  on_invalid policy_;
  contract_cohorts& cohorts_;
  bool begun_ = false;
  double start_ = 0;
  double last_ = 0;
  double alive_ = 0;
  std::uint64_t place_ = 0;
};

/// Equal terms become one, and those of no customers are left out once their stretches are counted.
inline void unite_equal(contract_cohorts& cohorts) {
  std::vector<renewal_term>& terms = cohorts.terms;
  std::sort(terms.begin(), terms.end(),
            [](renewal_term const& one, renewal_term const& other) { return one.key() < other.key(); });
  std::size_t kept = 0;
  for (std::size_t at = 0; at < terms.size(); ++at) {
    if (kept != 0 && terms[kept - 1].key() == terms[at].key()) {
      terms[kept - 1].customers += terms[at].customers;
    } else {
      terms[kept++] = terms[at];
    }
  }
  terms.resize(kept);
  double from = -1;
  double until = -1;
  for (renewal_term const& term : terms)
    if (term.until > 0 && !(term.from == from && term.until == until)) {
      ++cohorts.stretches;
      from = term.from;
      until = term.until;
    }
  std::erase_if(terms, [](renewal_term const& term) { return !(term.customers > 0); });
}

/// Are these the rows of one cohort, or is each a cohort?
template <class Value>
inline constexpr bool is_contract_cohort = rows_range<Value> && !is_sample<Value>;

/// The one place where rows that are neither counts nor ranges of them are complained about.
template <class Range, class Projection>
constexpr bool check_cohorts() {
  using value = projected<Range, Projection>;
  if constexpr (is_contract_cohort<value>) {
    return number_check::of<row_of<value>>();
  } else {
    return number_check::of<value>();
  }
}

/// `position` of what is turned away is that of the row: the count's in a cohort, or the cohort's among several.
template <class Range, class Projection>
[[nodiscard]] contract_cohorts read_cohorts(on_invalid policy, Range& rows, Projection projection) {
  contract_cohorts cohorts;
  if constexpr (check_cohorts<Range, Projection>()) {
    cohort_reader whole_range(policy, cohorts);
    auto at = std::ranges::begin(rows);
    auto const end = std::ranges::end(rows);
    std::uint64_t position = 0;
    for (; at != end; ++at, static_cast<void>(++position)) {
      auto&& row = *at;
      auto&& value = detail::project(projection, row);
      if constexpr (is_contract_cohort<decltype(value)>) {
        cohort_reader own(policy, cohorts);
        auto count_at = std::ranges::begin(value);
        auto const count_end = std::ranges::end(value);
        for (; count_at != count_end; ++count_at) {
          auto&& count = *count_at;
          own.push(static_cast<std::remove_cvref_t<decltype(count)> const&>(count), position);
        }
        own.finish();
      } else {
        whole_range.push(static_cast<std::remove_cvref_t<decltype(value)> const&>(value), position);
      }
    }
    whole_range.finish();
    unite_equal(cohorts);
  }
  return cohorts;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
