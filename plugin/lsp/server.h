// The conversation with one client, from `initialize` to `exit`: documents, findings, code
// actions, hovers and hints. No input or output: bytes come in through `receive`, all else
// through a `Host`, and what a job found out through the `..._ended` calls.
//
// Lives in one thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plugin/lsp/finding_store.h"
#include "plugin/lsp/framing.h"
#include "plugin/lsp/host.h"
#include "plugin/lsp/json_rpc.h"
#include "plugin/lsp/misplaced_awaits.h"
#include "plugin/lsp/views.h"

namespace jaa::lsp {

class Server {
 public:
  explicit Server(Host& host);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void receive(std::string_view bytes);
  // The client wants us to end, or has ended itself.
  [[nodiscard]] bool is_over() const { return is_over_; }
  // 0 after an orderly shutdown (LSP 3.17, "Exit Notification").
  [[nodiscard]] int exit_code() const { return stage_ == Stage::ShutDown ? 0 : 1; }

  // Answers of jobs; those of a job that was stopped are passed over.
  void check_found(JobId job, std::vector<plugin::ReportedFinding> findings, bool is_final);
  void check_ended(JobId job, CheckResult result);
  void analysis_ended(JobId job, AnalysisResult result);
  void try_ended(JobId job, const TryResult& result);
  void change_ended(JobId job, ChangeResult result);
  void facts_ended(JobId job, FactsResult result);

 private:
  enum class Stage : uint8_t { Fresh, Running, ShutDown };
  // A request's answer now; none when it comes later, or an error.
  using Reply = std::variant<llvm::json::Value, ResponseError>;
  using RequestHandler = std::optional<Reply> (Server::*)(const llvm::json::Value& params,
                                                          const llvm::json::Value& id);
  using NotificationHandler = void (Server::*)(const llvm::json::Value& params);
  // Answers a request again, now that what it waited for is known.
  using Again = std::function<std::optional<Reply>()>;

  // A request that waits for a job.
  struct Waiting {
    llvm::json::Value id = nullptr;
    JobId job = 0;
    // The documents' versions when it came; an answer about others is stale.
    std::map<std::string, int64_t> versions;
    Again again;
  };
  struct Project {
    JobId check = 0;  // none: 0
    bool was_checked = false;
    std::string progress;
  };
  // What an analysis said of one state of the texts.
  struct Analysed {
    AnalysisRequest request;
    AnalysisResult result;
  };
  // Edits in one state of the texts, as a hash.
  struct TryKey {
    std::string root;
    std::string key;
  };
  struct Tried {
    std::string root;
    std::string key;
    TryResult result;
  };
  // A change that is being looked for, and what came of one.
  struct Changing {
    ChangeRequest request;
    std::string title;
    std::string progress;
  };
  struct Changed {
    ChangeRequest request;
    ChangeResult result;
  };
  // A file with the text that is asked about.
  struct FileState {
    std::string path;
    std::string text;
  };
  struct KnownFacts {
    std::string text;  // of the file that they are of
    FactsResult result;
  };

  // server.cpp: the conversation.
  void handle(const std::string& body);
  void handle_request(llvm::StringRef method, const llvm::json::Value& id,
                      const llvm::json::Value& params);
  void handle_notification(llvm::StringRef method, const llvm::json::Value& params);
  void handle_response(const llvm::json::Value& id, const llvm::json::Value& message);
  void reply(const llvm::json::Value& id, Reply answer);
  void ask(llvm::StringRef method, llvm::json::Value params,
           std::function<void(const llvm::json::Value&)> then);
  enum class LogLevel : uint8_t { Warning = 2, Info = 3 };  // a `MessageType`
  void log(const std::string& text, LogLevel level = LogLevel::Warning);
  // What takes a while, for the user to see and to stop; the token is empty where the client
  // cannot show it.
  [[nodiscard]] std::string begin_progress(const std::string& token, const std::string& title,
                                           const std::string& text);
  void end_progress(std::string& token, const std::string& text);
  std::optional<Reply> initialize(const llvm::json::Value& params, const llvm::json::Value& id);
  std::optional<Reply> shut_down(const llvm::json::Value& params, const llvm::json::Value& id);
  void initialized(const llvm::json::Value& params);
  void exit(const llvm::json::Value& params);
  void set_trace(const llvm::json::Value& params);
  [[nodiscard]] llvm::json::Value capabilities() const;
  // Paths as cargo names them, which knows no links on the way to a folder.
  std::optional<std::string> folder_at(std::string_view uri);
  [[nodiscard]] std::optional<std::string> file_at(std::string_view uri) const;

