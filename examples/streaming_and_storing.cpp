// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A data platform hears answers one at a time, on many machines, and must neither lose one nor count one twice.
#include <cstddef>
#include <iostream>
#include <string>

#include <credence/core/bytes.hpp>
#include <credence/core/sharded.hpp>
#include <credence/survey/nps.hpp>

using daily = credence::sharded<credence::nps_accumulator>;

int main() {
  // Streaming: a few counts are kept, never the answers themselves.
  credence::nps_accumulator monday;
  for (int const score : {10, 9, 4, 8}) monday(score);

  // A customer edits an answer: the old one is taken back, exactly.
  monday.retract(4);
  monday(9);

  // At the end of the day the counts travel as bytes, labelled by what they are.
  auto const sent = credence::to_bytes(daily("2026-11-02", monday));

  // Elsewhere: bytes from outside may be anything, so they are asked rather than trusted.
  auto const received = credence::try_from_bytes<daily>(sent);
  if (!received) {
    std::cerr << received.message() << '\n';
    return 1;
  }
  auto damaged = sent;
  damaged[sent.size() / 2] ^= std::byte{1};
  auto const refused = credence::try_from_bytes<daily>(damaged);
  std::cout << "one flipped bit: " << refused.message() << '\n';

  credence::nps_accumulator tuesday;
  for (int const score : {10, 2, 7}) tuesday(score);
  daily week = *received;
  week += daily("2026-11-03", tuesday);

  // The network delivers Monday again.
  std::string twice;
  try {
    week += *received;
  } catch (credence::error const& error) {
    twice = error.what();
    std::cout << twice << '\n';
  }

  auto const trust = week.result();
  std::cout << "NPS " << trust.value << " from " << trust.count << " answers of " << week.labels().size() << " days\n";

  // Merged or pushed in one go: the same accumulator.
  credence::nps_accumulator together;
  for (int const score : {10, 9, 9, 8, 10, 2, 7}) together(score);
  bool const right = !refused && refused.reason() == credence::bytes_error::damaged &&
                     twice.find("2026-11-02") != std::string::npos && week.accumulator() == together &&
                     trust.promoters == 4 && trust.detractors == 1;
  return right ? 0 : 1;
}
