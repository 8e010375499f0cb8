// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "trust_report/csv.hpp"

using trust_report::csv_error;
using trust_report::csv_reader;
using namespace std::string_literals;

namespace {

using row = std::vector<std::string>;

// All that a file says: its rows and counts, or the error with which it ends.
struct outcome {
  row header;
  std::vector<row> rows;
  std::vector<std::uint64_t> lines;
  std::uint64_t short_rows = 0;
  std::uint64_t long_rows = 0;
  std::uint64_t empty_lines = 0;
  std::string error;
  bool operator==(outcome const&) const = default;
};

outcome read_in_blocks(std::string const& text, std::size_t const row_limit, std::size_t const block) {
  outcome read;
  try {
    std::istringstream stream(text);
    csv_reader reader(stream, row_limit, block);
    read.header = reader.header();
    while (reader.next()) {
      read.rows.emplace_back();
      for (std::size_t column = 0; column < reader.size(); ++column)
        read.rows.back().emplace_back(reader.field(column));
      read.lines.push_back(reader.line());
    }
    CHECK(reader.rows() == read.rows.size());
    read.short_rows = reader.short_rows();
    read.long_rows = reader.long_rows();
    read.empty_lines = reader.empty_lines();
  } catch (csv_error const& error) {
    read = {};
    read.error = error.what();
  }
  return read;
}

// Wherever the blocks that are read happen to end, the answer is the same.
outcome read(std::string const& text, std::size_t const row_limit = 1000) {
  outcome const whole = read_in_blocks(text, row_limit, 1 << 16);
  for (std::size_t block = 1; block <= text.size() + 1; ++block) {
    CAPTURE(block);
    REQUIRE(read_in_blocks(text, row_limit, block) == whole);
  }
  return whole;
}

std::string column_error(std::string const& header, std::string_view const name) {
  std::istringstream stream(header);
  csv_reader const reader(stream);
  try {
    return "column " + std::to_string(reader.column(name));
  } catch (csv_error const& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("plain rows, with and without a newline at the end") {
  auto const ended = read("id,score\n1,9\n2,\n");
  CHECK(ended.header == row{"id", "score"});
  CHECK(ended.rows == std::vector<row>{{"1", "9"}, {"2", ""}});
  CHECK(ended.lines == std::vector<std::uint64_t>{2, 3});
  CHECK(read("id,score\n1,9\n2,") == ended);
}

TEST_CASE("CRLF, a byte order mark and blanks around the header's names change nothing") {
  auto const plain = read("id,score\n1,9\n\"2\",7\n");
  CHECK(read("\xEF\xBB\xBFid,score\r\n1,9\r\n\"2\",7\r\n") == plain);
  CHECK(read("\xEF\xBB\xBF\"id\",\"score\"\r\n1,9\r\n\"2\",\"7\"\r") == plain);
  CHECK(read("id  ,\tscore \n1,9\r\n2,7") == plain);
  CHECK(read("a\n 1 \n").rows == std::vector<row>{{" 1 "}});  // in a row, blanks are the answer's own
  CHECK(read("a\nx\ry\n").rows == std::vector<row>{{"x\ry"}});
}

TEST_CASE("quoted fields hold commas, newlines and doubled quotes") {
  auto const quoted = read("id,comment,x\n1,\"a, \"\"b\"\"\r\nc\n\",2\n3,\"\",\"\"\"\"\n4,z,z\n");
  CHECK(quoted.rows == std::vector<row>{{"1", "a, \"b\"\r\nc\n", "2"}, {"3", "", "\""}, {"4", "z", "z"}});
  CHECK(quoted.lines == std::vector<std::uint64_t>{2, 5, 6});
}

TEST_CASE("a quote inside an unquoted field is an ordinary character") {
  CHECK(read("size,note\n5\",say \"\"hi\"\"\n").rows == std::vector<row>{{"5\"", "say \"\"hi\"\""}});
}

TEST_CASE("ragged rows and empty lines are counted") {
  auto const ragged = read("\na,b,c\n1\n1,2,3,4\n\n\r\n1,2,3\n,\n\n");
  CHECK(ragged.header == row{"a", "b", "c"});
  CHECK(ragged.rows == std::vector<row>{{"1"}, {"1", "2", "3", "4"}, {"1", "2", "3"}, {"", ""}});
  CHECK(ragged.short_rows == 2);
  CHECK(ragged.long_rows == 1);
  CHECK(ragged.empty_lines == 4);
  CHECK(read("a\n\"\"\n\n").rows == std::vector<row>{{""}});  // an empty answer that is written down is a row

  std::istringstream stream("a,b\n1\n");
  csv_reader reader(stream);
  REQUIRE(reader.next());
  CHECK(reader.size() == 1);
  CHECK(reader.field(1).empty());
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.next());
}

TEST_CASE("a header alone is a survey without answers; no header is an error") {
  CHECK(read("a,b").header == row{"a", "b"});
  CHECK(read("a,b\r\n").rows.empty());
  std::string const empty = ": the file is empty; a header with the names of the columns is expected";
  CHECK(read("").error == "line 1" + empty);
  CHECK(read("\xEF\xBB\xBF").error == "line 1" + empty);
  CHECK(read("\n\r\n").error == "line 3" + empty);
}

TEST_CASE("what cannot be read is refused with its place") {
  CHECK(read("a,b\n1,\"x\"y\n").error ==
        "line 2, column 6: text after a closing quote; a quote inside a quoted field is written twice");
  CHECK(read("a\n\"x\"\ry\n").error.starts_with("line 2, column 4: text after"));
  CHECK(read("a,b\n1,\"x\n\ny\" \n").error.starts_with("line 4, column 3: text after"));
  CHECK(read("a,b\n1,2\n3,\"x\ny,z\n").error == "line 3, column 3: the quote that opens here is never closed");
  CHECK(read("a\n\"").error.starts_with("line 2, column 1: the quote"));
  CHECK(read("a\n1\n2\0\n"s).error == "line 3, column 2: a NUL byte: this is not UTF-8 text (UTF-16, perhaps?)");
  CHECK(read("\0"s).error.starts_with("line 1, column 1: a NUL byte"));
}

TEST_CASE("a row at the limit is read and one byte more is refused") {
  std::string const at_limit(19, 'x');  // and its newline
  CHECK(read("a\n" + at_limit + "\n", 20).rows == std::vector<row>{{at_limit}});
  CHECK(read("a\n1\nx" + at_limit + "\n", 20).error ==
        "line 3: this row has more than 20 bytes; is one of its quotes never closed?");
  CHECK(
      read("a\n\"" + std::string(100, '\n') + "\"\n", 20).error.starts_with("line 2: this row has more than 20 bytes"));
}

TEST_CASE("a line of 100 MB is refused after little more than the limit was read") {
  // A file that is never held anywhere: a header, then the same letter for ever.
  struct endless : std::streambuf {
    std::size_t given = 0;
    std::streamsize xsgetn(char* to, std::streamsize const count) override {
      for (std::streamsize index = 0; index < count; ++index) to[index] = given++ == 1 ? '\n' : 'x';
      return given > 100'000'000 ? 0 : count;
    }
  } buffer;
  std::istream stream(&buffer);
  csv_reader reader(stream);
  CHECK_THROWS_WITH_AS(reader.next(),
                       "line 2: this row has more than 1048576 bytes; is one of its quotes never closed?", csv_error);
  CHECK(buffer.given < 1'300'000);
}

TEST_CASE("columns are found by name, and a wrong name is answered with the right ones") {
  CHECK(column_error("id,NETPRO  ,x\n", "NETPRO") == "column 1");
  CHECK(column_error("id,score,stars\n", "scroe") ==
        "line 1: there is no column \"scroe\"; did you mean \"score\"? The columns are: id, score, stars");
  CHECK(column_error("\n\nid,score\n", "SCORE")
            .starts_with("line 3: there is no column \"SCORE\"; did you mean \"score\"?"));
  CHECK(column_error("ID,x\n", "id").find("did you mean \"ID\"?") != std::string::npos);
  CHECK(column_error("stores,store\n", "score").find("did you mean \"store\"?") != std::string::npos);  // the nearest
  CHECK(column_error("id,x\n", "yz") == "line 1: there is no column \"yz\". The columns are: id, x");
  CHECK(column_error("a,b,a\n", "a") == "line 1: more than one column is called \"a\"");
  CHECK(column_error("a,b,a\n", "b") == "column 1");
  // A list that nobody would read to its end is cut short.
  std::string wide = "first";
  for (int index = 0; index < 5000; ++index) wide += ",column";
  auto const cut = column_error(wide, "score");
  CHECK(cut.size() < 1100);
  CHECK(cut.ends_with(" more"));
}

TEST_CASE("a stream that was not opened, or that breaks, is an error and not an empty file") {
  std::istringstream closed;
  closed.setstate(std::ios::failbit);
  CHECK_THROWS_WITH_AS(csv_reader{closed}, "line 1: the file cannot be read", csv_error);

  struct breaking : std::streambuf {
    std::streamsize xsgetn(char*, std::streamsize) override { throw 0; }  // the stream turns it into badbit
  } buffer;
  std::istream stream(&buffer);
  CHECK_THROWS_WITH_AS(csv_reader{stream}, "line 1: the file cannot be read any further", csv_error);
}

TEST_CASE("an error says its line and column as numbers too") {
  try {
    std::istringstream stream("a\n1\n\"x\"y\n");
    csv_reader reader(stream);
    while (reader.next()) {
    }
    FAIL("the text after the quote was not seen");
  } catch (csv_error const& error) {
    CHECK(error.line() == 3);
    CHECK(error.column() == 4);
  }
}
