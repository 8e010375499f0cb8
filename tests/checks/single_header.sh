#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# The single header says what the tree says: the same macros, no warning, in several units of one program, with the
# opt-in headers beside it, and before or behind headers of the tree. usage: single_header.sh COMPILER
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
compiler="$1"
if ! command -v python3 >/dev/null; then
  echo "skipped: python3 is not installed"
  exit 77
fi
script="$PWD/packaging/single_header.py"
single="$scratch/the single one"
fail() { echo "$1"; exit 1; }

python3 "$script" "$single"
(cd / && PYTHONHASHSEED=1 python3 "$script" "$scratch/again")
diff -r "$single" "$scratch/again" || fail "written twice, it differs"
(cd "$single" && find . -name '*.hpp' | sort) >"$scratch/written"
(cd include && find ./credence/credence.hpp ./credence/io.hpp ./credence/interop -name '*.hpp' | sort) |
  diff - "$scratch/written" || fail "these headers are not what is opt-in and the one"

# A header that no umbrella reaches would be written apart: the macros tell that every guard is there, and no other.
macros() { "$compiler" -std=c++20 -I "$1" -dM -E -include credence/credence.hpp -x c++ /dev/null | grep CREDENCE | sort; }
diff <(macros include) <(macros "$single") || fail "the single header defines other macros than the tree"
grep '^#include' "$single/credence/credence.hpp" | sort -c -u || fail "the includes are not sorted, or not each once"

cat >"$scratch/main.cpp" <<'CODE'
#include <credence/io.hpp>
#include <credence/interop/threads.hpp>
#include <sstream>
#include <vector>
double before_the_tree(std::vector<int> const& scores);
double behind_the_tree(std::vector<int> const& scores);
int main() {
  std::vector<int> const scores{10, 9, 8, 3};
  auto const here = credence::nps(credence::threads{2}, scores);
  std::ostringstream out;
  out << here;
  bool const printed = out.str().find("value: 25,") != std::string::npos;
  return printed && before_the_tree(scores) == 25.0 && behind_the_tree(scores) == 7.5 ? 0 : 1;
}
CODE
cat >"$scratch/before.cpp" <<'CODE'
#include <credence/credence.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey.hpp>
double before_the_tree(std::vector<int> const& scores);
double before_the_tree(std::vector<int> const& scores) { return credence::nps(scores).value; }
CODE
cat >"$scratch/behind.cpp" <<'CODE'
#include <credence/survey/nps.hpp>
#include <credence/credence.hpp>
double behind_the_tree(std::vector<int> const& scores);
double behind_the_tree(std::vector<int> const& scores) { return credence::mean(scores).value; }
CODE
compile() { "$compiler" "${flags[@]}" -c "$scratch/$1.cpp" -o "$scratch/$1.o"; }
flags=("${flags[@]/#include/$single}")
compile main
flags+=(-I include)  # <credence/credence.hpp> is still found in the folder that comes first
compile before
compile behind
"$compiler" "$scratch"/*.o -o "$scratch/program" -pthread
"$scratch/program"
echo "$(grep -c '^// --- <' "$single/credence/credence.hpp") headers in one"

# What the tree does not hold today: an include behind a condition stays there, and what cannot be folded is refused.
small="$scratch/small/credence"
mkdir -p "$small/core"
cp include/credence/core/version.hpp "$small/core/"
header() { printf '#ifndef CREDENCE_%s_HPP\n#define CREDENCE_%s_HPP\n%s\n#endif\n' "$1" "$1" "$2" >"$small/${1,,}.hpp"; }
header A $'#include <vector>\n#include <array>\n#include <credence/core/version.hpp>
#if defined(_WIN32)\n#include <windows.h>\n#endif'
header CREDENCE $'#include <credence/a.hpp>\n#include <credence/core/version.hpp>'
python3 "$script" "$scratch/folded" --include "$scratch/small"
diff <(grep -A1 -E '^#(include|if d.*WIN32)' "$scratch/folded/credence/credence.hpp") - <<'CODE' ||
#include <array>
#include <vector>

--
#if defined(_WIN32)
#include <windows.h>
#endif
CODE
  fail "the conditional include is not where it was"
refuse() {
  header A "$1"
  if python3 "$script" "$scratch/refused" --include "$scratch/small" 2>"$scratch/said"; then fail "folded: $1"; fi
  grep -q "a.hpp:$2: " "$scratch/said" || fail "$(cat "$scratch/said")"
}
refuse '#include "b.hpp"' 3
refuse $'#if defined(_WIN32)\n#include <credence/core/version.hpp>\n#endif' 4
refuse $'struct code;\n#include <credence/core/version.hpp>' 4
