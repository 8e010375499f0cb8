// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Ranks some 3,000 films by their ratings at IMDb (vega's sample of movies), of which a row has the mean and the number
// of votes: by that mean, and by a Bayesian average. The file is not part of this repository: rank_movies FOLDER names
// where reviews/vega_movies.csv is, else the environment's CREDENCE_SHARED_DATA; without it it says so.
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <credence/core.hpp>
#include <credence/reviews.hpp>

struct movie {
  std::string title;  // with its date, for there are two of "King Kong"
  std::optional<double> rating;
  std::optional<double> votes;
};

/// The fields of a line, of which some stand in quotes.
std::vector<std::string> fields_of(std::string const& line) {
  std::vector<std::string> fields(1);
  bool in_quotes = false;
  for (char const letter : line) {
    if (letter == '"') {
      in_quotes = !in_quotes;
    } else if (letter == ',' && !in_quotes) {
      fields.emplace_back();
    } else {
      fields.back() += letter;
    }
  }
  return fields;
}
std::optional<double> number_in(std::string const& field) {
  if (field.empty()) return std::nullopt;
  return std::stod(field);
}

int main(int const argument_count, char** const arguments) {
  char const* const chosen = argument_count > 1 ? arguments[1] : std::getenv("CREDENCE_SHARED_DATA");
  std::string const folder = chosen != nullptr ? chosen : "../shared/data";
  std::ifstream file(folder + "/reviews/vega_movies.csv");
  std::string line;
  std::getline(file, line);
  std::vector<movie> movies;
  while (std::getline(file, line)) {
    auto const fields = fields_of(line);
    movies.push_back({fields[0] + ", " + fields[1], number_in(fields[2]), number_in(fields[3])});
  }
  if (movies.empty()) {
    std::cout << "skipped: no films in " << folder << '\n';
    return 0;
  }

  // A row stands for as many ratings as there are votes: that is its weight. 25,000 votes are added to each film, all
  // of what a film has on average. That average is not known before the rows are read, so it is left to `ranking`.
  auto const by_bayes = credence::ranking(
      movies, &movie::title, &movie::rating, &movie::votes,
      credence::bayesian_average_accumulator{{.scale_min = 1, .scale_max = 10, .prior_weight = 25'000}},
      {.prior_mean = credence::catalogue_mean::items});
  auto const by_mean =
      credence::ranking(movies, &movie::title, &movie::rating, &movie::votes, credence::mean_accumulator{});

  std::map<std::string, std::size_t> place;  // by the plain mean
  for (std::size_t at = 0; at < by_mean.size(); ++at) place[by_mean[at].key] = at + 1;
  std::cout << by_bayes.catalogue << " films, " << by_bayes.rejected << " of them without a rating; a film has "
            << by_bayes.prior_mean << " on average\n";
  for (std::size_t at = 0; at < 5; ++at)
    std::cout << at + 1 << ". " << by_bayes[at].key << ": " << by_bayes[at].score << ", mean " << by_bayes[at].mean
              << " (place " << place[by_bayes[at].key] << ")\n";

  // Who of the best hundred by mean falls furthest? A film that few have seen, most of whom like it.
  std::size_t furthest = 0;
  std::size_t lands = 0;
  for (std::size_t at = 0; at < by_bayes.size(); ++at) {
    std::size_t const by_plain_mean = place[by_bayes[at].key];
    if (by_plain_mean <= 100 && at >= lands) {
      furthest = by_plain_mean;
      lands = at;
    }
  }
  auto const& fallen = by_bayes[lands];
  double votes = 0;
  for (movie const& each : movies)
    if (each.title == fallen.key) votes = *each.votes;
  std::cout << "By mean, " << furthest << ". is " << fallen.key << " with " << fallen.mean << " of " << votes
            << " votes; by Bayes it is " << lands + 1 << ". with " << fallen.score << '\n';

  // Values computed by an independent program, from the formula.
  auto const near = [](double found, double known) { return std::fabs(found - known) <= 1e-10 * known; };
  bool const right = by_bayes.catalogue - by_bayes.rejected == 2988 && near(by_bayes.prior_mean, 6.2834672021419) &&
                     by_bayes[0].key == "The Shawshank Redemption, Sep 23 1994" &&
                     near(by_bayes[0].score, 9.0661013221) && near(by_bayes[1].score, 9.0328013613) &&
                     near(by_bayes[2].score, 8.7698039365) && lands > 500;
  return right ? 0 : 1;
}
