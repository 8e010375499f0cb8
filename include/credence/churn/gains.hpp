// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_GAINS_HPP
#define CREDENCE_CHURN_GAINS_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/churn/detail/top_cuts.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct gains_options {
  whole bins = 10;  ///< into how many parts the customers are cut, those with the greatest scores first; 1 to 100,000
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// One part of the customers, and all down to its end.
struct gains_bin {
  std::uint64_t customers = 0;               ///< in this part
  double positives = 0;                      ///< who left of them; not whole where a tie is cut
  double rate = not_a_number();              ///< share who left, in 0…1; NaN for nobody
  double lift = not_a_number();              ///< rate ÷ that of all
  double threshold = not_a_number();         ///< the least score
  std::uint64_t cumulative_customers = 0;    ///< in this part and those before
  double cumulative_share = not_a_number();  ///< of all who left, those in this part and before, in 0…1: the gain
  double cumulative_lift = not_a_number();   ///< of all down to here

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("customers", self.customers);
    visit("positives", self.positives);
    visit("rate", self.rate);
    visit("lift", self.lift);
    visit("threshold", self.threshold);
    visit("cumulative_customers", self.cumulative_customers);
    visit("cumulative_share", self.cumulative_share);
    visit("cumulative_lift", self.cumulative_lift);
  }
  friend constexpr bool operator==(gains_bin const&, gains_bin const&) = default;
};

/// The answer of `gains`: `for (auto const& tenth : found) tenth.cumulative_share`. No bins where all labels are equal.
struct gains_result {
  std::vector<gains_bin> bins;        ///< from the greatest scores down
  double base_rate = not_a_number();  ///< share of all who leave
  std::uint64_t count = 0;            ///< customers used
  std::uint64_t positives = 0;        ///< who left
  std::uint64_t negatives = 0;        ///< who stayed
  std::uint64_t rejected = 0;         ///< customers left out
  credence::rejections rejections;    ///< and why

  [[nodiscard]] auto begin() const { return bins.begin(); }
  [[nodiscard]] auto end() const { return bins.end(); }
  [[nodiscard]] std::size_t size() const { return bins.size(); }
  [[nodiscard]] gains_bin const& operator[](std::size_t at) const { return bins[at]; }
  explicit operator bool() const { return !bins.empty(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("bins", self.bins);
    visit("base_rate", self.base_rate);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(gains_result const&, gains_result const&) = default;
};

namespace detail {

struct gains_function : score_calls<gains_function, gains_options, gains_result> {
  static gains_result of(ranked_scores const& ranked, gains_options const& options) {
    std::int64_t const bins = options.bins;
    if (bins < 1 || bins > 100'000) wrong_argument("gains_options::bins", bins, "it must be 1 to 100000");
    gains_result result;
    tell_scores(result, ranked);
    if (!ranked.has_both()) return result;
    result.base_rate = ranked.base_rate();
    std::vector<top_cut> cuts(static_cast<std::size_t>(bins));
    // ⌊n·i/bins⌋ without the product, which may be more than 64 bits.
    std::uint64_t const parts = static_cast<std::uint64_t>(bins);
    for (std::uint64_t at = 1; at <= parts; ++at)
      cuts[static_cast<std::size_t>(at) - 1].customers = result.count / parts * at + result.count % parts * at / parts;
    fill_cuts(cuts, ranked);
    top_cut before;
    for (top_cut const& cut : cuts) {
      gains_bin own;
      own.customers = cut.customers - before.customers;
      own.positives = cut.positives - before.positives;
      own.cumulative_customers = cut.customers;
      own.cumulative_share = cut.positives / static_cast<double>(result.positives);
      if (cut.customers != 0)
        own.cumulative_lift = cut.positives / static_cast<double>(cut.customers) / result.base_rate;
      if (own.customers != 0) {
        own.rate = own.positives / static_cast<double>(own.customers);
        own.lift = own.rate / result.base_rate;
        own.threshold = cut.threshold;
      }
      result.bins.push_back(own);
      before = cut;
    }
    return result;
  }
};

}  // namespace detail

/// Whom a campaign reaches that goes down the list of scores: `gains(customers, &customer::score, &customer::has_left,
/// {.bins = 10})`, or of what `churn_scores` gathered. Part i ends after the first ⌊n·i/bins⌋ customers; where that
/// goes through a tie, those within it count by the mean rate of all who share the score, as in `lift`. The cumulative
/// share against i/bins is the gains (or cumulative accuracy) curve. Throws `credence::error` for wrong options.
/// O(customers + bins).
inline constexpr detail::gains_function gains{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
