// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DAWID_SKENE_OPTIONS_HPP
#define CREDENCE_REVIEWS_DAWID_SKENE_OPTIONS_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What is learned of each rater.
enum class rater_confusion : std::uint8_t {
  full,     ///< how often each category is taken for each other
  one_coin  ///< how often the rater is right; the other categories are as likely as each other when not
};
constexpr std::string_view name_of(rater_confusion confusion) {
  switch (confusion) {
    case rater_confusion::full: return "full";
    case rater_confusion::one_coin: return "one_coin";
  }
  return {};
}

/// Of `fit<dawid_skene>`. The priors are pseudo-counts: labels, or items, that are taken to have been seen before; all
/// 0 is maximum likelihood.
struct dawid_skene_options {
  rater_confusion confusion = rater_confusion::full;
  number prior_right = 0;    ///< labels of each rater, of each category, that were right
  number prior_wrong = 0;    ///< and that took it for each of the others
  number prior_items = 0;    ///< items of each category
  number tolerance = 1e-12;  ///< it has converged when a pass raises the logarithm by no more than this part of it
  whole max_iterations = 10'000;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("confusion", self.confusion);
    visit("prior_right", self.prior_right);
    visit("prior_wrong", self.prior_wrong);
    visit("prior_items", self.prior_items);
    visit("tolerance", self.tolerance);
    visit("max_iterations", self.max_iterations);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(dawid_skene_options const&, dawid_skene_options const&) = default;
};

namespace detail {

inline void check_options(dawid_skene_options const& options) {
  constexpr double most = 1e100;  // so that they can be added up, and no chance of theirs vanishes
  constexpr double least = 1e-100;
  auto const check_prior = [](char const* name, double value) {
    if (!is_finite(value) || !(value == 0 || (value >= least && value <= most)))
      wrong_argument(name, value, "it must be a number of labels or items, 0 or within 1e±100");
  };
  check_prior("dawid_skene_options::prior_right", options.prior_right);
  check_prior("dawid_skene_options::prior_wrong", options.prior_wrong);
  check_prior("dawid_skene_options::prior_items", options.prior_items);
  if (!is_finite(options.tolerance) || options.tolerance < 0 || options.tolerance >= 1)
    wrong_argument("dawid_skene_options::tolerance", options.tolerance.value, "it must lie in 0…1, below 1");
  if (options.max_iterations.value < 1)
    wrong_argument("dawid_skene_options::max_iterations", options.max_iterations.value, "it must be 1 or more");
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
