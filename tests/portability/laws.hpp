// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_PORTABILITY_LAWS_HPP
#define CREDENCE_TESTS_PORTABILITY_LAWS_HPP

#include <credence/core/bytes.hpp>
#include <cstddef>
#include <utility>
#include <vector>

#include "laws/accumulators.hpp"
#include "portability/digest.hpp"

namespace portability {

/// Every other recipe of the laws, from the first or the second on: in two files they build at the same time.
template <std::size_t First, class... Recipes>
void add_every_other(digest& into) {
  std::vector<laws::row> const rows = laws::rows_of(300);
  auto const add = [&]<std::size_t At, class Recipe>(std::index_sequence<At>, Recipe*) {
    if constexpr (At % 2 == First) {
      auto const made = laws::made_anywhere_of<Recipe>(rows);
      if constexpr (laws::is_exact<Recipe>()) into.exact_bytes(Recipe::name, credence::to_bytes(made));
      into.add(Recipe::name, made.result());
    }
  };
  [&]<std::size_t... At>(std::index_sequence<At...>) {
    (add(std::index_sequence<At>{}, static_cast<Recipes*>(nullptr)), ...);
  }
  (std::index_sequence_for<Recipes...>{});
}

}  // namespace portability

#endif
