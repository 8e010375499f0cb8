// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "trust_report/layout.hpp"
#include "trust_report/report.hpp"
#include "trust_report/text.hpp"

// The JSON writer needs nlohmann-json, which is the tool's dependency and not the tests'.
#if __has_include(<nlohmann/json.hpp>)
#include "trust_report/json.hpp"
#endif

using trust_report::csv_error;
using trust_report::report;
using trust_report::request;

namespace {

report report_of(std::string const& csv, request const& asked = {}) {
  std::istringstream stream(csv);
  return trust_report::make_report(stream, "survey.csv", asked);
}

report report_of_sample(std::string const& name, request const& asked) {
  std::ifstream file(std::string(CREDENCE_SOURCE_DIR "/examples/data/") + name, std::ios::binary);
  return trust_report::make_report(file, name, asked);
}

std::string text_of(report const& made) {
  std::ostringstream out;
  trust_report::write_text(out, made);
  return out.str();
}

// What was written before, byte for byte. CREDENCE_WRITE_GOLDEN=1 in the environment writes it anew: then read the
// diff.
void check_golden(std::string const& name, std::string const& written) {
  std::string const path = CREDENCE_SOURCE_DIR "/tests/examples/golden/" + name;
  if (std::getenv("CREDENCE_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << written;
  std::ifstream file(path, std::ios::binary);
  CHECK(written == std::string(std::istreambuf_iterator<char>(file), {}));
}

std::string error_of(std::string const& csv, request const& asked = {}) {
  try {
    report_of(csv, asked);
    return "no error";
  } catch (csv_error const& error) {
    return error.what();
  }
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

request bank_request() {
  request asked;
  asked.nps = {.passive_from = 4, .promoter_from = 5, .scale_min = 1, .scale_max = 5};
  return asked;
}

}  // namespace

TEST_CASE("the sample surveys give the reports that were read by a person") {
  check_golden("shop_2026.txt", text_of(report_of_sample("shop_2026.csv", {})));
  check_golden("bank.txt", text_of(report_of_sample("bank.csv", bank_request())));
}

TEST_CASE("every line of a report fits into 100 columns, whatever is in the file") {
  std::string const name(200, 'n');
  std::string csv = "score,stars,weight," + name + "\n";
  for (int row = 0; row < 3000; ++row)
    csv += std::to_string(row % 13) + "," + std::to_string(row % 7) + ",1.25,g" + std::to_string(row % 90) + name +
           "\n";
  csv += "ten,x,-1,y,z\n" + std::string("x\n");
  request asked;
  asked.by = name;
  asked.nps.confidence = 0.9999;
  std::istringstream lines(text_of(report_of(csv, asked)));
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(trust_report::width_of(line) <= 100);
    CHECK((line.empty() || line.back() != ' '));
  }
}

TEST_CASE("blank is missing, a word is not a number, and both are counted and shown") {
  report const made = report_of("score,stars\n10,5\n  9 , 4\n,3\n   ,2\nten,5\n99,1\n1e1,x\n0x9,5\nnan,5\ninf,5\n,\n");
  credence::nps_result const& nps = made.total.nps;
  CHECK(nps.count == 3);
  CHECK(nps.promoters == 3);
  CHECK(nps.rejections.missing == 3);
  CHECK(nps.rejections.not_a_number == 4);
  CHECK(nps.rejections.off_scale == 1);
  CHECK(made.file.score.not_numbers == 4);
  CHECK(made.file.score.first_bad_line == 6);
  CHECK(made.file.score.first_bad_field == "ten");
  REQUIRE(made.file.csat);
  CHECK(made.file.csat->not_numbers == 1);
  CHECK(contains(text_of(made), "\"score\": 4 fields are not a number, the first on line 6: \"ten\"\n"));
  CHECK(contains(text_of(made), "\"stars\": 1 field is not a number, the first on line 8: \"x\"\n"));
}

TEST_CASE("CSAT is of those who answered the NPS question, or of all when asked") {
  std::string const csv = "score,stars,weight\n10,5,1\n9,1,3\n,5,1\n11,5,1\n";
  report const some = report_of(csv);
  REQUIRE(some.total.csat);
  CHECK(some.total.csat->count == 2);
  CHECK(some.total.csat->value == doctest::Approx(0.5));
  REQUIRE(some.total.weighted_csat);
  CHECK(some.total.weighted_csat->value == doctest::Approx(0.25));
  CHECK(contains(text_of(some), "CSAT leaves out the 2 rows without an NPS answer as well"));
  request asked;
  asked.csat_of_all = true;
  report const all = report_of(csv, asked);
  CHECK(all.total.csat->count == 4);
  CHECK(all.total.csat->value == doctest::Approx(0.75));
  CHECK(all.total.nps == some.total.nps);
  CHECK_FALSE(contains(text_of(all), "CSAT leaves out"));
}

TEST_CASE("columns are found by their usual names in any case, or as named, or not at all") {
  report const found = report_of("ID,NetPro ,Weight,Region\n1,10,2,a\n");
  CHECK(found.file.score.name == "NetPro");
  CHECK_FALSE(found.file.score.named_by_user);
  CHECK(found.file.weight->name == "Weight");
  CHECK(found.file.by->name == "Region");
  CHECK_FALSE(found.file.csat);
  CHECK_FALSE(found.total.csat);
  request asked;
  asked.score = "ID";
  asked.weight = "-";
  asked.by = "-";
  report const named = report_of("ID,NetPro ,Weight,Region\n1,10,2,a\n", asked);
  CHECK(named.file.score.named_by_user);
  CHECK(named.total.nps.detractors == 1);
  CHECK_FALSE(named.total.weighted_nps);
  CHECK(named.groups.empty());
  asked.score = "nope";
  CHECK(error_of("ID,NetPro\n", asked) == "line 1: there is no column \"nope\". The columns are: ID, NetPro");
  asked.score = "-";
  CHECK(error_of("ID,NetPro\n", asked) ==
        "line 1: no column looks like the NPS question; name it with --score. The columns are: ID, NetPro");
  CHECK(error_of("a,b\n1,2\n").starts_with("line 1: no column looks like the NPS question"));
  CHECK(error_of("score\n1\n\"2\"x\n").starts_with("line 3, column 4: text after a closing quote"));
}

TEST_CASE("a file without answers is a report without figures") {
  report const made = report_of("score,stars,weight,channel\n,,,a\n");
  CHECK_FALSE(made.total.nps);
  std::string const text = text_of(made);
  CHECK(contains(text, "  NPS                 -              -           -        0\n"));
  CHECK_FALSE(contains(text, "- %"));
  CHECK(contains(text, "No group is compared"));
  CHECK_FALSE(contains(text, "nan"));
  CHECK(contains(text_of(report_of("score\n")), "0 rows"));
}

TEST_CASE("a scale that cannot be the survey's is asked about") {
  std::string csv = "score\n";
  for (int row = 0; row < 20; ++row) csv += std::to_string(row % 5 + 1) + "\n";
  CHECK(contains(text_of(report_of(csv)), "Nobody is a promoter: is 0 to 10 the scale of this survey?"));
  CHECK_FALSE(contains(text_of(report_of(csv, bank_request())), "Nobody is a promoter"));
}

TEST_CASE("ragged rows and empty lines are told") {
  std::string const text = text_of(report_of("score,stars\n10\n\n9,5,x\n8,4\n"));
  CHECK(contains(text,
                 "3 rows; 1 empty line skipped\n  1 row has too few fields: the missing ones are taken as blank\n"));
  CHECK(contains(text, "1 row has too many fields: "));
}

TEST_CASE("a group is compared with all others together, when both are large enough") {
  std::string csv = "score,channel\n";
  for (int row = 0; row < 40; ++row) csv += "10,a\n0,b\n" + std::string(row < 9 ? "5,few\n" : "");
  report const made = report_of(csv);
  REQUIRE(made.groups.size() == 3);
  CHECK(made.groups[0].name == "a");
  REQUIRE(made.groups[0].against_rest);
  CHECK(made.groups[0].against_rest->from_rest ==
        credence::compare(credence::nps(std::vector<int>(40, 10)), credence::nps(std::vector<int>(49, 0))));
  CHECK(made.groups[0].against_rest->differs);
  CHECK(made.groups[2].name == "few");
  CHECK_FALSE(made.groups[2].against_rest);
  CHECK(contains(text_of(made), "1 group has fewer than 10 answers and is not compared"));
}

TEST_CASE("the rest of each part is all the other parts") {
  using trust_report::scores;
  std::vector<scores> parts(5);
  for (std::size_t part = 0; part < parts.size(); ++part)
    for (std::size_t row = 0; row <= part; ++row) parts[part](static_cast<int>(2 * part + 1));
  std::vector<scores> const rests = trust_report::detail::rests(parts, scores{});
  for (std::size_t part = 0; part < parts.size(); ++part) {
    scores others;
    for (std::size_t other = 0; other < parts.size(); ++other)
      if (other != part) others += parts[other];
    CHECK(rests[part] == others);
  }
}

TEST_CASE("counts are grouped by thousands") {
  CHECK(trust_report::count(0) == "0");
  CHECK(trust_report::count(999) == "999");
  CHECK(trust_report::count(1000) == "1,000");
  CHECK(trust_report::count(1234567) == "1,234,567");
}

TEST_CASE("text of the file is shown as a terminal can bear it") {
  using trust_report::printable;
  CHECK(printable("plain", 10) == "plain");
  CHECK(printable("köszönöm", 8) == "köszönöm");
  CHECK(printable("köszönöm", 4) == "kös…");
  CHECK(printable("kö", 1) == "…");
  CHECK(printable("köx", 2) == "k…");
  CHECK(printable("a\x1b[31mb\nc", 20) == "a?[31mb?c");
  CHECK(printable("caf\xe9", 10) == "caf?");             // Latin-1
  CHECK(printable("x\xe2\x82", 10) == "x??");            // cut in the middle of a letter
  CHECK(printable("\xc0\xaf", 10) == "??");              // an overlong slash
  CHECK(printable("\xc2\x9b.\xc2\x9f.", 10) == "?.?.");  // the control characters of 8 bits
}

#if __has_include(<nlohmann/json.hpp>)
TEST_CASE("the JSON has every field of every result, and null where there is no answer") {
  std::ostringstream out;
  trust_report::write_json(out, report_of_sample("bank.csv", bank_request()));
  auto const read = nlohmann::json::parse(out.str());
  CHECK(read.at("total").at("nps").at("count") == 231);
  CHECK(read.at("total").at("nps").at("value").get<double>() == doctest::Approx(100.0 * (66 - 95) / 231));
  CHECK(read.at("total").at("nps").at("rejections").at("missing") == 9);
  CHECK(read.at("total").at("weighted_nps").is_null());
  CHECK(read.at("file").at("by").at("name") == "branch");
  CHECK(read.at("nps_options").at("interval_method") == "score");
  CHECK(read.at("groups").size() == 3);
  CHECK(read.at("groups").at(0).at("against_rest").at("from_rest").at("samples") == "independent samples");

  std::ostringstream none;
  trust_report::write_json(none, report_of("score,channel\n,caf\xe9\n"));
  auto const empty = nlohmann::json::parse(none.str());
  CHECK(empty.at("total").at("nps").at("value").is_null());
  CHECK(empty.at("total").at("nps").at("interval").at("lower").is_null());
  CHECK(empty.at("groups").at(0).at("name") == "caf\xEF\xBF\xBD");
}
#endif

TEST_CASE("trust_report: times as people and databases write them") {
  using namespace std::chrono;
  using trust_report::time_of;
  auto const day = credence::instant(local_days{2026y / 3 / 9});
  for (char const* const text : {"2026-03-09", "2026/03/09", "2026-03-09T00:00", "2026-03-09 00:00:00",
                                 "2026-03-09T00:00:00Z", "2026-03-09T00:00:00.123+01:00", "2026-03-09T00:00-0530"}) {
    CHECK(time_of(text));
    CHECK(time_of(text).value_or(credence::instant{}) == day);
  }
  CHECK(time_of("2026-03-09 14:05:59") == credence::instant(local_days{2026y / 3 / 9} + 14h + 5min + 59s));
  for (char const* const text :
       {"", "2026", "2026-03", "2026-02-30", "26-03-09", "09.03.2026", "2026-03-09T", "2026-03-09T25:00",
        "2026-03-09T12:60", "2026-03-09x", "2026-03-09T12:00:00+1", "1700000000"})
    CHECK_FALSE(time_of(text));
}

TEST_CASE("trust_report: NPS by period, its trend and its latest change") {
  std::string csv = "date,score\n";
  for (int month = 1; month <= 6; ++month)
    for (int row = 0; row < 20; ++row)
      csv += "2026-0" + std::to_string(month) + "-1" + std::to_string(row % 10) + ',' +
             (row < 4 + 2 * month ? "9" : "5") + '\n';
  csv += "yesterday,9\n,9\n";
  report const made = report_of(csv);
  REQUIRE(made.over_time);
  CHECK(made.over_time->periods.size() == 6);
  CHECK(made.over_time->periods[0].name == "2026-01");
  CHECK(made.over_time->periods[0].nps.value == doctest::Approx(-40));
  CHECK_FALSE(made.over_time->periods[5].complete);
  CHECK(made.over_time->trend.slope == doctest::Approx(20));
  REQUIRE(made.over_time->latest);
  CHECK(made.over_time->latest->to == "2026-05");
  CHECK(made.over_time->latest->change.difference == doctest::Approx(20));
  CHECK(made.over_time->without_time.missing == 2);
  CHECK(made.file.time->not_numbers == 1);
  CHECK(text_of(made).find("\"date\": 1 field is not a date, the first on line 122: \"yesterday\"") !=
        std::string::npos);
  CHECK(text_of(made).find("2 rows have no date and are in no month") != std::string::npos);
  for (auto const name : trust_report::period_names) {
    request asked;
    asked.period = std::string(name);
    CHECK(report_of(csv, asked).over_time->period == name);
  }
  request none;
  none.time = "-";
  CHECK_FALSE(report_of(csv, none).over_time);
  // One wrong date fills no pages.
  report const stray = report_of(csv + "2999-01-01,9\n");
  CHECK(stray.over_time->periods.size() == 7);
  CHECK(stray.over_time->periods.back().name == "2999-01");
  CHECK(text_of(report_of("date,score\n2026-01-01,9\n")).find("There are too few months for a trend.") !=
        std::string::npos);
}
