// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_HIDDEN_CELLS_HPP
#define CREDENCE_INFERENCE_DETAIL_HIDDEN_CELLS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include <credence/core/detail/group_table.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// The lines of a table: for each part of the key, the cells that agree in all other parts; last, all cells.
class table_lines {
 public:
  template <class Key>
  explicit table_lines(std::vector<Key> const& keys) {
    std::vector<std::size_t> all;
    for (std::size_t cell = 0; cell < keys.size(); ++cell) all.push_back(cell);
    if constexpr (requires { std::tuple_size<Key>::value; })
      add_parts(keys, std::make_index_sequence<std::tuple_size_v<Key>>{});
    lines_of_.emplace_back(keys.size(), lines_.size());
    lines_.push_back(std::move(all));
  }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] std::vector<std::size_t> const& operator[](std::size_t line) const { return lines_[line]; }

  /// Calls `action(line)` for every line that a cell is in.
  template <class Action>
  void each_of(std::size_t cell, Action const& action) const {
    for (std::vector<std::size_t> const& line : lines_of_) action(line[cell]);
  }

 private:
  /// Each part's values are numbered; a line is then a tuple of numbers with 0 for the part that runs along it.
  template <class Key, std::size_t... Part>
  void add_parts(std::vector<Key> const& keys, std::index_sequence<Part...>) {
    std::tuple<group_table<std::tuple_element_t<Part, Key>, char>...> values;
    std::vector<std::array<std::uint32_t, sizeof...(Part)>> numbers;
    for (Key const& key : keys)
      numbers.push_back({static_cast<std::uint32_t>(std::get<Part>(values).find_or_add(std::get<Part>(key)) + 1)...});
    for (std::size_t along = 0; along < sizeof...(Part); ++along) {
      group_table<std::tuple<number_of<Part>...>, std::vector<std::size_t>> lines;
      lines_of_.emplace_back();
      for (std::size_t cell = 0; cell < keys.size(); ++cell) {
        std::size_t const line =
            lines.find_or_add(std::tuple<number_of<Part>...>((Part == along ? 0 : numbers[cell][Part])...));
        lines.states[line].push_back(cell);
        lines_of_.back().push_back(lines_.size() + line);
      }
      for (std::vector<std::size_t>& line : lines.states) lines_.push_back(std::move(line));
    }
  }
  template <std::size_t>
  using number_of = std::uint32_t;

  std::vector<std::vector<std::size_t>> lines_;
  std::vector<std::vector<std::size_t>> lines_of_;  ///< by part, then by cell
};

/// Which cells to hide. A cell has one count of people, or several (`measures`) where several things are measured: each
/// must do by itself. There is at least one.
class hidden_cells {
 public:
  hidden_cells(table_lines const& lines, std::vector<std::uint64_t> const& counts, std::size_t measures,
               std::uint64_t least)
      : lines_(lines), counts_(counts), measures_(measures), least_(least), hidden_(lines.size() * measures) {
    marks_.resize(counts.size() / measures);
    for (std::size_t cell = 0; cell < marks_.size(); ++cell)
      if (too_few(cell)) hide(cell);
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t line = 0; line < lines.size(); ++line)
        for (std::size_t measure = 0; measure < measures; ++measure) changed = protect(line, measure) || changed;
    }
  }
  [[nodiscard]] static bool is_too_few(std::uint64_t count, std::uint64_t least) { return count != 0 && count < least; }
  /// Does a cell hold people, but too few?
  [[nodiscard]] bool too_few(std::size_t cell) const {
    for (std::size_t measure = 0; measure < measures_; ++measure)
      if (is_too_few(count(cell, measure), least_)) return true;
    return false;
  }
  [[nodiscard]] bool operator[](std::size_t cell) const { return marks_[cell]; }

 private:
  struct hidden_part {
    std::uint64_t cells = 0;  ///< with people
    std::uint64_t people = 0;
  };

  [[nodiscard]] std::uint64_t count(std::size_t cell, std::size_t measure) const {
    return counts_[cell * measures_ + measure];
  }
  void hide(std::size_t cell) {
    marks_[cell] = true;
    lines_.each_of(cell, [&](std::size_t line) {
      for (std::size_t measure = 0; measure < measures_; ++measure) {
        hidden_[line * measures_ + measure].cells += count(cell, measure) != 0;
        hidden_[line * measures_ + measure].people += count(cell, measure);
      }
    });
  }
  /// Hides more of a line until subtraction from its total tells of no cell, and of no group that is too small, or
  /// until no cell with people is left. Did that hide any?
  bool protect(std::size_t line, std::size_t measure) {
    hidden_part const& part = hidden_[line * measures_ + measure];
    bool changed = false;
    while (part.cells == 1 || (part.cells != 0 && part.people < least_)) {
      std::size_t best = lines_[line].size();
      std::size_t best_opened = 0;
      for (std::size_t at = 0; at < lines_[line].size(); ++at) {
        std::size_t const cell = lines_[line][at];
        if (marks_[cell] || count(cell, measure) == 0) continue;
        std::size_t const opened = lines_opened(cell, measure);
        bool const better = best == lines_[line].size() || opened < best_opened ||
                            (opened == best_opened && count(cell, measure) < count(lines_[line][best], measure));
        if (!better) continue;
        best = at;
        best_opened = opened;
      }
      if (best == lines_[line].size()) break;
      hide(lines_[line][best]);
      changed = true;
    }
    return changed;
  }
  /// In how many of its lines would this be the first cell hidden, which needs others to hide it?
  [[nodiscard]] std::size_t lines_opened(std::size_t cell, std::size_t measure) const {
    std::size_t opened = 0;
    lines_.each_of(cell, [&](std::size_t line) { opened += hidden_[line * measures_ + measure].cells == 0; });
    return opened;
  }

  table_lines const& lines_;
  std::vector<std::uint64_t> const& counts_;
  std::size_t measures_;
  std::uint64_t least_;
  std::vector<hidden_part> hidden_;
  std::vector<bool> marks_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
