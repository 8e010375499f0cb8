// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <chrono>
#include <credence/core/calendar.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "portability/digest.hpp"

using namespace std::chrono;
using credence::instant;

namespace portability {

namespace {

enum class channel : short { web = -2, shop = 7 };

template <class Key>
void add_key(digest& into, std::string const& name, Key const& key) {
  using codec = credence::detail::codec_of<Key>;
  std::string bytes;
  codec::encode(bytes, codec::stored(key));
  std::string digits;
  for (char const letter : bytes) {
    digits += "0123456789abcdef"[static_cast<unsigned char>(letter) >> 4];
    digits += "0123456789abcdef"[static_cast<unsigned char>(letter) & 15U];
  }
  into.exact_text("key." + name, digits);
  into.add("key." + name + ".hash", codec::hash(key));
}

void add_keys(digest& into) {
  add_key(into, "int8", std::int8_t{-128});
  add_key(into, "uint16", std::uint16_t{65'535});
  add_key(into, "int", -1);
  add_key(into, "long", -1'000'000'000L);
  add_key(into, "size", std::size_t{4'000'000'000});
  add_key(into, "int64", (std::numeric_limits<std::int64_t>::min)());
  add_key(into, "uint64", (std::numeric_limits<std::uint64_t>::max)());
  add_key(into, "bool", true);
  add_key(into, "char", '\xe9');  // negative where char has a sign
  add_key(into, "enum", channel::web);
  add_key(into, "text", std::string("Z\xc3\xbcrich\0\xff", 9));
  add_key(into, "no_text", "");
  add_key(into, "optional", std::optional<int>(3));
  add_key(into, "no_optional", std::optional<std::string>());
  add_key(into, "pair", std::pair<char const*, int>("a longer text than a word", -5));
  add_key(into, "tuple", std::tuple(channel::shop, std::optional<bool>(false), std::string("x")));
  add_key(into, "day", 2026y / March / 9);
  add_key(into, "month", 1969y / December);
  add_key(into, "sys_days", sys_days{1600y / 2 / 29});
  add_key(into, "sys_seconds", sys_seconds{seconds{-1}});
  add_key(into, "weekday", Sunday);
}

template <class Policy>
void add_periods(digest& into, std::string const& name, Policy const& policy) {
  instant const times[] = {instant::from_micros((std::numeric_limits<std::int64_t>::min)() + 1),
                           instant(sys_days{1582y / 10 / 15}),
                           instant(sys_days{1900y / 2 / 28} + hours{23} + minutes{59}),
                           instant::from_micros(-1),
                           instant(),
                           instant(sys_days{2000y / 2 / 29} + microseconds{1}),
                           instant(sys_days{2026y / 1 / 1} - seconds{1}),
                           instant(2026y / 12 / 31),
                           instant(sys_days{9999y / 12 / 31}),
                           instant::from_micros((std::numeric_limits<std::int64_t>::max)() - 1)};
  int at = 0;
  for (instant const& time : times) {
    std::int64_t const index = policy.index_of(time);
    std::string const line = name + "." + std::to_string(at++);
    into.exact_text(line, std::to_string(index) + " from " + std::to_string(policy.begin_of(index).micros) + ": " +
                              policy.name_of(index));
  }
}

void add_times(digest& into) {
  into.add("instant.day", instant(2026y / 3 / 9).micros);
  into.add("instant.month", instant(2026y / 3).micros);
  into.add("instant.no_day", instant(2026y / 2 / 30).micros);
  into.add("instant.nanoseconds", instant(sys_time<nanoseconds>{nanoseconds{-1'000'000'001}}).micros);
  into.add("instant.real", instant(sys_time<duration<double>>{duration<double>{-1234.5678}}).micros);
  into.add("instant.too_late", instant((sys_seconds::max)()).micros);
  credence::time_span const offset(minutes{-210});
  add_periods(into, "calendar_day", credence::calendar_day{offset});
  add_periods(into, "calendar_week", credence::calendar_week{});
  add_periods(into, "calendar_week_from_sunday", credence::calendar_week{Sunday, offset});
  add_periods(into, "calendar_month", credence::calendar_month{offset});
  add_periods(into, "calendar_quarter", credence::calendar_quarter{});
  add_periods(into, "calendar_year", credence::calendar_year{});
  add_periods(into, "every", credence::every{hours{7}, instant(sys_days{2026y / 1 / 1} + minutes{5})});
  add_periods(into, "sliding", credence::sliding{days{28}, days{7}});
}

}  // namespace

void add_keys_and_times(digest& into) {
  add_keys(into);
  add_times(into);
}

}  // namespace portability
