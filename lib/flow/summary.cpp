#include "flow/summary.h"

#include <algorithm>
#include <map>

#include "llvm/ADT/StringExtras.h"

#include "flow/saved.h"
#include "flow/type_shape.h"
#include "mir/printer.h"

namespace jaa::flow {
namespace {

using TypeKind = mir::Type::Kind;

// Whole paths; each is documented to block the thread it runs on, or asks the file system.
constexpr llvm::StringLiteral Blocking[] = {"std::thread::sleep",
                                            "std::thread::park",
                                            "std::thread::park_timeout",
                                            "std::thread::JoinHandle::join",
                                            "std::thread::ScopedJoinHandle::join",
                                            "std::sync::mpsc::Receiver::recv",
                                            "std::sync::mpsc::Receiver::recv_timeout",
                                            "std::sync::mpsc::SyncSender::send",
                                            "std::sync::Condvar::wait",
                                            "std::sync::Condvar::wait_timeout",
                                            "std::sync::Condvar::wait_while",
                                            "std::sync::Condvar::wait_timeout_while",
                                            "std::sync::Barrier::wait",
                                            "std::process::Command::output",
                                            "std::process::Command::status",
                                            "std::process::Child::wait",
                                            "std::process::Child::wait_with_output",
                                            "std::net::TcpStream::connect",
                                            "std::net::TcpStream::connect_timeout",
                                            "std::net::TcpListener::accept",
                                            "std::net::UdpSocket::recv",
                                            "std::net::UdpSocket::recv_from",
                                            "std::io::Stdin::read_line",
                                            "std::io::read_to_string",
                                            "std::fs::File::open",
                                            "std::fs::File::create",
                                            "std::fs::File::create_new",
                                            "std::fs::File::sync_all",
                                            "std::fs::File::sync_data",
                                            "std::fs::File::set_len",
                                            "std::fs::File::metadata",
                                            "std::fs::OpenOptions::open",
                                            "std::fs::DirBuilder::create",
                                            "std::fs::DirEntry::metadata",
                                            "tokio::runtime::Runtime::block_on",
                                            "tokio::runtime::Handle::block_on",
                                            "tokio::task::LocalSet::block_on",
                                            "futures_executor::block_on",
                                            "futures::executor::block_on",
                                            "smol::block_on"};

bool is_future_type(const mir::TypeTable& types, mir::TypeId type) {
  const mir::Type shape = types[type];
  const std::string_view name = types.last_segment(type);
  switch (shape.kind) {
    case TypeKind::Coroutine:
      return shape.name.starts_with("{async ");
    case TypeKind::ImplTrait:
    case TypeKind::Dyn:
      return principal(types, type) == "Future";
    case TypeKind::Path:
      return (name == "Pin" || name == "Box") && !shape.args.empty() &&
             is_future_type(types, shape.args.front());
    default:
      return false;
  }
}

std::string saved_text(const mir::Body& body, mir::LocalId local) {
  std::string text(body.variable_name(local));
  text += text.empty() ? "" : ": ";
  return text + body.types().print(body.locals[local].type);
}

Summary summarise_body(const Function& function) {
  const mir::Body& body = *function.body;
  Summary summary;
  summary.crate = function.crate;
  summary.path = function.name;
  std::string printed;
  mir::print_body(body, printed);
  summary.body_hash = mir::hash_text(printed);
  summary.is_async = body.is_coroutine || function.coroutine.is_valid();
  summary.returns_future = !body.is_coroutine && is_future_type(body.types(), body.result_type);
  for (const SuspendPoint& suspend : suspend_points(body)) {
    summary.may_await = true;
    std::vector<std::string>& saved = summary.saved.emplace_back();
    for (const mir::LocalId local : suspend.saved) {
      saved.push_back(saved_text(body, local));
    }
  }
  return summary;
}

std::string hex(uint64_t value) {
  return llvm::utohexstr(value, /*LowerCase=*/true);
}

llvm::json::Array texts(const std::vector<std::string>& all) {
  llvm::json::Array array;
  for (const std::string& text : all) {
    array.push_back(llvm::json::fixUTF8(text));
  }
  return array;
}

bool read_texts(const llvm::json::Array* array, std::vector<std::string>& out) {
  if (array == nullptr) {
    return false;
  }
  for (const llvm::json::Value& value : *array) {
    const auto text = value.getAsString();
    if (!text) {
      return false;
    }
    out.push_back(text->str());
  }
  return true;
}

}  // namespace

bool is_blocking(llvm::StringRef path) {
  // All free functions of these modules.
  constexpr llvm::StringLiteral Modules[] = {"std::fs::", "reqwest::blocking::"};
  const bool is_of_module =
      std::any_of(std::begin(Modules), std::end(Modules), [path](llvm::StringRef module) {
        return path.starts_with(module) && !path.drop_front(module.size()).contains("::");
      });
  return is_of_module ||
         std::find(std::begin(Blocking), std::end(Blocking), path) != std::end(Blocking);
}

std::vector<Summary> summarise(const CallGraph& graph, llvm::ArrayRef<Summary> known) {
  std::vector<Summary> result(graph.body_count());
  for (size_t index = 0; index < result.size(); ++index) {
    result[index] = summarise_body(graph[FunctionId(index)]);
  }
  std::map<std::string, const Summary*, std::less<>> by_path;
  for (const Summary& summary : known) {
    by_path[summary.crate + "::" + summary.path] = &summary;
  }
  // What blocks, seen from a caller: the function itself and how it comes to that.
  const auto chain_of = [&](FunctionId id) -> std::vector<std::string> {
    const Function& function = graph[id];
    std::vector<std::string> chain;
    if (id.index() < result.size()) {
      chain = result[id.index()].blocks_by;
    } else if (const auto found = by_path.find(function.path); found != by_path.end()) {
      chain = found->second->blocks_by;
    }
    if (!chain.empty() || is_blocking(function.path)) {
      chain.insert(chain.begin(), function.name);
    }
    return chain;
  };
  for (const std::vector<FunctionId>& group : graph.bottom_up()) {
    // Within a cycle a fact may have to go round once for each member.
    for (size_t round = 0; round < group.size(); ++round) {
      bool has_changed = false;
      for (const FunctionId id : group) {
        if (id.index() >= result.size()) {
          continue;
        }
        Summary& summary = result[id.index()];
        for (const CallEdge& edge : graph[id].edges) {
          // Calling an `async fn` runs nothing of it, and a closure runs where it is called.
          const bool runs =
              edge.kind == CallEdge::Kind::Await ||
              (edge.kind == CallEdge::Kind::Call && !graph[edge.callee].coroutine.is_valid());
          if (!runs || !summary.blocks_by.empty() || edge.callee == id) {
            continue;
          }
          summary.blocks_by = chain_of(edge.callee);
          has_changed |= !summary.blocks_by.empty();
        }
      }
      if (!has_changed) {
        break;
      }
    }
  }
  return result;
}

llvm::json::Value to_json(const Summary& summary) {
  llvm::json::Array saved;
  for (const std::vector<std::string>& await : summary.saved) {
    saved.push_back(texts(await));
  }
  llvm::json::Object object{{"crate", summary.crate},
                            {"path", llvm::json::fixUTF8(summary.path)},
                            {"body", hex(summary.body_hash)},
                            {"async", summary.is_async},
                            {"returns_future", summary.returns_future},
                            {"may_await", summary.may_await},
                            {"blocks_by", texts(summary.blocks_by)},
                            {"why", texts(summary.why)},
                            {"saved", std::move(saved)}};
  if (summary.is_send) {
    object["send"] = *summary.is_send;
  }
  return object;
}

llvm::Expected<Summary> summary_from_json(const llvm::json::Value& value) {
  const auto broken = [](const char* what) {
    return llvm::createStringError(std::errc::invalid_argument, "a summary without `%s`", what);
  };
  const llvm::json::Object* object = value.getAsObject();
  if (object == nullptr) {
    return llvm::createStringError(std::errc::invalid_argument, "a summary that is no object");
  }
  Summary summary;
  const auto crate = object->getString("crate");
  const auto path = object->getString("path");
  const auto hash = object->getString("body");
  if (!crate || !path || !hash || hash->getAsInteger(16, summary.body_hash)) {
    return broken(!crate ? "crate" : !path ? "path" : "body");
  }
  summary.crate = crate->str();
  summary.path = path->str();
  const auto is_async = object->getBoolean("async");
  const auto returns_future = object->getBoolean("returns_future");
  const auto may_await = object->getBoolean("may_await");
  if (!is_async || !returns_future || !may_await) {
    return broken(!is_async ? "async" : !returns_future ? "returns_future" : "may_await");
  }
  summary.is_async = *is_async;
  summary.returns_future = *returns_future;
  summary.may_await = *may_await;
  if (!read_texts(object->getArray("blocks_by"), summary.blocks_by)) {
    return broken("blocks_by");
  }
  if (!read_texts(object->getArray("why"), summary.why)) {
    return broken("why");
  }
  const llvm::json::Array* saved = object->getArray("saved");
  if (saved == nullptr) {
    return broken("saved");
  }
  for (const llvm::json::Value& await : *saved) {
    if (!read_texts(await.getAsArray(), summary.saved.emplace_back())) {
      return broken("saved");
    }
  }
  if (const auto is_send = object->getBoolean("send")) {
    summary.is_send = *is_send;
  }
  return summary;
}

}  // namespace jaa::flow
