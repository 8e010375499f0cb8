// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_SHARDED_HPP
#define CREDENCE_CORE_SHARDED_HPP

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// An accumulator with the labels of the shards it holds, so that none is counted twice: across machines, a retry
/// delivers the same shard again and a plain `+=` would not know. Label each shard by what it is (a day, a partition),
/// merge in any order, and store it as bytes like any accumulator.
template <accumulator Accumulator>
class sharded {
 public:
  using options_type = typename Accumulator::options_type;
  /// The labels, in order, and the state of all of them together.
  struct state_type {
    std::vector<std::string> labels;
    typename Accumulator::state_type merged{};

    template <class Self, class Visitor>
    static constexpr void describe(Self& self, Visitor&& visit) {
      visit("labels", self.labels);
      visit("merged", self.merged);
    }
    friend bool operator==(state_type const&, state_type const&) = default;
  };

  sharded() = default;
  /// One shard. An empty label is refused: every shard would have it.
  sharded(std::string label, Accumulator const& shard) : options_(shard.options()), state_{{}, shard.state()} {
    if (label.empty()) detail::raise(error("credence: a shard needs a label that is not empty"));
    state_.labels.push_back(std::move(label));
  }
  sharded(options_type options, state_type state) : options_(std::move(options)), state_(std::move(state)) {}

  /// Merges shards that are not here yet. Throws `credence::error`, naming the label, for one that is, and as the
  /// accumulator does for unlike options; then nothing was merged.
  sharded& operator+=(sharded const& other) {
    std::vector<std::string> twice;
    std::set_intersection(labels().begin(), labels().end(), other.labels().begin(), other.labels().end(),
                          std::back_inserter(twice));
    if (!twice.empty())
      detail::raise(error(detail::joined({"credence: shard ", detail::shown(twice.front()),
                                          " was merged before; merging it again would count it twice"})));
    Accumulator both = accumulator();
    both += other.accumulator();
    std::vector<std::string> all;
    std::merge(labels().begin(), labels().end(), other.labels().begin(), other.labels().end(), std::back_inserter(all));
    options_ = both.options();
    state_ = {std::move(all), both.state()};
    return *this;
  }

  [[nodiscard]] std::vector<std::string> const& labels() const { return state_.labels; }
  [[nodiscard]] Accumulator accumulator() const { return Accumulator(options_, state_.merged); }
  [[nodiscard]] auto result() const { return accumulator().result(); }

  [[nodiscard]] options_type const& options() const { return options_; }
  [[nodiscard]] state_type const& state() const { return state_; }
  [[nodiscard]] static constexpr bool same_shape(options_type const& left, options_type const& right) {
    return Accumulator::same_shape(left, right);
  }
  /// Labels in order, each once, none empty; and samples only where there is a label.
  [[nodiscard]] bool valid() const {
    bool const ordered = std::adjacent_find(labels().begin(), labels().end(), [](auto const& one, auto const& next) {
                           return one >= next;
                         }) == labels().end();
    bool const named = labels().empty() ? state_.merged == typename Accumulator::state_type{}
                                        : !labels().front().empty();
    return ordered && named && accumulator().valid();
  }
  [[nodiscard]] static std::string type_id() { return "credence.sharded(" + std::string(Accumulator::type_id()) + ")"; }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("options", self.options_);
    visit("state", self.state_);
  }
  friend bool operator==(sharded const&, sharded const&) = default;

 private:
  options_type options_{};
  state_type state_{};
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
