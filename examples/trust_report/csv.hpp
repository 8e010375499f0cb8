// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_CSV_HPP
#define TRUST_REPORT_CSV_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <istream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace trust_report {

/// A CSV file that cannot be read: where, and in a sentence why.
class csv_error : public std::runtime_error {
 public:
  csv_error(std::uint64_t const line, std::uint64_t const column, std::string const& sentence)
      : std::runtime_error("line " + std::to_string(line) + (column ? ", column " + std::to_string(column) : "") +
                           ": " + sentence),
        line_(line),
        column_(column) {}

  [[nodiscard]] std::uint64_t line() const noexcept { return line_; }
  /// In bytes, from 1; 0 where the whole line is meant.
  [[nodiscard]] std::uint64_t column() const noexcept { return column_; }

 private:
  std::uint64_t line_;
  std::uint64_t column_;
};

/// Reads a CSV file (RFC 4180) with a header, a row at a time, in bounded memory.
///
/// Lines end in LF or CRLF; a UTF-8 byte order mark and blanks around the header's names are dropped. What people's
/// files do besides is either harmless, and counted, or an error, never a guess:
/// a row with too few fields (the missing ones are empty) or too many, and an empty line (skipped), are counted; a
/// quote inside an unquoted field is an ordinary character; text after a closing quote, a quote that is never closed, a
/// NUL byte and a row above the limit throw csv_error.
class csv_reader {
 public:
  /// Reads the header. Throws csv_error when there is none. The stream must outlive the reader; rows longer than
  /// `row_limit` bytes are refused, so at most about that much, and `block`, is held.
  explicit csv_reader(std::istream& stream, std::size_t const row_limit = std::size_t{1} << 20,
                      std::size_t const block = std::size_t{1} << 16)
      : stream_(stream), row_limit_(row_limit), block_((std::max)(block, std::size_t{1})) {
    if (!stream_) throw csv_error(1, 0, "the file cannot be read");
    while (end_ < 3 && !ended_) refill();
    if (std::string_view(buffer_.data(), end_).starts_with("\xEF\xBB\xBF")) next_ = 3;
    if (!read_row()) throw csv_error(line_, 0, "the file is empty; a header with the names of the columns is expected");
    for (auto const& name : fields_) header_.emplace_back(trimmed(name));
    header_line_ = line_;
  }
  csv_reader(csv_reader const&) = delete;  // the fields point into the reader's own buffer
  csv_reader& operator=(csv_reader const&) = delete;

  [[nodiscard]] std::vector<std::string> const& header() const noexcept { return header_; }

  /// The index of the column of that name; throws csv_error when no column, or more than one, is called so.
  [[nodiscard]] std::size_t column(std::string_view const name) const {
    auto const found = std::find(header_.begin(), header_.end(), name);
    if (found == header_.end()) throw csv_error(header_line_, 0, no_column(name));
    if (std::find(found + 1, header_.end(), name) != header_.end())
      throw csv_error(header_line_, 0, "more than one column is called \"" + std::string(name) + "\"");
    return static_cast<std::size_t>(found - header_.begin());
  }

  /// Goes to the next row; false after the last. Throws csv_error, after which the reader is of no further use.
  bool next() {
    if (!read_row()) return false;
    ++rows_;
    if (fields_.size() < header_.size()) ++short_rows_;
    if (fields_.size() > header_.size()) ++long_rows_;
    return true;
  }

