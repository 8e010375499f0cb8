// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_MAJORITY_VOTE_HPP
#define CREDENCE_REVIEWS_MAJORITY_VOTE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/call_shape.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/key_places.hpp>
#include <credence/reviews/detail/read_labels.hpp>
#include <credence/reviews/detail/vote_tally.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Which of several categories with as many votes an item gets.
enum class vote_tie : std::uint8_t {
  smallest_key,  ///< the first by key: the least number or enum, text by its characters
  first_seen,    ///< the one that was the first to be said of the item, in the order of the rows
  no_label       ///< none
};
constexpr std::string_view name_of(vote_tie tie) {
  switch (tie) {
    case vote_tie::smallest_key: return "smallest_key";
    case vote_tie::first_seen: return "first_seen";
    case vote_tie::no_label: return "no_label";
  }
  return {};
}

struct majority_vote_options {
  vote_tie tie = vote_tie::smallest_key;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("tie", self.tie);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(majority_vote_options const&, majority_vote_options const&) = default;
};

/// The answer of `majority_vote`. Questions throw `credence::error` that names the key where an item, a rater or a
/// category is not among those of the labels. Text may be asked for by `string_view` or literal.
template <class Item, class Rater, class Category>
class majority_vote_result {
 public:
  std::uint64_t count = 0;          ///< labels used
  std::uint64_t tied = 0;           ///< items of which several categories have the most votes
  std::uint64_t rejected = 0;       ///< labels left out
  credence::rejections rejections;  ///< and why

  explicit operator bool() const { return count != 0; }

  /// What most say of an item; nothing where a tie is no label, or where all its votes weigh 0.
  template <class Own>
  [[nodiscard]] std::optional<Category> label(Own const& item) const {
    std::uint32_t const winner = tally_.winners[items_.at(item, "item")];
    if (winner == detail::vote_tally::none) return std::nullopt;
    return categories_.keys()[winner];
  }
  /// The share of an item's votes that are for a category, in 0…1; NaN where they all weigh 0.
  template <class Own, class Said>
  [[nodiscard]] double vote_share(Own const& item, Said const& category) const {
    return share_at(items_.at(item, "item"), categories_.at(category, "category"));
  }
  /// Of the category that it gets; NaN where it gets none.
  template <class Own>
  [[nodiscard]] double vote_share(Own const& item) const {
    std::size_t const place = items_.at(item, "item");
    std::uint32_t const winner = tally_.winners[place];
    return winner == detail::vote_tally::none ? not_a_number() : share_at(place, winner);
  }
  /// How many votes an item has: the sum of their weights.
  template <class Own>
  [[nodiscard]] double votes(Own const& item) const {
    return tally_.cast[items_.at(item, "item")];
  }
  /// How often a rater says what the item gets, in 0…1, by the weight of the votes; their own vote is one of those that
  /// decide, so one who alone labels everything always agrees. NaN where none of the rater's items gets a category.
  template <class Own>
  [[nodiscard]] double agreement(Own const& rater) const {
    std::size_t const place = raters_.at(rater, "rater");
    return decided_[place] > 0 ? agreeing_[place] / decided_[place] : not_a_number();
  }

