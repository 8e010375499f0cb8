// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_LAYOUT_HPP
#define TRUST_REPORT_LAYOUT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>

// Numbers, text and tables as a terminal shows them: nothing here knows what a survey is.

namespace trust_report {

/// Of text from the file, what a terminal can be shown: no control characters, whole letters of UTF-8 only, at most
/// `width` of them.
inline std::string printable(std::string_view const text, std::size_t const width) {
  std::string shown;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const lead = static_cast<unsigned char>(text[at]);
    std::size_t const length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    bool whole = lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4 && at + length <= text.size());
    for (std::size_t next = 1; whole && next < length; ++next)
      whole = (static_cast<unsigned char>(text[at + next]) & 0xC0) == 0x80;
    if (++letters > width) {
      // The last letter makes room for the sign that there was more.
      do shown.pop_back();
      while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0) == 0x80);
      if (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80) != 0) shown.pop_back();
      return shown + "…";
    }
    bool const control = lead < 0x20 || lead == 0x7F || (lead == 0xC2 && whole && (text[at + 1] & 0x60) == 0);
    shown += whole && !control ? text.substr(at, length) : "?";
    at += whole ? length : 1;
  }
  return shown;
}

/// How many columns a text takes: letters, not bytes.
inline std::size_t width_of(std::string_view const text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

inline std::string decimals(double const value, int const digits) {
  if (!credence::is_finite(value)) return "-";
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}
inline std::string percent(double const share, int const digits) {
  return decimals(100 * share, digits) + (credence::is_finite(share) ? " %" : "");
}
/// 1234567 as 1,234,567.
inline std::string count(std::uint64_t const number) {
  std::string const digits = std::to_string(number);
  std::string text;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at != 0 && (digits.size() - at) % 3 == 0) text += ',';
    text += digits[at];
  }
  return text;
}
inline std::string several(std::uint64_t const number, std::string_view const one, std::string_view const many) {
  return count(number) + " " + std::string(number == 1 ? one : many);
}
inline std::string padded(std::string const& text, std::size_t const width) {
  return std::string(width - (std::min)(width, width_of(text)), ' ') + text;
}
inline std::string bounds(credence::interval const& interval, double const factor, int const digits) {
  if (credence::is_nan(interval.lower)) return "-";
  return decimals(factor * interval.lower, digits) + " … " + padded(decimals(factor * interval.upper, digits), 5);
}
/// A scale's end, or a share in per cent, without digits that say nothing.
inline std::string plain(double const number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", number);
  return text;
}

/// Rows of cells under a heading: the first column to the left, and any without a heading; the others to the right.
class table {
 public:
  explicit table(std::vector<std::string> heading) : rows_{std::move(heading)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

  friend std::ostream& operator<<(std::ostream& out, table const& shown) {
    std::vector<std::string> const& heading = shown.rows_.front();
    std::vector<std::size_t> widths(heading.size());
    for (auto const& row : shown.rows_)
      for (std::size_t at = 0; at < row.size(); ++at) widths[at] = (std::max)(widths[at], width_of(row[at]));
    for (auto const& row : shown.rows_) {
      // The heading stands at the margin, what is under it a little to the right.
      bool const top = &row == &heading;
      std::string line = (top ? "" : "  ") + row[0] + std::string(widths[0] + (top ? 2 : 0) - width_of(row[0]), ' ');
      for (std::size_t at = 1; at < row.size(); ++at)
        line += "  " + (heading[at].empty() ? row[at] : padded(row[at], widths[at]));
      out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
    }
    return out;
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace trust_report

#endif
