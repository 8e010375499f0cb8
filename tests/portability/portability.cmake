# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Does this build answer what g++ -O2 answered? A digest of all that the library computes, held against expected.txt, in
# each of these modes: a mode is a set of flags, and a program of its own.
if(NOT "portability/main.cpp" MATCHES "${CREDENCE_TEST_FILES}")
  return()
endif()
set(portability_flags_as_built)
set(portability_flags_O0 -O0 -g0)
set(portability_flags_O2 -O2 -g0)
set(portability_flags_O3_native -O3 -march=native -g0)
set(portability_flags_i386 -m32 -O2 -g0)  # sizes of 32 bits, and the x87, which computes in more digits than it stores

# Compiling it takes seconds: half a minute at -O2. g++'s -O0, its -O2 on x86, which wrote the file, and i386 are asked
# for by "./run test-all". Another machine may fuse a product and a sum at -O2, which x86 must be asked for.
set(modes O2)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND NOT CMAKE_CROSSCOMPILING)
  set(modes O3_native)
endif()
set(CREDENCE_PORTABILITY_MODES ${modes} CACHE STRING "Modes of the digest: as_built, O0, O2, O3_native, i386")

if("i386" IN_LIST CREDENCE_PORTABILITY_MODES)
  # Debian's headers for the kernel lie in the folder of the machine's own architecture only.
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-multiarch OUTPUT_VARIABLE own OUTPUT_STRIP_TRAILING_WHITESPACE
                  ERROR_QUIET)
  if(own)
    list(APPEND portability_flags_i386 -idirafter /usr/include/${own})
  endif()
  include(CheckCXXSourceCompiles)
  string(REPLACE ";" " " CMAKE_REQUIRED_FLAGS "${portability_flags_i386}")
  check_cxx_source_compiles("#include <cerrno>\n#include <string>\nint main() { return sizeof(void*) == 4 ? 0 : 1; }"
                            CREDENCE_LINKS_32_BITS)
  unset(CMAKE_REQUIRED_FLAGS)
endif()

set(portability ${CMAKE_CURRENT_SOURCE_DIR}/portability)
function(credence_portability_target target)
  credence_own_target(${target})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
endfunction()

add_library(credence_portability_main OBJECT ${portability}/main.cpp ${portability}/digest.cpp)
credence_portability_target(credence_portability_main)
foreach(mode IN LISTS CREDENCE_PORTABILITY_MODES)
  if(mode STREQUAL i386 AND NOT CREDENCE_LINKS_32_BITS)
    add_test(NAME portability.i386 COMMAND ${CMAKE_COMMAND} -E echo "skipped: programs of 32 bits cannot be linked here")
    set_tests_properties(portability.i386 PROPERTIES LABELS unit SKIP_REGULAR_EXPRESSION "^skipped")
    continue()
  endif()
  add_executable(
    credence_portability_${mode} ${portability}/functions.cpp ${portability}/keys_and_times.cpp
                                 ${portability}/laws_even.cpp ${portability}/laws_odd.cpp ${portability}/answers.cpp)
  credence_portability_target(credence_portability_${mode})
  target_compile_options(credence_portability_${mode} PRIVATE ${portability_flags_${mode}})
  if(mode STREQUAL i386)
    target_sources(credence_portability_i386 PRIVATE ${portability}/main.cpp ${portability}/digest.cpp)
    target_link_options(credence_portability_i386 PRIVATE -m32)
  else()
    target_link_libraries(credence_portability_${mode} PRIVATE credence_portability_main)
  endif()
  add_test(NAME portability.${mode} COMMAND credence_portability_${mode} --compare ${portability}/expected.txt)
  set_tests_properties(portability.${mode} PROPERTIES LABELS unit)
endforeach()
