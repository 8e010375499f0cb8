// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// How many bytes a history holds for each customer: what it has asked for and not given back.

#include <credence/retention.hpp>

#include <unistd.h>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <vector>

#include "../events.hpp"

namespace {

std::size_t held = 0;  ///< bytes
/// Before each piece of memory stands how large it is.
constexpr std::size_t header = alignof(std::max_align_t);

template <class Gather>
void weigh(char const* what, double customers, Gather const& gather) {
  std::size_t const before = held;
  auto const history = gather();
  std::printf("%-52s %6.1f bytes a customer, %llu events\n", what, static_cast<double>(held - before) / customers,
              static_cast<unsigned long long>(history.state().rows));
}

struct stray {
  std::uint64_t customer;
  std::int64_t seconds;
};

}  // namespace

// Not inline: g++ would hold what is before the memory for out of its bounds.
[[gnu::noinline]] void* operator new(std::size_t size) {
  void* const made = std::malloc(size + header);
  if (made == nullptr) throw std::bad_alloc();
  *static_cast<std::size_t*>(made) = size;
  held += size;
  return static_cast<std::byte*>(made) + header;
}
[[gnu::noinline]] void operator delete(void* what) noexcept {
  if (what == nullptr) return;
  void* const made = static_cast<std::byte*>(what) - header;
  held -= *static_cast<std::size_t*>(made);
  std::free(made);
}
[[gnu::noinline]] void operator delete(void* what, std::size_t) noexcept { operator delete(what); }

int main() {
  auto const& events = inputs::events();
  auto const customers = static_cast<double>(inputs::customers());
  auto const when = credence::epoch_seconds(&inputs::event::seconds);
  auto const wide = [](inputs::event const& each) { return (each.customer + 1) * 0x9e37'79b9'7f4a'7c15U; };
  credence::calendar_month const months;
  credence::calendar_day const days;
  weigh("months, 64-bit keys", customers, [&] { return credence::activity(events, wide, when, months); });
  weigh("months, counted up", customers,
        [&] { return credence::activity(events, &inputs::event::customer, when, months); });
  weigh("days, 64-bit keys", customers, [&] { return credence::activity(events, wide, when, days); });
  weigh("days, counted up", customers,
        [&] { return credence::activity(events, &inputs::event::customer, when, days); });
  std::vector<stray> once;
  constexpr std::uint64_t many = 10'000'000;
  for (std::uint64_t at = 0; at < many; ++at)
    once.push_back(
        {inputs::detail::mix(at + 77),
         inputs::first_second + static_cast<std::int64_t>(inputs::detail::mix(at) % (inputs::event_days * 86'400))});
  weigh("days, ten million customers with one event each", static_cast<double>(many),
        [&] { return credence::activity(once, &stray::customer, credence::epoch_seconds(&stray::seconds), days); });
}
