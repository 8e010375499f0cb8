// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include "portability/laws.hpp"

void portability::add_even_laws(digest& into) { add_every_other<0, CREDENCE_LAWS_ALL>(into); }
