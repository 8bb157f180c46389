// Type sizes: read, and printed as they were.
#include "rustc/type_sizes.h"
#include "tools/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jaa;
  const std::string_view text = fuzz::text_of(data, size);
  const rustc::TypeSizesResult result = [&] {
    const fuzz::MemoryWatch watch(size, 10);
    return rustc::read_type_sizes(text, "fuzz");
  }();
  fuzz::require(rustc::print_type_sizes(result.sizes) == text, "the sizes print as they were");
  return 0;
}
