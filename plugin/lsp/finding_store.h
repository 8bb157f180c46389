// What is known of the projects' findings, and where they are now.
//
// A finding belongs to the texts that the compiler saw: those on disk. What of it was
// edited since is no longer said: a finding goes with its cause, a fix with what it edits.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugin/lsp/document.h"
#include "plugin/rustc/report.h"

namespace jaa::lsp {

using FindingId = uint64_t;

struct KnownFinding {
  FindingId id = 0;
  std::string project;
  plugin::ReportedFinding report;  // places are in the texts on disk
  // Its fixes have been tried, as far as they will be.
  bool is_final = false;
  // Some text was saved since its fixes were tried: what the compiler said is of another
  // program.
  bool is_outdated = false;
};

// The open documents, by path.
class Documents {
 public:
  Document& open(std::string uri, std::string path, int64_t version, std::string text);
  void close(const std::string& uri);
  [[nodiscard]] Document* find_uri(const std::string& uri);
  [[nodiscard]] Document* find_path(const std::string& path);
  // In the order of their URIs.
  [[nodiscard]] std::vector<Document*> all();

 private:
  std::map<std::string, std::unique_ptr<Document>> by_uri_;
};

// A finding as the documents are now.
struct PresentFinding {
  const KnownFinding* known = nullptr;
  TextRange primary;
  std::vector<plugin::ReportedPlace> labels;
  std::vector<plugin::ReportedPlace> notes;
};

class FindingStore {
 public:
  explicit FindingStore(Documents& documents) : documents_(documents) {}

  // Of a running check: adds what is new, and replaces what it says again. Fixes that
  // were tried are not untried by it.
  void add(const std::string& project, std::vector<plugin::ReportedFinding> findings,
           bool is_final);
  // Of a check that ended: all there are.
  void set_all(const std::string& project, std::vector<plugin::ReportedFinding> findings);
  // The document is about to become what is on disk.
  void rebase(const Document& document);
  // The file on disk is another one; of its findings nothing is known.
  void forget_file(const std::string& path);
  void forget_project(const std::string& project);

  [[nodiscard]] const KnownFinding* find(FindingId id) const;
  // Those whose place is in the file, in its order, as far as they still stand.
  [[nodiscard]] std::vector<PresentFinding> in_file(const std::string& path) const;
  // The paths of all files with findings.
  [[nodiscard]] std::vector<std::string> files() const;

  [[nodiscard]] size_t count(const std::string& project) const;
  // One of the project's findings explains an error of the compiler.
  [[nodiscard]] bool explains_errors(const std::string& project) const;

  // A fix's edits in the present texts; none where one of them is gone.
  [[nodiscard]] std::optional<std::vector<plugin::ReportedEdit>> present_edits(
      const plugin::ReportedFix& fix) const;

 private:
  [[nodiscard]] std::optional<TextRange> present(const std::string& path, TextRange saved) const;
  [[nodiscard]] std::optional<PresentFinding> present(const KnownFinding& known) const;
  KnownFinding* same(const std::string& project, const plugin::ReportedFinding& finding);

  Documents& documents_;
  std::vector<KnownFinding> findings_;
  FindingId last_id_ = 0;
};

}  // namespace jaa::lsp
