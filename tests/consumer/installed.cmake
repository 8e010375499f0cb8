# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Installs credence as a user does, and moves the tree to "TREE/a prefix, moved".
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

run("${CMAKE_COMMAND}" -S "${ROOT}" -B "${TREE}/build" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    -DCREDENCE_BUILD_TESTS=OFF -DCREDENCE_BUILD_EXAMPLES=OFF)
run("${CMAKE_COMMAND}" --install "${TREE}/build" --prefix "${TREE}/first")
set(prefix "${TREE}/a prefix, moved")
file(RENAME "${TREE}/first" "${prefix}")

set(package share/cmake/credence)
check_installed("${prefix}" ${package}/credenceConfig.cmake ${package}/credenceConfigVersion.cmake
                share/pkgconfig/credence.pc share/credence/LICENSE)

# A host may run a CMake as old as the one that this project asks for. It reads no file sets: it must find the folder of
# the headers said in the old way, outside any question about its version.
file(READ "${prefix}/${package}/credenceConfig.cmake" text)
set(line "\n  INTERFACE_INCLUDE_DIRECTORIES \"\${_IMPORT_PREFIX}/include\"\n")
string(FIND "${text}" "${line}" found)
if(found EQUAL -1)
  message(FATAL_ERROR "no include directories are exported:\n${text}")
endif()
if(text MATCHES "using CMake ([0-9.]+) or greater" AND CMAKE_MATCH_1 VERSION_GREATER 3.22)
  message(FATAL_ERROR "the package asks for CMake ${CMAKE_MATCH_1}")
endif()
