// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Built with -fno-exceptions and -fno-rtti: everything works, and what would throw ends the program with its message.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include <credence/credence.hpp>
#include <credence/interop/threads.hpp>
#include <credence/io.hpp>

static_assert(CREDENCE_EXCEPTIONS == 0);
// Units with exceptions and without may live in one program: their names differ.
static_assert(std::is_same_v<credence::nps_accumulator, credence::v0_1_no_exceptions::nps_accumulator>);

using namespace credence;  // NOLINT

namespace {

struct survey {
  int score;
  int stars;
  std::string channel;
  double weight;
};
std::vector<survey> const rows{{9, 5, "web", 1}, {3, 2, "shop", 2}, {10, 4, "web", 1}, {11, 9, "web", 1}};

// What a call in a process of its own writes to its standard error, and the signal that ends it.
struct ending {
  std::string said;
  int signal;
};
template <class Call>
ending ending_of(Call const& call) {
  std::array<int, 2> pipe_ends{};
  if (::pipe(pipe_ends.data()) != 0) return {"no pipe", 0};
  std::fflush(nullptr);
  pid_t const child = ::fork();
  if (child == 0) {
    ::dup2(pipe_ends[1], STDERR_FILENO);
    std::signal(SIGABRT, SIG_DFL);
    call();
    ::_exit(0);
  }
  ::close(pipe_ends[1]);
  ending result{{}, 0};
  std::array<char, 256> text{};
  for (ssize_t length = 0; (length = ::read(pipe_ends[0], text.data(), text.size())) > 0;)
    result.said.append(text.data(), static_cast<std::size_t>(length));
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return result;
}
template <class Call>
void check_ends(Call const& call, std::string const& message) {
  ending const result = ending_of(call);
  CHECK(result.signal == SIGABRT);
  CHECK(result.said == message + "\n");
}

}  // namespace

TEST_CASE("metrics, options, weights and comparisons") {
  nps_result const answer = nps(rows, &survey::score);
  CHECK(answer.value == doctest::Approx(100.0 / 3));
  CHECK(answer.rejections.off_scale == 1);
  CHECK(nps(rows, &survey::score, &survey::weight, {.confidence = 0.9}).value == 0);
  CHECK(csat(rows, &survey::stars).satisfied == 2);
  CHECK(share(rows, [](survey const& row) { return row.stars >= 4; }).count == 4);
  CHECK(mean(rows, &survey::score).value == 8.25);
  CHECK(compare(answer, answer).difference == 0);
}

TEST_CASE("folds, tees, groups, threads, bytes and printing") {
  auto const both = fold(rows, tee(nps_accumulator{}, csat_accumulator{}), each(&survey::score, &survey::stars));
  CHECK(both.get<csat_accumulator>().result().count == 3);
  auto const groups = group_by(rows, &survey::channel, nps_accumulator{}, &survey::score);
  CHECK(groups.at("web").result().count == 2);
  CHECK(group_by(threads{2}, rows, &survey::channel, nps_accumulator{}, &survey::score) == groups);
  std::vector<double> values(150'000, 0.1);
  CHECK(mean(threads{4}, values) == mean(values));
  auto const bytes = to_bytes(groups);
  CHECK(from_bytes<grouped<std::string, nps_accumulator>>(bytes) == groups);
  sharded shards("monday", both);
  shards += sharded("tuesday", both);
  CHECK(from_bytes<decltype(shards)>(to_bytes(shards)) == shards);
  std::ostringstream out;
  out << nps(rows, &survey::score).interval;
  CHECK(out.str().substr(0, 8) == "{lower: ");
}

TEST_CASE("bytes from outside are refused without an end to the program") {
  auto bytes = to_bytes(nps_accumulator{});
  bytes[20] ^= std::byte{1};
  CHECK_FALSE(try_from_bytes<nps_accumulator>(bytes));
  CHECK(try_from_bytes<nps_accumulator>({}).reason() == bytes_error::foreign);
}

TEST_CASE("a wrong call ends the program with the message it would have thrown") {
  check_ends([] { (void)nps(rows, &survey::score, {.confidence = 1.5}); },
             "credence: nps_options::confidence is 1.5; it must lie strictly between 0 and 1");
  check_ends([] { (void)group_by(rows, &survey::channel, nps_accumulator{}, &survey::score).at("app"); },
             "credence: there is no group \"app\" among 2");
  check_ends([] { (void)nps(rows, &survey::score, {.on_invalid = on_invalid::raise}); },
             "credence: sample 3 is 11, which is off the scale");
  check_ends([] { (void)from_bytes<nps_accumulator>({}); }, "credence: these bytes were not written by credence");
  check_ends([] { (void)whole(0.5); }, "credence: an option is 0.5; it must be a whole number of 64 bits");
  check_ends(
      [] {
        nps_accumulator acc({.scale_max = 20});
        acc += nps_accumulator({.scale_max = 11});
      },
      "credence: credence.nps gathered under passive_from 7, promoter_from 9, scale_min 0, scale_max 20 and under "
      "passive_from 7, promoter_from 9, scale_min 0, scale_max 11 cannot be merged");
  check_ends([] { (void)fold([](std::size_t, auto const&) {}, rows, nps_accumulator{}, &survey::score); },
             "credence: the executor returned before every task had run");
}

TEST_CASE("a right call ends nothing") {
  ending const result = ending_of([] { (void)nps(rows, &survey::score); });
  CHECK(result.signal == 0);
  CHECK(result.said.empty());
}
