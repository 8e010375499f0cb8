# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Headers and text only: everything goes under include/ and share/, and the installed tree may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# A folder and not a file set: CMake knows file sets from 3.23 on, and with 3.22 this would have to stand here as well.
install(DIRECTORY include/credence DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/credence)
install(DIRECTORY packaging/gdb packaging/natvis DESTINATION ${CMAKE_INSTALL_DATADIR}/credence
        PATTERN natvis.py EXCLUDE)

# Without dependencies to look for, the exported targets are the whole package configuration. That file includes all of
# credenceConfig-*.cmake: were they called credence-config and credence-config-version, the file of the version would be
# run in the host's scope.
set(credence_package ${CMAKE_INSTALL_DATADIR}/cmake/credence)
install(TARGETS credence EXPORT credence)
install(EXPORT credence NAMESPACE credence:: FILE credenceConfig.cmake DESTINATION ${credence_package})

# 0.x: a new minor version may break a caller, so only the same minor version is a match.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/credenceConfigVersion.cmake COMPATIBILITY SameMinorVersion
                                 ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/credenceConfigVersion.cmake DESTINATION ${credence_package})

file(RELATIVE_PATH credence_include_from_pc ${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(packaging/pkg-config/credence.pc.in ${PROJECT_BINARY_DIR}/credence.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/credence.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
