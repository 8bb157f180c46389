// A layout names no locals, but gives each field its declaration's span and scope, in
// ascending order of the locals' numbers (mir/layout.h); the locals of earlier passes have
// the same numbers.
#include "tools/mir_check/layouts.h"

#include <algorithm>
#include <map>
#include <set>

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "flow/saved.h"
#include "mir/reader.h"

namespace jaa::mir_check {
namespace {

constexpr size_t MostExamples = 60;

struct Counts {
  int64_t coroutines = 0;
  int64_t layout_locals = 0;
  int64_t drop_flags = 0;
  int64_t found = 0;
  int64_t ours = 0;
  int64_t extra = 0;
  std::map<std::string, int64_t> classes;
  std::vector<std::string> missing;
  std::vector<std::string> extra_examples;
};

// One coroutine's dumps, by pass.
using Passes = std::map<std::string, std::string>;

mir::Module read(const std::string& path) {
  const auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer) {
    return {};
  }
  const llvm::StringRef text = (*buffer)->getBuffer();
  return mir::read_mir({text.data(), text.size()}, path);
}

std::set<mir::LocalId> saved_locals(const mir::Body& body) {
  std::set<mir::LocalId> saved;
  for (const flow::SuspendPoint& suspend : flow::suspend_points(body)) {
    saved.insert(suspend.saved.begin(), suspend.saved.end());
  }
  return saved;
}

bool is_at(const mir::Body& body, const mir::Local& local, const mir::LayoutSourceInfo& info) {
  const mir::MirSpan& span = body.span(local.span);
  return info.span && info.scope && local.scope.index() == *info.scope &&
         span.line == info.span->line && span.column == info.span->column &&
         span.end_line == info.span->end_line && span.end_column == info.span->end_column &&
         body.text(span.file) == info.span->file;
}

std::string describe(const mir::Body& body, mir::LocalId local) {
  const mir::MirSpan& span = body.span(local);
  return "_" + std::to_string(local.index()) + ": " + body.types().print(body.locals[local].type) +
         " at " + std::string(body.text(span.file)) + ":" + std::to_string(span.line) + ":" +
         std::to_string(span.column);
}

// Why a local may be saved by our rule on an early body and not be in the layout, which
// is computed on a later one.
std::string classify(const mir::Body& body, mir::LocalId local) {
  const mir::Type type = body.types()[body.locals[local].type];
  if (local.index() <= body.arg_count) {
    return "argument";
  }
  if (type.kind == mir::Type::Kind::Tuple && type.args.empty()) {
    return "unit";
  }
  bool is_dropped = false;
  bool is_used = false;
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    const mir::BlockId block(index);
    const mir::Terminator& end = body.terminator(block);
    is_dropped |= end.kind == mir::Terminator::Kind::Drop && body.local(end.place) == local;
    for (const mir::Statement& statement : body.statements(block)) {
      is_used |=
          statement.kind == mir::Statement::Kind::FakeRead && body.local(statement.place) == local;
    }
  }
  if (is_dropped) {
    return "dropped";
  }
  return is_used ? "fake read" : "borrowed or used";
}

void compare(const mir::Body& body, const mir::CoroutineLayout& layout, Counts& counts) {
  const std::set<mir::LocalId> saved = saved_locals(body);
  std::set<mir::LocalId> laid_out;
  ++counts.coroutines;
  counts.ours += static_cast<int64_t>(saved.size());
  size_t next = 0;
  for (const mir::SavedField& field : layout.fields) {
    ++counts.layout_locals;
    if (!field.source_info) {
      continue;
    }
    // The first one from the field before on, saved ones first among those at one place.
    mir::LocalId found;
    for (size_t at = next; at < body.locals.size(); ++at) {
      const mir::LocalId local(at);
      if (!is_at(body, body.locals[local], *field.source_info)) {
        continue;
      }
      if (!found.is_valid() || (!saved.contains(found) && saved.contains(local))) {
        found = local;
      }
    }
    if (found.is_valid() && saved.contains(found)) {
      ++counts.found;
      laid_out.insert(found);
      next = found.index() + 1;
    } else if (!found.is_valid() && field.type == "bool") {
      // Elaborating drops adds a flag for a value that is dropped on some paths only; the
      // early bodies cannot have it.
      ++counts.drop_flags;
    } else if (counts.missing.size() < MostExamples) {
      counts.missing.push_back(
          std::string(body.text(body.definition_path)) + " " +
          (found.is_valid() ? describe(body, found) : "no local at that place") + " | " +
          field.type.value_or("?").substr(0, 120) + " " +
          (field.source_info->span ? std::to_string(field.source_info->span->line) + ":" +
                                         std::to_string(field.source_info->span->column)
                                   : ""));
    }
  }
  for (const mir::LocalId local : saved) {
    if (!laid_out.contains(local)) {
      ++counts.extra;
      const std::string kind = classify(body, local);
      ++counts.classes[kind];
      if (counts.extra_examples.size() < MostExamples) {
        counts.extra_examples.push_back(kind + " " + std::string(body.text(body.definition_path)) +
                                        " " + describe(body, local));
      }
    }
  }
}

llvm::json::Value to_json(const Counts& counts) {
  llvm::json::Object classes;
  for (const auto& [name, count] : counts.classes) {
    classes[name] = count;
  }
  const auto texts = [](const std::vector<std::string>& all) {
    llvm::json::Array array;
    for (const std::string& text : all) {
      array.push_back(llvm::json::fixUTF8(text));
    }
    return array;
  };
  return llvm::json::Object{{"coroutines", counts.coroutines},
                            {"layout_locals", counts.layout_locals},
                            {"drop_flags", counts.drop_flags},
                            {"found", counts.found},
                            {"ours", counts.ours},
                            {"extra", counts.extra},
                            {"classes", std::move(classes)},
                            {"missing", texts(counts.missing)},
                            {"extra_examples", texts(counts.extra_examples)}};
}

}  // namespace

llvm::json::Value compare_layouts(const std::vector<std::string>& files) {
  constexpr const char* Laid = "coroutine_resume";
  std::map<std::string, Passes> coroutines;
  for (const std::string& file : files) {
    const mir::DumpFileName name = mir::parse_dump_file_name(file);
    // A by-move copy of an async closure's body is the same code once more.
    if (!name.crate.empty() && name.definition_path.find("{synthetic#") == std::string::npos) {
      const std::string folder = llvm::sys::path::parent_path(file).str();
      coroutines[folder + "/" + name.definition_path][std::string(name.pass)] = file;
    }
  }
  std::map<std::string, Counts> all;
  for (const auto& [key, passes] : coroutines) {
    const auto laid = passes.find(Laid);
    if (laid == passes.end()) {
      continue;
    }
    const mir::Module with_layout = read(laid->second);
    if (with_layout.layouts.size() != 1) {
      continue;
    }
    for (const auto& [pass, file] : passes) {
      const mir::Module module = pass == Laid ? mir::Module() : read(file);
      if (module.bodies.size() == 1 && module.bodies.front().is_coroutine &&
          !module.bodies.front().is_stub()) {
        compare(module.bodies.front(), with_layout.layouts.front(), all[pass]);
      }
    }
  }
  llvm::json::Object result;
  for (const auto& [pass, counts] : all) {
    result[pass] = to_json(counts);
  }
  return result;
}

}  // namespace jaa::mir_check
