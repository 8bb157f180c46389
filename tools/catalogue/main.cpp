// jaa_catalogue --out <folder> [--guide <page.md>].. <page.md>..: writes catalogue.h and
// catalogue.cpp for the given pages. A mistake in any page stops the build.
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include "tools/catalogue/generate.h"
#include "tools/catalogue/page.h"

namespace {

using namespace jaa::catalogue;

// Writes `text` to `path` unless that is its content already.
llvm::Error write_if_changed(const std::string& path, llvm::StringRef text) {
  if (auto old = llvm::MemoryBuffer::getFile(path); old && (*old)->getBuffer() == text)
    return llvm::Error::success();
  return llvm::writeToOutput(path, [&](llvm::raw_ostream& out) {
    out << text;
    return llvm::Error::success();
  });
}

// The page at `path`; none, after telling what is wrong, when it has a mistake.
std::optional<Page> load(const std::string& path, std::optional<Page> (*read)(PageSource&)) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer) {
    llvm::errs() << path << ": error: " << buffer.getError().message() << "\n";
    return std::nullopt;
  }
  PageSource source(std::move(*buffer));
  std::optional<Page> page = read(source);
  for (const std::string& error : source.errors()) llvm::errs() << error << "\n";
  return page;
}

}  // namespace

int main(int argc, char** argv) {
  llvm::cl::opt<std::string> out("out", llvm::cl::desc("folder to write to"), llvm::cl::Required);
  llvm::cl::list<std::string> paths(llvm::cl::Positional, llvm::cl::desc("<page.md>.."));
  llvm::cl::list<std::string> guide_paths("guide", llvm::cl::desc("a page of the guide"));
  llvm::cl::ParseCommandLineOptions(argc, argv, "Turns the catalogue's pages into C++.\n");

  std::vector<Page> pages;
  std::vector<Page> guide;
  for (const std::string& path : paths) {
    if (std::optional<Page> page = load(path, read_page)) pages.push_back(std::move(*page));
  }
  llvm::sort(guide_paths);
  for (const std::string& path : guide_paths) {
    if (std::optional<Page> page = load(path, read_guide_page)) guide.push_back(std::move(*page));
  }
  if (pages.size() != paths.size() || guide.size() != guide_paths.size()) return 1;
  llvm::sort(pages, [](const Page& a, const Page& b) { return a.name < b.name; });

  llvm::ExitOnError exit_on_error("jaa_catalogue: ");
  exit_on_error(llvm::errorCodeToError(llvm::sys::fs::create_directories(out)));
  exit_on_error(write_if_changed(out + "/catalogue.h", generate_header(pages)));
  exit_on_error(write_if_changed(out + "/catalogue.cpp", generate_source(pages, guide)));
  return 0;
}
