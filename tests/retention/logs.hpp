// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_RETENTION_LOGS_HPP
#define CREDENCE_TESTS_RETENTION_LOGS_HPP

#include <algorithm>
#include <bit>
#include <chrono>
#include <credence/core/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "retention/naive.hpp"

// Logs that are the same on every machine, and answers as text, so that a NaN equals itself.

/// Numbers in no order.
class generator {
 public:
  explicit generator(std::uint64_t seed) : word_(seed * 0x9e37'79b9'7f4a'7c15 | 1) {}
  /// One of 0 … below − 1.
  std::size_t operator()(std::size_t below) {
    word_ ^= word_ << 13;
    word_ ^= word_ >> 7;
    word_ ^= word_ << 17;
    return static_cast<std::size_t>(word_ >> 16) % below;
  }
  bool one_in(std::size_t many) { return (*this)(many) == 0; }
  template <class Rows>
  void shuffle(Rows& rows) {
    for (std::size_t at = rows.size(); at > 1; --at) std::swap(rows[at - 1], rows[(*this)(at)]);
  }

 private:
  std::uint64_t word_;
};

struct log_shape {
  std::size_t rows = 300;
  std::size_t customers = 40;
  std::chrono::sys_days from = std::chrono::sys_days{std::chrono::year{2024} / 2 / 20};
  std::size_t days = 30;
  bool in_order = false;
};

using number_event = naive::event<std::int64_t>;

/// Events of customers 0, 1, …: some twice, some to the microsecond at midnight, some of each day of the log; each
/// customer comes for a while only. In no order, or in that of time.
inline std::vector<number_event> events_of(log_shape const& shape, generator& random) {
  using namespace std::chrono;
  std::vector<number_event> rows;
  rows.reserve(shape.rows);
  while (rows.size() < shape.rows) {
    if (!rows.empty() && random.one_in(12)) {  // delivered twice
      rows.push_back(rows[random(rows.size())]);
      continue;
    }
    number_event own;
    std::size_t const who = random(shape.customers);
    own.who = static_cast<std::int64_t>(who);
    std::size_t const came = who * 7 % shape.days;
    std::size_t const stays = 1 + who * 5 % shape.days;
    days const day{(came + random(stays)) % shape.days};
    microseconds const since_midnight = random.one_in(6) ? microseconds{0}
                                        : random.one_in(6)
                                            ? microseconds{days{1}} - microseconds{1}
                                            : microseconds{seconds{random(86'400)}} + microseconds{random(1'000'000)};
    own.when = naive::moment{shape.from + day} + since_midnight;
    own.amount = static_cast<long>(random(2'000)) - 500;
    own.starts = random.one_in(3);
    own.returns = !random.one_in(3);
    own.property = static_cast<int>(random(4)) - 2;
    own.steps = random(8) & random(8);
    rows.push_back(own);
  }
  if (shape.in_order)
    std::stable_sort(rows.begin(), rows.end(),
                     [](auto const& one, auto const& other) { return one.when < other.when; });
  return rows;
}

/// The same events of customers with other keys.
template <class Rename>
auto renamed(std::vector<number_event> const& rows, Rename const& rename) {
  using key = std::decay_t<decltype(rename(std::int64_t{}))>;
  std::vector<naive::event<key>> other;
  other.reserve(rows.size());
  for (number_event const& own : rows)
    other.push_back({rename(own.who), own.when, own.amount, own.starts, own.returns, own.property, own.steps});
  return other;
}
inline std::int64_t sparse_key(std::int64_t who) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(who + 1) * 0x9e37'79b9'7f4a'7c15);
}
inline std::int64_t negative_key(std::int64_t who) { return -17 * who - 1; }
/// One of them is the empty string.
inline std::string text_key(std::int64_t who) { return who == 0 ? "" : "customer " + std::to_string(who % 1'000'000); }

/// Every row to one of so many shards.
template <class Row>
std::vector<std::vector<Row>> split(std::vector<Row> const& rows, std::size_t shards, generator& random) {
  std::vector<std::vector<Row>> parts(shards);
  for (Row const& row : rows) parts[random(shards)].push_back(row);
  return parts;
}
/// Merges in any order, and two that were merged before too.
template <class Accumulator>
Accumulator merged(std::vector<Accumulator> parts, generator& random) {
  while (parts.size() > 1) {
    random.shuffle(parts);
    parts[parts.size() - 2] += parts.back();
    parts.pop_back();
  }
  return parts.front();
}

// --- answers as text ---

template <class Type>
inline constexpr bool is_an_optional = false;
template <class Type>
inline constexpr bool is_an_optional<std::optional<Type>> = true;

class text_writer {
 public:
  template <class Type>
  void operator()(char const* name, Type const& field) {
    text_ += name;
    text_ += ' ';
    write(field);
    text_ += '\n';
  }
  template <class Type>
  void write(Type const& field) {
    if constexpr (std::is_same_v<Type, double>) {
      text_ += field != field ? "none" : std::to_string(std::bit_cast<std::uint64_t>(field));
    } else if constexpr (std::is_enum_v<Type>) {
      text_ += std::to_string(static_cast<int>(field));
    } else if constexpr (std::is_arithmetic_v<Type>) {
      text_ += std::to_string(field);
    } else if constexpr (std::is_same_v<Type, std::string>) {
      text_ += field;
    } else if constexpr (is_an_optional<Type>) {
      field ? write(*field) : write(std::string("none"));
    } else if constexpr (credence::described<Type>) {
      Type::describe(field, *this);
    } else {
      for (auto const& each : field) write(each);
    }
  }
  std::string const& text() const { return text_; }

 private:
  std::string text_;
};

/// Every field of an answer.
template <class Answer>
std::string text_of(Answer const& answer) {
  text_writer writer;
  writer.write(answer);
  return writer.text();
}

#endif
