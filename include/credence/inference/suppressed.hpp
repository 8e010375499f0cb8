// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_SUPPRESSED_HPP
#define CREDENCE_INFERENCE_SUPPRESSED_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/number.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/hidden_cells.hpp>

// Grouped results that can be shared without exposing people: groups of few are hidden, and so are enough others that
// nobody finds the hidden ones by subtracting those shown from a total.

namespace credence {
inline namespace CREDENCE_ABI {

struct suppressed_options {
  whole minimum_count = 10;  ///< the fewest people a result that is shown may speak of, at least 1
  friend constexpr bool operator==(suppressed_options const&, suppressed_options const&) = default;
};

/// Why a group is hidden.
enum class suppression : std::uint8_t {
  none,          ///< it is shown
  primary,       ///< it has people, but fewer than `minimum_count`
  complementary  ///< it would tell of another one that is hidden
};
constexpr std::string_view name_of(suppression why) {
  switch (why) {
    case suppression::none: return "none";
    case suppression::primary: return "primary";
    case suppression::complementary: return "complementary";
  }
  return {};
}

/// One group of `suppressed`.
template <class Key, class Result>
struct suppressed_cell {
  Key key{};
  credence::suppression suppression = credence::suppression::none;
  std::optional<Result> result;  ///< empty where hidden

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("suppression", self.suppression);
    visit("result", self.result);
  }
  friend bool operator==(suppressed_cell const&, suppressed_cell const&) = default;
};

template <class Key, class Result>
struct suppressed_result {
  std::vector<suppressed_cell<Key, Result>> cells;  ///< in the order of the groups
  std::optional<Result> total;                      ///< of all groups; empty where even they are too few
  std::uint64_t shown = 0;
  std::uint64_t suppressed = 0;

  /// Is anything shown?
  constexpr explicit operator bool() const { return shown != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("cells", self.cells);
    visit("total", self.total);
    visit("shown", self.shown);
    visit("suppressed", self.suppressed);
  }
  friend bool operator==(suppressed_result const&, suppressed_result const&) = default;
};

namespace detail {

/// How many people stand behind a result: one number, or one a part of a tee.
template <class Result>
struct people_of {
  static constexpr bool known = requires(Result const& result) {
    { result.count } -> std::convertible_to<std::uint64_t>;
  };
  static void add(std::vector<std::uint64_t>& counts, Result const& result) { counts.push_back(result.count); }
};
template <class... Parts>
struct people_of<std::tuple<Parts...>> {
  static constexpr bool known = sizeof...(Parts) != 0 && (people_of<Parts>::known && ...);
  static void add(std::vector<std::uint64_t>& counts, std::tuple<Parts...> const& results) {
    std::apply([&](auto const&... part) { (people_of<Parts>::add(counts, part), ...); }, results);
  }
};

struct suppressed_function {
  template <class Key, accumulator Accumulator>
  auto operator()(grouped<Key, Accumulator> const& groups, suppressed_options options = {}) const {
    using key_type = typename grouped<Key, Accumulator>::key_type;
    using result_type = std::remove_cvref_t<decltype(groups.total().result())>;
    static_assert(people_of<result_type>::known,
                  "credence: `suppressed` goes by the `count` of people in a group's result, and this accumulator's "
                  "result has none; group by an accumulator that has one, or a tee of such");
    suppressed_result<key_type, result_type> table;
    if constexpr (people_of<result_type>::known) {
      if (options.minimum_count < 1)
        wrong_argument("suppressed_options::minimum_count", options.minimum_count.value, "it must be at least 1");
      auto const least = static_cast<std::uint64_t>(options.minimum_count.value);
      auto total = groups.total().result();
      std::vector<std::uint64_t> people;
      people_of<result_type>::add(people, total);
      std::size_t const measures = people.size();
      bool too_few = false;
      for (std::uint64_t const count : people) too_few = too_few || hidden_cells::is_too_few(count, least);
      if (!too_few) table.total = std::move(total);

      std::vector<key_type> keys;
      people.clear();
      for (auto const& group : groups) {
        table.cells.emplace_back();
        table.cells.back().key = group.key;
        table.cells.back().result = group.accumulator.result();
        people_of<result_type>::add(people, *table.cells.back().result);
        keys.push_back(group.key);
      }
      table_lines const lines(keys);
      hidden_cells const hidden(lines, people, measures, least);
      for (std::size_t at = 0; at < table.cells.size(); ++at) {
        ++(hidden[at] ? table.suppressed : table.shown);
        if (!hidden[at]) continue;
        table.cells[at].suppression = hidden.too_few(at) ? suppression::primary : suppression::complementary;
        table.cells[at].result.reset();
      }
    }
    return table;
  }
};

}  // namespace detail

/// Grouped results with groups of few people hidden: `suppressed(group_by(rows, &row::team, nps_accumulator{},
/// &row::score), {.minimum_count = 10})`. Hidden are the groups with people, but fewer than `minimum_count`; and, so
/// that none of them is found by subtraction, in each line of the table the smallest other groups (of equals the
/// first), until two or more are hidden and `minimum_count` people are in them, or none is left. A plain key has one
/// line: all groups. A pair or tuple has for each of its parts the lines of groups that agree in all other parts, as
/// margins add them up, and all groups; a group that is of use in all its lines then goes before a smaller one that
/// would need others in turn. Groups with nobody in them are shown. People are those in the result's `count`;
/// of a tee, a group must do for every part, and all parts are hidden together.
/// Guards against subtraction in a table's own margins, as long as no total is published of a line of which all people
/// are hidden: it would be theirs. Not against systems of equations over several lines, which an audit by linear
/// programming would find; nor against comparing two releases, or two groupings of the same people; nor does it hide
/// that everybody in a group answered the same.
/// Throws `credence::error` for a `minimum_count` below 1. O(groups · parts) a pass, and mostly two passes.
/// Source: Cox (1980), Journal of the American Statistical Association 75, 377; Hundepool et al. (2012), Statistical
/// Disclosure Control.
inline constexpr detail::suppressed_function suppressed{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
