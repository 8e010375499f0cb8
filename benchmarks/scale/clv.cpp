// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// How a fit of BG/NBD grows with its customers: CPU time in bare passes of the likelihood over the same ones, the heap
// it takes at most beside its input, and wall time by two threads.
//   g++ -std=c++20 -O2 -Iinclude -Ibenchmarks benchmarks/scale/clv.cpp -o clv_scale -pthread && ./clv_scale

#include <credence/clv/bg_nbd.hpp>
#include <credence/interop/threads.hpp>
#include <credence/math/fit.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <new>
#include <vector>

#include "clv_inputs.hpp"
#include "floor/bg_nbd_pass.hpp"

namespace {

std::atomic<std::size_t> held{0};
std::atomic<std::size_t> most{0};
constexpr std::size_t label = alignof(std::max_align_t);

void* taken(std::size_t size) {
  char* const memory = static_cast<char*>(std::malloc(size + label));
  if (memory == nullptr) std::abort();
  *reinterpret_cast<std::size_t*>(memory) = size;
  std::size_t const now = held += size;
  if (now > most) most = now;
  return memory + label;
}
void given_back(void* memory) {
  if (memory == nullptr) return;
  char* const all = static_cast<char*>(memory) - label;
  held -= *reinterpret_cast<std::size_t*>(all);
  std::free(all);
}

template <class Work>
double seconds(Work const& work) {
  double least = 1e9;
  for (int again = 0; again < 3; ++again) {
    std::clock_t const begin = std::clock();
    work();
    least = (std::min)(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return least;
}
template <class Work>
double wall_seconds(Work const& work) {
  double least = 1e9;
  for (int again = 0; again < 5; ++again) {
    auto const begin = std::chrono::steady_clock::now();
    work();
    least = (std::min)(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return least;
}

void at_size(std::uint64_t count) {
  std::vector<inputs::buyer> const buyers = inputs::buyers_of(count);
  double unit = 0;
  {
    inputs::buyer_columns columns;
    for (inputs::buyer const& each : buyers) {
      columns.frequency.push_back(each.frequency);
      columns.recency.push_back(each.recency);
      columns.age.push_back(each.age);
    }
    double sum = 0;
    unit = seconds([&] { sum += bare::bg_nbd_pass(columns.frequency, columns.recency, columns.age); });
    if (!(sum < 0)) std::abort();
  }
  std::size_t const before = held;
  most = before;
  auto found = credence::fit<credence::bg_nbd>(buyers);
  std::size_t const beside = most - before;
  double const took = seconds([&] { found = credence::fit<credence::bg_nbd>(buyers); });
  double const serial = wall_seconds([&] { found = credence::fit<credence::bg_nbd>(buyers); });
  auto by_two = found;
  double const parallel = wall_seconds([&] { by_two = credence::fit<credence::bg_nbd>(credence::threads{2}, buyers); });
  std::printf(
      "%10llu customers: %6.2f units, %5.1f ns and %4.1f bytes of heap a customer; two threads: %.2f of the wall "
      "time, %s bits\n",
      static_cast<unsigned long long>(count), took / unit, took * 1e9 / static_cast<double>(count),
      static_cast<double>(beside) / static_cast<double>(count), parallel / serial,
      by_two == found ? "the same" : "OTHER");
}

}  // namespace

void* operator new(std::size_t size) { return taken(size); }
void operator delete(void* memory) noexcept { given_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { given_back(memory); }

int main() {
  for (std::uint64_t const count : {100'000u, 1'000'000u, 10'000'000u}) at_size(count);
}
