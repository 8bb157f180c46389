# The drivers of the session: the wrapper around rustc, and what `jaa` shares with it.
add_library(jaa_driver STATIC
  ${CMAKE_CURRENT_LIST_DIR}/async_change_unix.cpp ${CMAKE_CURRENT_LIST_DIR}/crate_sources_unix.cpp
  ${CMAKE_CURRENT_LIST_DIR}/program_view.cpp ${CMAKE_CURRENT_LIST_DIR}/settler_unix.cpp
  ${CMAKE_CURRENT_LIST_DIR}/driver_unix.cpp ${CMAKE_CURRENT_LIST_DIR}/facts_store_unix.cpp
  ${CMAKE_CURRENT_LIST_DIR}/finding_output.cpp ${CMAKE_CURRENT_LIST_DIR}/session_driver_unix.cpp)
target_link_libraries(jaa_driver PUBLIC jaa_flags jaa_plugin_rustc jaa_plugin_report jaa_session)

if(JAA_TESTS)
  add_executable(plugin_driver_test
    ${CMAKE_CURRENT_LIST_DIR}/async_change_test.cpp ${CMAKE_CURRENT_LIST_DIR}/support_test.cpp
    ${CMAKE_SOURCE_DIR}/tools/cmake/doctest_main.cpp)
  target_link_libraries(plugin_driver_test PRIVATE jaa_driver jaa_doctest)
  set_target_properties(plugin_driver_test PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME unit.plugin_driver COMMAND plugin_driver_test)
endif()
