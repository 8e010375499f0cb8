// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Does this build answer what other builds answer?
//
//   credence_portability                        prints what this build answers
//   credence_portability --compare FILE         holds it against what another build printed: fails where an exact line
//                                               differs, a real one by more than it says, or a line is missing or new
//   credence_portability --table FILE FILES…    a table, as the documentation has it, of what differs in the last bits
//                                               from the first of these, with a column for each of the others
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "portability/digest.hpp"

namespace {

using portability::digest;
using portability::line;
using portability::measure;

// A line is "exact NAME VALUE", "real WITHIN NAME VALUE" or "relative WITHIN NAME VALUE".
std::string name_of(measure by) { return by == measure::exact ? "exact" : by == measure::real ? "real" : "relative"; }
std::string text_of(double number) {
  char text[40];
  std::snprintf(text, sizeof text, "%.2g", number);
  return text;
}
// Appended to, not added up: of `+`, g++ 12 warns at -O3 of what the library's own code never does.
std::string text_of(line const& one) {
  std::string text = name_of(one.by);
  if (one.by != measure::exact) text.append(1, ' ').append(text_of(one.within));
  return text.append(1, ' ').append(one.name).append(1, ' ').append(one.value);
}

double number_of(std::string const& text) { return std::strtod(text.c_str(), nullptr); }

std::string up_to_blank(std::string_view& rest) {
  std::size_t const end = (std::min)(rest.find(' '), rest.size());
  std::string const word(rest.substr(0, end));
  rest.remove_prefix((std::min)(end + 1, rest.size()));
  return word;
}
line line_of(std::string_view rest) {
  line one;
  std::string const by = up_to_blank(rest);
  one.by = by == "exact" ? measure::exact : by == "real" ? measure::real : measure::relative;
  if (by != name_of(one.by)) throw std::runtime_error("this is no line of a digest: " + by);
  if (one.by != measure::exact) one.within = number_of(up_to_blank(rest));
  one.name = up_to_blank(rest);
  one.value = rest;
  return one;
}
std::vector<line> read(std::string const& path) {
  std::ifstream file(path);
  std::vector<line> lines;
  for (std::string text; std::getline(file, text);) lines.push_back(line_of(text));
  if (lines.empty()) throw std::runtime_error("there is no digest in " + path);
  return lines;
}

std::vector<line> own_lines() {
  digest all;
  portability::add_functions(all);
  portability::add_keys_and_times(all);
  portability::add_even_laws(all);
  portability::add_odd_laws(all);
  portability::add_answers(all);
  return all.lines();
}

// How far apart two values are, as the line measures it; infinite where only one is a number, or is finite.
double apart(line const& known, line const& found) {
  if (known.value == found.value) return 0;
  if (known.by == measure::exact) return HUGE_VAL;
  double const one = number_of(known.value);
  double const other = number_of(found.value);
  if (!std::isfinite(one) || !std::isfinite(other)) return HUGE_VAL;
  double const size = (std::max)(std::fabs(one), std::fabs(other));
  return std::fabs(one - other) / (known.by == measure::real ? (std::max)(1.0, size) : size);
}

// The answer a line belongs to: "nps.interval.lower" and "log_gamma(0.5)" are of nps and of log_gamma.
std::string answer_of(line const& one) { return one.name.substr(0, one.name.find_first_of(".(")); }

int compare(std::vector<line> const& known, std::vector<line> const& found) {
  std::size_t wrong = 0;
  std::size_t differing = 0;
  auto const complain = [&wrong](std::string const& text) {
    if (++wrong <= 40) std::puts(text.c_str());
  };
  std::map<std::string, line> rest;
  for (line const& one : found)
    if (!rest.emplace(one.name, one).second) complain("twice: " + one.name);
  for (line const& one : known) {
    auto const at = rest.find(one.name);
    if (at == rest.end()) {
      complain("missing: " + text_of(one));
      continue;
    }
    double const distance = apart(one, at->second);
    if (at->second.by != one.by || text_of(at->second.within) != text_of(one.within))
      complain("known as: " + text_of(one) + "\n  now is: " + text_of(at->second));
    else if (!(distance <= one.within))
      complain("known: " + text_of(one) + "\n  here: " + at->second.value + ", apart by " + text_of(distance));
    differing += distance > 0;
    rest.erase(at);
  }
  for (auto const& one : rest) complain("new: " + text_of(one.second));
  std::printf("%zu lines: %zu are not the same to the bit, %zu are wrong\n", known.size(), differing, wrong);
  return wrong == 0 ? 0 : 1;
}

int table(std::string const& reference, std::vector<std::string> const& others) {
  std::vector<line> const known = read(reference);
  std::map<std::string, std::vector<double>> farthest;
  std::map<std::string, bool> has_reals;
  for (std::size_t column = 0; column < others.size(); ++column) {
    std::map<std::string, line> found;
    for (line const& one : read(others[column])) found.emplace(one.name, one);
    for (line const& one : known) {
      auto const at = found.find(one.name);
      if (at == found.end()) throw std::runtime_error(others[column] + " has no " + one.name);
      has_reals[answer_of(one)] |= one.by != measure::exact;
      double const distance = apart(one, at->second);
      if (distance == 0) continue;
      std::vector<double>& row = farthest[answer_of(one)];
      row.resize(others.size());
      row[column] = (std::max)(row[column], distance);
    }
  }
  std::string head = "| |";
  std::string rule = "|---|";
  for (std::string const& other : others) {
    std::size_t const begin = other.find_last_of('/') + 1;
    head.append(" ").append(other.substr(begin, other.rfind('.') - begin)).append(" |");
    rule += "---|";
  }
  std::printf("%s\n%s\n", head.c_str(), rule.c_str());
  for (auto const& [name, row] : farthest) {
    std::string text("| `");
    text.append(name).append("` |");
    for (double const distance : row) text.append(" ").append(distance == 0 ? "" : text_of(distance)).append(" |");
    std::puts(text.c_str());
  }
  std::string same;
  for (auto const& [name, real] : has_reals)
    if (real && !farthest.count(name)) same.append(same.empty() ? "`" : ", `").append(name).append("`");
  std::printf("\nReals that differ nowhere: %s\n", same.c_str());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::string> const arguments(words + 1, words + count);
  try {
    if (arguments.empty()) {
      for (line const& one : own_lines()) std::puts(text_of(one).c_str());
      return 0;
    }
    if (arguments[0] == "--compare" && arguments.size() == 2) return compare(read(arguments[1]), own_lines());
    if (arguments[0] == "--table" && arguments.size() > 2)
      return table(arguments[1], {arguments.begin() + 2, arguments.end()});
    std::fputs("usage: credence_portability [--compare FILE | --table FILE FILES…]\n", stderr);
  } catch (std::exception const& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
  }
  return 2;
}
