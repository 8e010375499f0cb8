# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# A copy of the headers that says it is of the next minor version. usage: cmake -D HEADERS=<folder of credence/> -D
# OUT=<folder> -P later_version.cmake
cmake_minimum_required(VERSION 3.22)
file(REMOVE_RECURSE ${OUT})
file(COPY ${HEADERS}/credence DESTINATION ${OUT})
set(version_file ${OUT}/credence/core/version.hpp)
file(READ ${version_file} text)
foreach(part IN ITEMS MAJOR MINOR PATCH)
  string(REGEX MATCH "VERSION_${part} ([0-9]+)" found "${text}")
  set(${part} ${CMAKE_MATCH_1})
endforeach()
math(EXPR next "${MINOR} + 1")
string(REPLACE "VERSION_MINOR ${MINOR}" "VERSION_MINOR ${next}" text "${text}")
string(REPLACE "${MAJOR}.${MINOR}.${PATCH}" "${MAJOR}.${next}.${PATCH}" text "${text}")
string(REPLACE "v${MAJOR}_${MINOR}" "v${MAJOR}_${next}" later "${text}")
if(later STREQUAL text)
  message(FATAL_ERROR "core/version.hpp names no inline namespace v${MAJOR}_${MINOR}")
endif()
file(WRITE ${version_file} "${later}")
