# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Runs the vcpkg port without vcpkg: its functions are played here as they are documented (the arguments they take, what
# they do to files, what they refuse), so that a wrong option or a step left out of the port is seen. The source is the
# working tree; the address and the hash of a release are not looked at. Installs to "TREE/installed".
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")
set(port_folder "${ROOT}/packaging/vcpkg/credence")
file(READ "${port_folder}/vcpkg.json" manifest)

# What vcpkg gives a port: the static triplet of a machine that is not Windows.
string(JSON PORT GET "${manifest}" name)
set(TARGET_TRIPLET x64-linux)
set(VCPKG_LIBRARY_LINKAGE static)
set(CURRENT_BUILDTREES_DIR "${TREE}/buildtrees")
set(CURRENT_PACKAGES_DIR "${TREE}/packages")
set(CURRENT_INSTALLED_DIR "${TREE}/installed")
set(release_version "${VERSION}")
string(JSON VERSION GET "${manifest}" version)

# The manifest tells no other story than the headers.
string(JSON licence GET "${manifest}" license)
file(STRINGS "${ROOT}/include/credence/core/version.hpp" licensed REGEX "SPDX-License-Identifier: ${licence}$")
if(NOT licensed OR NOT VERSION STREQUAL release_version OR NOT PORT STREQUAL "credence")
  message(FATAL_ERROR "vcpkg.json tells of ${PORT} ${VERSION}, ${licence}")
endif()

# A function that a helper port brings is there only where the manifest names that port, to be had for the machine that
# builds.
function(brought_by helper)
  string(JSON count LENGTH "${manifest}" dependencies)
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON name GET "${manifest}" dependencies ${index} name)
    string(JSON host ERROR_VARIABLE without GET "${manifest}" dependencies ${index} host)
    if(name STREQUAL helper AND host)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "vcpkg.json names no host dependency ${helper}")
endfunction()

# arguments(OPTIONS SINGLE MULTIPLE ARGUMENTS…): parses them into arg_…, and takes no others.
macro(arguments options single multiple)
  cmake_parse_arguments(arg "${options}" "${single}" "${multiple}" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "${CMAKE_CURRENT_FUNCTION}: ${arg_UNPARSED_ARGUMENTS} ${arg_KEYWORDS_MISSING_VALUES}")
  endif()
endmacro()

function(vcpkg_from_github)
  arguments("" "OUT_SOURCE_PATH;REPO;REF;SHA512;HEAD_REF" "PATCHES" ${ARGN})
  if(NOT arg_REPO MATCHES "^[^/]+/[^/]+$" OR NOT arg_REF STREQUAL "v${VERSION}" OR arg_SHA512 STREQUAL "")
    message(FATAL_ERROR "vcpkg_from_github: ${ARGN}")
  endif()
  set(${arg_OUT_SOURCE_PATH} "${ROOT}" PARENT_SCOPE)
endfunction()

# The configurations of a port, and where each of them goes below a folder.
macro(configurations)
  set(suffix_release "")
  set(suffix_debug /debug)
  set(configurations ${VCPKG_BUILD_TYPE})
  if(NOT configurations)
    set(configurations debug release)
  endif()
endmacro()

function(vcpkg_cmake_configure)
  brought_by(vcpkg-cmake)
  arguments("" "SOURCE_PATH" "OPTIONS;OPTIONS_RELEASE;OPTIONS_DEBUG;MAYBE_UNUSED_VARIABLES" ${ARGN})
  configurations()
  foreach(configuration IN LISTS configurations)
    string(TOUPPER ${configuration} upper)
    set(binary "${CURRENT_BUILDTREES_DIR}/${TARGET_TRIPLET}-${configuration}")
    run("${CMAKE_COMMAND}" -S "${arg_SOURCE_PATH}" -B "${binary}" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
        -DCMAKE_BUILD_TYPE=${configuration} "-DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR}${suffix_${configuration}}"
        -DBUILD_SHARED_LIBS=OFF -DCMAKE_INSTALL_LIBDIR:STRING=lib -DCMAKE_INSTALL_BINDIR:STRING=bin
        -DCMAKE_ERROR_ON_ABSOLUTE_INSTALL_DESTINATION=ON -DCMAKE_EXPORT_NO_PACKAGE_REGISTRY=ON
        -DCMAKE_FIND_PACKAGE_NO_PACKAGE_REGISTRY=ON ${arg_OPTIONS} ${arg_OPTIONS_${upper}})
    foreach(option IN LISTS arg_OPTIONS arg_OPTIONS_${upper})
      string(REGEX REPLACE "^-D([^:=]*)[:=].*" "\\1" name "${option}")
      if(said MATCHES "Manually-specified variables were not used[^=]*\n +${name}\n")
        message(FATAL_ERROR "the port sets ${name}, which is no option")
      endif()
    endforeach()
    file(STRINGS "${binary}/CMakeCache.txt" built REGEX "^CREDENCE_BUILD_[A-Z_]*:BOOL=(ON|TRUE|YES|Y|1)$")
    if(built)
      message(FATAL_ERROR "the port builds more than the library: ${built}")
    endif()
  endforeach()
endfunction()

function(vcpkg_cmake_install)
  brought_by(vcpkg-cmake)
  arguments("DISABLE_PARALLEL;ADD_BIN_TO_PATH" "" "" ${ARGN})
  configurations()
  foreach(configuration IN LISTS configurations)
    run("${CMAKE_COMMAND}" --build "${CURRENT_BUILDTREES_DIR}/${TARGET_TRIPLET}-${configuration}" --target install
        --config ${configuration})
  endforeach()
