// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_GATHER_HPP
#define TRUST_REPORT_GATHER_HPP

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <istream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <credence/core/grouped.hpp>
#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

#include "trust_report/csv.hpp"
#include "trust_report/time.hpp"

// From a file to accumulators: one pass over the rows, whatever is asked of them.

namespace trust_report {

/// What is asked of a survey. A column that is not named is looked for under its usual names; "-" means none.
struct request {
  std::string score;
  std::string weight;
  std::string by;
  std::string csat;
  std::string time;
  std::string period = "month";  ///< one of `period_names`
  bool csat_of_all = false;      ///< CSAT of every row, or only of those that answered the NPS question?
  credence::nps_options nps;
  credence::csat_options csat_scale;
};

/// A column that was read, and what stood in it that is no number, or in the column of times no time.
struct column_use {
  std::string name;
  bool named_by_user = false;
  std::uint64_t not_numbers = 0;     ///< fields that are neither blank nor what they should be
  std::uint64_t first_bad_line = 0;  ///< where the first of them is; 0 where there is none
  std::string first_bad_field;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("named_by_user", self.named_by_user);
    visit("not_numbers", self.not_numbers);
    visit("first_bad_line", self.first_bad_line);
    visit("first_bad_field", self.first_bad_field);
  }
};

/// The file, as it was met.
struct file_facts {
  std::string name;
  std::uint64_t rows = 0;
  std::uint64_t short_rows = 0;  ///< with too few fields; the missing ones were read as blank
  std::uint64_t long_rows = 0;   ///< with too many; what is beyond the header was not read
  std::uint64_t empty_lines = 0;
  column_use score;
  std::optional<column_use> weight;
  std::optional<column_use> csat;
  std::optional<column_use> by;
  std::optional<column_use> time;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("rows", self.rows);
    visit("short_rows", self.short_rows);
    visit("long_rows", self.long_rows);
    visit("empty_lines", self.empty_lines);
    visit("score", self.score);
    visit("weight", self.weight);
    visit("csat", self.csat);
    visit("by", self.by);
    visit("time", self.time);
  }
};

using scores = credence::tee_accumulator<credence::nps_accumulator, credence::csat_accumulator>;
using score_groups = credence::grouped<std::string, scores>;

/// The rows that answered the NPS question and those that did not, apart: so CSAT can be told of the former, or of all.
struct tally {
  score_groups answered;
  score_groups unanswered;

  explicit tally(request const& asked)
      : answered(scores(credence::nps_accumulator(asked.nps), credence::csat_accumulator(asked.csat_scale))),
        unanswered(answered) {}
};

struct gathered {
  file_facts file;
  tally plain;
  tally weighted;           ///< empty where there is no weight
  nps_over_time by_period;  ///< weighted where there is a weight; empty where there is no time
};

namespace detail {

inline std::string_view trimmed(std::string_view const text) {
  std::size_t const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

inline bool same_letters(std::string_view const left, std::string_view const right) {
  auto const lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  };
  if (left.size() != right.size()) return false;
  for (std::size_t at = 0; at < left.size(); ++at)
    if (lower(left[at]) != lower(right[at])) return false;
  return true;
}

/// A column of the file, or none: the one that was named, else the first of the usual names that is there.
class chosen_column {
 public:
  chosen_column(csv_reader const& reader, std::string const& named, std::initializer_list<std::string_view> usual) {
    if (named == "-") return;
    std::string name = named;
    if (named.empty())
      for (std::string_view const candidate : usual)
        for (std::string const& column : reader.header())
          if (name.empty() && same_letters(column, candidate)) name = column;
    if (name.empty()) return;
    index_ = reader.column(name);
    use_.emplace();
    use_->name = std::move(name);
    use_->named_by_user = !named.empty();
  }

  explicit operator bool() const { return use_.has_value(); }
  [[nodiscard]] std::optional<column_use> const& use() const { return use_; }
  [[nodiscard]] std::string_view text(csv_reader const& reader) const {
    return use_ ? trimmed(reader.field(index_)) : std::string_view();
  }

  /// The answer in this row: none where the field is blank, NaN where it is no number (then also noted).
  std::optional<double> answer(csv_reader const& reader) {
    std::string const field(text(reader));
    if (field.empty()) return std::nullopt;
    // strtod also takes "inf", "nan" and hexadecimal; nobody answers a survey so.
    if (field.find_first_not_of("0123456789+-.eE") == std::string::npos) {
      char* end = nullptr;
      double const number = std::strtod(field.c_str(), &end);
      if (*end == '\0') return number;
    }
    complain(reader, field);
    return std::numeric_limits<double>::quiet_NaN();
  }

  /// The time in this row: none where the field is blank or no time (which is noted).
  std::optional<credence::instant> time(csv_reader const& reader,
                                        std::optional<credence::instant> (&told)(std::string_view) = time_of) {
    std::string const field(text(reader));
    if (field.empty()) return std::nullopt;
    std::optional<credence::instant> const when = told(field);
    if (!when) complain(reader, field);
    return when;
  }

 private:
  void complain(csv_reader const& reader, std::string const& field) {
    if (use_->not_numbers++ != 0) return;
    use_->first_bad_line = reader.line();
    use_->first_bad_field = field;
  }

  std::optional<column_use> use_;
  std::size_t index_ = 0;
};

}  // namespace detail

/// Reads a survey, once and in memory that does not grow with its rows. Throws csv_error for a file that cannot be read
/// and for a column that is not there.
inline gathered gather(std::istream& stream, std::string name, request const& asked) {
  csv_reader reader(stream);
  detail::chosen_column score(reader, asked.score, {"nps", "netpro", "nps_score", "score", "recommend"});
  detail::chosen_column weight(reader, asked.weight, {"weight", "wt", "pw"});
  detail::chosen_column csat(reader, asked.csat, {"csat", "satisfaction", "satisfied", "stars", "q7all"});
  detail::chosen_column const by(reader, asked.by, {"channel", "segment", "group", "branch", "region", "strata"});
  detail::chosen_column time(reader, asked.time, {"date", "time", "when", "timestamp", "answered_on", "created_at"});
  if (!score) {
    std::string text = "no column looks like the NPS question; name it with --score. The columns are:";
    for (std::string const& column : reader.header()) text += (&column == &reader.header()[0] ? " " : ", ") + column;
    throw csv_error(reader.line(), 0, text);
  }

  gathered all{{}, tally(asked), tally(asked), nps_by_period(asked.period, asked.nps)};
  double const lowest = asked.nps.scale_min;
  double const highest = asked.nps.scale_max;
  while (reader.next()) {
    std::optional<double> const given = score.answer(reader);
    std::optional<double> const stars = csat ? csat.answer(reader) : std::nullopt;
    credence::each_value<std::optional<double>, std::optional<double>> const answers{{given, stars}};
    bool const on_scale = given && *given >= lowest && *given <= highest;
    auto const group = by.text(reader);
    (on_scale ? all.plain.answered : all.plain.unanswered)(group, answers);
    std::optional<double> const own_weight = weight ? weight.answer(reader) : std::nullopt;
    if (weight) (on_scale ? all.weighted.answered : all.weighted.unanswered)(group, answers, own_weight);
    if (!time) continue;
    std::visit([&, when = time.time(reader)](
                   auto& by_period) { weight ? by_period(when, given, own_weight) : by_period(when, given); },
               all.by_period);
  }
  all.file = {std::move(name), reader.rows(), reader.short_rows(), reader.long_rows(), reader.empty_lines(),
              *score.use(),    weight.use(),  csat.use(),          by.use(),           time.use()};
  return all;
}

}  // namespace trust_report

#endif