  /// A field of this row, empty where the row is too short. Valid until the next call of next().
  [[nodiscard]] std::string_view field(std::size_t const column) const noexcept {
    return column < fields_.size() ? fields_[column] : std::string_view();
  }
  /// How many fields this row really has.
  [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
  /// The line on which this row begins, from 1.
  [[nodiscard]] std::uint64_t line() const noexcept { return line_; }

  /// What was met so far.
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::uint64_t short_rows() const noexcept { return short_rows_; }
  [[nodiscard]] std::uint64_t long_rows() const noexcept { return long_rows_; }
  [[nodiscard]] std::uint64_t empty_lines() const noexcept { return empty_lines_; }

 private:
  /// The next row that is not an empty line.
  bool read_row() {
    while (true) {
      begin_ = next_;
      line_ = next_line_;
      while (!split()) refill();
      if (begin_ == end_) return false;
      if (next_ - begin_ > row_limit_) too_long();
      if (fields_.size() > 1 || !fields_.front().empty() || buffer_[begin_] == '"') break;
      ++empty_lines_;
    }
    for (std::size_t const index : doubled_) fields_[index] = with_single_quotes(fields_[index]);
    return true;
  }

  /// Splits the row at begin_ into fields; false when the buffer ends before the row does. It then starts over with a
  /// fuller buffer: that costs one row a block, and keeps the state between two blocks down to one number.
  bool split() {
    fields_.clear();
    doubled_.clear();
    std::uint64_t newlines = 0;
    char const* at = buffer_.data() + begin_;
    char const* const end = buffer_.data() + end_;
    while (true) {
      if (at != end && *at == '"') {
        char const* const first = at + 1;
        char const* const last = closing_quote(first, end);
        if (last == nullptr || (last + 1 == end && !ended_)) {
          if (ended_) fail(at, "the quote that opens here is never closed");
          return false;
        }
        newlines += static_cast<std::uint64_t>(std::count(first, last, '\n'));
        fields_.emplace_back(first, static_cast<std::size_t>(last - first));
        at = last + 1;
        if (at != end && *at == '\r') {
          if (at + 1 == end && !ended_) return false;
          if (at + 1 == end || at[1] == '\n') ++at;
        }
        if (at != end && *at != ',' && *at != '\n')
          fail(at, "text after a closing quote; a quote inside a quoted field is written twice");
      } else {
        char const* const first = at;
        while (at != end && *at != ',' && *at != '\n') ++at;
        if (at == end && !ended_) return false;
        bool const carriage_return = (at == end || *at == '\n') && at != first && at[-1] == '\r';
        fields_.emplace_back(first, static_cast<std::size_t>(at - first) - (carriage_return ? 1 : 0));
      }
      if (at == end || *at == '\n') break;
      ++at;  // past the comma: another field begins, an empty one at the end of the file
    }
    if (at != end) ++at, ++newlines;
    next_ = static_cast<std::size_t>(at - buffer_.data());
    next_line_ = line_ + newlines;
    return true;
  }

  /// The first quote at or after `at` that is not one of a doubled pair; notes the field that has such a pair. Null
  /// when there is none.
  char const* closing_quote(char const* at, char const* const end) {
    bool doubled = false;
    while (true) {
      auto const* const quote = static_cast<char const*>(std::memchr(at, '"', static_cast<std::size_t>(end - at)));
      if (quote == nullptr || quote + 1 == end || quote[1] != '"') {
        if (doubled) doubled_.push_back(fields_.size());
        return quote;
      }
      doubled = true;
      at = quote + 2;
    }
  }

  /// Doubled quotes become single ones, in place: the text only gets shorter.
  std::string_view with_single_quotes(std::string_view const text) {
    char* const first = buffer_.data() + (text.data() - buffer_.data());
    char* to = first;
    for (std::size_t from = 0; from < text.size(); ++from, ++to) {
      *to = text[from];
      if (text[from] == '"') ++from;
    }
    return {first, static_cast<std::size_t>(to - first)};
  }

  /// Keeps the row that has begun, drops what is before it, and reads another block behind it.
  void refill() {
    if (end_ - begin_ > row_limit_) too_long();
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = next_ = 0;
    buffer_.resize((std::max)(buffer_.size(), end_ + block_));
    stream_.read(buffer_.data() + end_, static_cast<std::streamsize>(block_));
    auto const count = static_cast<std::size_t>(stream_.gcount());
    if (stream_.bad()) throw csv_error(next_line_, 0, "the file cannot be read any further");
    ended_ = count < block_;
    end_ += count;
    auto const* const nul = static_cast<char const*>(std::memchr(buffer_.data() + end_ - count, '\0', count));
    if (nul != nullptr) fail(nul, "a NUL byte: this is not UTF-8 text (UTF-16, perhaps?)");
  }

  /// Throws; the place is told from the row's beginning, for lines inside it are counted only when they matter.
  [[noreturn]] void fail(char const* const at, char const* const sentence) const {
    char const* const row = buffer_.data() + begin_;
    auto const newlines = std::count(row, at, '\n');
    char const* line = at;
    while (line != row && line[-1] != '\n') --line;
    throw csv_error(line_ + static_cast<std::uint64_t>(newlines), static_cast<std::uint64_t>(at - line) + 1, sentence);
  }
  [[noreturn]] void too_long() const {
    throw csv_error(
        line_, 0,
        "this row has more than " + std::to_string(row_limit_) + " bytes; is one of its quotes never closed?");
  }

  [[nodiscard]] std::string no_column(std::string_view const name) const {
    std::string text = "there is no column \"" + std::string(name) + "\"";
    // One slip of the finger in a short name, two in a longer one; none where any two names would be that close.
    std::size_t allowed = name.size() < 3 ? 0 : name.size() < 5 ? 1 : 2;
    std::string const* nearest = nullptr;
    for (auto const& candidate : header_) {
      std::size_t const distance = slips(name, candidate);
      if (distance > allowed || (nearest != nullptr && distance == allowed)) continue;
      allowed = distance;
      nearest = &candidate;
    }
    text += nearest != nullptr ? "; did you mean \"" + *nearest + "\"?" : ".";
    text += " The columns are: ";
    std::size_t shown = 0;
    for (; shown < header_.size() && text.size() < 1000; ++shown) text += (shown ? ", " : "") + header_[shown];
    if (shown < header_.size()) text += " and " + std::to_string(header_.size() - shown) + " more";
    return text;
  }

  /// The letters to add, drop or replace (upper or lower case is all one) to make the one name of the other: the edit
  /// distance, a row of its table at a time.
  static std::size_t slips(std::string_view const left, std::string_view const right) {
    std::vector<std::size_t> distances(right.size() + 1);
    for (std::size_t column = 0; column < distances.size(); ++column) distances[column] = column;
    for (std::size_t row = 0; row < left.size(); ++row) {
      std::size_t diagonal = distances[0]++;
      for (std::size_t column = 0; column < right.size(); ++column) {
        std::size_t const replaced = diagonal + (lower(left[row]) == lower(right[column]) ? 0 : 1);
        diagonal = distances[column + 1];
        distances[column + 1] = (std::min)(replaced, (std::min)(diagonal, distances[column]) + 1);
      }
    }
    return distances.back();
  }
  static char lower(char const letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }

  static std::string_view trimmed(std::string_view const text) {
    std::size_t const first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
  }

  std::istream& stream_;
  std::size_t row_limit_;
  std::size_t block_;
  std::vector<char> buffer_;
  // Positions in the buffer: this row's first byte, the next row's, and the end of what has been read.
  std::size_t begin_ = 0;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
  std::uint64_t line_ = 1;
  std::uint64_t next_line_ = 1;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> doubled_;  // the fields of this row in which a quote is written twice
  std::vector<std::string> header_;
  std::uint64_t header_line_ = 1;
  std::uint64_t rows_ = 0;
  std::uint64_t short_rows_ = 0;
  std::uint64_t long_rows_ = 0;
  std::uint64_t empty_lines_ = 0;
};

}  // namespace trust_report

#endif
