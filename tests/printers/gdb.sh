#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# What gdb shows of our types is what transcript.txt says, and what the page on debugging quotes. usage: gdb.sh COMPILER
source "$(dirname "${BASH_SOURCE[0]}")/../checks/common.sh"
compiler="$1"
here=tests/printers
page=docs/how-to/debug.md
unset DEBUGINFOD_URLS

skip() { echo "skipped: $1"; exit 77; }
command -v gdb >/dev/null || skip "gdb is not installed"
gdb -nx -batch -ex 'python import gdb.printing' >/dev/null 2>"$scratch/said" && [[ ! -s $scratch/said ]] ||
  skip "this gdb has no Python: $(head -n 1 "$scratch/said")"

"$compiler" "${flags[@]}" -g -O0 "$here/program.cpp" -o "$scratch/program"
# In a container a process may be forbidden to trace another: told by a program that any gdb can run.
gdb -nx -batch -iex 'set auto-load no' -iex 'set startup-with-shell off' -ex 'break main' -ex run -ex 'print 6 * 7' \
  "$scratch/program" >"$scratch/traced" 2>&1 || true
if ! grep -q '^Breakpoint 1, main' "$scratch/traced"; then
  if grep -iE 'ptrace|could not trace' "$scratch/traced"; then
    skip "gdb may not run a program here"
  fi
  cat "$scratch/traced"
  echo "gdb did not come to main"
  exit 1
fi

# Sourced twice, as happens by hand. Without the printers of the standard library, whose text changes with its versions.
CREDENCE_TRANSCRIPT="$PWD/$here/transcript.txt" gdb -nx -batch -iex 'set auto-load no' \
  -iex 'set startup-with-shell off' -x packaging/gdb/credence_printers.py -x packaging/gdb/credence_printers.py \
  -x "$here/transcript.py" "$scratch/program" >"$scratch/output" 2>"$scratch/errors" || true
sed -n '/^(gdb) /,$p' "$scratch/output" | sed '/^(noise was shown)$/d' >"$scratch/transcript"
if ! diff -u "$here/transcript.txt" "$scratch/transcript"; then
  cat "$scratch/errors"
  echo "gdb shows something else than $here/transcript.txt"
  exit 1
fi
if ! grep -q '^(noise was shown)$' "$scratch/output" || grep -qE 'Traceback|Python Exception' "$scratch/errors"; then
  cat "$scratch/errors"
  exit 1
fi

# What the page shows of a session is all in the transcript.
sed -n '/^```text$/,/^```$/{/^```/!p}' "$page" >"$scratch/shown"
python3 - "$scratch/shown" "$here/transcript.txt" <<'CODE'
import sys
shown, transcript = (open(name, encoding="utf-8").read() for name in sys.argv[1:])
foreign = [answer for answer in shown.split("(gdb) ")[1:] if answer not in transcript]
sys.exit(f"the page shows what is not in the transcript: {foreign}" if foreign or not shown else 0)
CODE
echo "$(grep -c '^(gdb) ' "$here/transcript.txt") commands show what they should"
