# Where the third parties come from: LLVM, Clang, nlohmann/json and doctest from
# the distribution, tree-sitter and its Rust grammar from npm. Nothing is
# vendored. All of them are SYSTEM, so our warnings stay ours.

# LLVM's version file wants major.minor; a plain 19 is refused.
find_package(LLVM 19.1 REQUIRED CONFIG HINTS /usr/lib/llvm-19/lib/cmake/llvm)
find_package(Clang REQUIRED CONFIG HINTS ${LLVM_DIR}/../clang)
find_package(nlohmann_json 3.11 REQUIRED)

add_library(jaa_llvm INTERFACE)
target_include_directories(jaa_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
separate_arguments(jaa_llvm_definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
target_compile_options(jaa_llvm INTERFACE $<$<COMPILE_LANGUAGE:CXX>:${jaa_llvm_definitions}>)
llvm_map_components_to_libnames(jaa_llvm_libraries support targetparser)
target_link_libraries(jaa_llvm INTERFACE ${jaa_llvm_libraries})

# Debian's clang targets carry an interface dependency on the shared libLLVM;
# without this every program would need it and start 20 ms later.
foreach(library IN ITEMS clangToolingCore clangRewrite clangLex clangBasic)
  get_target_property(links ${library} INTERFACE_LINK_LIBRARIES)
  list(REMOVE_ITEM links LLVM)
  list(APPEND links ${jaa_llvm_libraries})
  set_target_properties(${library} PROPERTIES INTERFACE_LINK_LIBRARIES "${links}")
endforeach()
add_library(jaa_clang_replacements INTERFACE)
target_link_libraries(jaa_clang_replacements INTERFACE
  clangToolingCore clangRewrite clangLex clangBasic ${jaa_llvm_libraries})

add_library(jaa_json INTERFACE)
get_target_property(json_includes nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
target_include_directories(jaa_json SYSTEM INTERFACE ${json_includes})

add_library(jaa_doctest INTERFACE)
find_path(DOCTEST_INCLUDE_DIR doctest/doctest.h REQUIRED)
target_include_directories(jaa_doctest SYSTEM INTERFACE ${DOCTEST_INCLUDE_DIR})
target_compile_options(jaa_doctest INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fexceptions>)

# jaa_npm(<package> <version> <sha512> <out-var>): the unpacked folder of an npm
# package. Goes to the network only when the tarball is not there yet.
function(jaa_npm package version sha512 out)
  set(store ${CMAKE_BINARY_DIR}/npm)
  if(DEFINED ENV{JAA_NPM_STORE})
    set(store $ENV{JAA_NPM_STORE})
  endif()
  set(tarball ${store}/${package}-${version}.tgz)
  set(found "")
  if(EXISTS ${tarball})
    file(SHA512 ${tarball} found)
  endif()
  if(NOT found STREQUAL sha512)
    find_program(NPM npm REQUIRED)
    file(MAKE_DIRECTORY ${store})
    execute_process(
      COMMAND ${NPM} pack --silent --ignore-scripts --prefer-offline --fetch-retries=0
              --pack-destination ${store} ${package}@${version}
      WORKING_DIRECTORY ${store} RESULT_VARIABLE failed OUTPUT_QUIET)
    if(failed)
      message(FATAL_ERROR "npm could not fetch ${package}@${version}")
    endif()
    file(SHA512 ${tarball} found)
    if(NOT found STREQUAL sha512)
      message(FATAL_ERROR "${package}@${version}: the tarball's SHA-512 is\n  ${found}\nexpected\n  ${sha512}")
    endif()
  endif()
  set(folder ${CMAKE_BINARY_DIR}/npm/${package}-${version})
  if(NOT EXISTS ${folder}/package)
    file(ARCHIVE_EXTRACT INPUT ${tarball} DESTINATION ${folder})
  endif()
  set(${out} ${folder}/package PARENT_SCOPE)
endfunction()

jaa_npm(tree-sitter 0.25.1
  9ab70476462d1dfacad40e9fb373ba171901a344228395d45ea1e1c54390bb46e63e8d34405e17692c7879da5acdd1f0c674828e518a1a022a59d68de1dbd32c
  tree_sitter)
jaa_npm(tree-sitter-rust 0.24.0
  3567a65037fadbd4df73dd18d19e79ceec0f0801e42f15a731fd91ce762ee2206492b425da8fc21c607b0abe764f23791750c0c7c1665270ed0b2f625245d911
  tree_sitter_rust)
set(tree_sitter_core ${tree_sitter}/vendor/tree-sitter/lib)
add_library(jaa_tree_sitter STATIC
  ${tree_sitter_core}/src/lib.c ${tree_sitter_rust}/src/parser.c ${tree_sitter_rust}/src/scanner.c)
target_compile_definitions(jaa_tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
target_compile_options(jaa_tree_sitter PRIVATE -w -O2)
target_include_directories(jaa_tree_sitter PRIVATE
  ${tree_sitter_core}/src ${tree_sitter_core}/include ${tree_sitter_rust}/src)
target_include_directories(jaa_tree_sitter SYSTEM INTERFACE ${tree_sitter_core}/include)
