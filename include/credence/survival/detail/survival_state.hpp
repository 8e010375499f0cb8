// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_SURVIVAL_STATE_HPP
#define CREDENCE_SURVIVAL_DETAIL_SURVIVAL_STATE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

#include <credence/core/detail/real_bag.hpp>
#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/read_sample.hpp>
#include <credence/survival/detail/tied_times.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How many left at a time, and how many were last seen then.
struct time_run {
  double time = 0;
  std::uint64_t left = 0;
  std::uint64_t stayed = 0;

  [[nodiscard]] constexpr bool valid() const {
    std::uint64_t const most = ~std::uint64_t{} / 16;
    return is_finite(time) && time >= 0 && left <= most && stayed <= most && left + stayed != 0;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("left", self.left);
    visit("stayed", self.stayed);
  }
  friend constexpr bool operator==(time_run const&, time_run const&) = default;
};

/// One customer of whom more is known than a time and whether they left then.
struct marked_time {
  static constexpr double from_the_start = -1;

  double time = 0;
  double entry = from_the_start;  ///< since when they were watched, before `time`
  double weight = 1;
  std::uint64_t cause = 0;  ///< why they left; 0: they have not

  /// May somebody come at this time, and be seen last at that?
  [[nodiscard]] static constexpr bool enters(double entry, double time) {
    return entry >= 0 && tied_until(entry) < time;
  }
  /// Is no more known of it than a time and whether they left then?
  [[nodiscard]] constexpr bool is_plain() const { return cause <= 1 && weight == 1 && entry == from_the_start; }
  [[nodiscard]] constexpr bool valid() const {
    return is_finite(time) && time >= 0 && (entry == from_the_start || (is_finite(entry) && enters(entry, time))) &&
           detail::is_weight(weight) && cause <= most_causes && !is_plain();
  }
  /// By time first, as they are walked through.
  friend constexpr bool operator<(marked_time const& one, marked_time const& other) {
    if (one.time < other.time || other.time < one.time) return one.time < other.time;
    if (one.entry < other.entry || other.entry < one.entry) return one.entry < other.entry;
    if (one.weight < other.weight || other.weight < one.weight) return one.weight < other.weight;
    return one.cause < other.cause;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("entry", self.entry);
    visit("weight", self.weight);
    visit("cause", self.cause);
  }
  friend constexpr bool operator==(marked_time const&, marked_time const&) = default;
};

/// Times, and who left then: kept as counts by time. What comes in is counted in a table where times are whole and
/// lie close together, and listed otherwise; `settle` makes runs of both. Weights, late entries and causes beyond the
/// first are kept one by one. Two states are equal when they hold the same, in whatever order it came.
class survival_state {
 public:
  /// Whole times below this may be counted in the table.
  static constexpr std::uint64_t most_counted = 65'536;

  void add(double time, bool left) {
    ++count_;
    if (time < static_cast<double>(most_counted)) {
      auto const whole = static_cast<std::uint64_t>(time);
      if (static_cast<double>(whole) == time && has_room(whole)) {
        ++counted_[static_cast<std::size_t>(2 * whole + left)];
        return;
      }
    }
    std::vector<double>& list = left ? left_ : stayed_;
    if (list.size() == list.capacity()) shorten();
    list.push_back(time);
  }
  void add(marked_time const& sample) {
    ++count_;
    put(sample);
  }
  /// Adds what was counted of whole times, at 2·time + left.
  void add_counted(std::uint64_t const* table, std::size_t size) {
    if (counted_.size() < size) counted_.resize(size);
    for (std::size_t at = 0; at < size; ++at) {
      counted_[at] += table[at];
      count_ += table[at];
    }
  }

  /// Samples used, those of weight 0 too.
  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// How many of them left, for whatever cause. O(its size).
  [[nodiscard]] std::uint64_t left() const {
    std::uint64_t found = left_.size();
    for (std::size_t at = 1; at < counted_.size(); at += 2) found += counted_[at];
    for (time_run const& run : runs_) found += run.left;
    for (marked_time const& sample : marked_) found += sample.cause != 0;
    return found;
  }
  [[nodiscard]] std::uint64_t seen() const { return count_ + rejected.total(); }

  /// Puts all in order, so that who asks needs no copy. O(n).
  void settle() {
    join(counted_runs());
    join(listed_runs());
    counted_ = {};
    left_ = {};
    stayed_ = {};
    if (!ordered_) std::sort(marked_.begin(), marked_.end());
    ordered_ = true;
  }
  /// Calls `use(runs, marked)` with both in the order of time.
  template <class Use>
  decltype(auto) in_order(Use const& use) const {
    if (are_runs() && ordered_) return use(runs_, marked_);
    survival_state copied = *this;
    copied.settle();
    return use(std::as_const(copied.runs_), std::as_const(copied.marked_));
  }

  survival_state& operator+=(survival_state const& other) {
    if (this == &other) return *this += survival_state(other);
    rejected += other.rejected;
    count_ += other.count_ - other.in_table();
    add_counted(other.counted_.data(), other.counted_.size());
    left_.insert(left_.end(), other.left_.begin(), other.left_.end());
    stayed_.insert(stayed_.end(), other.stayed_.begin(), other.stayed_.end());
    join(other.runs_);
    shorten();
    for (marked_time const& sample : other.marked_) put(sample);
    return *this;
  }
  friend bool operator==(survival_state const& one, survival_state const& other) {
    if (one.count_ != other.count_ || one.rejected != other.rejected) return false;
    return one.in_order([&](auto const& runs, auto const& marked) {
      return other.in_order([&](auto const& other_runs, auto const& other_marked) {
        return runs == other_runs && marked == other_marked;
      });
    });
  }

