// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_LATEST_BY_HPP
#define CREDENCE_REVIEWS_LATEST_BY_HPP

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/reviews/detail/numbered_ratings.hpp>  // first: complaints about a key then name no other header

#include <credence/core/call_shape.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Who reviews an item again means the new review in place of the old one.

namespace credence {
inline namespace CREDENCE_ABI {

struct latest_by_options {
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The rows that `latest_by` keeps: a range of them, in the order in which they stand, that every metric takes. Of rows
/// that were given as an lvalue it knows only where they are: they must outlive it, and must not be added to, moved or
/// sorted meanwhile. Rows given as an rvalue it owns. Iterators are good for as long as the answer itself is.
template <class Range>
class latest_rows {
  static constexpr bool owns = !std::is_lvalue_reference_v<Range>;
  using held_type = std::conditional_t<owns, std::remove_reference_t<Range>, detail::iterator_of<Range>>;
  using base_type = detail::iterator_of<std::conditional_t<owns, std::remove_reference_t<Range> const, Range>>;

 public:
  class iterator {
   public:
    using value_type = std::iter_value_t<base_type>;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    iterator(base_type base, std::size_t const* row) : base_(std::move(base)), row_(row) {}
    std::iter_reference_t<base_type> operator*() const {
      return *(base_ + static_cast<std::iter_difference_t<base_type>>(*row_));
    }
    std::iter_reference_t<base_type> operator[](difference_type by) const { return *(*this + by); }
    iterator& operator+=(difference_type by) {
      row_ += by;
      return *this;
    }
    iterator& operator-=(difference_type by) { return *this += -by; }
    iterator& operator++() { return *this += 1; }
    iterator& operator--() { return *this -= 1; }
    iterator operator++(int) { return std::exchange(*this, *this + 1); }
    iterator operator--(int) { return std::exchange(*this, *this - 1); }
    friend iterator operator+(iterator at, difference_type by) { return at += by; }
    friend iterator operator+(difference_type by, iterator at) { return at += by; }
    friend iterator operator-(iterator at, difference_type by) { return at -= by; }
    friend difference_type operator-(iterator const& left, iterator const& right) { return left.row_ - right.row_; }
    friend bool operator==(iterator const& left, iterator const& right) { return left.row_ == right.row_; }
    friend auto operator<=>(iterator const& left, iterator const& right) { return left.row_ <=> right.row_; }

   private:
    base_type base_{};
    std::size_t const* row_ = nullptr;
  };

  std::vector<std::size_t> rows;    ///< where those kept stand among the rows given, ascending
  std::uint64_t superseded = 0;     ///< rows that gave way to a later one of the same rater and item
  std::uint64_t rejected = 0;       ///< rows left out
  credence::rejections rejections;  ///< and why

  latest_rows() = default;
  explicit latest_rows(held_type held) : held_(std::move(held)) {}

  [[nodiscard]] std::size_t size() const { return rows.size(); }
  [[nodiscard]] bool empty() const { return rows.empty(); }
  explicit operator bool() const { return !rows.empty(); }
  [[nodiscard]] iterator begin() const { return {base(), rows.data()}; }
  [[nodiscard]] iterator end() const { return {base(), rows.data() + rows.size()}; }

 private:
  [[nodiscard]] base_type base() const {
    if constexpr (owns) {
      return std::ranges::begin(held_);
    } else {
      return held_;
    }
  }

  held_type held_{};
};

namespace detail {

/// Where each rating stands among the rows, and when it was given.
struct dated_rows {
  std::vector<std::size_t> rows;
  std::vector<std::int64_t> times;
};

/// Those of the ratings that no later one of the same rater and item supersedes, in their order. They are dealt out to
/// their raters, of whom each sorts his own by item.
template <class Ratings>
[[nodiscard]] std::vector<std::size_t> latest_of(Ratings const& who, dated_rows const& dated) {
  struct rating {
    std::uint32_t item;
    std::size_t at;
  };
  std::vector<std::size_t> ends(std::size_t{who.raters.limit()} + 1);
  for (std::uint32_t const rater : who.rater_of) ++ends[std::size_t{rater} + 1];
  for (std::size_t rater = 1; rater < ends.size(); ++rater) ends[rater] += ends[rater - 1];
  std::vector<rating> dealt(who.size());
  for (std::size_t at = 0; at < dealt.size(); ++at) dealt[ends[who.rater_of[at]]++] = {who.item_of[at], at};
  std::vector<bool> is_kept(dealt.size());
  for (std::size_t first = 0; first < dealt.size();) {
    std::size_t const end = ends[who.rater_of[dealt[first].at]];
    auto const from = dealt.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(from, dealt.begin() + static_cast<std::ptrdiff_t>(end), [](rating const& one, rating const& other) {
      return one.item != other.item ? one.item < other.item : one.at < other.at;
    });
    while (first < end) {
      std::size_t latest = dealt[first].at;
      std::uint32_t const item = dealt[first].item;
      for (++first; first < end && dealt[first].item == item; ++first)
        if (dated.times[dealt[first].at] >= dated.times[latest]) latest = dealt[first].at;
      is_kept[latest] = true;
    }
  }
  std::vector<std::size_t> kept;
  for (std::size_t at = 0; at < dealt.size(); ++at)
    if (is_kept[at]) kept.push_back(dated.rows[at]);
  return kept;
}

struct latest_by_function : refusal<values_call<latest_by_options, argument_kind::projection, argument_kind::projection,
                                                argument_kind::projection>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> RaterOf, projection_of<Range> ItemOf, projection_of<Range> Time>
  auto operator()(Range&& rows, RaterOf rater, ItemOf item, Time time, latest_by_options options = {}) const {
    constexpr bool reachable = shareable_rows<Range>;
    static_assert(reachable,
                  "credence: latest_by keeps rows by their number, so any one must be within reach: give a vector, a "
                  "deque, a span or another random-access range");
    if constexpr (!reachable) {
      return no_answer{};
    } else if constexpr (check_rating_keys<Range, RaterOf, ItemOf>() && check_time<projected<Range, Time>>()) {
      dated_rows dated;
      auto const size = static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows));
      dated.rows.reserve(size);
      dated.times.reserve(size);
      auto const enter = [&](auto& row, rejections& rejected, std::uint64_t position) {
        auto&& own = detail::project(time, row);
        instant const when = detail::instant_of(own);
        if (!when.is_known()) {
          turn_away(options.on_invalid, rejected, detail::has_answer(own) ? rejection::bad_time : rejection::missing, 0,
                    position);
          return false;
        }
        dated.times.push_back(when.micros);
        dated.rows.push_back(static_cast<std::size_t>(position));
        return true;
      };
      auto const who = detail::read_ratings(options.on_invalid, rows, rater, item, enter);
      auto kept = holding<Range>(rows);
      kept.rows = detail::latest_of(who, dated);
      kept.superseded = who.size() - kept.rows.size();
      kept.rejected = who.rejected.total();
      kept.rejections = who.rejected;
      return kept;
    } else {
      return latest_rows<Range>{};
    }
  }

 private:
  template <class Range>
  static latest_rows<Range> holding(std::remove_reference_t<Range>& rows) {
    if constexpr (std::is_lvalue_reference_v<Range>) {
      return latest_rows<Range>(std::ranges::begin(rows));
    } else {
      return latest_rows<Range>(std::move(rows));
    }
  }
};

}  // namespace detail

/// One review a rater and item, the latest: `latest_by(reviews, &review::user, &review::product, &review::time)` is a
/// range of them, so that `mean(latest_by(…), &review::stars)` counts nobody twice. Of several at the same time the one
/// that stands last is kept. Rows without a key or a time are left out and counted. The rows must be within reach by
/// their number (a vector, a deque, a span), and must outlive the answer unless they are handed over as an rvalue: see
/// `latest_rows`. O(n log m) for raters of at most m ratings each; keeps 8 bytes for each row that is kept, and some 40
/// a row while it works.
inline constexpr detail::latest_by_function latest_by{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
