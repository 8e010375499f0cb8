# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# One header for those who copy a file. It is no part of the library's target, and built only when asked for by name or
# by the test of it.
find_package(Python3 COMPONENTS Interpreter QUIET)
if(NOT Python3_FOUND)
  return()
endif()

set(credence_single_header_dir ${PROJECT_BINARY_DIR}/single_header)
file(GLOB_RECURSE credence_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.hpp)
add_custom_command(
  OUTPUT ${credence_single_header_dir}/credence/credence.hpp
  COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/packaging/single_header.py ${credence_single_header_dir}
  DEPENDS packaging/single_header.py LICENSE ${credence_headers}
  VERBATIM)
add_custom_target(credence_single_header DEPENDS ${credence_single_header_dir}/credence/credence.hpp)
