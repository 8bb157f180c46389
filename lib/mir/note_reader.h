// The comments that dumps with spans have below a line: what its constants and closures
// are in full. One note is several lines:
//
//   // mir::ConstOperand          // closure
//   // + span: a.rs:1:2: 1:3      // + def_id: DefId(0:3 ~ a[1234]::f::{closure#0})
//   // + user_ty: UserType(0)     // + args: [
//   // + const_: Const { .. }     //     i8,
//                                 // ]
#pragma once

#include <string_view>

#include "mir/builder.h"
#include "mir/span_reader.h"

namespace jaa::mir {

class NoteReader {
 public:
  NoteReader(Builder& builder, SpanReader& spans) : builder_(builder), spans_(spans) {}

  // A line was read: what follows describes it.
  void begin_line(uint32_t location) {
    location_ = location;
    is_open_ = false;
    in_arguments_ = false;
  }
  // `comment` is what stands behind `// `. False when it is not understood; then it is
  // kept as it is.
  bool read(std::string_view comment);

 private:
  bool read_known(std::string_view comment);
  bool read_detail(std::string_view detail);
  void add_line(std::string_view line);

  Builder& builder_;
  SpanReader& spans_;
  uint32_t location_ = 0;
  bool is_open_ = false;       // the last note may have more lines
  bool in_arguments_ = false;  // within `+ args: [`
};

}  // namespace jaa::mir
