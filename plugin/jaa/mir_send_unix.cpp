#include "plugin/jaa/mir_send_unix.h"

#include <deque>
#include <map>
#include <memory>
#include <set>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "base/source_files.h"
#include "flow/auto_traits.h"
#include "flow/inner_functions.h"
#include "mir/reader.h"
#include "rustc/rustdoc.h"
#include "syntax/tree.h"

namespace jaa::plugin {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> open_file(const std::string& name) {
  auto buffer = llvm::MemoryBuffer::getFile(name);
  if (!buffer) {
    return llvm::createStringError(buffer.getError(), "'" + name + "' cannot be read");
  }
  return std::move(*buffer);
}

std::string_view text_of(const llvm::MemoryBuffer& buffer) {
  return {buffer.getBufferStart(), buffer.getBufferSize()};
}

// The files of a folder with this ending, or the one file, in order.
llvm::Expected<std::vector<std::string>> files_of(const std::string& place,
                                                  llvm::StringRef ending) {
  std::vector<std::string> names;
  if (fs::is_regular_file(place)) {
    names.push_back(place);
    return names;
  }
  std::error_code error;
  for (fs::directory_iterator at(place, error), end; at != end && !error; at.increment(error)) {
    if (llvm::StringRef(at->path()).ends_with(ending)) {
      names.push_back(at->path());
    }
  }
  if (error) {
    return llvm::createStringError(error, "'" + place + "' cannot be read");
  }
  llvm::sort(names);
  return names;
}

// Is no coroutine and makes nothing whose type would hide a body: no coroutine, no
// closure, no `impl Trait`, nothing of a type that is declared in `const _`. Most functions
// are like that and need not be read.
bool is_plain(std::string_view text) {
  return llvm::none_of(
      llvm::ArrayRef<std::string_view>({"\nyields ", "{coroutine@", "{closure@", "impl ", "::_::"}),
      [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

llvm::json::Value answer(const flow::Verdict& verdict) {
  return verdict.answer == flow::Answer::Unknown
             ? llvm::json::Value(nullptr)
             : llvm::json::Value(verdict.answer == flow::Answer::Yes);
}

// Everything that was read; the analysis refers to it.
class Program {
 public:
  llvm::Error read_docs(const std::string& place);
  // Of a file that two folders have, the first one is read.
  llvm::Error read_dumps(const std::string& folder, bool is_asked);
  // Of the crates that are asked about, from their sources, as far as these are there.
  void read_inner_functions();
  void print_verdicts(llvm::raw_ostream& out);

 private:
  void read_inner_functions(const rustc::RustdocTable& table);

  std::deque<rustc::RustdocTable> tables_;
  std::deque<rustc::RustdocFunction> inner_functions_;
  std::deque<mir::Module> modules_;
  flow::AutoTraits auto_traits_;
  llvm::StringSet<> seen_;
  llvm::StringSet<> asked_;
};

llvm::Error Program::read_docs(const std::string& place) {
  auto names = files_of(place, ".json");
  if (!names) {
    return names.takeError();
  }
  for (const std::string& name : *names) {
    auto buffer = open_file(name);
    if (!buffer) {
      return buffer.takeError();
    }
    rustc::RustdocResult result = rustc::read_rustdoc(text_of(**buffer), name);
    if (!result.table) {
      return llvm::createStringError(name + ": " + result.problems.front().text);
    }
    tables_.push_back(std::move(*result.table));
    auto_traits_.add(tables_.back());
  }
  return llvm::Error::success();
}

llvm::Error Program::read_dumps(const std::string& folder, bool is_asked) {
  auto names = files_of(folder, ".built.after.mir");
  if (!names) {
    return names.takeError();
  }
  std::map<std::string, mir::Reader> readers;  // by crate
  for (const std::string& name : *names) {
    const llvm::StringRef file = path::filename(name);
    if (!seen_.insert(file).second) {
      continue;
    }
    auto buffer = open_file(name);
    if (!buffer) {
      return buffer.takeError();
    }
    if (is_plain(text_of(**buffer))) {
      continue;
    }
    const std::string crate(mir::parse_dump_file_name({file.data(), file.size()}).crate);
    readers[crate].read({text_of(**buffer), {file.data(), file.size()}, 1});
  }
  for (auto& [crate, reader] : readers) {
    modules_.push_back(reader.finish());
    auto_traits_.add(modules_.back(), crate);
    if (is_asked) {
      asked_.insert(crate);
    }
  }
  return llvm::Error::success();
}

void Program::read_inner_functions() {
  llvm::StringSet<> seen;
  for (const rustc::RustdocTable& table : tables_) {
    // Of two versions the first counts, here as well.
    if (seen.insert(table.crate).second && asked_.contains(table.crate)) {
      read_inner_functions(table);
    }
  }
}

void Program::read_inner_functions(const rustc::RustdocTable& table) {
  std::set<std::string> files;
  for (const rustc::RustdocFunction& function : table.functions) {
    if (function.has_body) {
      files.insert(function.span.file);
    }
  }
  for (const std::string& name : files) {
    auto buffer = llvm::MemoryBuffer::getFile(name);
    if (!buffer) {
      continue;
    }
    base::SourceFiles sources;
    const base::FileId file = sources.add(name, name, std::string((*buffer)->getBuffer()));
    const syntax::Tree tree(sources, file);
    for (rustc::RustdocFunction& inner : flow::inner_functions(tree, name, table)) {
      inner_functions_.push_back(std::move(inner));
      auto_traits_.add_inner(table, inner_functions_.back());
    }
  }
}

void Program::print_verdicts(llvm::raw_ostream& out) {
  for (const flow::BodyRef& coroutine : auto_traits_.coroutines()) {
    if (!asked_.contains({coroutine.crate.data(), coroutine.crate.size()})) {
      continue;
    }
    const mir::Body& body = *coroutine.body;
    const mir::MirSpan& span = body.span(body.locals[mir::LocalId(size_t{0})].span);
    if (!span.is_valid()) {
      continue;
    }
    const flow::Verdict verdict = auto_traits_.is_send(coroutine);
    llvm::json::Array why;
    for (const std::string& reason : verdict.why) {
      why.push_back(llvm::json::fixUTF8(reason));
    }
    out << llvm::json::Value(
               llvm::json::Object{{"file", llvm::json::fixUTF8(std::string(body.text(span.file)))},
                                  {"line", span.line},
                                  {"column", span.column},
                                  {"send", answer(verdict)},
                                  {"why", std::move(why)}})
        << '\n';
  }
}

}  // namespace

llvm::Error run_mir_send(const MirSendOptions& options, llvm::raw_ostream& out) {
  Program program;
  for (const std::string& place : options.docs) {
    if (llvm::Error error = program.read_docs(place)) {
      return error;
    }
  }
  for (const std::string& folder : options.asked) {
    if (llvm::Error error = program.read_dumps(folder, true)) {
      return error;
    }
  }
  for (const std::string& folder : options.used) {
    if (llvm::Error error = program.read_dumps(folder, false)) {
      return error;
    }
  }
  program.read_inner_functions();
  program.print_verdicts(out);
  return llvm::Error::success();
}

void run_std_types(llvm::StringRef types, llvm::raw_ostream& out) {
  flow::AutoTraits auto_traits;
  llvm::SmallVector<llvm::StringRef> lines;
  types.split(lines, '\n', -1, false);
  for (const llvm::StringRef type : lines) {
    const std::string_view text(type.data(), type.size());
    out << llvm::json::Value(
               llvm::json::Object{{"type", llvm::json::fixUTF8(type)},
                                  {"send", answer(auto_traits.has(flow::AutoTrait::Send, text))},
                                  {"sync", answer(auto_traits.has(flow::AutoTrait::Sync, text))}})
        << '\n';
  }
}

}  // namespace jaa::plugin