  [[nodiscard]] std::vector<Item> const& items() const& { return items_.keys(); }
  [[nodiscard]] std::vector<Item> items() && { return items_.keys(); }
  [[nodiscard]] std::vector<Rater> const& raters() const& { return raters_.keys(); }
  [[nodiscard]] std::vector<Rater> raters() && { return raters_.keys(); }
  [[nodiscard]] std::vector<Category> const& categories() const& { return categories_.keys(); }
  [[nodiscard]] std::vector<Category> categories() && { return categories_.keys(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("tied", self.tied);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }

  majority_vote_result() = default;
  /// Of labels that were read, with their weights, or none where each is one vote.
  majority_vote_result(detail::read_label_rows<Item, Rater, Category> rows, std::vector<double> const& weights,
                       vote_tie tie)
      : count(rows.size()),
        rejected(rows.rejected.total()),
        rejections(rows.rejected),
        tally_(rows.items.size(), rows.categories.size()),
        agreeing_(rows.raters.size()),
        decided_(rows.raters.size()) {
    auto const weight_of = [&](std::size_t row) { return weights.empty() ? 1 : weights[row]; };
    for (std::size_t row = 0; row < rows.size(); ++row) tally_.add(rows.item(row), rows.category(row), weight_of(row));
    tied = tally_.decide(tie == vote_tie::smallest_key);
    if (tie == vote_tie::first_seen && tied != 0) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        std::uint32_t& winner = tally_.winners[rows.item(row)];
        if (winner == detail::vote_tally::none && weight_of(row) > 0 &&
            tally_.leads(rows.item(row), rows.category(row)))
          winner = static_cast<std::uint32_t>(rows.category(row));
      }
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
      std::uint32_t const winner = tally_.winners[rows.item(row)];
      if (winner == detail::vote_tally::none) continue;
      decided_[rows.rater(row)] += weight_of(row);
      agreeing_[rows.rater(row)] += winner == rows.category(row) ? weight_of(row) : 0;
    }
    items_ = std::move(rows.items);
    raters_ = std::move(rows.raters);
    categories_ = std::move(rows.categories);
  }

 private:
  [[nodiscard]] double share_at(std::size_t item, std::size_t category) const {
    double const cast = tally_.cast[item];
    return cast > 0 ? tally_.votes[item * tally_.categories + category] / cast : not_a_number();
  }

  detail::key_places<Item> items_;
  detail::key_places<Rater> raters_;
  detail::key_places<Category> categories_;
  detail::vote_tally tally_;
  std::vector<double> agreeing_;  // of each rater, votes that the item's category got
  std::vector<double> decided_;   // and all votes for items that got one
};

namespace detail {

using majority_vote_call = call_shape<majority_vote_options, call_terms{.further = 1}, argument_kind::projection,
                                      argument_kind::projection, argument_kind::projection>;

struct majority_vote_function : optioned_calls<majority_vote_function, majority_vote_options, majority_vote_call,
                                               std::type_identity<majority_vote_result<int, int, int>>> {
  template <class Run, class Range, class Item, class Rater, class Category, class... Weight>
  [[nodiscard]] static auto answer(Run&, majority_vote_options const& options, Range& rows, Item const& item,
                                   Rater const& rater, Category const& category, Weight const&... weight) {
    constexpr bool keys = check_label_keys<Range, Item, Rater, Category>();
    if constexpr (keys && number_check::of<projected<Range, Weight>...>()) {
      std::vector<double> weights;
      auto read =
          detail::read_labels(options.on_invalid, rows, item, rater, category, [&](auto& row, rejections& rejected) {
            return (enter_weight(weights, options.on_invalid, rejected, detail::project(weight, row)) && ...);
          });
      return majority_vote_result(std::move(read), weights, options.tie);
    } else {
      return majority_vote_result<int, int, int>();
    }
  }

 private:
  template <class Own>
  static bool enter_weight(std::vector<double>& weights, on_invalid policy, rejections& rejected, Own const& weight) {
    if (!detail::is_weight(weight)) {
      turn_away(policy, rejected, rejection::bad_weight, 0, 0);
      return false;
    }
    weights.push_back(detail::real_of(weight));
    return true;
  }
};

}  // namespace detail

/// What do most say? `majority_vote(labels, &label::item, &label::rater, &label::category [, weight] [, {options}])`:
/// the category with the most votes of each item, the share of its votes, and how often each rater agrees: a first look
/// at whom to trust, and all that is to be had where raters share few items; `fit<dawid_skene>` does better where they
/// share many. With weights, such as each rater's reliability, a label is as many votes. Ties by
/// `majority_vote_options::tie`; categories are those that occur. Two labels of one rater for one item are two votes.
/// Rows that lack any of the three, or have a bad weight, are left out and counted. No labels: no answer. O(labels +
/// items · categories), and as much memory.
inline constexpr detail::majority_vote_function majority_vote{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
