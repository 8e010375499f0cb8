// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Whatever the bytes, the reader of trust_report agrees with a reader that is too simple to be wrong: it holds the
// whole file and looks at one character after the other. The two must find the same rows, or both refuse.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "trust_report/csv.hpp"

namespace {

using table = std::vector<std::vector<std::string>>;

constexpr std::size_t row_limit = 300;

// Empty when the file is refused. The first row is the header, with its names as they stand.
std::optional<table> read_simply(std::string text) {
  if (text.find('\0') != std::string::npos) return std::nullopt;
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  table rows;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t const row = at;
    std::vector<std::string> fields(1);
    enum { unquoted, quoted, closed } state = unquoted;
    bool fresh = true;  // nothing of this field was seen yet
    for (; at < text.size() && (state == quoted || text[at] != '\n'); ++at) {
      char const letter = text[at];
      // The CR of a line end that is CRLF, or of one that the end of the file cut off.
      bool const line_end = letter == '\r' && (at + 1 == text.size() || text[at + 1] == '\n');
      if (state == quoted) {
        if (letter != '"') {
          fields.back() += letter;
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
          fields.back() += letter;
          ++at;
        } else {
          state = closed;
        }
      } else if (letter == ',') {
        fields.emplace_back();
        state = unquoted;
        fresh = true;
        continue;
      } else if (line_end) {
        continue;
      } else if (state == closed) {
        return std::nullopt;
      } else if (letter == '"' && fresh) {
        state = quoted;
      } else {
        fields.back() += letter;
      }
      fresh = false;
    }
    if (state == quoted) return std::nullopt;
    if (at < text.size()) ++at;
    if (at - row > row_limit) return std::nullopt;
    if (fields.size() > 1 || !fields[0].empty() || text[row] == '"') rows.push_back(fields);
  }
  if (rows.empty()) return std::nullopt;
  return rows;
}

std::optional<table> read_in_blocks(std::string const& text, std::size_t const block) {
  try {
    std::istringstream stream(text);
    trust_report::csv_reader reader(stream, row_limit, block);
    table rows{reader.header()};
    std::uint64_t ragged = 0;
    while (reader.next()) {
      rows.emplace_back();
      for (std::size_t column = 0; column < reader.size(); ++column) rows.back().emplace_back(reader.field(column));
      if (reader.size() != reader.header().size()) ++ragged;
    }
    if (ragged != reader.short_rows() + reader.long_rows() || reader.rows() + 1 != rows.size()) std::abort();
    return rows;
  } catch (trust_report::csv_error const& error) {
    if (error.line() == 0 || std::string(error.what()).find(": ") == std::string::npos) std::abort();
    return std::nullopt;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* const bytes, std::size_t const size) {
  std::string const text(bytes, bytes + size);
  auto expected = read_simply(text);
  if (expected)
    for (auto& name : expected->front()) {
      name.erase(0, name.find_first_not_of(" \t"));
      name.erase(name.find_last_not_of(" \t") + 1);
    }
  // A block of one byte ends everywhere; the others end where the text itself says.
  for (std::size_t const block : {std::size_t{1}, 1 + size % 7, std::size_t{4096}})
    if (read_in_blocks(text, block) != expected) std::abort();
  return 0;
}
