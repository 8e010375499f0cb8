// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef SAMPLE_HPP
#define SAMPLE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

// What the makers of sample data share: dice, dates, and a main that writes files or checks them.

namespace sample {

/// Random numbers that are the same with every standard library, whose own distributions differ: splitmix64 (Steele,
/// Lea and Flood, 2014).
class dice {
 public:
  explicit dice(std::uint64_t const seed) : state_(seed) {}

  /// 0 … sides − 1; the bias of a remainder of 64 bits is far too small to be seen here.
  std::size_t operator()(std::size_t const sides) {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31)) % sides);
  }

  /// An index of the table, each as likely as its entry is large.
  template <std::size_t Size>
  std::size_t among(std::array<std::size_t, Size> const& shares) {
    std::size_t sum = 0;
    for (std::size_t const share : shares) sum += share;
    std::size_t left = (*this)(sum);
    std::size_t index = 0;
    while (left >= shares[index]) left -= shares[index++];
    return index;
  }

 private:
  std::uint64_t state_;
};

inline std::string two_digits(std::size_t const number) {
  return std::string(number < 10, '0') + std::to_string(number);
}

/// Of a year that is not a leap year; `day` from 0.
inline std::string date(std::string_view const year, std::size_t day) {
  constexpr std::array<std::size_t, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::size_t month = 0;
  while (day >= lengths[month]) day -= lengths[month++];
  return std::string(year) + '-' + two_digits(month + 1) + '-' + two_digits(day + 1);
}

/// Of the twelve months from July 2025 to June 2026; `day` from 0.
inline std::string shop_date(std::size_t const day) {
  constexpr std::size_t january = 184;
  return day < january ? date("2025", day + 181) : date("2026", day - january);
}

struct named_text {
  std::string name;
  std::string text;
};

/// Writes the files into the folder that the arguments name, or with --check says whether those there are the same.
inline int write_or_check(int const argument_count, char** const arguments, std::vector<named_text> const& files) {
  bool const check = argument_count == 3 && std::string_view(arguments[1]) == "--check";
  if (argument_count != 2 && !check) {
    std::fprintf(stderr, "usage: %s [--check] FOLDER\n", arguments[0]);
    return 2;
  }
  for (auto const& [name, text] : files) {
    std::string const path = std::string(arguments[argument_count - 1]) + '/' + name;
    if (check) {
      std::ifstream file(path, std::ios::binary);
      if (std::string(std::istreambuf_iterator<char>(file), {}) != text) {
        std::fprintf(stderr, "%s is not what this program writes\n", path.c_str());
        return 1;
      }
    } else if (!(std::ofstream(path, std::ios::binary) << text).flush()) {
      std::fprintf(stderr, "%s cannot be written\n", path.c_str());
      return 1;
    }
  }
  return 0;
}

}  // namespace sample

#endif
