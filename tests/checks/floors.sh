#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# A floor includes only the floors below it, no folder includes its neighbour on the same floor, nobody includes
# interop/, and beside credence there is only the standard library.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

headers | while read -r header; do
  sed -n "s|^ *# *include *\([<\"][^>\"]*[>\"]\).*|$header \1|p" "include/$header"
done | awk '
  BEGIN {
    split("core:0 math:1 inference:2 history:3 survival:3 agreement:3 survey:4 reviews:4 retention:4 churn:4 clv:4 " \
          "report:5 io:5 interop:6", pairs, " ")
    for (pair in pairs) { split(pairs[pair], part, ":"); floor[part[1]] = part[2] }
    # Of C++20, without what is deprecated and what is too dear.
    split("algorithm any array atomic barrier bit bitset charconv chrono compare complex concepts condition_variable " \
          "coroutine deque exception filesystem format forward_list fstream future initializer_list iomanip ios iosfwd " \
          "istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric optional " \
          "ostream queue random ranges ratio scoped_allocator semaphore set shared_mutex source_location span sstream " \
          "stack stdexcept stop_token streambuf string string_view syncstream system_error thread tuple type_traits " \
          "typeindex typeinfo unordered_map unordered_set utility valarray variant vector version cassert cctype cerrno " \
          "cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring " \
          "ctime cuchar cwchar cwctype", names, " ")
    for (at in names) standard[names[at]]
  }
  # credence/survey/nps.hpp and the umbrella credence/survey.hpp are both of the folder survey; credence.hpp is the roof,
  # and io.hpp is a header of its own, opt-in like interop/.
  function folder(path) { sub("^credence/", "", path); sub("[/.].*", "", path); return path }
  function umbrella(path) { return path ~ "^credence/[^/]*$" && path != "credence/io.hpp" }
  function refuse(why) { print $1 " includes " $2 ": " why; wrong = 1 }
  {
    from = folder($1); name = substr($2, 2, length($2) - 2); to = folder(name)
    if ($2 ~ "^\"") refuse("write angle brackets")
    else if (name !~ "^credence/") {
      if (from == "interop") next
      if (name ~ "^(iostream|regex|functional|execution)$") refuse("too dear for everyone who includes it")
      else if (!(name in standard)) refuse("only the standard library is allowed")
    }
    else if (from != "credence" && !(from in floor)) refuse(from " has no floor yet: give it one here and in the design")
    else if (to == "io" || (to == "interop" && !umbrella($1))) refuse(to " is opt-in")
    else if (from == "credence") { if (to == "interop") refuse("interop is opt-in") }
    else if (umbrella(name)) refuse("name the header, not its umbrella")
    else if (to != from && (umbrella($1) || floor[to] >= floor[from])) refuse("not on a floor below")
  }
  END { print NR " includes"; exit wrong }'
