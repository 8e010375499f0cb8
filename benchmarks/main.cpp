// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Two ways to run the contests. As benchmarks: absolute times, by Google Benchmark and with its options. As pairs
// (`--pairs=9`): credence and its floor in turns, and the ratio of each turn, which is what counts on a machine that
// others use as well. `--only=TEXT` runs the contests whose name holds the text, `--rows=N` is for a quick look.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <new>
#include <string_view>

#include "contest.hpp"

static std::atomic<std::size_t> allocated{0};

void* operator new(std::size_t size) {
  ++allocated;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

std::size_t bench::allocations() { return allocated; }

namespace {

using bench::contest;

void run_credence(contest const& entry) {
  std::size_t const before = bench::allocations();
  entry.credence();
  bench::expect(entry.may_allocate || bench::allocations() == before, "the number of allocations");
}

/// Of all threads of this process.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}
template <class Work>
double seconds_of(Work const& work) {
  double const start = cpu_seconds();
  work();
  return cpu_seconds() - start;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void run_in_pairs(contest const& entry, int pairs) {
  std::vector<double> ours;
  std::vector<double> floors;
  std::vector<double> ratios;
  entry.credence();  // makes the input, and fills the caches
  for (int turn = 0; turn < pairs; ++turn) {
    ours.push_back(seconds_of([&] { run_credence(entry); }));
    if (!entry.floor) continue;
    floors.push_back(seconds_of(entry.floor));
    ratios.push_back(ours.back() / floors.back());
  }
  double const per_item = 1e9 / static_cast<double>(entry.items());
  double const least = *std::min_element(ours.begin(), ours.end());
  std::printf("%-34s %9.3f %9.3f", entry.name.c_str(), per_item * median(ours), per_item * least);
  if (entry.floor) {
    double const least_floor = *std::min_element(floors.begin(), floors.end());
    std::printf(" %9.3f %9.3f %7.2f %7.2f", per_item * median(floors), per_item * least_floor, median(ratios),
                least / least_floor);
  }
  if (entry.at_most > 0) std::printf(" %7.2f %s", entry.at_most, median(ratios) <= entry.at_most ? "held" : "MISSED");
  std::printf("\n");
  std::fflush(stdout);
}

void enlist(contest const& entry) {
  auto const add = [&entry](std::string const& name, auto work) {
    auto* const one = benchmark::RegisterBenchmark(name.c_str(), [&entry, work](benchmark::State& state) {
      for ([[maybe_unused]] auto const turn : state) work();
      state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entry.items()));
    });
    one->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
  };
  entry.credence();  // makes the input, which is not to be counted
  add(entry.name + "/credence", [&entry] { run_credence(entry); });
  if (entry.floor) add(entry.name + "/floor", entry.floor);
}

}  // namespace

int main(int argc, char** argv) {
  int pairs = 0;
  std::string_view only;
  std::vector<char*> others;
  for (int at = 0; at < argc; ++at) {
    std::string_view const argument = argv[at];
    auto const value_of = [&](std::string_view name) -> char const* {
      return argument.substr(0, name.size()) == name ? argv[at] + name.size() : nullptr;
    };
    if (char const* const given = value_of("--rows=")) {
      inputs::rows = std::strtoull(given, nullptr, 10);
    } else if (char const* const turns = value_of("--pairs=")) {
      pairs = std::atoi(turns);
    } else if (char const* const text = value_of("--only=")) {
      only = text;
    } else {
      others.push_back(argv[at]);
    }
  }
  int left = static_cast<int>(others.size());
  benchmark::Initialize(&left, others.data());
  if (benchmark::ReportUnrecognizedArguments(left, others.data())) return 1;
  bench::expect(inputs::rows >= inputs::groups, "fewer rows than groups");
  inputs::verify();

  auto& contests = bench::contests();
  std::erase_if(contests, [&](contest const& entry) { return entry.name.find(only) == std::string::npos; });
  std::sort(contests.begin(), contests.end(),
            [](contest const& one, contest const& two) { return one.name < two.name; });
  if (pairs > 0) {
    std::printf("%d pairs; ns of CPU an item\n%-34s %9s %9s %9s %9s %7s %7s %7s\n", pairs, "", "credence", "(least)",
                "floor", "(least)", "ratio", "(least)", "at most");
    for (contest const& entry : contests) run_in_pairs(entry, pairs);
    return 0;
  }
  for (contest const& entry : contests) enlist(entry);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
