// The plan of `add` as text.
#include "propagate/spread.h"

namespace jaa::propagate {
namespace {

std::string_view word_of(SpreadStep::Kind kind) {
  switch (kind) {
    case SpreadStep::Kind::Async:
      return "async   ";
    case SpreadStep::Kind::Awaits:
      return "awaits  ";
    case SpreadStep::Kind::Runs:
      return "runs    ";
    case SpreadStep::Kind::Blocks:
      return "waits   ";
    case SpreadStep::Kind::Closure:
      return "closure ";
    case SpreadStep::Kind::Sync:
      return "sync    ";
    case SpreadStep::Kind::Boxed:
      return "boxed   ";
  }
  return "";
}

// Where the change ends, or takes another form.
bool is_boundary(SpreadStep::Kind kind) {
  return kind != SpreadStep::Kind::Async && kind != SpreadStep::Kind::Awaits &&
         kind != SpreadStep::Kind::Sync;
}

void add_lines(const SpreadPlan& plan, const base::SourceFiles& files, size_t index, size_t depth,
               std::string& text) {
  const SpreadStep& step = plan.steps[index];
  text += std::string(2 * depth, ' ') +
          (is_boundary(step.kind)                ? "! "
           : step.kind == SpreadStep::Kind::Sync ? "- "
                                                 : "+ ") +
          std::string(word_of(step.kind)) + step.name + "  (" +
          std::string(files.display(step.place.file)) + ":" +
          std::to_string(files.line_column(step.place.file, step.place.begin).line) + ")" +
          (step.note.empty() ? "" : ": " + step.note) + "\n";
}

}  // namespace

std::string tree_text(const SpreadPlan& plan, const base::SourceFiles& files) {
  std::string text;
  struct Frame {
    size_t step;
    size_t depth;
  };
  std::vector<Frame> stack;
  for (size_t index = plan.steps.size(); index-- > 0;) {
    if (plan.steps[index].caused_by == index) {
      stack.push_back({index, 0});
    }
  }
  while (!stack.empty()) {
    const Frame frame = stack.back();
    stack.pop_back();
    add_lines(plan, files, frame.step, frame.depth, text);
    for (size_t index = plan.steps.size(); index-- > 0;) {
      if (plan.steps[index].caused_by == frame.step && index != frame.step) {
        stack.push_back({index, frame.depth + 1});
      }
    }
  }
  return text;
}

}  // namespace jaa::propagate
