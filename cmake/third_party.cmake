# Third-party libraries, all from Debian packages (packages.txt). Static archives where the field kit
# links one static binary.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

function(konseki_archive target package archive)
  pkg_check_modules(${target}_PC REQUIRED QUIET ${package})
  add_library(${target} INTERFACE)
  find_library(${target}_FILE NAMES ${archive} HINTS ${${target}_PC_STATIC_LIBRARY_DIRS} REQUIRED)
  target_link_libraries(${target} INTERFACE ${${target}_FILE})
  target_include_directories(${target} SYSTEM INTERFACE ${${target}_PC_INCLUDE_DIRS})
endfunction()

konseki_archive(third_yaml yaml-0.1 libyaml.a)
konseki_archive(third_deflate libdeflate libdeflate.a)
konseki_archive(third_zlib zlib libz.a)
# libpq and TLS bring the shared libcrypto. With the archive in the same program they would find half of theirs in it, and
# no TLS connection would come about: a build with the desk has the shared one alone.
if(KONSEKI_DESK)
  pkg_check_modules(CRYPTO REQUIRED QUIET IMPORTED_TARGET libcrypto)
  add_library(third_crypto INTERFACE)
  target_link_libraries(third_crypto INTERFACE PkgConfig::CRYPTO)
else()
  konseki_archive(third_crypto libcrypto libcrypto.a)
  # Debian 13's libcrypto.a compresses.
  if("zstd" IN_LIST third_crypto_PC_STATIC_LIBRARIES)
    find_library(KONSEKI_ZSTD NAMES libzstd.a REQUIRED)
    target_link_libraries(third_crypto INTERFACE ${KONSEKI_ZSTD})
  endif()
  if("z" IN_LIST third_crypto_PC_STATIC_LIBRARIES)
    target_link_libraries(third_crypto INTERFACE third_zlib)
  endif()
endif()
konseki_archive(third_icu icu-uc libicuuc.a)
find_library(KONSEKI_ICUDATA NAMES libicudata.a REQUIRED)
target_link_libraries(third_icu INTERFACE ${KONSEKI_ICUDATA} ${CMAKE_DL_LIBS})

# Newer RE2 needs Abseil: the package's own list of private libraries is used as it stands.
pkg_check_modules(RE2 REQUIRED QUIET re2)
add_library(third_re2 INTERFACE)
find_library(KONSEKI_RE2 NAMES libre2.a REQUIRED)
target_link_libraries(third_re2 INTERFACE ${KONSEKI_RE2} Threads::Threads)
set(konseki_re2_extra ${RE2_STATIC_LIBRARIES})
list(FILTER konseki_re2_extra INCLUDE REGEX "^absl")
target_link_libraries(third_re2 INTERFACE ${konseki_re2_extra})

add_library(third_fmt INTERFACE)
target_compile_definitions(third_fmt INTERFACE FMT_HEADER_ONLY=1)

# The desk is no static binary: it runs where its libraries are kept up to date.
if(KONSEKI_DESK)
  pkg_check_modules(SQLITE REQUIRED QUIET IMPORTED_TARGET sqlite3>=3.40)
  pkg_check_modules(LIBPQ REQUIRED QUIET IMPORTED_TARGET libpq)
  add_library(third_sqlite INTERFACE)
  target_link_libraries(third_sqlite INTERFACE PkgConfig::SQLITE)
  add_library(third_pq INTERFACE)
  target_link_libraries(third_pq INTERFACE PkgConfig::LIBPQ)
  konseki_archive(third_argon2 libargon2 libargon2.a)
  find_package(Boost 1.81 REQUIRED)
  add_library(third_boost INTERFACE)
  target_include_directories(third_boost SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
  target_link_libraries(third_boost INTERFACE Threads::Threads)
  # TLS from the shared library, as libpq uses it: two copies of OpenSSL in one program do not go together.
  pkg_check_modules(KONSEKI_SSL REQUIRED QUIET libssl libcrypto)
  add_library(third_ssl INTERFACE)
  target_link_libraries(third_ssl INTERFACE ${KONSEKI_SSL_LIBRARIES})
endif()

if(KONSEKI_TESTS)
  find_path(KONSEKI_DOCTEST doctest/doctest.h REQUIRED)
  add_library(konseki_test_main STATIC ${CMAKE_SOURCE_DIR}/cmake/doctest_main.cpp)
  target_link_libraries(konseki_test_main PUBLIC konseki_options)
endif()