  // server_documents.cpp: texts, and what is said of them.
  void did_open(const llvm::json::Value& params);
  void did_change(const llvm::json::Value& params);
  void did_save(const llvm::json::Value& params);
  void did_close(const llvm::json::Value& params);
  void did_change_watched_files(const llvm::json::Value& params);
  std::optional<Reply> pull_diagnostics(const llvm::json::Value& params,
                                        const llvm::json::Value& id);
  void text_changed(const std::string& path);
  void disk_changed(const std::string& root);
  void publish(const std::string& path);
  void publish_all();
  [[nodiscard]] llvm::json::Array diagnostics(const std::string& path);
  [[nodiscard]] std::vector<MisplacedAwait> typed_awaits(Document& document);
  Document* document_at(const llvm::json::Value& params, ResponseError& error);
  [[nodiscard]] bool has_open_document(const std::string& root);
  [[nodiscard]] std::vector<fixit::EditedFile> unsaved_texts(const std::string& root);

  // server_checks.cpp: settings, folders, checks.
  void set_settings(const llvm::json::Value& section);
  void take_settings(const llvm::json::Value& section);
  void pull_settings();
  void did_change_configuration(const llvm::json::Value& params);
  void did_change_folders(const llvm::json::Value& params);
  void cancel_progress(const llvm::json::Value& params);
  std::optional<Reply> execute_command(const llvm::json::Value& params,
                                       const llvm::json::Value& id);
  [[nodiscard]] std::optional<std::string> project_of(const std::string& path);
  void start_check(const std::string& root);
  void stop_check(const std::string& root);
  Project* project_of_check(JobId job, std::string& root);

  // server_actions.cpp, server_resolve.cpp: code actions.
  std::optional<Reply> code_actions(const llvm::json::Value& params, const llvm::json::Value& id);
  std::optional<Reply> resolve_action(const llvm::json::Value& params, const llvm::json::Value& id);
  struct ActionQuery;
  void add_fixes(ActionQuery& query, llvm::json::Array& actions);
  void add_typed_fixes(ActionQuery& query, llvm::json::Array& actions);
  void add_refactorings(ActionQuery& query, llvm::json::Array& actions);
  void add_fix_all(ActionQuery& query, llvm::json::Array& actions);
  [[nodiscard]] std::vector<plugin::ReportedEdit> all_fixes(const std::string& path);
  std::optional<Reply> resolve_change(const llvm::json::Value& action, Document& document,
                                      TextRange place, FunctionChangeKind kind,
                                      const llvm::json::Value& id);
  std::optional<Reply> resolve_fix(const llvm::json::Value& action, const llvm::json::Value& id);
  std::optional<Reply> resolve_edits(const llvm::json::Value& action,
                                     const std::vector<plugin::ReportedEdit>& edits,
                                     const std::string& path, const llvm::json::Value& id);

  // server_facts.cpp: hovers and hints.
  std::optional<Reply> hover(const llvm::json::Value& params, const llvm::json::Value& id);
  std::optional<Reply> inlay_hints(const llvm::json::Value& params, const llvm::json::Value& id);
  const FactsResult* known_facts(const Document& document);
  void ask_facts(const std::string& root, const Document& document, const llvm::json::Value& id,
                 Again again);

  // server_waiting.cpp: requests that wait for jobs.
  void cancel(const llvm::json::Value& params);
  const AnalysisResult* known_analysis(const std::string& root,
                                       const std::vector<fixit::EditedFile>& files);
  void ask_analysis(const std::string& root, const std::vector<fixit::EditedFile>& files,
                    const llvm::json::Value& id, Again again);
  const ChangeResult* known_change(const ChangeRequest& request);
  void ask_change(const ChangeRequest& request, const std::string& title,
                  const llvm::json::Value& id, Again again);
  void wait_for(JobId job, const llvm::json::Value& id, Again again);
  void job_ended(JobId job);
  void drop_job(JobId job, const ResponseError& error);
  [[nodiscard]] std::map<std::string, int64_t> versions();

  Host& host_;
  MessageReader reader_;
  Stage stage_ = Stage::Fresh;
  bool is_over_ = false;
  ClientAbilities client_;
  ClientSettings settings_;
  std::vector<std::string> folders_;
  std::map<std::string, std::string> links_;  // folders as the client has them, to their own
  Documents documents_;
  FindingStore findings_{documents_};
  std::map<std::string, Project> projects_;  // by root
  // What was last said of each file, so that nothing is said twice.
  std::map<std::string, std::string> published_;
  // Findings of the present syntax, by path.
  std::map<std::string, std::vector<MisplacedAwait>> typed_;
  JobId last_job_ = 0;
  int64_t last_request_ = 0;
  // What is to be done with the client's answers.
  std::map<std::string, std::function<void(const llvm::json::Value&)>> asked_;
  std::vector<Waiting> waiting_;
  // Jobs that run, and what they found out.
  std::map<JobId, AnalysisRequest> analyses_;
  std::vector<Analysed> analysed_;  // the newest last
  std::map<JobId, TryKey> tries_;
  std::vector<Tried> tried_;  // the newest last
  std::map<JobId, Changing> changes_;
  std::vector<Changed> changed_;  // the newest last
  std::map<JobId, FileState> facts_jobs_;
  std::map<std::string, KnownFacts> facts_;  // by path
};

}  // namespace jaa::lsp