  template <class Options>
  [[nodiscard]] bool valid(Options const&) const {
    std::uint64_t held = in_table() + left_.size() + stayed_.size() + marked_.size();
    for (time_run const& run : runs_) {
      std::uint64_t const own = run.left + run.stayed;
      if (!run.valid() || own > ~std::uint64_t{} / 16 - held) return false;
      held += own;
    }
    return rejected.valid() && held == count_ &&
           std::all_of(marked_.begin(), marked_.end(), [](marked_time const& sample) { return sample.valid(); });
  }
  template <class Writer>
  void write(Writer& out) const {
    in_order([&](std::vector<time_run> const& runs, std::vector<marked_time> const& marked) {
      out.put(count_);
      out.put(rejected);
      out.put(runs);
      out.put(marked);
    });
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    *this = {};
    auto const no_later = [](time_run const& one, time_run const& next) { return !(one.time < next.time); };
    return in.get(count_) && in.get(rejected) && in.get(runs_) && in.get(marked_) &&
           std::adjacent_find(runs_.begin(), runs_.end(), no_later) == runs_.end() &&
           std::is_sorted(marked_.begin(), marked_.end());
  }
  /// For who prints it: what it holds is told by `write`.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count_);
    visit("rejected", self.rejected);
  }

  credence::rejections rejected;

 private:
  void put(marked_time const& sample) {
    ordered_ = ordered_ && (marked_.empty() || !(sample < marked_.back()));
    marked_.push_back(sample);
  }
  [[nodiscard]] std::uint64_t in_table() const {
    return std::accumulate(counted_.begin(), counted_.end(), std::uint64_t{});
  }
  [[nodiscard]] bool are_runs() const { return counted_.empty() && left_.empty() && stayed_.empty(); }
  /// Is there a place for this time in the table, or is it worth one? Few times far apart are not: of ten thousand
  /// groups, each would have a table.
  [[nodiscard]] bool has_room(std::uint64_t whole) {
    if (2 * whole < counted_.size()) return true;
    if (whole > 4 * (count_ + 8)) return false;
    counted_.resize(static_cast<std::size_t>(2 * (std::min)(most_counted, 2 * whole + 2)));
    return true;
  }
  /// Long lists become runs where a look at some of each says that many times are the same, so that memory grows with
  /// distinct times; otherwise that would be work for nothing.
  void shorten() {
    constexpr std::size_t short_enough = 65'536;
    constexpr std::size_t stride = 16;
    if (left_.size() + stayed_.size() < (std::max)(short_enough, stride * runs_.size())) return;
    std::vector<double> some;
    for (std::vector<double> const* const list : {&left_, &stayed_})
      for (std::size_t at = 0; at < list->size(); at += stride) some.push_back((*list)[at]);
    sort_reals(some);
    std::size_t const all = some.size();
    some.erase(std::unique(some.begin(), some.end()), some.end());
    if (some.size() > all / 2) return;
    join(listed_runs());
    left_.clear();
    stayed_.clear();
  }
  [[nodiscard]] std::vector<time_run> counted_runs() const {
    std::vector<time_run> found;
    for (std::size_t at = 0; at < counted_.size() / 2; ++at)
      if (counted_[2 * at] + counted_[2 * at + 1] != 0)
        found.push_back({static_cast<double>(at), counted_[2 * at + 1], counted_[2 * at]});
    return found;
  }
  [[nodiscard]] std::vector<time_run> listed_runs() {
    std::vector<time_run> found;
    sort_reals(left_);
    sort_reals(stayed_);
    found.reserve(left_.size() + stayed_.size());
    walk_values(left_, stayed_, [&](double time, std::uint64_t leaving, std::uint64_t staying) {
      found.push_back({time, leaving, staying});
    });
    return found;
  }
  /// Adds runs to those there are, one run a time.
  void join(std::vector<time_run> more) {
    if (runs_.empty()) {
      runs_.swap(more);
    } else if (!more.empty()) {
      std::vector<time_run> both;
      both.reserve(runs_.size() + more.size());
      std::merge(runs_.begin(), runs_.end(), more.begin(), more.end(), std::back_inserter(both),
                 [](time_run const& one, time_run const& other) { return one.time < other.time; });
      runs_.clear();
      for (time_run const& run : both) {
        if (!runs_.empty() && !(runs_.back().time < run.time)) {
          runs_.back().left += run.left;
          runs_.back().stayed += run.stayed;
        } else {
          runs_.push_back(run);
        }
      }
    }
  }

  std::uint64_t count_ = 0;
  std::vector<time_run> runs_;          ///< distinct, in order
  std::vector<std::uint64_t> counted_;  ///< at 2·time + left
  std::vector<double> left_;            ///< when, in the order in which they came
  std::vector<double> stayed_;          ///< likewise, when last seen
  std::vector<marked_time> marked_;
  bool ordered_ = true;  ///< are these?
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
