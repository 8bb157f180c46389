# The layers of the library, and the rule that a layer may only use layers
# declared before it. `tools/layers_check` reads the includes as well, because a
# header-only leak still links.

add_library(jaa_flags INTERFACE)
target_compile_options(jaa_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -fno-exceptions>
  -ffunction-sections -fdata-sections -fno-omit-frame-pointer)
# libstdc++ 12's std::stable_sort uses a function it deprecates itself; clang
# reports the instantiation as ours.
target_compile_options(jaa_flags INTERFACE
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-deprecated-declarations>)
# GCC 12 sees uninitialised reads in `std::optional` and `llvm::Expected` that are
# guarded by their flags; the sanitizer build looks for the real ones.
target_compile_options(jaa_flags INTERFACE
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>)
target_link_options(jaa_flags INTERFACE -Wl,--gc-sections)
if(JAA_WERROR)
  target_compile_options(jaa_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Werror>)
endif()
if(JAA_SANITIZE)
  target_compile_options(jaa_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined)
  target_link_options(jaa_flags INTERFACE -fsanitize=address,undefined)
else()
  target_compile_options(jaa_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-plt>)
endif()
target_include_directories(jaa_flags INTERFACE ${CMAKE_SOURCE_DIR}/lib ${CMAKE_SOURCE_DIR})
target_link_libraries(jaa_flags INTERFACE jaa_llvm)

# jaa_layer(<name> SOURCES .. [USES layer ..] [LIBRARIES target ..] [TESTS ..])
# declares `jaa_<name>` and, with TESTS, the doctest program `<name>_test`.
function(jaa_layer name)
  cmake_parse_arguments(LAYER "" "" "SOURCES;USES;LIBRARIES;TESTS;TEST_LIBRARIES" ${ARGN})
  add_library(jaa_${name} STATIC ${LAYER_SOURCES})
  target_link_libraries(jaa_${name} PUBLIC jaa_flags PRIVATE ${LAYER_LIBRARIES})
  foreach(used IN LISTS LAYER_USES)
    if(NOT TARGET jaa_${used})
      message(FATAL_ERROR "layer '${name}' uses '${used}', which comes after it")
    endif()
    target_link_libraries(jaa_${name} PUBLIC jaa_${used})
  endforeach()
  if(JAA_TESTS AND LAYER_TESTS)
    add_executable(${name}_test ${LAYER_TESTS} ${CMAKE_SOURCE_DIR}/tools/cmake/doctest_main.cpp)
    target_link_libraries(${name}_test PRIVATE jaa_${name} jaa_doctest ${LAYER_TEST_LIBRARIES})
    target_compile_definitions(${name}_test PRIVATE
      JAA_TESTDATA="${CMAKE_SOURCE_DIR}/testdata")
    set_target_properties(${name}_test PROPERTIES
      RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME unit.${name} COMMAND ${name}_test)
  endif()
endfunction()
