// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Everything that a host can do by names, none of which hides another: macros, global variables of one letter (under
// -Wshadow), namespaces and types of the names that credence has inside, and flags that change what a char or an
// enumeration is.
#include "standard_headers.hpp"

// Their values are no matter; that they are in the way is.
inline int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z;
inline int A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z;
inline int credence_test;

namespace detail {
struct identity;
void project();
}  // namespace detail
namespace core {}
namespace math {}
namespace std_like {
struct string;
}
namespace v0_1 {}
struct identity;
struct interval;
struct error;
struct number;
struct whole;
struct metric;
template <class Row>
void nps(Row&&) = delete;
template <class Row>
void fold(Row&&) = delete;

#include "macros.hpp"

#include "every_call.hpp"
#include "plain_host.hpp"

#if !defined(min) || !defined(max) || !defined(I) || !defined(check)
#error "credence takes away a macro of its host"
#endif

int main(int argument_count, char** arguments) {
  return hostile::every_call<hostile::plain_host>::answers().settle(argument_count, arguments);
}
