// Findings, fixes and facts in the protocol's JSON.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "llvm/Support/JSON.h"
#include "plugin/lsp/finding_store.h"
#include "plugin/lsp/host.h"
#include "plugin/lsp/misplaced_awaits.h"
#include "plugin/lsp/positions.h"

namespace jaa::lsp {

// What the client can make use of, and how positions are counted.
struct ClientAbilities {
  Encoding encoding = Encoding::Utf16;
  bool pulls_diagnostics = false;
  bool document_changes = false;
  bool annotations = false;
  bool resolves_edits = false;
  bool disabled_actions = false;
  bool related_information = false;
  bool code_description = false;
  bool literal_actions = false;
  bool progress = false;
  bool watches_files = false;
  bool configuration = false;
  bool refreshes_hints = false;
  bool markdown_hover = false;
};
[[nodiscard]] ClientAbilities read_abilities(const llvm::json::Value& initialize_params);

// Present texts, of documents and of files that are not open.
class TextSource {
 public:
  TextSource(Documents& documents, Host& host, Encoding encoding)
      : documents_(documents), host_(host), encoding_(encoding) {}

  [[nodiscard]] llvm::json::Value range(const std::string& path, TextRange range);
  [[nodiscard]] llvm::json::Value location(const std::string& path, TextRange range);
  [[nodiscard]] std::string uri(const std::string& path);
  // Null for a file that is not open.
  [[nodiscard]] llvm::json::Value version(const std::string& path);
  // The bytes there are those.
  [[nodiscard]] bool has_text(const std::string& path, TextRange range, std::string_view text);

 private:
  struct FileText {
    std::string text;
    Lines lines;
  };
  const FileText& file(const std::string& path);

  Documents& documents_;
  Host& host_;
  Encoding encoding_;
  std::map<std::string, FileText> files_;
};

[[nodiscard]] llvm::json::Value diagnostic_json(const PresentFinding& finding, TextSource& texts,
                                                const ClientAbilities& client, Host& host);
[[nodiscard]] llvm::json::Value diagnostic_json(const MisplacedAwait& await,
                                                const std::string& path, TextSource& texts,
                                                const ClientAbilities& client, Host& host);

// A `WorkspaceEdit`. Edits of other files than `path`, and those of public signatures, want
// to be confirmed, where the client can ask.
[[nodiscard]] llvm::json::Value workspace_edit(const std::vector<plugin::ReportedEdit>& edits,
                                               const std::string& path, TextSource& texts,
                                               Documents& documents, const ClientAbilities& client);

// What the user reads: what it does, and what it costs.
[[nodiscard]] std::string action_title(const plugin::ReportedFix& fix);

[[nodiscard]] std::string hover_text(const FutureFacts& future, const FutureFacts::Await* await);
[[nodiscard]] std::string hint_text(const FutureFacts::Await& await);

}  // namespace jaa::lsp
