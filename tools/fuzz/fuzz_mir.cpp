// Textual MIR: read whole and body by body, and printed as it was where it is understood.
#include "mir/printer.h"
#include "mir/reader.h"
#include "tools/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jaa;
  const std::string_view text = fuzz::text_of(data, size);
  const mir::Module module = [&] {
    // The tables and the arena of a module begin with some room.
    const fuzz::MemoryWatch watch(size, 10, size_t{256} << 10U);
    return mir::read_mir(text, "fuzz.mir");
  }();
  std::string printed;
  mir::print_module(module, printed);
  if (module.problems.empty() && module.opaque_lines == 0 && text.ends_with('\n')) {
    fuzz::require(printed == text, "what is understood prints as it was");
  }
  size_t shown = 0;
  base::Problems problems;
  mir::for_each_body({text, "fuzz.mir", 1}, [&](const mir::Body&) { ++shown; }, problems);
  fuzz::require(shown == module.bodies.size(), "each body is shown");
  (void)mir::parse_dump_file_name(text);
  return 0;
}
