# The drivers of the session: the wrapper around rustc, and what `jaa` shares with it.
add_library(jaa_driver STATIC
  ${CMAKE_CURRENT_LIST_DIR}/async_change_unix.cpp ${CMAKE_CURRENT_LIST_DIR}/crate_sources_unix.cpp
  ${CMAKE_CURRENT_LIST_DIR}/driver_unix.cpp ${CMAKE_CURRENT_LIST_DIR}/facts_store_unix.cpp
  ${CMAKE_CURRENT_LIST_DIR}/finding_output.cpp ${CMAKE_CURRENT_LIST_DIR}/session_driver_unix.cpp)
target_link_libraries(jaa_driver PUBLIC jaa_flags jaa_plugin_rustc jaa_plugin_report jaa_session)
