// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_GATHERING_OPTIONS_HPP
#define CREDENCE_CORE_GATHERING_OPTIONS_HPP

#include <tuple>

#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The options of what is gathered for questions that come later and bring their own: only what to do with a dirty
/// sample. None of them shapes the state, so that all accumulators of one type merge.
struct gathering_options {
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const&) const {
    return true;
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(gathering_options const&, gathering_options const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
