// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_INPUTS_HPP
#define CREDENCE_BENCHMARKS_INPUTS_HPP

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

// The input that every benchmark and every peer reads, so that their figures can be compared: row i has a score of 0…10
// and one of 1,000 groups, both by the finaliser of MurmurHash3 (Appleby). `verify` holds it to its checksums.

namespace inputs {

inline constexpr std::size_t all_rows = 100'000'000;
inline constexpr std::size_t groups = 1'000;

/// How many rows there are; `main` lowers it for a quick look.
inline std::size_t rows = all_rows;

constexpr std::uint32_t fmix32(std::uint32_t bits) {
  bits = (bits ^ (bits >> 16)) * 0x85eb'ca6bU;
  bits = (bits ^ (bits >> 13)) * 0xc2b2'ae35U;
  return bits ^ (bits >> 16);
}

/// Scores by per-mille: 20 of 0, 10 of 1 … 350 of 10.
inline constexpr std::array<std::int8_t, 1'000> score_table = [] {
  constexpr std::array<int, 11> cumulative{20, 30, 40, 50, 60, 90, 120, 210, 430, 650, 1'000};
  std::array<std::int8_t, 1'000> table{};
  int score = 0;
  for (int at = 0; at < 1'000; ++at) {
    while (at >= cumulative[static_cast<std::size_t>(score)]) ++score;
    table[static_cast<std::size_t>(at)] = static_cast<std::int8_t>(score);
  }
  return table;
}();

constexpr std::int8_t score_of(std::size_t row) { return score_table[fmix32(static_cast<std::uint32_t>(row)) % 1'000]; }
constexpr std::uint32_t group_of(std::size_t row) {
  return fmix32(static_cast<std::uint32_t>(row) ^ 0x9e37'79b9U) % 1'000;
}
/// A weight in [½, 1½), of eighths, so that sums of it are exact in any order.
constexpr double weight_of(std::size_t row) { return 0.5 + static_cast<double>(row % 8) / 8; }

/// As a program would hold it: 8 bytes, of which 3 are padding.
struct row {
  std::uint32_t group;
  std::int8_t score;
};
/// As small as it goes: 4 bytes.
struct packed_row {
  std::uint16_t group;
  std::int8_t score;
};
struct weighted_row {
  double weight;
  std::int8_t score;
};
/// An answer and when it came: seconds since 1970, within three years from September 2020.
struct dated_row {
  std::chrono::sys_seconds when;
  std::int8_t score;
};
constexpr std::int64_t seconds_of(std::size_t row) {
  return 1'600'000'000 + fmix32(static_cast<std::uint32_t>(row) ^ 0x1f83'd9abU) % 94'608'000;
}

namespace detail {

template <class Value, class Make>
std::vector<Value> made(Make const& make) {
  std::vector<Value> values(rows);
  for (std::size_t at = 0; at < rows; ++at) values[at] = make(at);
  return values;
}

}  // namespace detail

// Made when first asked for, and kept.
inline std::vector<row> const& as_rows() {
  static auto const kept = detail::made<row>([](std::size_t at) { return row{group_of(at), score_of(at)}; });
  return kept;
}
inline std::vector<packed_row> const& as_packed_rows() {
  static auto const kept = detail::made<packed_row>([](std::size_t at) {
    return packed_row{static_cast<std::uint16_t>(group_of(at)), score_of(at)};
  });
  return kept;
}
inline std::vector<weighted_row> const& as_weighted_rows() {
  static auto const kept = detail::made<weighted_row>([](std::size_t at) {
    return weighted_row{weight_of(at), score_of(at)};
  });
  return kept;
}
inline std::vector<dated_row> const& as_dated_rows() {
  static auto const kept = detail::made<dated_row>([](std::size_t at) {
    return dated_row{std::chrono::sys_seconds{std::chrono::seconds{seconds_of(at)}}, score_of(at)};
  });
  return kept;
}
inline std::vector<std::int8_t> const& scores() {
  static auto const kept = detail::made<std::int8_t>(score_of);
  return kept;
}
inline std::vector<int> const& int_scores() {
  static auto const kept = detail::made<int>(score_of);
  return kept;
}
inline std::vector<std::uint16_t> const& group_column() {
  static auto const kept =
      detail::made<std::uint16_t>([](std::size_t at) { return static_cast<std::uint16_t>(group_of(at)); });
  return kept;
}
/// The numbers of the rows, which a host with columns projects to what stands in them. As `std::views::iota`, which
/// clang 14 cannot compile.
class row_numbers {
 public:
  class iterator {
   public:
    using value_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    explicit iterator(difference_type at) : at_(at) {}
    std::size_t operator*() const { return static_cast<std::size_t>(at_); }
    std::size_t operator[](difference_type by) const { return *(*this + by); }
    iterator& operator+=(difference_type by) {
      at_ += by;
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
    friend difference_type operator-(iterator left, iterator right) { return left.at_ - right.at_; }
    friend auto operator<=>(iterator const&, iterator const&) = default;

   private:
    difference_type at_ = 0;
  };

  [[nodiscard]] iterator begin() const { return iterator(0); }
  [[nodiscard]] iterator end() const { return iterator(static_cast<std::ptrdiff_t>(rows)); }
};

/// Is the score a promoter's?
inline std::vector<bool> const& promoter_bits() {
  static auto const kept = detail::made<bool>([](std::size_t at) { return score_of(at) >= 9; });
  return kept;
}

/// What there is to know of the scores of some rows.
struct totals {
  std::uint64_t count = 0;
  std::uint64_t promoters = 0;
  std::uint64_t detractors = 0;
  std::uint64_t sum = 0;

  [[nodiscard]] double nps() const {
    return 100 * (static_cast<double>(promoters) - static_cast<double>(detractors)) / static_cast<double>(count);
  }
  /// On this scale the satisfied are those of 9 and 10.
  [[nodiscard]] double csat() const { return static_cast<double>(promoters) / static_cast<double>(count); }
  [[nodiscard]] double mean() const { return static_cast<double>(sum) / static_cast<double>(count); }
};
struct known_answers {
  totals all;
  std::array<totals, groups> by_group;
  std::uint64_t group_sum = 0;
  std::uint64_t word_sum = 0;  ///< of the scores as 64-bit words of 8, little-endian; the last rows % 8 are left out
  double weighted_nps = 0;
};

/// The answers, straight from the generator.
inline known_answers const& known() {
  static known_answers const kept = [] {
    known_answers answers;
    double weight = 0;
    double net = 0;
    for (std::size_t at = 0; at < rows; ++at) {
      int const score = score_of(at);
      for (totals* each : {&answers.all, &answers.by_group[group_of(at)]}) {
        ++each->count;
        each->promoters += score >= 9;
        each->detractors += score < 7;
        each->sum += static_cast<std::uint64_t>(score);
      }
      answers.group_sum += group_of(at);
      if (at < rows / 8 * 8) answers.word_sum += static_cast<std::uint64_t>(score) << (8 * (at % 8));
      weight += weight_of(at);
      net += weight_of(at) * ((score >= 9) - (score < 7));
    }
    answers.weighted_nps = 100 * net / weight;
    return answers;
  }();
  return kept;
}

/// Ends the program unless the generator gives the checksums of the published input; of fewer rows it only says so.
inline void verify() {
  if (rows != all_rows) {
    std::printf("%zu rows: the checksums, which are of %zu rows, are not looked at\n", rows, all_rows);
    return;
  }
  known_answers const& found = known();
  totals const& first = found.by_group[0];
  if (found.all.sum == 829'991'663 && found.group_sum == 49'950'574'828 && found.all.nps() == 44.999034 &&
      first.count == 100'197 && first.nps() == 45.183987544537263)
    return;
  std::fprintf(stderr,
               "the input is not the published one: scores %llu, groups %llu, NPS %.17g, group 0 %.17g of %llu\n",
               static_cast<unsigned long long>(found.all.sum), static_cast<unsigned long long>(found.group_sum),
               found.all.nps(), first.nps(), static_cast<unsigned long long>(first.count));
  std::exit(1);
}

}  // namespace inputs

#endif
