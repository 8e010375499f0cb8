// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_DETAIL_JOINT_CLASSES_HPP
#define CREDENCE_SURVEY_DETAIL_JOINT_CLASSES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/class_counts.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What an answer of a class scores: bottom, middle, top.
[[nodiscard]] constexpr double net_class(bool net, std::size_t answer_class) {
  return answer_class == 2 ? 1 : net && answer_class == 0 ? -1 : 0;
}

/// For any two items of a questionnaire how many respondents answered them with which two of three classes, and the
/// weights of those who came with one: all that means of the items' shares and their errors are made of, exactly.
struct joint_classes {
  static constexpr std::uint8_t none = 3;  ///< the class of an answer that is not there

  std::uint64_t items = 0;     ///< 0 until the first respondent
  std::uint64_t seen = 0;      ///< respondents, those without any good answer too
  std::uint64_t count = 0;     ///< those with a good answer to any item
  std::uint64_t complete = 0;  ///< those with one to all
  weight_sums weights;         ///< of those of `count` who came with one
  std::vector<std::uint64_t> counts;
  std::vector<weight_sums> weighted;  ///< empty until the first weight
  rejections rejected;

  /// Throws for a respondent with another number of items than those before.
  void check_items(std::size_t own) const {
    if (items != 0 && own != items)
      raise(error(joined({"credence: a respondent has ", shown(own), " items, and those before ", shown(items)})));
  }
  void push(std::vector<std::uint8_t> const& classes, std::optional<double> weight) {
    ++seen;
    if (classes.empty()) return;
    if (items == 0) reach(classes.size());
    if (weight && weighted.empty()) weighted.resize(counts.size());
    std::size_t answered = 0;
    std::size_t pair = 0;
    for (std::size_t one = 0; one < items; ++one) {
      answered += classes[one] != none;
      for (std::size_t other = one; other < items; ++other, pair += 9) {
        if (classes[one] == none || classes[other] == none) continue;
        std::size_t const at = pair + std::size_t{3} * classes[one] + classes[other];
        ++counts[at];
        if (weight) weighted[at].add(*weight);
      }
    }
    complete += answered == items;
    if (answered == 0) return;
    ++count;
    if (weight) weights.add(*weight);
  }

  /// Throws where the other's respondents have another number of items.
  joint_classes& operator+=(joint_classes const& other) {
    if (items != 0 && other.items != 0 && items != other.items)
      raise(error(joined(
          {"credence: respondents with ", shown(items), " items and with ", shown(other.items), " cannot be merged"})));
    if (items == 0 && other.items != 0) reach(static_cast<std::size_t>(other.items));
    if (weighted.empty() && !other.weighted.empty()) weighted.resize(counts.size());
    for (std::size_t at = 0; at < other.counts.size(); ++at) counts[at] += other.counts[at];
    for (std::size_t at = 0; at < other.weighted.size(); ++at) weighted[at] += other.weighted[at];
    seen += other.seen;
    count += other.count;
    complete += other.complete;
    weights += other.weights;
    rejected += other.rejected;
    return *this;
  }

  /// Takes back a respondent who came without a weight. Throws where there is none like that, and changes nothing.
  void subtract(joint_classes const& one) {
    bool there = rejected.holds(one.rejected) && seen >= one.seen && count - weights.count >= one.count &&
                 complete >= one.complete && (one.items == 0 || items == one.items);
    for (std::size_t at = 0; there && at < one.counts.size(); ++at)
      there = counts[at] - (weighted.empty() ? 0 : weighted[at].count) >= one.counts[at];
    if (!there) raise(error("credence: a sample was retracted that this accumulator does not hold"));
    for (std::size_t at = 0; at < one.counts.size(); ++at) counts[at] -= one.counts[at];
    seen -= one.seen;
    count -= one.count;
    complete -= one.complete;
    rejected -= one.rejected;
    if (seen == 0) *this = {};
  }

