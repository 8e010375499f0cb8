# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Checks of what no unit test sees. They need no build: ctest -L check, in a tree that is only configured.
find_program(CREDENCE_BASH bash)
if(NOT CREDENCE_BASH)
  return()
endif()
set(checks ${CMAKE_CURRENT_SOURCE_DIR}/checks)
function(credence_check name)
  add_test(NAME check.${name} COMMAND ${CREDENCE_BASH} ${ARGN})
  set_tests_properties(check.${name} PROPERTIES LABELS check SKIP_RETURN_CODE 77)
endfunction()

credence_check(floors ${checks}/floors.sh)
credence_check(form ${checks}/form.sh)
credence_check(format ${checks}/format.sh)

# The same with every compiler that is there, whichever of them builds this tree.
file(GLOB cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/*.cpp)
foreach(compiler IN ITEMS g++ clang++ clang++-16 clang++-19)
  find_program(CREDENCE_CHECK_${compiler} ${compiler})
  set(path ${CREDENCE_CHECK_${compiler}})
  if(path)
    # A header that lacks an include lacks it for all; each takes a minute for all headers. Trees of clang compile tests
    # on the single header.
    if(compiler STREQUAL "g++")
      credence_check(headers_alone.${compiler} ${checks}/headers_alone.sh ${path})
      set_tests_properties(check.headers_alone.${compiler} PROPERTIES TIMEOUT 900)
      credence_check(single_header.${compiler} ${checks}/single_header.sh ${path})
    endif()
    credence_check(headers_together.${compiler} ${checks}/headers_together.sh ${path})
    foreach(case IN LISTS cases)
      get_filename_component(name ${case} NAME_WE)
      credence_check(compile_fail.${name}.${compiler} ${checks}/compile_fail.sh ${path} ${case})
    endforeach()
  endif()
endforeach()
# What the headers are made into is compiled for 32 bits by one compiler: it takes ten seconds.
file(GLOB digest CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/portability/*.cpp)
if(CREDENCE_CHECK_g++)
  credence_check(bits_32.g++ ${checks}/bits_32.sh ${CREDENCE_CHECK_g++} ${digest})
endif()
if(CREDENCE_CHECK_clang++)
  credence_check(bits_32.clang++ ${checks}/bits_32.sh ${CREDENCE_CHECK_clang++})
endif()
if(CREDENCE_CHECK_g++ AND EXISTS ${PROJECT_SOURCE_DIR}/include/credence/survey/nps.hpp)
  credence_check(compile_cost ${checks}/compile_cost.sh ${CREDENCE_CHECK_g++})
endif()
include(consumer/consumer.cmake)
