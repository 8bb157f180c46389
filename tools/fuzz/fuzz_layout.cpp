// Coroutine layouts: read, and printed as they were.
#include "mir/layout.h"
#include "tools/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jaa;
  const std::string_view text = fuzz::text_of(data, size);
  const mir::LayoutResult result = [&] {
    const fuzz::MemoryWatch watch(size, 10);
    return mir::read_layout(text, "fuzz.mir", 1);
  }();
  fuzz::require(mir::print_layout(result.layout) == text, "the layout prints as it was");
  for (const mir::SavedField& field : result.layout.fields) {
    if (field.type) {
      const std::string line = mir::one_line_type(*field.type);
      fuzz::require(line.find('\n') == std::string::npos, "a type is one line");
    }
  }
  const size_t field_count = result.layout.fields.size();
  for (const mir::LayoutVariant& variant : result.layout.variants) {
    for (const mir::SavedId id : variant.fields) {
      fuzz::require(id.index() < field_count, "a variant's fields exist");
    }
  }
  for (const auto& [one, other] : result.layout.conflicts) {
    fuzz::require(one.index() < field_count && other.index() < field_count,
                  "fields in conflict exist");
    fuzz::require(result.layout.do_conflict(one, other), "a conflict is found");
  }
  return 0;
}
