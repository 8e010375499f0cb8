# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Every program of this repository is built like this; a program that includes credence is not touched by it.
set(credence_warnings -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Werror)

function(credence_own_target target)  # TARGET [LIBRARY], where credence is to be found in another form
  set(library ${ARGN})
  if(NOT library)
    set(library credence::credence)
  endif()
  target_link_libraries(${target} PRIVATE ${library})
  target_compile_options(${target} PRIVATE $<IF:$<CXX_COMPILER_ID:MSVC>,/W4;/WX;/permissive-,${credence_warnings}>)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()
