# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Writes GREEDY(name) for every name that is called, or could be, anywhere in the headers: the greediest namespace a
# host can have. usage: cmake -D HEADERS=<folder> -D OUT=<file> -P called_names.cmake
cmake_minimum_required(VERSION 3.22)
file(GLOB_RECURSE headers ${HEADERS}/*.hpp)
set(called "")
foreach(header IN LISTS headers)
  file(READ "${header}" text)
  string(REGEX REPLACE "//[^\n]*" "" text "${text}")
  string(REGEX MATCHALL "[a-z_][a-z0-9_]*(<[^<>()\n;]*>)?[(]" found "${text}")
  list(APPEND called ${found})
endforeach()
list(TRANSFORM called REPLACE "[<(].*" "")
list(REMOVE_DUPLICATES called)
list(SORT called)

# What is no name, and what the standard library, or credence, asks of a host's namespace on purpose: a range's begin
# and end, name_of of an enumeration; greedy.hpp has those.
list(
  REMOVE_ITEM
  called
  bool catch char const constexpr decltype default delete do double else explicit false float for friend goto if int
  long mutable new noexcept nullptr operator private protected public reinterpret_cast requires return short signed
  sizeof static static_assert static_cast struct switch template this throw true try typename union unsigned using void
  volatile while and or not xor alignof alignas typeid const_cast dynamic_cast auto
  defined __asm__ __attribute__ static_assert assert
  begin end size data empty swap get name_of is_ours)
list(TRANSFORM called PREPEND "GREEDY(")
list(TRANSFORM called APPEND ")")
list(JOIN called "\n" lines)
file(WRITE ${OUT} "${lines}\n")
