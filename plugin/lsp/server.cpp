#include "plugin/lsp/server.h"

#include <algorithm>

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/lsp/paths.h"
#include "plugin/lsp/protocol.h"

namespace jaa::lsp {

namespace json = llvm::json;

namespace {

// Of a request of ours, or of a request that waits: numbers and strings do not collide.
std::string key_of(const json::Value& id) {
  std::string key;
  llvm::raw_string_ostream(key) << id;
  return key;
}

bool is_id(const json::Value& id) {
  return id.getAsInteger().has_value() || id.getAsString().has_value();
}

}  // namespace

Server::Server(Host& host) : host_(host) {}

void Server::receive(std::string_view bytes) {
  reader_.feed(bytes);
  MessageReader::Message message;
  while (!is_over_ && reader_.next(message)) {
    if (message.problem.empty()) {
      handle(message.body);
    } else {
      reply(nullptr, ResponseError{ErrorCode::ParseError, message.problem});
    }
  }
}

void Server::handle(const std::string& body) {
  llvm::Expected<json::Value> parsed = plugin::parse_json(body);
  if (!parsed) {
    reply(nullptr, ResponseError{ErrorCode::ParseError, llvm::toString(parsed.takeError())});
    return;
  }
  const json::Value& message = *parsed;
  const json::Value* const id = value_at(message, {"id"});
  const auto method = string_at(message, {"method"});
  const json::Value nothing = nullptr;
  const json::Value* const params = value_at(message, {"params"});
  if (method && id != nullptr && is_id(*id)) {
    handle_request(*method, *id, params == nullptr ? nothing : *params);
  } else if (method && id == nullptr) {
    handle_notification(*method, params == nullptr ? nothing : *params);
  } else if (!method && id != nullptr && is_id(*id) &&
             (value_at(message, {"result"}) != nullptr ||
              value_at(message, {"error"}) != nullptr)) {
    handle_response(*id, message);
  } else {
    reply(id != nullptr && is_id(*id) ? *id : nothing,
          ResponseError{ErrorCode::InvalidRequest,
                        "neither a request, nor a notification, nor a response"});
  }
}

void Server::handle_request(llvm::StringRef method, const json::Value& id,
                            const json::Value& params) {
  static const llvm::StringMap<RequestHandler> handlers{
      {"initialize", &Server::initialize},
      {"shutdown", &Server::shut_down},
      {"textDocument/diagnostic", &Server::pull_diagnostics},
      {"textDocument/codeAction", &Server::code_actions},
      {"codeAction/resolve", &Server::resolve_action},
      {"textDocument/hover", &Server::hover},
      {"textDocument/inlayHint", &Server::inlay_hints},
      {"workspace/executeCommand", &Server::execute_command},
  };
  if (stage_ == Stage::Fresh && method != "initialize") {
    reply(id, ResponseError{ErrorCode::ServerNotInitialized,
                            "`" + method.str() + "` came before `initialize`"});
    return;
  }
  if (stage_ == Stage::ShutDown || (stage_ == Stage::Running && method == "initialize")) {
    reply(id, ResponseError{ErrorCode::InvalidRequest, stage_ == Stage::ShutDown
                                                           ? "the server was shut down"
                                                           : "`initialize` came twice"});
    return;
  }
  const auto handler = handlers.find(method);
  if (handler == handlers.end()) {
    reply(id, ResponseError{ErrorCode::MethodNotFound,
                            "there is no method `" + method.str() + "` here"});
    return;
  }
  if (std::optional<Reply> answer = (this->*handler->second)(params, id)) {
    reply(id, std::move(*answer));
  }
}

void Server::handle_notification(llvm::StringRef method, const json::Value& params) {
  static const llvm::StringMap<NotificationHandler> handlers{
      {"initialized", &Server::initialized},
      {"exit", &Server::exit},
      {"$/cancelRequest", &Server::cancel},
      {"$/setTrace", &Server::set_trace},
      {"window/workDoneProgress/cancel", &Server::cancel_progress},
      {"textDocument/didOpen", &Server::did_open},
      {"textDocument/didChange", &Server::did_change},
      {"textDocument/didSave", &Server::did_save},
      {"textDocument/didClose", &Server::did_close},
      {"workspace/didChangeConfiguration", &Server::did_change_configuration},
      {"workspace/didChangeWorkspaceFolders", &Server::did_change_folders},
      {"workspace/didChangeWatchedFiles", &Server::did_change_watched_files},
  };
  // Nothing is owed to a notification that comes too early or is not known.
  const auto handler = handlers.find(method);
  const bool is_in_time = stage_ == Stage::Running || method == "exit";
  if (handler != handlers.end() && is_in_time) {
    (this->*handler->second)(params);
  }
}

void Server::handle_response(const json::Value& id, const json::Value& message) {
  const auto asked = asked_.find(key_of(id));
  if (asked == asked_.end()) {
    return;
  }
  const auto then = std::move(asked->second);
  asked_.erase(asked);
  // A client that refuses has answered, too.
  const json::Value* const result = value_at(message, {"result"});
  const json::Value nothing = nullptr;
  if (then) {
    then(result == nullptr ? nothing : *result);
  }
}

void Server::reply(const json::Value& id, Reply answer) {
  if (auto* const error = std::get_if<ResponseError>(&answer)) {
    host_.send(error_response(id, *error));
  } else {
    host_.send(response(id, std::move(std::get<json::Value>(answer))));
  }
}

void Server::ask(llvm::StringRef method, json::Value params,
                 std::function<void(const json::Value&)> then) {
  const json::Value id("just-async/" + std::to_string(++last_request_));
  asked_[key_of(id)] = std::move(then);
  host_.send(request(id, method, std::move(params)));
}

void Server::log(const std::string& text, LogLevel level) {
  host_.send(notification("window/logMessage", json::Object{{"type", static_cast<int>(level)},
                                                            {"message", json::fixUTF8(text)}}));
}

std::string Server::begin_progress(const std::string& token, const std::string& title,
                                   const std::string& text) {
  if (!client_.progress) {
    return {};
  }
  ask("window/workDoneProgress/create", json::Object{{"token", token}}, nullptr);
  host_.send(notification("$/progress",
                          json::Object{{"token", token},
                                       {"value", json::Object{{"kind", "begin"},
                                                              {"title", json::fixUTF8(title)},
                                                              {"cancellable", true},
                                                              {"message", json::fixUTF8(text)}}}}));
  return token;
}

void Server::end_progress(std::string& token, const std::string& text) {
  if (!token.empty()) {
    host_.send(notification(
        "$/progress",
        json::Object{{"token", token},
                     {"value", json::Object{{"kind", "end"}, {"message", json::fixUTF8(text)}}}}));
    token.clear();
  }
}

std::optional<Server::Reply> Server::initialize(const json::Value& params,
                                                const json::Value& /*id*/) {
  if (params.getAsObject() == nullptr) {
    return ResponseError{ErrorCode::InvalidParams, "`initialize` wants an object"};
  }
  client_ = read_abilities(params);
  const auto add_folder = [this](std::optional<llvm::StringRef> uri) {
    const auto path = uri ? folder_at(*uri) : std::nullopt;
    if (path) {
      folders_.push_back(*path);
    }
  };
  if (const json::Array* const folders = array_at(params, {"workspaceFolders"})) {
    for (const json::Value& folder : *folders) {
      add_folder(string_at(folder, {"uri"}));
    }
  } else if (const auto uri = string_at(params, {"rootUri"})) {
    add_folder(uri);
  } else if (const auto path = string_at(params, {"rootPath"})) {
    add_folder(uri_of_path({path->data(), path->size()}));
  }
  stage_ = Stage::Running;
  const json::Value* const options = value_at(params, {"initializationOptions"});
  if (const json::Value* const section = options == nullptr ? nullptr : find_section(*options)) {
    set_settings(*section);
  }
  return json::Value(json::Object{
      {"capabilities", capabilities()},
      {"serverInfo", json::Object{{"name", "async-analyzer"}, {"version", JAA_VERSION}}}});
}

std::optional<std::string> Server::folder_at(std::string_view uri) {
  const auto path = folder_of_uri(uri);
  if (!path) {
    return std::nullopt;
  }
  const std::string real = host_.real_folder(*path);
  if (real != *path) {
    links_[*path] = real;
  }
  return real;
}

std::optional<std::string> Server::file_at(std::string_view uri) const {
  const auto path = path_of_uri(uri);
  for (const auto& [given, real] : links_) {
    if (path && is_below(*path, given)) {
      return real + path->substr(given.size());
    }
  }
  return path;
}

json::Value Server::capabilities() const {
  json::Object result{
      {"positionEncoding", client_.encoding == Encoding::Utf8 ? "utf-8" : "utf-16"},
      {"textDocumentSync",
       json::Object{{"openClose", true}, {"change", 2}, {"save", json::Object{}}}},
      {"codeActionProvider",
       json::Object{{"codeActionKinds", json::Array{"quickfix", "refactor.rewrite.justAsync",
                                                    "source.fixAll.justAsync"}},
                    {"resolveProvider", true}}},
      {"hoverProvider", true},
      {"inlayHintProvider", json::Object{{"resolveProvider", false}}},
      {"executeCommandProvider", json::Object{{"commands", json::Array{"just-async.check"}}}},
      {"workspace",
       json::Object{{"workspaceFolders",
                     json::Object{{"supported", true}, {"changeNotifications", true}}}}}};
  if (client_.pulls_diagnostics) {
    result["diagnosticProvider"] = json::Object{{"identifier", "just-async"},
                                                {"interFileDependencies", true},
                                                {"workspaceDiagnostics", false}};
  }
  return result;
}

void Server::initialized(const json::Value& /*params*/) {
  if (client_.watches_files) {
    json::Array watchers;
    for (const char* const pattern :
         {"**/*.rs", "**/Cargo.toml", "**/Cargo.lock", "**/just-async.toml"}) {
      watchers.push_back(json::Object{{"globPattern", pattern}});
    }
    ask("client/registerCapability",
        json::Object{{"registrations",
                      json::Array{json::Object{
                          {"id", "just-async/files"},
                          {"method", "workspace/didChangeWatchedFiles"},
                          {"registerOptions", json::Object{{"watchers", std::move(watchers)}}}}}}},
        nullptr);
  }
  for (const std::string& folder : folders_) {
    if (host_.has_file(folder + "/Cargo.toml")) {
      projects_.try_emplace(folder);
    }
  }
  if (client_.configuration) {
    pull_settings();
  } else {
    for (const auto& [root, project] : projects_) {
      start_check(root);
    }
  }
}

std::optional<Server::Reply> Server::shut_down(const json::Value& /*params*/,
                                               const json::Value& /*id*/) {
  for (const auto& [root, project] : projects_) {
    stop_check(root);
  }
  while (!waiting_.empty()) {
    drop_job(waiting_.front().job, {ErrorCode::RequestCancelled, "the server was shut down"});
  }
  stage_ = Stage::ShutDown;
  return Reply(json::Value(nullptr));
}

void Server::exit(const json::Value& /*params*/) {
  is_over_ = true;
}

void Server::set_trace(const json::Value& /*params*/) {}

}  // namespace jaa::lsp
