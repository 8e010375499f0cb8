// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_HOSTILE_GREEDY_HPP
#define CREDENCE_TESTS_HOSTILE_GREEDY_HPP

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>

#include <credence/core/host_types.hpp>
#include <credence/core/time.hpp>

// A host's namespace with a function template for every name that credence calls: whatever argument of its types is
// handed to a name that is not qualified, its template is a candidate. None of ours may ever ask it, so being a
// candidate is an error of the program already, whichever function would have been the better match.

namespace greedy {

template <int Name, class... Arguments>
struct caught {
  static_assert(sizeof...(Arguments) == ~std::size_t{}, "a call of credence's asks the namespace of its host");
  using type = void;
};

#define GREEDY(name)                                                                          \
  template <class... Arguments, class Caught = typename caught<__LINE__, Arguments...>::type> \
  void name(Arguments&&...) = delete;
#include "called_names.inc"
#undef GREEDY

// What is asked of a host on purpose is merely of no use here.
#define USELESS(name)           \
  template <class... Arguments> \
  void name(Arguments&&...) = delete;
USELESS(begin)
USELESS(end)
USELESS(size)
USELESS(data)
USELESS(empty)
USELESS(swap)
USELESS(get)
USELESS(name_of)
USELESS(is_ours)
#undef USELESS

// Nobody may take an address, nor write a comma, of a host's type or of anything that is made of one.
template <class Operand>
void operator&(Operand const&) = delete;
template <class Left, class Right>
void operator,(Left const&, Right const&) = delete;

struct score {
  int stars;
  explicit constexpr score(int number) : stars(number) {}
  void operator&() const = delete;
};
struct real {
  double amount;
  explicit constexpr real(double number) : amount(number) {}
  void operator&() const = delete;
};
struct branch {
  int number = 0;
  constexpr branch() = default;
  explicit constexpr branch(int its_number) : number(its_number) {}
  void operator&() const = delete;
};
enum class mood : std::uint8_t {};
struct moment {
  std::int64_t seconds;
  explicit constexpr moment(std::int64_t since_1970) : seconds(since_1970) {}
  void operator&() const = delete;
};
struct executor {
  template <class Task>
  void operator()(std::size_t task_count, Task const& task) const {
    for (std::size_t index = 0; index < task_count; ++index) task(index);
  }
  void operator&() const = delete;
};
template <auto Member>
struct field {
  template <class Row>
  constexpr auto const& operator()(Row const& each) const {
    return each.*Member;
  }
  void operator&() const = delete;
};

struct host {
  using score = greedy::score;
  using real = greedy::real;
  using branch = greedy::branch;
  using mood = greedy::mood;
  using moment = greedy::moment;
  using executor = greedy::executor;
  template <auto Member>
  using field = greedy::field<Member>;
};

}  // namespace greedy

template <>
struct credence::real_traits<greedy::score> {
  static constexpr double to_real(greedy::score const& score) { return score.stars; }
};
template <>
struct credence::real_traits<greedy::real> {
  static constexpr double to_real(greedy::real const& real) { return real.amount; }
};
template <>
struct credence::time_traits<greedy::moment> {
  static constexpr std::int64_t to_micros(greedy::moment const& moment) { return moment.seconds * 1'000'000; }
};
template <>
struct credence::key_traits<greedy::branch> {
  static constexpr int to_key(greedy::branch const& branch) { return branch.number; }
  static constexpr greedy::branch from_key(int number) { return greedy::branch(number); }
};

#endif