  /// Σw of those who answered an item, each of weight 1 who came without.
  [[nodiscard]] double weight_of(std::size_t item) const {
    return weight_in(item, 0) + weight_in(item, 1) + weight_in(item, 2);
  }
  [[nodiscard]] std::uint64_t answers_of(std::size_t item) const {
    std::size_t const at = pair_at(item, item);
    return counts[at] + counts[at + 4] + counts[at + 8];
  }
  /// The share of a class in an item's weight; NaN where there is none.
  [[nodiscard]] double share_of(std::size_t item, std::size_t answer_class) const {
    double const all = weight_of(item);
    return all > 0 ? weight_in(item, answer_class) / all : not_a_number();
  }
  /// Σ w²(s − p)(s' − p')/(Σw·Σw') over those who answered both items: residuals, so that nothing cancels.
  [[nodiscard]] double product(std::size_t one, std::size_t other, std::vector<double> const& scores, bool net) const {
    return summed(one, other, scores, net, [](weight_sums const& sums) { return sums.weight_squared.value(); });
  }
  /// The same with w in place of w², times Σw of all respondents.
  [[nodiscard]] double variance_product(std::size_t one, std::size_t other, std::vector<double> const& scores,
                                        bool net) const {
    return (weights.weight.value() + static_cast<double>(count - weights.count)) *
           summed(one, other, scores, net, [](weight_sums const& sums) { return sums.weight.value(); });
  }
  [[nodiscard]] double effective_count() const {
    double const without = static_cast<double>(count - weights.count);
    double const all = weights.weight.value() + without;
    return all > 0 ? all * (all / (weights.weight_squared.value() + without)) : 0;
  }

  template <class Options>
  [[nodiscard]] bool valid(Options const&) const {
    std::uint64_t const most = ~std::uint64_t{} / 64;  // so that counts can be added up
    if (items > 100'000 || counts.size() != 9 * items * (items + 1) / 2 || !rejected.valid()) return false;
    if (seen > most || count > seen || complete > count || weights.count > count || !weights.valid()) return false;
    if (!weighted.empty() && weighted.size() != counts.size()) return false;
    for (std::size_t at = 0; at < counts.size(); ++at) {
      if (counts[at] > count) return false;
      if (!weighted.empty() && (weighted[at].count > counts[at] || !weighted[at].valid())) return false;
    }
    for (std::size_t item = 0; item < items; ++item)
      for (std::size_t cell = 0; cell < 9; ++cell)
        if (cell % 4 != 0 && counts[pair_at(item, item) + cell] != 0) return false;
    return true;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("items", self.items);
    visit("seen", self.seen);
    visit("count", self.count);
    visit("complete", self.complete);
    visit("weights", self.weights);
    visit("counts", self.counts);
    visit("weighted", self.weighted);
    visit("rejected", self.rejected);
  }
  friend bool operator==(joint_classes const&, joint_classes const&) = default;

 private:
  void reach(std::size_t own) {
    counts.resize(9 * own * (own + 1) / 2);
    items = own;
  }
  /// Where the nine cells of a pair begin, the first item being the lesser.
  [[nodiscard]] std::size_t pair_at(std::size_t one, std::size_t other) const {
    std::size_t const before = one * static_cast<std::size_t>(items) - one * (one + 1) / 2;
    return 9 * (before + other);
  }
  [[nodiscard]] double weight_in(std::size_t item, std::size_t answer_class) const {
    std::size_t const at = pair_at(item, item) + 4 * answer_class;
    if (weighted.empty()) return static_cast<double>(counts[at]);
    return weighted[at].weight.value() + static_cast<double>(counts[at] - weighted[at].count);
  }
  template <class Sum>
  [[nodiscard]] double summed(std::size_t one, std::size_t other, std::vector<double> const& scores, bool net,
                              Sum const& sum_of) const {
    if (one > other) std::swap(one, other);
    std::size_t const at = pair_at(one, other);
    double sum = 0;
    for (std::size_t first = 0; first < 3; ++first)
      for (std::size_t second = 0; second < 3; ++second) {
        std::size_t const cell = at + 3 * first + second;
        double const own = weighted.empty()
                               ? static_cast<double>(counts[cell])
                               : sum_of(weighted[cell]) + static_cast<double>(counts[cell] - weighted[cell].count);
        sum += own * (net_class(net, first) - scores[one]) * (net_class(net, second) - scores[other]);
      }
    return sum / weight_of(one) / weight_of(other);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
