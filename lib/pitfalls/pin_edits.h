// The edits that pin fixes are made of.
#pragma once

#include <string_view>
#include <vector>

#include "pitfalls/pin_fixes.h"
#include "rewrite/imports.h"

namespace jaa::pitfalls {

// Edits in the making. `is_known` turns false where something cannot be rewritten.
class PinEdits {
 public:
  explicit PinEdits(const PinGroup& group);

  std::vector<base::Edit> edits;
  rewrite::ImportEdits imports;
  bool is_known = true;
  rewrite::BoxForm form = rewrite::BoxForm::New;

  bool is_alone = true;
  std::vector<syntax::Node> removed;  // mentions of `Pin`

  // How `std::pin::Pin` is spelled at `place`.
  [[nodiscard]] std::string pin_name(syntax::Node place);
  void insert(syntax::Node at, uint32_t offset, std::string text);
  void box(syntax::Node value, const rewrite::HolderPath& path);
  // All edits, those of the imports included; empty when something is not known.
  [[nodiscard]] std::vector<base::Edit> take();

 private:
  bool is_pin_used_ = false;
};

// The call `Pin::new(place)` around `place`; none when it stands in no such call.
[[nodiscard]] syntax::Node pin_new_around(syntax::Node place);

// `place.poll(cx)` and `Pin::new(&mut place).poll(cx)` become `place.as_mut().poll(cx)`.
void poll_through_box(const std::vector<PinUse>& uses, PinEdits& edits);
void replace_pin_new(syntax::Node call, syntax::Node place, PinEdits& edits);

// The calls within `scope` that put a value into the collection or option that `is_holder`
// says its receiver is: `holder.push(value)`. Not what `is_own` says came out of it before.
void box_what_is_put_in(syntax::Node scope, llvm::function_ref<bool(syntax::Node)> is_holder,
                        llvm::function_ref<bool(syntax::Node)> is_own,
                        const rewrite::HolderPath& path, PinEdits& edits);

// The future is a field: its type changes, and all that makes or assigns it.
[[nodiscard]] std::vector<base::FixIt> box_fields(const flow::Facts& facts, const PinGroup& group);

}  // namespace jaa::pitfalls
