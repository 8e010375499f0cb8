// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_HPP
#define CREDENCE_AGREEMENT_HPP

// Everything of agreement: do items measure one thing, do raters see the same?

#include <credence/agreement/cronbach_alpha.hpp>
#include <credence/agreement/krippendorff_alpha.hpp>

#endif
