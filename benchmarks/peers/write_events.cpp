// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// The events that the peers of retention read, as CSV on standard output: second, user, cents; sorted by second, then
// user, then the order in which they were made. usage: write_events [USERS]; they are even, with ten events on average.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr std::uint64_t golden = 0x9e37'79b9'7f4a'7c15U;

/// The finaliser of SplitMix64 (Steele, Lea and Flood).
constexpr std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58'476d'1ce4'e5b9U;
  bits = (bits ^ (bits >> 27)) * 0x94d0'49bb'1331'11ebU;
  return bits ^ (bits >> 31);
}
constexpr std::uint64_t random(std::uint64_t stream, std::uint64_t at) {
  return mix(mix(stream * golden + 0x123'4567U) + (at + 1) * golden);
}
constexpr std::uint64_t scale(std::uint64_t bits, std::uint64_t below) { return ((bits >> 32) * below) >> 32; }

struct event {
  std::uint64_t second, user, cents;
};

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t const users = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
  constexpr std::uint64_t horizon = 731 * 86'400, origin = 1'704'067'200;
  constexpr std::array<std::uint64_t, 4> bases{900, 1'900, 4'900, 9'900};
  std::vector<event> events;
  events.reserve(users * 10);
  for (std::uint64_t user = 0; user < users; ++user) {
    std::uint64_t const more = scale(random(1, user / 2), 10), events_of_user = user % 2 != 0 ? 10 + more : 10 - more;
    std::uint64_t const start = scale(random(2, user), horizon);
    std::uint64_t const share = ((random(3, user) >> 32) * (random(4, user) >> 32)) >> 32;
    std::uint64_t const life = std::min((share * horizon) >> 32, horizon - 1 - start);
    for (std::uint64_t at = 0; at < events_of_user; ++at) {
      std::uint64_t const bits = random(6, user * 32 + at);
      events.push_back({origin + start + (at == 0 ? 0 : scale(bits, life + 1)), user,
                        bases[random(5, user) >> 62] + ((bits & 7) == 0 ? 1'000 : 0)});
    }
  }
  std::stable_sort(events.begin(), events.end(), [](auto& one, auto& other) { return one.second < other.second; });
  for (event const& each : events) {
    std::array<char, 64> line;
    char* end = line.data();
    for (std::uint64_t value : {each.second, each.user, each.cents}) {
      end = std::to_chars(end, line.data() + line.size(), value).ptr;
      *end++ = ',';
    }
    end[-1] = '\n';
    if (std::fwrite(line.data(), 1, static_cast<std::size_t>(end - line.data()), stdout) == 0) return EXIT_FAILURE;
  }
  return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
