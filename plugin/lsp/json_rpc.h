// JSON-RPC 2.0 as the language server protocol uses it (LSP 3.17, "Base Protocol").
#pragma once

#include <string>

#include "llvm/Support/JSON.h"

namespace jaa::lsp {

enum class ErrorCode : int {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  ServerNotInitialized = -32002,
  RequestFailed = -32803,
  ContentModified = -32801,
  RequestCancelled = -32800,
};

struct ResponseError {
  ErrorCode code = ErrorCode::InternalError;
  std::string message;
};

// `id` is the request's own; null where it is not known.
[[nodiscard]] inline llvm::json::Value response(llvm::json::Value id, llvm::json::Value result) {
  return llvm::json::Object{
      {"jsonrpc", "2.0"}, {"id", std::move(id)}, {"result", std::move(result)}};
}
[[nodiscard]] inline llvm::json::Value error_response(llvm::json::Value id,
                                                      const ResponseError& error) {
  return llvm::json::Object{
      {"jsonrpc", "2.0"},
      {"id", std::move(id)},
      {"error", llvm::json::Object{{"code", static_cast<int>(error.code)},
                                   {"message", llvm::json::fixUTF8(error.message)}}}};
}
[[nodiscard]] inline llvm::json::Value notification(llvm::StringRef method,
                                                    llvm::json::Value params) {
  return llvm::json::Object{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
}
[[nodiscard]] inline llvm::json::Value request(llvm::json::Value id, llvm::StringRef method,
                                               llvm::json::Value params) {
  return llvm::json::Object{
      {"jsonrpc", "2.0"}, {"id", std::move(id)}, {"method", method}, {"params", std::move(params)}};
}

}  // namespace jaa::lsp