endfunction()

# Moves the configuration files to share/PACKAGE_NAME and corrects how they come from there to the prefix.
function(vcpkg_cmake_config_fixup)
  brought_by(vcpkg-cmake-config)
  arguments("DO_NOT_DELETE_PARENT_CONFIG_PATH;NO_PREFIX_CORRECTION" "PACKAGE_NAME;CONFIG_PATH" "" ${ARGN})
  if(NOT arg_PACKAGE_NAME)
    set(arg_PACKAGE_NAME "${PORT}")
  endif()
  set(target "${CURRENT_PACKAGES_DIR}/share/${arg_PACKAGE_NAME}")
  if(arg_CONFIG_PATH)
    set(from "${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH}")
    file(GLOB files "${from}/*")
    if(NOT files)
      message(FATAL_ERROR "no configuration files in ${from}")
    endif()
    file(COPY ${files} DESTINATION "${target}")
    file(REMOVE_RECURSE "${from}")
    get_filename_component(parent "${from}" DIRECTORY)
    if(parent MATCHES "/cmake$" AND NOT arg_DO_NOT_DELETE_PARENT_CONFIG_PATH)
      file(REMOVE_RECURSE "${parent}")
    endif()
  endif()
  set(up "get_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\n")
  file(GLOB files "${target}/*.cmake")
  foreach(file IN LISTS files)
    file(READ "${file}" text)
    if(NOT arg_NO_PREFIX_CORRECTION)
      string(REPLACE "${up}" "" text "${text}")
      string(REGEX REPLACE "(get_filename_component\\(_IMPORT_PREFIX \"[^\"]*CMAKE_CURRENT_LIST_FILE}\" PATH\\)\n)"
                           "\\1${up}${up}" text "${text}")
    endif()
    string(REPLACE "${CURRENT_PACKAGES_DIR}" "\${_IMPORT_PREFIX}" text "${text}")
    file(WRITE "${file}" "${text}")
  endforeach()
endfunction()

# Makes the prefix relative to the file, and quotes the paths that begin with a variable.
function(vcpkg_fixup_pkgconfig)
  arguments("SKIP_CHECK" "" "" ${ARGN})
  file(GLOB_RECURSE files "${CURRENT_PACKAGES_DIR}/*.pc")
  foreach(file IN LISTS files)
    file(READ "${file}" text)
    string(REPLACE "${CURRENT_PACKAGES_DIR}" "\${prefix}" text "${text}")
    string(REGEX REPLACE " -([LIl])(\\\${[^}]*}[^ \n\t]*)" " -\\1\"\\2\"" text "${text}")
    get_filename_component(folder "${file}" DIRECTORY)
    file(RELATIVE_PATH up "${folder}" "${CURRENT_PACKAGES_DIR}")
    string(REGEX REPLACE "/$" "" up "${up}")
    file(WRITE "${file}" "prefix=\${pcfiledir}/${up}\n${text}")
  endforeach()
endfunction()

function(vcpkg_install_copyright)
  arguments("" "COMMENT" "FILE_LIST" ${ARGN})
  file(INSTALL ${arg_FILE_LIST} DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}" RENAME copyright)
endfunction()

include("${port_folder}/portfile.cmake")

# The rules that vcpkg checks after a build: this list of files has no debug/, no lib/, no share/cmake, one licence
# under the name that vcpkg asks for, and the usage; no folder is empty; no path is absolute.
file(RENAME "${CURRENT_PACKAGES_DIR}" "${CURRENT_INSTALLED_DIR}")
set(share share/credence)
check_installed("${CURRENT_INSTALLED_DIR}" ${share}/credenceConfig.cmake ${share}/credenceConfigVersion.cmake
                ${share}/copyright ${share}/usage share/pkgconfig/credence.pc)
file(SHA256 "${CURRENT_INSTALLED_DIR}/share/credence/copyright" installed)
file(SHA256 "${ROOT}/LICENSE" own)
if(NOT installed STREQUAL own)
  message(FATAL_ERROR "the copyright is not the licence")
endif()

# vcpkg asks each port with a .pc file to have it fixed.
file(STRINGS "${CURRENT_INSTALLED_DIR}/share/pkgconfig/credence.pc" fixed REGEX "^prefix=")
if(NOT fixed)
  message(FATAL_ERROR "the port does not call vcpkg_fixup_pkgconfig")
endif()

# The usage names each target that there is, and no other.
file(READ "${CURRENT_INSTALLED_DIR}/share/credence/credenceConfig.cmake" text)
string(REGEX MATCHALL "add_library\\([^ ]+" targets "${text}")
list(TRANSFORM targets REPLACE "add_library\\(" "")
file(READ "${CURRENT_INSTALLED_DIR}/share/credence/usage" text)
string(REGEX MATCHALL "[a-z_]+::[a-z_]+" named "${text}")
if(NOT named STREQUAL targets)
  message(FATAL_ERROR "the usage names ${named}, and there are ${targets}")
endif()

# The quotes that vcpkg writes into it and a blank in the path do not go together; vcpkg itself takes no such path.
find_program(pkg_config pkg-config)
if(pkg_config)
  set(ENV{PKG_CONFIG_PATH} "${CURRENT_INSTALLED_DIR}/share/pkgconfig")
  run("${pkg_config}" --print-errors --exists "credence = ${VERSION}")
  run("${pkg_config}" --variable=includedir credence)
  string(STRIP "${said}" includes)
  if(NOT EXISTS "${includes}/credence/credence.hpp" AND NOT includes MATCHES " ")
    message(FATAL_ERROR "pkg-config says: ${said}")
  endif()
endif()
