// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SUPPORT_CLV_REFERENCE_HPP
#define CREDENCE_TESTS_SUPPORT_CLV_REFERENCE_HPP

#include "support/shared_data.hpp"

#include <credence/clv/discount.hpp>
#include <credence/clv/purchase_history.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// A row of `clv_mpmath.csv` or `clv_extra.csv`: what a model answers, computed with mpmath from the published
/// formulas.
struct clv_reference_row {
  std::string model;           ///< "BG/NBD r=.243 alpha=4.414 a=.793 b=2.426"
  std::string quantity;        ///< "loglik(x,tx,T)"
  std::vector<double> args;    ///< in the order that the quantity names them
  double value = 0;            ///< 0 where it is below what a double holds
  std::vector<double> values;  ///< where there are several, as of "S(t)% t=1..12": all; else the one
};

namespace clv_reference_detail {

/// The fields of a line; one in quotes may hold commas.
inline std::vector<std::string> fields_of(std::string const& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (char const letter : line) {
    if (letter == '"') {
      quoted = !quoted;
    } else if (letter == ',' && !quoted) {
      fields.emplace_back();
    } else if (letter != '\r') {
      fields.back() += letter;
    }
  }
  return fields;
}

inline double number_of(std::string const& text) {
  char* end = nullptr;
  double const number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || *end != '\0') throw std::runtime_error("no number in the reference of clv: " + text);
  return number;
}

inline std::vector<double> numbers_of(std::string const& text, char separator) {
  std::vector<double> numbers;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t const end = (std::min)(text.find(separator, from), text.size());
    numbers.push_back(number_of(text.substr(from, end - from)));
    from = end + 1;
  }
  return numbers;
}

}  // namespace clv_reference_detail

/// The number behind `name=` in a row's model, as 4.414 behind "alpha".
inline double parameter_of(clv_reference_row const& row, std::string const& name) {
  std::string const sought = ' ' + name + '=';
  std::size_t const at = row.model.find(sought);
  if (at == std::string::npos) throw std::runtime_error("no parameter " + name + " in " + row.model);
  std::size_t const from = at + sought.size();
  return clv_reference_detail::number_of(row.model.substr(from, row.model.find(' ', from) - from));
}

/// All rows whose model begins with `model`, as "BG/NBD " (with the blank: BG/NBD is not MBG/NBD, but BdW is not BdW
/// Regular), of both files. Empty, and said so, where the files are absent.
inline std::vector<clv_reference_row> clv_reference(std::string_view model) {
  using namespace clv_reference_detail;
  std::vector<clv_reference_row> rows;
  for (char const* const name : {"../reference/clv_mpmath.csv", "../reference/clv_extra.csv"}) {
    auto const path = shared_data(name);
    if (!path) continue;
    std::ifstream file(*path);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      std::vector<std::string> const fields = fields_of(line);
      if (fields.size() != 4) throw std::runtime_error("not four fields in the reference of clv: " + line);
      if (std::string_view(fields[0]).substr(0, model.size()) != model) continue;
      std::vector<double> const values = numbers_of(fields[3], ';');
      rows.push_back({fields[0], fields[1], numbers_of(fields[2], ','), values.at(0), values});
    }
  }
  return rows;
}

/// What a model of purchases answers to a row.
template <class Model>
double clv_answer(Model const& asked, clv_reference_row const& row) {
  std::vector<double> const& args = row.args;
  std::string const& quantity = row.quantity;
  double ahead = 0;
  if (quantity == "E[X(t)]") return asked.expected_purchases(args[0]);
  if (quantity == "P(X(t)=x)") return asked.purchase_count_probability(args[1], args[0]);
  credence::purchase_history const own{.frequency = args.at(0), .recency = args.at(1), .age = args.at(2)};
  if (quantity == "loglik(x,tx,T)") return asked.log_likelihood(own);
  if (quantity == "P(alive|x,tx,T)") return asked.probability_alive(own);
  if (std::sscanf(quantity.c_str(), "CET(t=%lf|x,tx,T)", &ahead) == 1) return asked.expected_purchases(own, ahead);
  if (std::sscanf(quantity.c_str(), "P(alive at T+%lf|x,tx,T)", &ahead) == 1)
    return asked.probability_alive(own, ahead);
  if (quantity == "P(at least one in (T,T+39]|x,tx,T)") return asked.probability_of_purchase(own, 39);
  if (quantity == "DERT(52 weeks delta=.0027|x,tx,T)")
    return asked.discounted_residual_transactions(
        own, {.discount = credence::period_rate{std::expm1(.0027)}, .horizon = 52});
  throw std::runtime_error("no such quantity of purchases: " + quantity);
}

#endif
