// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_SCORE_PAIRS_HPP
#define CREDENCE_SURVIVAL_DETAIL_SCORE_PAIRS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/risk_rows.hpp>

// Pairs of customers of whom it is known who left first, and whether their scores said so: counted without looking at
// each pair.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A time, none of which is negative, as a word that lies as it does; the last bit says that a customer was still
/// there.
[[nodiscard]] constexpr std::uint64_t time_word(double time, bool has_left) {
  return ordered_word(time) << 1 | static_cast<std::uint64_t>(!has_left);
}
[[nodiscard]] constexpr bool left_by_word(std::uint64_t word) { return (word & 1) == 0; }
[[nodiscard]] constexpr double time_of_word(std::uint64_t word) {
  return real_of_word(word >> 1 | std::uint64_t{1} << 63);
}

/// A customer's place in the order of time, those who left before those last seen at the same time, then of risk.
struct ranked_subject {
  std::uint64_t word;  ///< of the time
  std::uint32_t risk;  ///< equal scores have equal ranks, which begin at 0
  std::uint32_t place;

  [[nodiscard]] constexpr bool has_left() const { return left_by_word(word); }
};

/// Sums of amounts by rank: what lies below a rank is told in O(log ranks). A Fenwick tree.
template <class Number>
class ranked_sums {
 public:
  explicit ranked_sums(std::size_t ranks) : own_(ranks), tree_(ranks + 1) {}

  void add(std::size_t rank, Number amount) {
    own_[rank] += amount;
    total_ += amount;
    for (std::size_t at = rank + 1; at < tree_.size(); at += at & (~at + 1)) tree_[at] += amount;
  }
  [[nodiscard]] Number below(std::size_t rank) const {
    Number sum{};
    for (std::size_t at = rank; at != 0; at &= at - 1) sum += tree_[at];
    return sum;
  }
  [[nodiscard]] Number at(std::size_t rank) const { return own_[rank]; }
  [[nodiscard]] Number total() const { return total_; }

 private:
  std::vector<Number> own_;
  std::vector<Number> tree_;
  Number total_{};
};

/// The pairs in which one customer left first: those whose scores say so, ties for half, and all.
struct own_pairs {
  double agreeing = 0;
  double all = 0;
};
/// Sums over pairs of what both weigh; counts where each weighs 1.
template <class Number>
struct pair_sums {
  using total = std::conditional_t<std::is_integral_v<Number>, std::uint64_t, double>;
  total concordant{};
  total discordant{};
  total tied{};                 ///< of one score
  std::vector<own_pairs> each;  ///< of each customer, in their order

  [[nodiscard]] double comparable() const { return static_cast<double>(concordant + discordant + tied); }
  [[nodiscard]] double share() const {
    return (static_cast<double>(concordant) + static_cast<double>(tied) / 2) / comparable();
  }
};
struct tied_pairs {
  std::uint64_t of_time = 0;  ///< left at one time, with different scores
  std::uint64_t of_both = 0;
};

/// The customers in their order, in which all sums over pairs are walks.
class score_pairs {
 public:
  /// `time_at(place)` is a `time_word`, and `risk_at(place)` a word that lies as the risk does.
  template <class TimeAt, class RiskAt>
  score_pairs(std::uint32_t count, TimeAt const& time_at, RiskAt const& risk_at) : order_(count) {
    auto const word_of = [](ranked_subject const& each) { return each.word; };
    for (std::uint32_t place = 0; place < count; ++place) order_[place] = {risk_at(place), 0, place};
    sort_by_word(order_, word_of);
    std::uint64_t before = 0;
    for (ranked_subject& each : order_) {
      if (ranks_ == 0 || each.word != before) ++ranks_;
      before = each.word;
      each.risk = static_cast<std::uint32_t>(ranks_ - 1);
      each.word = time_at(each.place);
    }
    sort_by_word(order_, word_of);
    join_times();
  }

  /// Who left first against all who stayed longer, from the last time back.
  template <class Number, class WeightOf>
  [[nodiscard]] pair_sums<Number> sums(WeightOf const& weight_of) const {
    using total = typename pair_sums<Number>::total;
    pair_sums<Number> found;
    found.each.resize(order_.size());
    ranked_sums<Number> later(ranks_);
    for (std::size_t to = order_.size(), from = to; to != 0; to = from) {
      while (from != 0 && order_[from - 1].word == order_[to - 1].word) --from;
      total const all = later.total();
      for (std::size_t at = order_[from].has_left() ? from : to; at < to; ++at) {
        total const below = later.below(order_[at].risk);
        total const equal = later.at(order_[at].risk);
        total const own = weight_of(order_[at].place);
        found.concordant += own * below;
        found.tied += own * equal;
        found.discordant += own * (all - below - equal);
        found.each[at] = {static_cast<double>(below) + static_cast<double>(equal) / 2, static_cast<double>(all)};
      }
      for (std::size_t at = from; at < to; ++at) later.add(order_[at].risk, weight_of(order_[at].place));
    }
    return found;
  }

  /// The variance of the share of pairs that agree, by how far each customer's weight moves it: Σ(w·∂share/∂w)².
  template <class Number, class WeightOf>
  [[nodiscard]] double variance(pair_sums<Number> const& sums, WeightOf const& weight_of) const {
    using total = typename pair_sums<Number>::total;
    double const share = sums.share();
    ranked_sums<Number> earlier(ranks_);
    compensated_sum squares;
    for (std::size_t from = 0, to = 0; from < order_.size(); from = to) {
      for (; to < order_.size() && order_[to].word == order_[from].word; ++to) {
        total const below = earlier.below(order_[to].risk);
        total const equal = earlier.at(order_[to].risk);
        total const all = earlier.total();
        double const agreeing = sums.each[to].agreeing + static_cast<double>(all - below - equal) +
                                static_cast<double>(equal) / 2;
        double const own = agreeing - share * (sums.each[to].all + static_cast<double>(all));
        double const weighed = own * static_cast<double>(weight_of(order_[to].place));
        squares += weighed * weighed;
      }
      if (!order_[from].has_left()) continue;
      for (std::size_t at = from; at < to; ++at) earlier.add(order_[at].risk, weight_of(order_[at].place));
    }
    return squares.value() / sums.comparable() / sums.comparable();
  }

  /// Pairs that left at one time: nobody of them left first.
  [[nodiscard]] tied_pairs ties() const {
    tied_pairs found;
    std::uint64_t of_time = 0;
    std::uint64_t of_both = 0;
    for (std::size_t at = 1; at < order_.size(); ++at) {
      bool const is_tied = order_[at].word == order_[at - 1].word && order_[at].has_left();
      of_time = is_tied ? of_time + 1 : 0;
      of_both = is_tied && order_[at].risk == order_[at - 1].risk ? of_both + 1 : 0;
      found.of_time += of_time - of_both;
      found.of_both += of_both;
    }
    return found;
  }

 private:
  /// Times that differ by nothing but rounding are one, as for `kaplan_meier`.
  void join_times() {
    bool joined = false;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    for (ranked_subject& each : order_) {
      if (first == 0 || each.word > last) {
        first = each.word & ~std::uint64_t{1};
        last = time_word(tied_until(time_of_word(first)), false);
      }
      std::uint64_t const own = first | (each.word & 1);
      joined = joined || each.word != own;
      each.word = own;
    }
    if (!joined) return;
    std::sort(order_.begin(), order_.end(), [](ranked_subject const& one, ranked_subject const& other) {
      return one.word < other.word || (one.word == other.word && one.risk < other.risk);
    });
  }

  std::vector<ranked_subject> order_;
  std::size_t ranks_ = 0;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
